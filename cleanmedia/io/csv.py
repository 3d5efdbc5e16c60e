"""CSV and TSV: rows of cells, some of whose columns are text.

Only the cells that change are rewritten. Everything else stays the same, byte for byte: other cells, quotation marks, line ends, a
byte-order mark. A cell without quotation marks gets them only if its new text needs them.

Rows are read as in RFC 4180, which is what Excel, pandas and Python's ``csv`` read: a quotation mark opens a cell only at its
start, and is doubled inside. A row that breaks this rule, or has more cells than the header, is a broken record.
"""

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import BinaryIO, NamedTuple

from cleanmedia.decoding.decode import Decoded, decode
from cleanmedia.io.records import LONGEST, Broken, Clean, Cleaned, Document, OnError, Plain, TooLong

__all__ = ["Csv", "even_rows"]

_BATCH = 1 << 18  # bytes that are read at once
_HEAD = 8 << 20  # bytes that may be read to find the encoding; the first of them that are not ASCII tell
_SAMPLE = 1 << 16  # bytes that show how a TSV treats quotation marks
_MOST_ROWS = 20  # that are looked at
_DELIMITERS = (b",", b";", b"\t", b"|")
_BOM = codecs.BOM_UTF8
_WIDE = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ASCII = bytes(range(128))
_STATEFUL = ("iso2022", "hz", "johab")  # bytes of ASCII may be parts of other characters
_TRAILING = (
    "shift_jis",
    "cp932",
    "gb",
    "big5",
    "cp950",
    "johab",
    "hkscs",
)  # a letter may end in a byte of ASCII, such as |


class _Encoding(NamedTuple):
    """How the bytes of a file become text."""

    decoded: Decoded  # without the text
    wide: str = ""  # UTF-16 or UTF-32: the file is turned into UTF-8 to be read, and back to be written
    of_cells: str = "utf-8"


class _Layout(NamedTuple):
    """What is the same for all rows of a file."""

    encoding: _Encoding
    delimiter: bytes
    quoted: bool  # whether quotation marks enclose cells; in some TSV they are letters like others
    width: int  # cells of the first row
    texts: tuple[tuple[str, int], ...]  # name and index of each column to clean
    title: int | None
    host: int | None


class _Batch(NamedTuple):
    """Whole rows."""

    line: int  # the number of the first line, from 1
    block: bytes
    begins: int  # where the rows to clean begin: behind the header
    layout: _Layout


class _Cell(NamedTuple):
    start: int
    end: int
    quoted: bool
    fault: str


