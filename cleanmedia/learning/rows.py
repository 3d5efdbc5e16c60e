"""Turn a page into rows, one for each different line and one for each edge, for an engine to count."""

from collections.abc import Collection, Iterator
from hashlib import blake2b
from typing import Any, NamedTuple

from cleanmedia.core.surrogates import surrogates
from cleanmedia.page.edges import LONG, SURE, Edge, heads, tails
from cleanmedia.page.fold import fold
from cleanmedia.page.lines import split, squeezed
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import look
from cleanmedia.page.scripts import width
from cleanmedia.page.sites import host_of

__all__ = ["Row", "rows", "schema", "table"]

_LONGEST = 400  # code points of a line
_NARROWEST = 4  # the width of its key: narrower ones, such as "Ad" and "1", may be cells of a table
_LETTER = pattern(r"[^\W\d_]")
_CONTEXT = 80  # code points next to an edge that tell its text from others


class Row(NamedTuple):
    """A line of a page, or sentences at its head or tail. The row with an empty key stands for the page itself."""

    host: str
    page: int  # a hash of the page's text, so that copies of a page count as one; of an edge, a hash of the text next to it
    kind: str  # line, head or tail
    key: str  # the folded line: see cleanmedia.page.fold; {name} stands for a name that is left open
    line: str
    prose: bool  # whether it may say something of its own, and is withheld
    level: int  # 0 for a line; else how sure it is that it is the site's: see cleanmedia.page.edges


def rows(host: str, text: str) -> list[Row]:
    """Return the rows of a page. Lines without a letter are left out, and so are very short and very long ones.

    >>> [row.key for row in rows("www.example.org", "Home page\\n\\n• HOME PAGE\\n12\\nSports")]
    ['', 'home page', 'sports']
    >>> rows("", "It rained. (Example.org/Ann)")[-1][2:5]
    ('tail', '(example.org/{name})', '(Example.org/Ann)')
    """
    host = host_of(host)
    page = _hash(text)
    by_key = {"": Row(host, page, "line", "", "", False, 0)}
    for line in split(text):
        if len(line) <= _LONGEST:
            key = fold(line)
            if key not in by_key and width(key) >= _NARROWEST and _LETTER.search(key):
                shown, prose = look[line]
                by_key[key] = Row(host, page, "line", key, shown, prose, 0)
    return [*by_key.values(), *_edges(host, text)]


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
    return Row(host, _hash(squeezed(text[at:to])), kind, key, shown, edge.level == LONG, edge.level)


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
        "prose": pa.bool_(),
        "level": pa.int8(),
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
