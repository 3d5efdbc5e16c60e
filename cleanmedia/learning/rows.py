"""A page as rows: its lines, each once, for an engine to count."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, NamedTuple

from cleanmedia.page.fold import fold
from cleanmedia.page.lines import split
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import look
from cleanmedia.page.scripts import width
from cleanmedia.page.sites import host_of

__all__ = ["Row", "rows", "schema", "table"]

_LONGEST, _NARROWEST = 400, 4  # code points of a line; width of its key: "Ad" and "1" may be cells of a table
_LETTER = pattern(r"[^\W\d_]")


class Row(NamedTuple):
    """A line of a page. The row whose key is empty stands for the page itself."""

    host: str
    page: int  # a hash of the page's text: copies of a page are one page
    key: str  # the line, folded
    line: str
    prose: bool


def rows(host: str, text: str) -> list[Row]:
    """The rows of a page. Lines that have no letter are left out, as are very short and very long ones.

    >>> [row.key for row in rows("www.example.org", "Home page\\n\\n• HOME PAGE\\n12\\nSports")]
    ['', 'home page', 'sports']
    """
    host = host_of(host)
    page = int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little", signed=True)
    found = {"": Row(host, page, "", "", False)}
    for line in split(text):
        if len(line) <= _LONGEST:
            key = fold(line)
            if key not in found and width(key) >= _NARROWEST and _LETTER.search(key):
                shown, prose = look[line]
                found[key] = Row(host, page, key, shown, prose)
    return list(found.values())


def schema() -> Any:
    """The Arrow schema of rows."""
    import pyarrow as pa

    kinds = {"host": pa.string(), "page": pa.int64(), "key": pa.string(), "line": pa.string(), "prose": pa.bool_()}
    return pa.schema([pa.field(name, kind, nullable=False) for name, kind in kinds.items()])


def table(pages: Iterable[tuple[str, str]]) -> Any:
    """The rows of pages, each given as host or address and text, as an Arrow RecordBatch; lone surrogates become U+FFFD."""
    import pyarrow as pa

    found = [row for host, text in pages for row in rows(host, text)]
    columns = list(zip(*found, strict=True)) or [()] * len(schema())
    try:
        arrays = [pa.array(column, field.type) for column, field in zip(columns, schema(), strict=True)]
    except UnicodeEncodeError:
        return table([(_encodable(host), _encodable(text)) for host, text in pages])
    return pa.record_batch(arrays, schema=schema())


def _encodable(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
