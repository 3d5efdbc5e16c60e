
// The play page: what is typed is cleaned by the server behind this page, and drawn as in a report.

const EXAMPLE = `The council keeps the old bridge

The council voted on Monday to keep the old bridge open, after a debate of five hours about its cost..

The council keeps the &# 171; old&# 187; bridge

“Nobody wants to drive around the bay for an hour,” said the mayor, who had changed her mind. “We listened. “.

Tell a neighbour about this story

It was a na\u00c3\u00afve plan , she said.The bridge is a hundred years old, and will be painted next year.

Download Adobe Flash Player

The mayor on the bridge

The code has been copied to your clipboard.

  • Share on Facebook
  • Share on X
`;

function start() {
  const setup = JSON.parse(document.getElementById("data").textContent);
  let preset = "news", phrases = "", tables = null, working = null, again = false, waiting;
  const without = new Set();
  const text = h("textarea", { id: "text", dir: "auto", spellcheck: "false", "aria-label": "Text to clean", placeholder: "Paste a text here, or drop a file anywhere on this page." });
  const title = h("input", { class: "field", dir: "auto", placeholder: "the headline, where you know it" });
  const file = h("input", { type: "file", class: "visually-hidden", tabindex: "-1", "aria-hidden": "true" });
  const problem = h("p", { class: "problem", role: "alert" });
  const note = h("p", { class: "soft", role: "status" });
  const stage = h("div", {});
  const empty = h("div", { class: "empty-page" }, h("h2", {}, "What would go, and why"),
    h("p", {}, "Paste a text, or drop a file. Every change is shown as you type, with the filter that made it and its reason."),
    h("p", { class: "soft" }, "Click a mark that is wrong to get a test case for it; point at a line that should have been removed to get a phrase. Nothing leaves this machine."),
    h("button", { type: "button", class: "primary", onclick: () => { text.value = EXAMPLE; clean(); } }, "Show an example"));
  const output = h("section", { class: "output", "aria-label": "The result" }, problem, empty, stage);
  const dialog = h("dialog", { "aria-labelledby": "dialog-title" });
  const mine = h("p", { class: "row-of soft" });
  const filters = h("div", { class: "filters" });
  const presets = Object.keys(setup.presets).map((name) => h("button", { type: "button", "data-choice": name, "aria-pressed": String(name === preset), title: setup.presets[name].join(", "), onclick: () => choose(name) }, name));

  const view = new DocumentView(stage, { view: "marked", extra: pick });

  async function post(path, body, type = "application/json") {
    let response;
    try {
      response = await fetch(path, { method: "POST", headers: { "Content-Type": type }, body });
    } catch {
      throw new Error("The server of this page has ended: start cleanmedia play again.");
    }
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    return answer;
  }

  const settings = (more) => JSON.stringify({ text: text.value, preset, without: [...without], phrases, title: title.value, ...more });

  /** Clean what is in the box, and once more if that changes meanwhile: one request at a time, however fast one types. */
  async function clean() {
    again = true;
    working ??= (async () => {
      while (again) {
        again = false;
        await cleanOnce();
      }
    })().finally(() => { working = null; });
    await working;
  }

  async function cleanOnce() {
    const { value } = text;
    empty.hidden = value !== "";
    stage.hidden = value === "";
    if (value === "") return say();
    try {
      tables = await post("/clean", settings());
      const scroll = scrollY;
      view.show(tables, tables.documents[0]);
      scrollTo(0, scroll);
      const { source, deleted, inserted } = tables.documents[0];
      say("", `${count(source)} characters in, ${count(source - deleted + inserted)} out`);
      document.documentElement.dataset.cleaned = value.length;
    } catch (error) {
      say(error.message);
    }
  }

  function say(wrong = "", right = "") {
    problem.textContent = wrong;
    note.textContent = right;
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(clean, 200);
  }

  function choose(name) {
    preset = name;
    for (const button of presets) button.setAttribute("aria-pressed", String(button.dataset.choice === name));
    drawFilters();
    clean();
  }

  function drawFilters() {
    filters.replaceChildren(...setup.presets[preset].map((name) => {
      const place = setup.filters.findIndex(([known]) => known === name);
      const box = h("input", { type: "checkbox", name, checked: !without.has(name), onchange: () => {
        if (box.checked) without.delete(name);
        else without.add(name);
        clean();
      } });
      return h("label", { title: setup.filters[place]?.[1] ?? "" }, box, name);
    }));
  }

  function drawMine() {
    const lines = phrases.split("\n").filter((line) => line && !line.startsWith("[")).length;
    mine.hidden = !lines;
    mine.replaceChildren(`${several(lines, "phrase")} of your own at work `,
      h("button", { type: "button", onclick: (event) => copy(phrases, event.currentTarget) }, "Copy as a file"),
      h("button", { type: "button", onclick: () => { phrases = ""; drawMine(); clean(); } }, "Forget"));
  }

  // ---- files

  async function take(chosen) {
    if (!chosen) return;
    try {
      if (chosen.size > 4 << 20) throw new Error(`${chosen.name} is too long for this page; cleanmedia --report out.html ${chosen.name} takes any.`);
      const { text: decoded, encoding, evidence } = await post("/decode", await chosen.arrayBuffer(), "application/octet-stream");
      text.value = decoded;
      await clean();
      note.textContent += ` · ${chosen.name} read as ${encoding}: ${evidence}`;
    } catch (error) {
      say(error.message);
    }
  }

  addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dropping"); });
  addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    const dropped = event.dataTransfer.getData("text/plain");
    if (event.dataTransfer.files.length) take(event.dataTransfer.files[0]);
    else if (dropped) { text.value = dropped; clean(); }
  });
  file.addEventListener("change", () => { take(file.files[0]); file.value = ""; });

  // ---- a line that should have been removed

  /** The button of a line of which something is left. */
  function pick(line) {
    const kept = line.filter(({ kind }) => kind !== "deleted").map((part) => part.text).join("");
    if (!kept.trim()) return null;
    return h("button", { type: "button", class: "pick", onclick: () => shouldHaveGone(kept.trim()) }, "should go", h("span", { class: "visually-hidden" }, `: ${kept.trim().slice(0, 60)}`));
  }

  async function shouldHaveGone(line) {
    let answer;
    try {
      answer = await post("/phrase", JSON.stringify({ line }));
    } catch (error) {
      return say(error.message);
    }
    const wording = h("input", { class: "field", value: answer.text, dir: "auto", oninput: () => write() });
    const kind = h("select", { class: "field", onchange: () => write() }, ...setup.kinds.map((name) => h("option", { selected: name === "more" }, name)));
    const where = h("select", { class: "field", onchange: () => write() }, ...[["", "everywhere"], [", in company", "only next to other widget lines"]].map(([value, label]) => h("option", { value, selected: value === answer.heading }, label)));
    const snippet = h("pre", {});
    const lines = () => `[${kind.value}${where.value}]\n${wording.value.trim()}\n`;
    const write = () => { snippet.textContent = lines(); };
    write();
    show("This line should have been removed",
      h("blockquote", { dir: "auto" }, line),
      answer.known ? h("p", {}, "The line matches a phrase already: ", h("b", { dir: "auto" }, answer.known), ". It was kept because of the lines around it, or because a filter is off.") : null,
      answer.fault ? h("p", { class: "problem" }, answer.fault) : null,
      h("div", { class: "fields" }, h("label", {}, "Phrase", wording), h("label", {}, "Kind of widget", kind), h("label", {}, "It is removed", where)),
      h("p", { class: "soft" }, "{n}, {date}, {name} and the like match what varies. If an article could have such a line, remove it only next to other widget lines."),
      h("p", {}, "For a file of your own (cleanmedia --phrases mine.txt), or for cleanmedia/phrases/:"),
      snippet,
      h("div", { class: "buttons" },
        h("button", { type: "button", class: "primary", onclick: () => tryOut(lines()) }, "Try it here"),
        h("button", { type: "button", onclick: (event) => copy(lines(), event.currentTarget) }, "Copy"),
        h("button", { type: "button", onclick: () => dialog.close() }, "Close")));
  }

  async function tryOut(lines) {
    const before = phrases;
    phrases += lines;
    dialog.close();
    await clean();
    if (problem.textContent) phrases = before;
    drawMine();
  }

  // ---- a mark that should not be there

  /** The place in the source, in code points, of what a mark changed. */
  function placeOf({ place, start, kind, filter }) {
    const { segments } = view;
    const points = (string) => [...string].length;
    let at = segments.slice(0, place).reduce((sum, part) => sum + (part.kind === "inserted" ? 0 : points(part.text)), 0);
    if (kind === "deleted") at += points(segments[place].text.slice(0, start));
    const before = segments[place - 1];
    if (kind === "inserted" && before?.kind === "deleted" && before.filter === filter) at -= points(before.text);
    return at;
  }

  async function shouldHaveStayed(segment) {
    const [name] = tables.filters[segment.filter];
    let answer;
    try {
      answer = await post("/case", settings({ filter: name, at: placeOf(segment) }));
    } catch (error) {
      return say(error.message);
    }
    show(segment.kind === "deleted" ? "This should have been kept" : "This should not have been inserted",
      h("blockquote", { dir: "auto" }, segment.text),
      h("p", {}, `${segment.kind} by `, h("b", {}, name), ": ", h("span", { dir: "auto" }, segment.why)),
      h("p", {}, "A case for ", h("code", {}, answer.file), ": the smallest piece of this text in which the filter does it. The text must become what the case says, or be left as it is. Give the case a name that describes it."),
      h("pre", {}, answer.text),
      h("div", { class: "buttons" },
        h("button", { type: "button", class: "primary", onclick: (event) => copy(answer.text, event.currentTarget) }, "Copy"),
        h("button", { type: "button", onclick: () => dialog.close() }, "Close")));
  }

  stage.addEventListener("click", (event) => {
    const mark = event.target.closest("del, ins");
    if (mark && getSelection().isCollapsed) shouldHaveStayed(view.marks[mark.mark].segment);
  });
  stage.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("del, ins")) { event.preventDefault(); shouldHaveStayed(view.marks[event.target.mark].segment); }
  });

  function show(heading, ...content) {
    dialog.replaceChildren(h("div", {}, h("h2", { id: "dialog-title" }, heading), ...content.filter(Boolean)));
    view.explain(null);
    dialog.showModal();
  }

  async function copy(what, button) {
    await navigator.clipboard.writeText(what);
    const before = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = before; }, 1500);
  }

  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  text.addEventListener("input", soon);
  title.addEventListener("input", soon);
  stage.hidden = true;
  drawFilters();
  drawMine();
  document.body.prepend(
    h("header", {}, h("h1", {}, "cleanmedia play"), h("div", { class: "choice", role: "group", "aria-label": "Preset" }, ...presets), note),
    h("main", { class: "board" },
      h("section", { class: "input", "aria-label": "The text" },
        h("div", { class: "row-of" }, h("button", { type: "button", onclick: () => file.click() }, "Open a file"), file, h("button", { type: "button", onclick: () => { text.value = ""; clean(); text.focus(); } }, "Empty")),
        text,
        h("label", { class: "title" }, "Headline", title),
        h("fieldset", {}, h("legend", {}, "Filters"), filters), mine),
      output),
    dialog);
  document.documentElement.dataset.ready = "";
  text.focus();
}

start();
