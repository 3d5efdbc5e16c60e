"""Turn a page into rows, one for each different line and one for each edge, for an engine to count."""

from collections.abc import Collection, Iterator
from hashlib import blake2b
from typing import Any, NamedTuple
from zlib import crc32

from cleanmedia.core.surrogates import surrogates
from cleanmedia.learning.copies import bands
from cleanmedia.page.edges import LONG, SURE, Edge, heads, tails
from cleanmedia.page.fold import fold
from cleanmedia.page.lines import split, squeezed
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import look
from cleanmedia.page.scripts import width
from cleanmedia.page.shared import doubt, doubt_beside, text_of
from cleanmedia.page.sites import host_of, path_of

__all__ = ["Row", "rows", "schema", "table"]

_LONGEST = 400  # code points of a line
_NARROWEST = 4  # the width of its key: narrower ones, such as "Ad" and "1", may be cells of a table
_LETTER = pattern(r"[^\W\d_]")
_CONTEXT = 80  # code points next to an edge that tell its text from others


class Row(NamedTuple):
    """A line of a page, or sentences at its head or tail. The row with an empty key stands for the page itself.

    Rows of the kind "copy" have the keys of which near-copies of the page share one.
    """

    host: str
    page: int  # a hash of its address, or without one of its text; of an edge, a hash of the text next to it
    kind: str  # line, head, tail or copy
    key: str  # the folded line: see cleanmedia.page.fold; {name} stands for a name that is left open
    line: str
    doubt: str  # why it is withheld, "" if it is not: see cleanmedia.page.shared
    level: int  # 0 for a line; else how sure it is that it is the site's: see cleanmedia.page.edges
    inside: int  # 2 if it stands between lines of prose of the page's text, 1 if between shorter sentences, else 0
    before: int  # a hash of the line before it; 0 for none
    after: int


def rows(name: str, text: str) -> list[Row]:
    """Return the rows of a page, given its host or address. Very short and very long lines, and those without a letter, are left out.

    >>> [row.key for row in rows("www.example.org", "Home page\\n\\n• HOME PAGE\\n12\\nSports")]
    ['', 'home page', 'sports']
    >>> rows("", "It rained. (Example.org/Ann)")[-1][2:5]
    ('tail', '(example.org/{name})', '(Example.org/Ann)')
    """
    host, path = host_of(name), path_of(name)
    page = _hash(f"{host}/{path}" if path else text)
    found = {"": Row(host, page, "line", "", "", "", 0, 0, 0, 0)}
    lines = [line for line in split(text) if line and not line.isspace()]
    shown = ["", *[look[line][0] for line in lines], ""]
    keys = [fold(line) for line in lines]
    marks = [0, *[crc32(key.encode("utf-8", "surrogatepass")) for key in keys], 0]
    prose, sentences = text_of(lines)
    for at, (line, key) in enumerate(zip(lines, keys, strict=True)):
        inside = 2 if at in prose else int(at in sentences)
        if known := found.get(key):
            if inside > known.inside:
                found[key] = known._replace(inside=inside)
        elif len(line) <= _LONGEST and width(key) >= _NARROWEST and _LETTER.search(key):
            why = doubt[line] or doubt_beside(shown[at], shown[at + 2])
            found[key] = Row(host, page, "line", key, shown[at + 1], why, 0, inside, marks[at], marks[at + 2])
    copies = [Row(host, page, "copy", key, "", "", 0, 0, 0, 0) for key in bands(set(keys))]
    return [*found.values(), *copies, *_edges(host, text)]


def _edges(host: str, text: str) -> Iterator[Row]:
    """Yield the rows of the sentences at the edges of a page.

    Pages are told apart by the text next to the edge. So the last sentence of an article does not recur if the corpus has several
    versions of it, and of sentences that always stand together only the longest row does.
    """
    end = len(text.rstrip())
    start = len(text) - len(text.lstrip())
    for edge in heads(text, start, end):
        if edge.level == SURE:
            yield _row(host, "head", text, edge, edge.key)
    for edge in tails(text, end):
        before = text[max(0, edge.start - _CONTEXT) : edge.start]
        if (
            edge.level == SURE or "\n" not in before[len(before.rstrip()) :]
        ):  # what has a line of its own is a row already
            yield _row(host, "tail", text, edge, edge.key)
        if edge.form:
            yield _row(host, "tail", text, edge._replace(level=SURE), edge.form)


def _row(host: str, kind: str, text: str, edge: Edge, key: str) -> Row:
    at, to = (max(0, edge.start - _CONTEXT), edge.start) if kind == "tail" else (edge.end, edge.end + _CONTEXT)
    shown = squeezed(text[edge.start : edge.end])
    doubted = "prose" if edge.level == LONG else ""
    return Row(host, _hash(squeezed(text[at:to])), kind, key, shown, doubted, edge.level, 0, 0, 0)


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def schema() -> Any:
    """Return the Arrow schema of rows."""
    import pyarrow as pa

    kinds = {
        "host": pa.string(),
        "page": pa.int64(),
        "kind": pa.string(),
        "key": pa.string(),
        "line": pa.string(),
        "doubt": pa.string(),
        "level": pa.int8(),
        "inside": pa.int8(),
        "before": pa.int64(),
        "after": pa.int64(),
    }
    return pa.schema([pa.field(name, kind, nullable=False) for name, kind in kinds.items()])


def table(pages: Collection[tuple[str, str]]) -> Any:
    """Return the rows of pages as an Arrow RecordBatch. Lone surrogates become U+FFFD.

    Args:
        pages: for each page its host or address, and its text; they may be read twice.
    """
    import pyarrow as pa

    all_rows = [row for host, text in pages for row in rows(host, text)]
    columns = list(zip(*all_rows, strict=True)) or [()] * len(schema())
    try:
        arrays = [pa.array(column, field.type) for column, field in zip(columns, schema(), strict=True)]
    except UnicodeEncodeError:
        return table([(surrogates(host), surrogates(text)) for host, text in pages])
    return pa.record_batch(arrays, schema=schema())