class Csv(NamedTuple):
    """CSV or TSV, with the columns to clean: each the name in the header, or a number from 1."""

    texts: tuple[str, ...] = ()
    title: str | None = None
    host: str | None = None
    on_error: OnError = "stop"
    longest: int = LONGEST  # bytes of a row
    tabs: bool = False
    header: bool = True
    encoding: str | None = None  # None: as the bytes suggest

    def read(self, file: BinaryIO) -> Iterator[_Batch]:
        """Yield batches of whole rows.

        Raises:
            ValueError: no column is named, or one that the file lacks; the encoding cannot be that of a CSV.
            UnicodeDecodeError: the file is not text.
            LookupError: Python knows no encoding of the name that was given.
            TooLong: a row is too long.
        """
        encoding, head = _encoding(file, self.encoding)
        blocks = _Blocks(file, head, encoding.wide)
        rest = blocks.read(_BATCH)
        layout, begins = self._layout(rest, encoding)
        line, newline = 1, b"\n" if b"\n" in rest else b"\r"
        while rest:
            more = blocks.read(max(_BATCH, len(rest)))  # a long row takes few rounds
            end = _rows_end(rest, layout) if more else len(rest)
            if end:
                yield _Batch(line, rest[:end], begins, layout)
                line += rest.count(newline, 0, end)
                begins = 0
            if len(rest) - end > self.longest and (more or not end):
                raise TooLong(f"the row in line {line:,}", self.longest)
            rest = rest[end:] + more

    def clean(self, batch: _Batch, clean: Clean) -> Cleaned:
        """Return the clean rows, without rejected ones. If a broken row is to stop the run, the rows before it."""
        line, block, at, layout = batch
        newline = b"\n" if b"\n" in block else b"\r"
        cell = _cell_pattern(layout.delimiter, layout.quoted)
        out = [block[:at]]
        broken: list[Broken] = []
        line += block.count(newline, 0, at)
        first = at > 0 or line == 1
        while at < len(block):
            cells, end = _row(cell, block, at)
            try:
                out.append(self._row(block, at, end, cells, line, layout, clean, first))
            except ValueError as error:
                broken.append(Broken(line, str(error), block[at:end].decode("utf-8", "surrogateescape")))
                if self.on_error == "stop":
                    break
                if self.on_error == "pass":
                    out.append(block[at:end])
            line += block.count(newline, at, end)
            at, first = end, first and _is_empty(cells)
        output = b"".join(out)
        if layout.encoding.wide:
            output = output.decode("utf-8").encode(layout.encoding.wide)
        return Cleaned(output, tuple(broken))

    def writer(self, file: BinaryIO, ending: str) -> Plain:
        """Return a writer of rows."""
        return Plain(file, ending)

    def _row(
        self,
        block: bytes,
        start: int,
        end: int,
        cells: list[_Cell],
        line: int,
        layout: _Layout,
        clean: Clean,
        first: bool,
    ) -> bytes:
        """Return the row with its clean texts. Raises ValueError."""
        if _is_empty(cells):
            return block[start:end]
        if end - start > self.longest:
            raise TooLong("the row", self.longest)
        for number, each in enumerate(cells, 1):
            if each.fault:
                raise ValueError(f"cell {number} {each.fault}")
        if any(each.start < each.end for each in cells[layout.width :]):
            raise ValueError(f"{len(cells)} cells, but the first row has {layout.width}")
        encoding = layout.encoding.of_cells
        title, host = [
            None if column is None or column >= len(cells) else _value(block, cells[column]).decode(encoding, "replace")
            for column in (layout.title, layout.host)
        ]
        new: list[tuple[int, int, bytes]] = []
        for name, column in layout.texts:
            if column >= len(cells):
                continue
            raw = _value(block, cells[column])
            try:
                text = raw.decode(encoding)
            except UnicodeDecodeError as error:
                raise ValueError(
                    f"byte {error.start} of the cell {name!r} is not {layout.encoding.decoded.encoding}; "
                    "--encoding names the encoding"
                ) from None
            windows = "\r\n" in text and text.count("\r") == text.count("\n") == text.count("\r\n")
            text = text.replace("\r\n", "\n") if windows else text
            known = None if column == layout.title else title
            cleaned = clean(Document(text, line, name, known, host, layout.encoding.decoded, first and not new))
            if cleaned != text:
                cleaned = cleaned.replace("\n", "\r\n") if windows else cleaned
                new.append(
                    (cells[column].start, cells[column].end, _literal(cleaned, cells[column], layout, len(cells)))
                )
        row = block[start:end]
        for cell_start, cell_end, literal in sorted(new, reverse=True):
            row = row[: cell_start - start] + literal + row[cell_end - start :]
        return row

    def _layout(self, block: bytes, encoding: _Encoding) -> tuple[_Layout, int]:
        """Return what the first row tells, and where the rows to clean begin. Raises ValueError."""
        begins = len(_BOM) if block.startswith(_BOM) else 0
        told = re.compile(rb"[\r\n]*sep=([^\r\n\"])\r?\n").match(block, begins)  # Excel's
        if told:
            begins = told.end()
        while block[begins : begins + 1] in (b"\r", b"\n"):
            begins += 1
        delimiters = (told[1],) if told else (b"\t",) if self.tabs else _DELIMITERS
        rows = {each: _row(_cell_pattern(each, True), block, begins) for each in delimiters} if block else {}
        named = [name for name in (*self.texts, self.title, self.host) if name is not None]

        def fit(delimiter: bytes) -> tuple[bool, bool, int]:
            names = _names(block, rows[delimiter][0], encoding)
            even = not _uneven(block[begins : begins + _SAMPLE], delimiter, True)
            return all(name in names for name in named), even and len(names) > 1, len(names)

        delimiter = max(rows, key=fit, default=b",")
        cells, end = rows.get(delimiter, ([], 0))
        names = _names(block, cells, encoding)
        if not self.texts and block:
            raise ValueError(f"--field names the columns to clean; there are {_listed(names)}")
        if delimiter not in b",;\t" and encoding.of_cells.startswith(_TRAILING):
            raise ValueError(
                f"cells in {encoding.of_cells} cannot be told apart by {delimiter.decode()}; convert the file to UTF-8"
            )
        columns = {name: self._column(name, names) for name in named} if block else {}
        sample = block[begins : begins + _SAMPLE]
        quoted = not self.tabs or _uneven(sample, b"\t", True) <= _uneven(sample, b"\t", False)
        layout = _Layout(
            encoding,
            delimiter,
            quoted,
            len(cells),
            tuple((name, columns[name]) for name in dict.fromkeys(self.texts) if name in columns),
            columns.get(self.title or ""),
            columns.get(self.host or ""),
        )
        return layout, end if self.header else begins

    def _column(self, name: str, names: list[str]) -> int:
        """Return the index of a column."""
        if self.header and names.count(name) > 1:
            raise ValueError(f"{names.count(name)} columns are named {name!r}; name it by its number")
        if self.header and name in names:
            return names.index(name)
        if name.isascii() and name.isdigit() and 1 <= int(name) <= len(names):
            return int(name) - 1
        without = "" if self.header else "; without a header, columns have numbers"
        raise ValueError(f"no column {name!r}{without}; there are {_listed(names)}")


