
// The report: a summary, a list of documents with a search box, and the document that is looked at.

function start() {
  const tables = JSON.parse(document.getElementById("data").textContent);
  const { documents, stats } = tables;
  const single = documents.length === 1 && stats.documents === 1;
  const filterAt = new Map(tables.filters.map(([name], place) => [name, place]));
  const summary = h("section", { id: "summary", "aria-labelledby": "summary-title" });
  const reader = h("section", { id: "document", "aria-labelledby": "document-title", hidden: true });
  const main = h("main", { id: "main", tabindex: "-1" }, ...(single ? [reader, summary] : [summary, reader]));
  const head = h("div", { class: "head" });
  const stage = h("div", {});
  reader.append(head, stage);
  const view = new DocumentView(stage, { off: new Set() });
  view.drawnMore = () => highlight();
  let query = "", texts = null, current = -1;

  const link = (place, text = documents[place].name) => h("a", { href: `#document-${place + 1}`, dir: "auto" }, text);
  const swatch = (filter) => h("span", { class: `swatch ${colour(filter)}`, "aria-hidden": "true" });

  // ---- summary

  function tile(value, label) {
    return h("div", { class: "tile" }, h("dd", { class: "number" }, value), h("dt", {}, label));
  }

  function bar(value, most, filter, kind = "") {
    const element = h("span", { class: `bar ${colour(filter)} ${kind}`, "aria-hidden": "true" });
    element.style.inlineSize = `${most ? (100 * value) / most : 0}%`;
    element.hidden = !value;
    return element;
  }

  function chart() {
    const all = Object.entries(stats.filters).sort(([, a], [, b]) => b.removed + b.added - a.removed - a.added);
    const mostChars = Math.max(0, ...all.map(([, { removed, added }]) => Math.max(removed, added)));
    const mostLines = Math.max(0, ...all.map(([, { lines }]) => lines));
    const cell = (value, bars) => h("td", {}, h("span", { class: "measure" }, h("span", { class: "number" }, value), h("span", { class: "bars" }, ...bars)));
    return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "What each filter did" }, h("table", { class: "chart" },
      h("caption", { class: "visually-hidden" }, "What each filter did"),
      h("thead", {}, h("tr", {}, ...["Filter", "Characters out, in", "Lines", "Edits", "Documents"].map((title) => h("th", { scope: "col" }, title)))),
      h("tbody", {}, ...all.map(([name, counts]) => {
        const filter = filterAt.get(name);
        return h("tr", {}, h("th", { scope: "row", title: tables.filters[filter][1] }, swatch(filter), name),
          cell(`−${count(counts.removed)}${counts.added ? `, +${count(counts.added)}` : ""}`, [bar(counts.removed, mostChars, filter), bar(counts.added, mostChars, filter, "added")]),
          cell(count(counts.lines), [bar(counts.lines, mostLines, filter)]),
          h("td", { class: "number" }, count(counts.edits)), h("td", { class: "number" }, count(counts.documents)));
      }))));
  }

  function ranking(title, note, items) {
    return items.length ? h("div", { class: "panel" }, h("h3", {}, title), note ? h("p", { class: "soft" }, note) : null, h("ol", { class: "ranking" }, ...items)) : null;
  }

  function frequent({ text, count: times, filter, name, at }) {
    const place = filterAt.get(filter);
    const label = h("span", { dir: "auto", class: "line" }, text);
    const example = at === null ? h("span", { class: "soft", title: name, dir: "auto" }, "in " + name)
      : h("a", { href: `#document-${at[0] + 1}`, title: documents[at[0]].name, onclick: (event) => { event.preventDefault(); goTo(...at); } }, "example");
    return h("li", {}, h("span", { class: "number times" }, `${count(times)} ×`), swatch(place), h("span", { class: "what" }, label, " ", h("span", { class: "soft" }, filter), " · ", example));
  }

  function drawSummary() {
    const gone = stats.characters_in - stats.characters_out;
    summary.append(...[
      h("h2", { id: "summary-title" }, single ? "What the filters did" : "What was removed, and why"),
      h("dl", { class: "tiles" },
        tile(count(stats.documents), stats.documents === 1 ? "document" : "documents"), tile(count(stats.changed), "changed"),
        tile(count(stats.characters_in), "characters in"), tile(count(stats.characters_out), "characters out"),
        tile(gone < 0 ? `+${count(-gone)}` : `−${share(gone, stats.characters_in)}`, gone < 0 ? "characters" : "of the characters"),
        stats.guarded ? tile(count(stats.guarded), "kept by the guard") : null),
      h("div", { class: "panel" }, h("h3", {}, "By filter"), chart()),
      h("div", { class: "panels" },
        ranking("Lines dropped most often", "", tables.lines.map(frequent)),
        single ? null : ranking("Documents that lost the largest share", "Of their characters, white space left out.", tables.losses.map((place) => {
          const [source, deleted] = documents[place].visible;
          return h("li", {}, h("span", { class: "number times" }, share(deleted, source)), h("span", { class: "what" }, link(place), h("span", { class: "soft number" }, ` ${count(deleted)} of ${count(source)}`)));
        })),
        ranking("Where the guard stepped in", "These would have lost too much: they were repaired, and nothing was dropped.", tables.guarded.map((place) => {
          const { source, withheld } = documents[place];
          return h("li", {}, h("span", { class: "number times" }, share(withheld.reduce((sum, [, n]) => sum + n, 0), source)), h("span", { class: "what" }, link(place), h("span", { class: "soft" }, " kept from " + withheld.map(([name]) => name).join(", "))));
        }))),
      tables.provenance ? h("details", {}, h("summary", {}, `How it was cleaned: cleanmedia ${tables.provenance.version}, pipeline ${tables.provenance.sha256.slice(0, 12)}`),
        h("pre", {}, JSON.stringify(tables.provenance, null, 2))) : null,
    ].filter(Boolean));
  }

  // ---- a document

  function open(place) {
    const doc = documents[place];
    current = place;
    head.replaceChildren(...[
      h("h2", { id: "document-title", dir: "auto", tabindex: "-1" }, doc.name),
      h("p", { class: "soft number-line" }, `${count(doc.source)} characters in, ${count(doc.source - doc.deleted + doc.inserted)} out: ${count(doc.deleted)} removed, ${count(doc.inserted)} inserted; without white space, ${share(doc.visible[1], doc.visible[0])} is gone`),
      doc.withheld ? h("p", { class: "guard" }, h("b", {}, "The guard stepped in. "), "Nothing was dropped here: too much would have been removed (" + doc.withheld.map(([name, n]) => `${name}: ${several(n, "character")}`).join(", ") + ").") : null,
    ].filter(Boolean));
    view.show(tables, doc);
    highlight();
  }

  // ---- the list and the search

  const box = h("input", { type: "search", class: "field", id: "search", placeholder: "Names and texts", autocomplete: "off", spellcheck: "false" });
  const found = h("p", { class: "soft", role: "status" });
  const list = h("ol", { class: "list" }, ...documents.map((doc, place) => {
    const meter = h("span", { class: "meter", "aria-hidden": "true" }, h("span", {}));
    meter.firstChild.style.inlineSize = `${(100 * doc.visible[1]) / (doc.visible[0] || 1)}%`;
    return h("li", {}, h("a", { href: `#document-${place + 1}` }, h("span", { class: "name", dir: "auto" }, doc.name), h("span", { class: "soft number" }, `−${share(doc.visible[1], doc.visible[0])}${doc.withheld ? " guarded" : ""}`), meter));
  }));

  function search() {
    query = box.value.trim().toLowerCase();
    texts ??= documents.map(({ name, row }) => (name + "\n" + row.filter((part) => typeof part === "string").join("")).toLowerCase());
    let hits = 0;
    [...list.children].forEach((item, place) => {
      item.hidden = query !== "" && !texts[place].includes(query);
      hits += !item.hidden;
    });
    found.textContent = query ? several(hits, "document") + " found" : listed;
    highlight();
  }

  /** Mark what was searched for, where the browser can do it without touching the document. */
  function highlight() {
    if (!window.Highlight || current < 0) return;
    const ranges = [];
    if (query) {
      const walker = document.createTreeWalker(view.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node && ranges.length < 2000; node = walker.nextNode()) {
        const text = node.data.toLowerCase();
        if (text.length !== node.data.length) continue;
        for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) {
          const range = new Range();
          range.setStart(node, at);
          range.setEnd(node, at + query.length);
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set("search", new Highlight(...ranges));
  }

  let waiting;
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 120); });
  const listed = documents.length < stats.documents
    ? `${several(documents.length, "document")} of ${count(stats.documents)}: the most changed, and those that the summary names; the largest share lost first`
    : `${several(documents.length, "document")}, the largest share lost first`;
  found.textContent = listed;

  // ---- where we are

  const overview = h("a", { href: "#summary", class: "overview" }, "Summary");
  function route() {
    const place = single ? 0 : Number(/^#document-(\d+)$/.exec(location.hash)?.[1] ?? 0) - 1;
    const chosen = documents[place] !== undefined;
    if (chosen && place !== current) open(place);
    reader.hidden = !chosen;
    summary.hidden = !single && chosen;
    if (single) return findWanted();
    for (const a of sidebar.querySelectorAll("[aria-current]")) a.removeAttribute("aria-current");
    const here = chosen ? list.children[place].firstChild : overview;
    here.setAttribute("aria-current", "page");
    document.title = (chosen ? documents[place].name + " · " : "") + title;
    if (visited) {
      scrollTo(0, 0);
      (chosen ? head.firstChild : main).focus({ preventScroll: true });
      if (narrow.matches) drawer.open = false;
    }
    visited = true;
    findWanted();
  }

  function findWanted() {
    if (wanted !== null) view.find(wanted);
    wanted = null;
  }

  /** Show a line of a document. */
  function goTo(place, line) {
    const address = `#document-${place + 1}`;
    wanted = line;
    if (location.hash === address) route();
    else location.hash = address;
  }

  // ---- keys: the arrows go from link to link, in the summary and in the list

  function step(event, place) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, pre, .scroll")) return;
    const links = [...place.querySelectorAll("a, summary")].filter((link) => link.getClientRects().length);
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  const title = document.title;
  let wanted = null;
  let visited = false;
  const narrow = matchMedia("(max-width: 56rem)");
  const drawer = h("details", { open: !narrow.matches }, h("summary", {}, "Documents"), h("label", { for: "search", class: "visually-hidden" }, "Search the documents"), box, found, list);
  narrow.addEventListener("change", () => { drawer.open = !narrow.matches; });
  const sidebar = h("nav", { "aria-label": "Documents" }, overview, drawer);

  drawSummary();
  sidebar.addEventListener("keydown", (event) => step(event, sidebar));
  main.addEventListener("keydown", (event) => { if (!summary.hidden && (event.target === main || summary.contains(event.target))) step(event, summary); });
  document.body.classList.toggle("single", single);
  document.body.prepend(
    h("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); main.focus(); } }, "Skip to the text"),
    h("header", {}, h("h1", {}, title), h("p", { class: "soft" }, `${several(stats.documents, "document")}, ${several(Object.keys(stats.filters).length, "filter")} at work`)),
    h("div", { class: "frame" }, ...(single ? [main] : [sidebar, main])));
  addEventListener("hashchange", route);
  route();
  document.documentElement.dataset.ready = "";
}

start();
