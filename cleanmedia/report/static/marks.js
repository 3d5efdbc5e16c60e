"use strict";
// Draws a document: the source with its marks, the clean text beside it, a legend that switches marks off and on.
// Text becomes text nodes and nothing else. The report and the play page share this.

const CHUNK = { rows: 200, size: 60_000 }; // what is drawn at once, and what the browser may leave out of its layout together
const LONGEST = 6_000; // size of a line that is drawn in one piece: browsers take long over longer ones
const MARK = 20; // what a mark adds to the size, in characters

/** An element with attributes, properties (those that are no strings) and children. */
function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (typeof value === "boolean") element.toggleAttribute(key, value);
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const count = (number) => number.toLocaleString("en");
const share = (part, whole) => (whole ? Math.min(part && whole > part ? 99.9 : 100, (100 * part) / whole) : 0).toFixed(part * 10 < whole ? 1 : 0).replace(/\.0$/, "") + " %";
const several = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
const colour = (filter) => `c${filter % 12}`;

/** The flat row of a document's segments, as objects: {text, kind, filter, why}. */
function segmentsOf(row, reasons) {
  const segments = [];
  for (let i = 0; i < row.length; i++) {
    if (typeof row[i] === "string") segments.push({ text: row[i], kind: "kept" });
    else {
      const kind = row[i] < 0 ? "inserted" : "deleted";
      const [filter, why] = reasons[row[i] < 0 ? -1 - row[i] : row[i]];
      segments.push({ text: row[++i], kind, filter, why });
    }
  }
  return segments;
}

/** Segments line by line, as cleanmedia.segments.rows: a deleted break ends a line only where nothing of it is left. */
function linesOf(segments) {
  const lines = [];
  let line = [], left = false;
  segments.forEach((segment, place) => {
    let start = 0; // of the part in its segment
    for (const text of segment.text.match(/[^\n]*\n|[^\n]+/g) ?? []) {
      line.push({ ...segment, text, place, start });
      start += text.length;
      left ||= segment.kind !== "deleted";
      if (text.endsWith("\n") && (segment.kind !== "deleted" || !left)) {
        lines.push(line);
        line = [];
        left = false;
      }
    }
  });
  if (line.length) lines.push(line);
  return lines;
}

/** Blank lines in a row that one filter dropped, as one line with one mark: a page may have hundreds. */
function withoutGaps(lines) {
  const out = [];
  let gap = null;
  for (const line of lines) {
    if (!line.every(({ kind, text, filter }) => kind === "deleted" && !text.trim() && filter === line[0].filter)) {
      gap = null;
      out.push(line);
      continue;
    }
    const text = line.map((part) => part.text).join("");
    if (gap?.filter === line[0].filter) gap.text += text;
    else out.push([(gap = { ...line[0], text })]);
  }
  return out;
}

/** Lines of a bearable size: a longer one is cut, which shows as a line break where there is none. */
function inPieces(lines) {
  return lines.flatMap((line) => {
    if (sizeOf(line) <= LONGEST) return [line];
    const pieces = [];
    let piece = [], left = LONGEST;
    for (const part of line) {
      for (let at = 0; at < part.text.length;) {
        let end = Math.min(part.text.length, at + Math.max(1, left - MARK));
        if (end < part.text.length && /[\ud800-\udbff]/.test(part.text[end - 1])) end++; // not within a character
        piece.push({ ...part, text: part.text.slice(at, end), start: part.start + at });
        left -= end - at + MARK;
        at = end;
        if (left <= MARK) {
          pieces.push(piece);
          [piece, left] = [[], LONGEST];
        }
      }
    }
    return piece.length ? [...pieces, piece] : pieces;
  });
}

const sizeOf = (line) => line.reduce((size, { text }) => size + text.length + MARK, 0);

/** What stands for a text that would not be seen: line breaks, controls, marks of no width. */
function shownFor(text) {
  if (/[^\s\p{C}]/u.test(text) || /^ +$/.test(text)) return null;
  const breaks = text.split("\n").length - 1;
  if (breaks > 1 && /^\s+$/.test(text)) return `↵ × ${breaks}`;
  return [...text].slice(0, 8).map((char) =>
    char === "\n" ? "↵" : char === " " ? "" : char === "\t" ? "⇥" : "U+" + char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")
  ).join(" ").trim() || null;
}

class DocumentView {
  /** Draws into ``root``. ``extra(line)`` may give an element that goes with a line: the play page's buttons. */
  constructor(root, { extra = null, off = new Set(), view = "both", onView = null } = {}) {
    Object.assign(this, { root, extra, off, view, onView, narrow: matchMedia("(max-width: 56rem)") });
    this.tip = h("div", { class: "tip", role: "tooltip", id: "why", hidden: true });
    root.after(this.tip);
    root.addEventListener("pointerover", (event) => this.explain(event.target.closest("del, ins")));
    root.addEventListener("pointerout", () => this.explain(document.activeElement?.closest?.("del, ins") ?? null));
    root.addEventListener("focusin", (event) => this.focused(event.target.closest("del, ins")));
    root.addEventListener("focusout", () => this.explain(null));
    root.addEventListener("keydown", (event) => this.key(event));
    addEventListener("scroll", () => this.place(), { passive: true });
    this.narrow.addEventListener("change", () => this.setView(this.view));
  }