class _Blocks:
    """Reads a file in UTF-8, whatever its encoding, or as it is."""

    def __init__(self, file: BinaryIO, head: bytes, wide: str) -> None:
        self._file, self._head = file, head
        self._decoder = codecs.getincrementaldecoder(wide)() if wide else None

    def read(self, size: int) -> bytes:
        """Return about ``size`` bytes; none at the end of the file."""
        while True:
            data = self._head[:size] or self._file.read(size)
            self._head = self._head[size:]
            if self._decoder is None:
                return data
            text = self._decoder.decode(data, not data)
            if text or not data:
                return text.encode("utf-8")


def _encoding(file: BinaryIO, named: str | None) -> tuple[_Encoding, bytes]:
    """Return the encoding of a file, and the bytes that were read to find it."""
    head = block = file.read(_BATCH)
    if named is None:
        while block and block.isascii() and len(head) < _HEAD:
            block = file.read(_BATCH)
            head += block
    wide = next((name for mark, name in _WIDE if head.startswith(mark)), "")
    if named is None and wide:
        return _Encoding(Decoded("", wide, "byte-order mark"), wide), head
    name = "utf-8"
    if named is not None:
        name = codecs.lookup(named).name
        decoded = Decoded("", name, "named by the caller")
    elif head.isascii() and b"\0" not in head[:_SAMPLE]:
        decoded = Decoded("", name, "ASCII")
    else:
        at = head.rfind(b"\n", 0, len(head) - len(block)) + 1
        sample = head[at : head.rfind(b"\n") + 1] or head
        try:
            sample.decode("utf-8" if b"\0" not in sample[:_SAMPLE] else "")
            decoded = Decoded("", name, "valid UTF-8")
        except (UnicodeDecodeError, LookupError):
            decoded = decode(sample)._replace(text="")
            if decoded.encoding == "utf-8":
                decoded = decoded._replace(evidence="UTF-8, with a few bytes that are not")
            name = decoded.encoding
    if name.startswith(("utf-16", "utf-32")):
        wide = name if name.endswith(("-le", "-be")) else wide or f"{name}-le"
        return _Encoding(decoded, wide), head
    name = name.removesuffix("-sig")
    try:
        plain = _ASCII.decode(name) == _ASCII.decode()
    except UnicodeDecodeError:
        plain = False
    if not plain or name.startswith(_STATEFUL):
        raise ValueError(f"a CSV in {name} cannot be read; convert it to UTF-8 first")
    return _Encoding(decoded, of_cells=name), head


@lru_cache(maxsize=16)
def _cell_pattern(delimiter: bytes, quoted: bool) -> re.Pattern[bytes]:
    """Return a pattern for a cell and what ends it. It matches everywhere."""
    other = rb"[^" + re.escape(delimiter) + rb"\r\n]*+"
    enclosed = (
        rb'"(?P<inner>(?:[^"]++|"")*+)(?P<close>"?)(?P<more>' + other + rb")|" if quoted else rb"(?P<inner>(?!))|"
    )
    return re.compile(rb"(?:" + enclosed + other + rb")(?P<end>" + re.escape(delimiter) + rb"|\r\n|\r|\n|\Z)")


@lru_cache(maxsize=16)
def _enclosed_pattern(delimiter: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"(?:\A|(?<=[" + re.escape(delimiter) + rb'\r\n])|\A\xef\xbb\xbf)"(?:[^"]++|"")*+"?')


