"""Turn a page into rows, one for each different line, for an engine to count."""

from collections.abc import Collection
from hashlib import blake2b
from typing import Any, NamedTuple

from cleanmedia.core.surrogates import surrogates
from cleanmedia.page.fold import fold
from cleanmedia.page.lines import split
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import look
from cleanmedia.page.scripts import width
from cleanmedia.page.sites import host_of

__all__ = ["Row", "rows", "schema", "table"]

_LONGEST = 400  # code points of a line
_NARROWEST = 4  # the width of its key: narrower ones, such as "Ad" and "1", may be cells of a table
_LETTER = pattern(r"[^\W\d_]")


class Row(NamedTuple):
    """A line of a page. The row with an empty key stands for the page itself."""

    host: str
    page: int  # a hash of the page's text, so that copies of a page count as one
    key: str  # the folded line: see cleanmedia.page.fold
    line: str
    prose: bool


def rows(host: str, text: str) -> list[Row]:
    """Return the rows of a page. Lines without a letter are left out, and so are very short and very long ones.

    >>> [row.key for row in rows("www.example.org", "Home page\\n\\n• HOME PAGE\\n12\\nSports")]
    ['', 'home page', 'sports']
    """
    host = host_of(host)
    page = int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little", signed=True)
    by_key = {"": Row(host, page, "", "", False)}
    for line in split(text):
        if len(line) <= _LONGEST:
            key = fold(line)
            if key not in by_key and width(key) >= _NARROWEST and _LETTER.search(key):
                shown, prose = look[line]
                by_key[key] = Row(host, page, key, shown, prose)
    return list(by_key.values())


def schema() -> Any:
    """Return the Arrow schema of rows."""
    import pyarrow as pa

    kinds = {"host": pa.string(), "page": pa.int64(), "key": pa.string(), "line": pa.string(), "prose": pa.bool_()}
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
