"""A user's program, for mypy and pyright: it uses what the README shows, and must have no error in strict mode."""

from collections.abc import Iterator

from cleanmedia import (
    ARTICLE,
    NEWS,
    REPAIR,
    Change,
    Decoded,
    Edit,
    Filter,
    Pipeline,
    Report,
    Stats,
    Trace,
    clean,
    decode,
    drops_lines,
    finds,
    replaces,
    rewrites,
    trace,
)
from cleanmedia.filters import entities, quotes, repeated_titles, site_lines, whitespace, widgets

page: str = clean("So it was..")
page = clean(page, title="A title", pipeline=ARTICLE)
missing: None = clean(None)
traced: Trace = trace(page, title="A title")
span: tuple[int, int] = traced.origin(0, 1)
changes: tuple[Change, ...] = traced.changes()


@drops_lines
def headers(line: str) -> str | None:
    return "a dateline" if line.startswith("LONDON —") else None


@finds
def shouting(text: str) -> Iterator[Edit]:
    at = text.find("!!")
    if at >= 0:
        yield Edit(at, at + 2, "!", why="!!")


@finds
def marks(text: str, *, mark: str = "!") -> Iterator[Edit]:
    at = text.find(mark)
    if at >= 0:
        yield Edit(at, at + len(mark), "", why=mark)


@rewrites
def lower(text: str) -> str:
    return text.lower()


german: Pipeline = NEWS.replace(quotes(style="de"))
mine: Pipeline = NEWS.before("widgets", headers, marks, marks(mark="?"), site_lines(lines=["Our towns"]))
more: Pipeline = REPAIR.then(shouting, lower, replaces("wiki_edit", r"\[edit\]", ""), whitespace)
own: Pipeline = Pipeline(entities, marks(mark="?"), widgets(catalogues=["mine.txt"]), repeated_titles(title="A title"))
short: Pipeline = ARTICLE.without("widgets").only("boilerplate").guard(max_loss=0.5)
text: str = entities("&# 171;")
none: None = NEWS(None)
edits: tuple[Edit, ...] = marks.edits("a!")
names: list[str] = [each.name for each in NEWS.filters]
several: list[str | None] = NEWS.batch(["a..", None])
lazy: list[str | None] = list(NEWS.map(["a.."], processes=2))
row = NEWS.on("text", title="headline")({"text": "a..", "headline": "b"})
decoded: Decoded = decode(b"na\xefve")
report: Report = Report(documents=50)
report.add("page", traced)
stats: Stats = report.stats + Stats()


def build(filters: list[Filter[...]]) -> Pipeline:
    return Pipeline(*filters)