  /** Draw a document of ``tables``; what was drawn before goes. */
  show(tables, doc) {
    this.tables = tables;
    this.segments = segmentsOf(doc.row, tables.reasons);
    this.lines = inPieces(withoutGaps(linesOf(this.segments)));
    this.drawn = 0;
    this.marks = [];
    this.at = -1;
    this.said = null; // the reason that stands beside the line before
    this.explain(null);
    this.total = this.lines.flat().filter(({ filter }) => filter !== undefined).length; // marks: an edit has up to two, or more over several lines
    this.legend = h("ul", { class: "legend", "aria-label": "Filters, each with its edits: press to hide or show their marks" }, ...[...doc.edits].sort(([a], [b]) => a - b).map(([filter, n]) => h("li", {}, this.chip(filter, n))));
    this.position = h("span", { class: "number soft", role: "status" }, several(this.total, "mark"));
    this.views = ["both", "marked", "clean"].map((view) => h("button", { type: "button", "data-choice": view, onclick: () => { this.view = view; this.setView(view); this.onView?.(view); } }, { both: "Both", marked: "Marked", clean: "Clean" }[view]));
    const step = (by, label, sign) => h("button", { type: "button", "aria-label": label, title: label, disabled: !this.total, onclick: () => this.go(by) }, sign);
    this.body = h("div", { class: "rows", lang: "" }); // of a language that is not known
    this.end = h("div", { "aria-hidden": "true" });
    this.root.replaceChildren(
      h("div", { class: "toolbar" }, this.legend,
        h("div", { class: "tools" }, this.position, step(-1, "Previous change", "↑"), step(1, "Next change", "↓"),
          h("div", { class: "choice", role: "group", "aria-label": "What to show" }, ...this.views),
          h("button", { type: "button", onclick: (event) => this.copy(event.currentTarget) }, "Copy clean text"))),
      this.body, this.end);
    this.body.append(h("div", { class: "heads row", "aria-hidden": "true" }, h("div", { class: "marked" }, "Source, marked"), h("div", { class: "clean" }, "Clean text")));
    this.setView(this.view);
    this.draw();
    this.later();
  }

  chip(filter, n) {
    const [name, doc] = this.tables.filters[filter];
    return h("button", { type: "button", class: `chip ${colour(filter)}`, "aria-pressed": String(!this.off.has(filter)), "data-filter": name, title: `${several(n, "edit")}. ${doc}`,
      onclick: (event) => this.toggle(filter, event.currentTarget) },
    h("span", { class: "swatch", "aria-hidden": "true" }), name, h("span", { class: "number" }, count(n)));
  }

  toggle(filter, chip) {
    const off = !this.off.has(filter);
    if (off) this.off.add(filter);
    else this.off.delete(filter);
    chip.setAttribute("aria-pressed", String(!off));
    this.explain(null);
    for (const mark of this.marks) if (mark.filter === filter) mark.element.classList.toggle("off", off);
    for (const row of this.body.querySelectorAll(".row.gone")) this.hideEmpty(row);
  }

  /** A line that is gone is not there when its marks are switched off. */
  hideEmpty(row) {
    row.hidden = !row.querySelector("del:not(.off)");
  }

  setView(view) {
    const used = view === "both" && this.narrow.matches ? "marked" : view;
    if (!this.body) return;
    this.body.dataset.view = used;
    for (const button of this.views) button.setAttribute("aria-pressed", String(button.dataset.choice === used));
  }

  /** Draw the next rows. */
  draw() {
    const chunk = h("div", { class: "chunk" });
    for (let size = 0; this.drawn < this.lines.length && chunk.childElementCount < CHUNK.rows && size < CHUNK.size; this.drawn++) {
      size += sizeOf(this.lines[this.drawn]);
      chunk.append(this.row(this.lines[this.drawn]));
    }
    this.body.append(chunk);
    this.body.toggleAttribute("data-complete", this.drawn >= this.lines.length);
    if (this.marks.length && !this.body.querySelector('[tabindex="0"]')) this.marks[0].element.tabIndex = 0;
  }

  /** Draw the rest, a chunk at a time, while the browser has nothing else to do. */
  later() {
    const lines = this.lines;
    const idle = window.requestIdleCallback ?? ((work) => setTimeout(work, 20));
    const work = () => {
      if (this.lines !== lines || this.drawn >= lines.length) return;
      this.draw();
      this.drawnMore?.();
      idle(work);
    };
    idle(work);
  }