def _row(cell: re.Pattern[bytes], block: bytes, at: int) -> tuple[list[_Cell], int]:
    """Return the cells of the row that begins at a place, and where the next one begins."""
    cells: list[_Cell] = []
    while True:
        found = cell.match(block, at)
        assert found is not None
        quoted = found["inner"] is not None
        fault = ""
        if quoted and not found["close"]:
            fault = "has a quotation mark that is never closed"
        elif quoted and found["more"]:
            fault = "has a quotation mark inside that is not doubled"
        cells.append(_Cell(at, found.start("end"), quoted, fault))
        at = found.end()
        if found["end"] in (b"\r\n", b"\n", b"\r", b""):
            return cells, at


def _rows_end(block: bytes, layout: _Layout) -> int:
    """Return where the last whole row of a block ends, 0 if it has none. More of the file follows."""
    upto = len(block)
    if layout.quoted and b'"' in block:
        free = [0]  # the starts and ends of the stretches between enclosed cells
        for found in _enclosed_pattern(layout.delimiter).finditer(block):
            free += [found.start(), found.end()]
        free.append(len(block))
        stretches = list(pairwise(free))[::2]
        if stretches[-1][0] == len(block):  # a cell that goes on, or whose last mark may be the first of two
            stretches.pop()
    else:
        stretches = [(0, upto)]
    for start, end in reversed(stretches):
        at = block.rfind(b"\n", start, end) + 1
        at = at or block.rfind(b"\r", start, min(end, len(block) - 1)) + 1
        if at > start:
            return at
    return 0


def _uneven(sample: bytes, delimiter: bytes, quoted: bool) -> int:
    """Return how many of the first rows are broken, or have another number of cells than the first."""
    sample = sample[: sample.rfind(b"\n") + 1] or sample
    pattern, at, width, count = _cell_pattern(delimiter, quoted), 0, 0, 0
    while at < len(sample):
        cells, at = _row(pattern, sample, at)
        width = width or len(cells)
        cut = at == len(sample) and quoted  # the sample may end in the middle of a cell
        wrong = not _is_empty(cells) and (len(cells) != width or any(cell.fault for cell in cells))
        count += wrong and not cut
    return count


def even_rows(block: bytes, delimiter: bytes) -> list[list[bytes]]:
    """Return the cells of the first rows of UTF-8, or nothing if they differ in number or a row is broken."""
    if _uneven(block, delimiter, True):
        return []
    pattern, at = _cell_pattern(delimiter, True), 0
    rows: list[list[bytes]] = []
    while at < len(block) and len(rows) < _MOST_ROWS:
        cells, at = _row(pattern, block, at)
        rows += [] if _is_empty(cells) else [[_value(block, cell) for cell in cells]]
    return rows


def _is_empty(cells: list[_Cell]) -> bool:
    return cells[0].start == cells[-1].end


def _value(block: bytes, cell: _Cell) -> bytes:
    return block[cell.start + 1 : cell.end - 1].replace(b'""', b'"') if cell.quoted else block[cell.start : cell.end]


def _literal(text: str, cell: _Cell, layout: _Layout, width: int) -> bytes:
    """Return a text as a cell. Raises ValueError if the file cannot hold it."""
    encoding = layout.encoding.of_cells
    try:
        new = text.encode(encoding)
    except UnicodeEncodeError as error:
        char = text[error.start]
        raise ValueError(
            f"the clean text has {char!r}, which {encoding} lacks; convert the file to UTF-8 first"
        ) from None
    needs = any(mark in new for mark in (layout.delimiter, b"\r", b"\n"))
    if not layout.quoted:
        if needs:
            raise ValueError(
                "the clean text has a tab or a line break, which a TSV without quotation marks cannot hold"
            )
        return new
    needs = needs or b'"' in new or (not new and width == 1)
    return b'"' + new.replace(b'"', b'""') + b'"' if cell.quoted or needs else new


def _names(block: bytes, cells: list[_Cell], encoding: _Encoding) -> list[str]:
    return [_value(block, cell).decode(encoding.of_cells, "replace") for cell in cells]


def _listed(names: list[str]) -> str:
    """Return the columns for an error."""
    more = f" and {len(names) - 20} more" if len(names) > 20 else ""
    return ", ".join([f"{number} {name[:60]!r}" for number, name in enumerate(names[:20], 1)]) + more