  row(line) {
    const marked = h("div", { class: "marked", dir: "auto" });
    const clean = h("div", { class: "clean", dir: "auto" });
    const kept = line.filter(({ kind }) => kind !== "deleted");
    const changed = kept.length < line.length || kept.some(({ kind }) => kind === "inserted");
    for (const segment of line) marked.append(segment.kind === "kept" ? segment.text : this.mark(segment));
    clean.append(kept.map(({ text }) => text).join(""));
    const row = h("div", { class: "row" }, marked, clean);
    row.classList.toggle("changed", changed);
    row.classList.toggle("empty", !line.some(({ text }) => text.trim()));
    if (kept.length) this.said = null;
    else this.gone(row, line, marked, clean);
    const extra = this.extra?.(line, row);
    if (extra) row.append(extra);
    return row;
  }

  /** A line of which nothing is left: who dropped most of it is said where its clean text would be. */
  gone(row, line, marked, clean) {
    const most = line.reduce((a, b) => (b.text.length > a.text.length ? b : a));
    const [name] = this.tables.filters[most.filter];
    row.classList.add("gone", colour(most.filter));
    row.classList.toggle("thin", !line.some(({ text }) => text.trim()));
    const said = `${name}: ${most.why}`;
    if (!row.classList.contains("thin") && said !== this.said) {
      clean.dir = "ltr";
      clean.append(h("span", { class: "note", "aria-hidden": "true" }, h("b", {}, name), h("span", { title: most.why, dir: "auto" }, most.why)));
    }
    if (!row.classList.contains("thin")) this.said = said;
    this.hideEmpty(row);
  }

  mark(segment) {
    const { text, kind, filter } = segment;
    const element = h(kind === "deleted" ? "del" : "ins", { class: colour(filter), tabindex: "-1", "data-filter": this.tables.filters[filter][0] }, text);
    element.classList.toggle("tiny", text.length < 3 && text.trim() !== "");
    const shown = shownFor(text);
    if (shown) element.dataset.shown = shown;
    element.classList.toggle("off", this.off.has(filter));
    element.mark = this.marks.length;
    this.marks.push({ element, filter, segment });
    return element;
  }

  /** Show the reason of a mark, or none. */
  explain(element) {
    const old = this.explained;
    if (old === element) return;
    old?.removeAttribute("aria-describedby");
    this.explained = element;
    this.tip.hidden = !element;
    if (!element) return;
    const { kind, filter, why } = this.marks[element.mark].segment;
    this.tip.replaceChildren(h("b", {}, `${kind} by ${this.tables.filters[filter][0]}`), h("span", { dir: "auto" }, why));
    element.setAttribute("aria-describedby", "why");
    this.place();
  }

  /** Put the reason above its mark, or below where there is no room. */
  place() {
    if (!this.explained) return;
    const box = this.explained.getClientRects()[0] ?? this.explained.getBoundingClientRect();
    const tip = this.tip.getBoundingClientRect();
    const above = box.top - tip.height - 8;
    this.tip.style.insetBlockStart = `${above > 0 ? above : box.bottom + 8}px`;
    this.tip.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - tip.width - 8))}px`;
  }

  /** The mark that has the focus is the one that the Tab key comes back to. */
  focused(element) {
    if (!element) return;
    for (const old of this.body.querySelectorAll('[tabindex="0"]:is(del, ins)')) old.tabIndex = -1;
    element.tabIndex = 0;
    this.at = element.mark;
    this.position.textContent = `${count(this.at + 1)} of ${count(this.total)}`;
    this.explain(element);
  }

  key(event) {
    if (event.key === "Escape") this.explain(null);
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by || !event.target.matches("del, ins") || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.go(by);
  }

  /** Go to the next mark that is shown, or to the one before. */
  go(by) {
    if (this.body.dataset.view === "clean") this.setView((this.view = this.narrow.matches ? "marked" : "both"));
    let to = this.at;
    do {
      to += by;
      while (to >= this.marks.length && this.drawn < this.lines.length) this.draw();
    } while (this.marks[to] && this.off.has(this.marks[to].filter));
    if (!this.marks[to]) to = this.at; // there is no other
    if (!this.marks[to]) return;
    const { element } = this.marks[to];
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "center" });
    this.explained = null;
    this.explain(element);
  }

  /** Show the first line that says this, which was dropped perhaps. */
  find(text) {
    const number = this.lines.findIndex((line) => line.map((part) => part.text).join("").trim() === text);
    if (number < 0) return;
    while (this.drawn <= number) this.draw();
    const row = this.body.querySelectorAll(".chunk > .row")[number];
    const mark = row?.querySelector("del, ins");
    mark?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "center" });
  }

  get clean() {
    return this.segments.filter(({ kind }) => kind !== "deleted").map(({ text }) => text).join("");
  }

  async copy(button) {
    const area = h("textarea", { class: "visually-hidden" });
    try {
      await navigator.clipboard.writeText(this.clean);
    } catch {
      area.value = this.clean; // a file has no right to the clipboard in some browsers; a selection may be copied
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const before = button.textContent;
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = before; }, 1500);
  }
}
