"""Changes for people at a terminal: changed lines and their neighbours, marks within the line, reasons in the margin."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple
from unicodedata import bidirectional, category

import regex
from ftfy.formatting import monospaced_width

from cleanmedia.cli.terminal import printable
from cleanmedia.core.history import Trace
from cleanmedia.report.segments import Segment, rows, segments

__all__ = ["diff"]

_NUMBER = 6  # columns of the line number and the space behind it, at least
_NARROW = 60  # columns of a terminal, below which the reasons go under the line
_AROUND = 24  # columns of unchanged text kept on either side of a change in a long line
_WIDEST = 8  # columns of a grapheme cluster; rows of Hangul may be longer, and have to be broken
_MOST_LINES = 4  # lines of the screen for a line that was dropped
_STYLES = {"deleted": "\x1b[9;31m", "inserted": "\x1b[1;32m", "soft": "\x1b[2m", "strong": "\x1b[1m"}
_END = "\x1b[0m"
_SIGNS = {"deleted": ("[-", "-]"), "inserted": ("{+", "+}")}
_CLUSTER = regex.compile(r"\X")
_RIGHT_TO_LEFT = ("R", "AL")
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"  # keep right-to-left text within its column


class _Cell(NamedTuple):
    """What a terminal shows in one cell: a character with its marks, or a sign for an invisible one."""

    text: str
    width: int
    style: str = ""


class _Line:
    """A line, and how many blank lines behind it were dropped with it."""

    def __init__(self, number: int, parts: list[Segment]) -> None:
        self.number = number  # in the source
        self.parts = parts
        self.gaps = 0

    @property
    def changed(self) -> bool:
        return any(part.kind != "kept" for part in self.parts)

    @property
    def blank(self) -> bool:
        return not any(part.text.strip() for part in self.parts)

    @property
    def gone(self) -> bool:
        return all(part.kind == "deleted" for part in self.parts)


def diff(trace: Trace, path: str, width: int = 80, colour: bool = True) -> str:
    """Return the changes in lines of at most ``width`` columns. Without colour, ``[-deleted-]`` and ``{+inserted+}``.

    Columns are counted as terminals count them: two for CJK and emoji, none for combining marks. Control characters of the
    text are replaced by signs, so that no text can control the terminal.
    """
    row = segments(trace)
    lines = _numbered(row)
    groups = [*_groups(lines)]
    if not groups:
        return ""
    page = _Screen(max(width, 30), colour, lines[-1].number)
    changes = sum(part.kind != "kept" for part in row)
    plural = "s" if changes != 1 else ""
    page.heading(printable(path), f"{changes:,} change{plural}, {len(trace.source):,} → {len(trace.text):,} characters")
    for number, group in enumerate(groups):
        if number:
            page.gap()
        for line in group:
            page.line(line)
    return page.text()


def _numbered(row: Iterable[Segment]) -> list[_Line]:
    """Return the lines with their numbers in the source. Blank lines dropped behind a dropped line are counted with it."""
    number = 1
    lines: list[_Line] = []
    for parts in rows(row):
        line = _Line(number, parts)
        breaks = sum(part.text.count("\n") for part in parts if part.kind != "inserted")
        number += breaks
        if line.gone and line.blank and lines and lines[-1].gone:
            lines[-1].gaps += breaks
        else:
            lines.append(line)
            line.gaps = breaks if line.gone and line.blank else 0
    return lines


def _groups(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Group neighbouring changed lines, each group with the nearest line before and behind it that is not blank."""
    shown: dict[int, None] = {}
    for at, line in enumerate(lines):
        if line.changed:
            before = next((i for i in range(at - 1, -1, -1) if not lines[i].blank or lines[i].changed), at)
            behind = next((i for i in range(at + 1, len(lines)) if not lines[i].blank or lines[i].changed), at)
            shown |= dict.fromkeys((before, at, behind))
    group: list[_Line] = []
    last = -1
    for at in sorted(shown):
        if group and any(not line.blank for line in lines[last + 1 : at]):
            yield group
            group = []
        group.append(lines[at])
        last = at
    if group:
        yield group


class _Screen:
    """Collects the lines of the screen."""

    def __init__(self, width: int, colour: bool, most: int) -> None:
        self._number = max(_NUMBER, len(str(most)) + 1)
        self._width, self._colour = width, colour
        self._margin = 0 if width < _NARROW else min(34, width // 3)
        self._column = width - self._number - (self._margin + 3 if self._margin else 0)
        self._out: list[str] = []

    def heading(self, name: str, numbers: str) -> None:
        """Add the name of the document."""
        for line in _wrapped(_cells(name, "strong"), self._width):
            self._out.append(self._styled(line))
        self._out.append(self._styled(_cut(_cells(numbers, "soft"), self._width)))

    def gap(self) -> None:
        """Add a sign for lines that are not shown."""
        self._out.append(self._styled(_cells(" " * (self._number - 2) + "⋮", "soft")))

    def line(self, line: _Line) -> None:
        """Add a line with its changes and their reasons."""
        if not line.changed:
            column = [_cut([*self._parts(line, "soft")], self._column)]
        elif line.gone:
            column = _wrapped(_signed(self._parts(line), self._colour), self._column)
            if len(column) > _MOST_LINES:
                column = [*column[: _MOST_LINES - 1], _cut(column[_MOST_LINES - 1] + column[_MOST_LINES], self._column)]
        else:
            column = _wrapped(_signed(_elided([*self._parts(line)]), self._colour), self._column)
        reasons = dict.fromkeys((part.filter, part.why) for part in line.parts if part.kind != "kept")
        margin = [piece for reason in reasons for piece in self._reason(*reason)]
        number = f"{line.number:>{self._number - 1}} "
        if not self._margin:
            column += [[_Cell("  ", 2), *piece] for piece in margin]
            margin = []
        for at in range(max(len(column), len(margin), 1)):
            text = column[at] if at < len(column) else []
            reason = margin[at] if at < len(margin) else []
            left = self._styled(_cells(number if at == 0 else " " * self._number, "soft")) + self._isolated(text)
            if reason or self._margin:
                pad = " " * (self._column - sum(cell.width for cell in text))
                left += pad + self._styled([_Cell(" │ ", 3, "soft"), *reason])
            self._out.append(left.rstrip(" "))

    def text(self) -> str:
        """Return all lines."""
        return "".join(line + "\n" for line in self._out)

    def _parts(self, line: _Line, style: str = "") -> Iterator[_Cell]:
        last = len(line.parts) - 1
        for place, (text, kind, _, _) in enumerate(line.parts):
            if kind == "kept" or (line.gone and place == last):
                text = text.removesuffix("\n")
            if not (line.gone and line.blank):
                yield from _cells(text, style if kind == "kept" else kind)
        if line.gaps:
            yield from _cells((" " if not line.blank else "") + ("↵" if line.gaps == 1 else f"↵ × {line.gaps}"), "soft")

    def _reason(self, name: str, why: str) -> list[list[_Cell]]:
        """Return the filter and its reason, on at most two lines."""
        width = self._margin or self._column - 2
        lines = _wrapped([*_cells(printable(name), "strong"), *_cells(": " + printable(why), "soft")], width)
        return lines if len(lines) < 3 else [lines[0], _cut(lines[1] + lines[2], width)]

    def _isolated(self, cells: list[_Cell]) -> str:
        text = self._styled(cells)
        if any(bidirectional(char) in _RIGHT_TO_LEFT for cell in cells for char in cell.text[:1]):
            return _ISOLATE + text + _END_ISOLATE
        return text

    def _styled(self, cells: list[_Cell]) -> str:
        if not self._colour:
            return "".join([cell.text for cell in cells])
        out: list[str] = []
        style = ""
        for cell in cells:
            if cell.style != style:
                out += ([_END] if style else []) + ([_STYLES[cell.style]] if cell.style else [])
                style = cell.style
            out.append(cell.text)
        return "".join(out) + (_END if style else "")


def _cells(text: str, style: str = "") -> list[_Cell]:
    if text.isascii() and text.isprintable() and (style not in _SIGNS or " " not in text):
        return [_Cell(char, 1, style) for char in text]
    edge = style in _SIGNS and not text.strip(" ")  # spaces alone are invisible
    return [cell for cluster in _CLUSTER.findall(text) for cell in _seen("·" if edge else cluster, style)]


def _seen(cluster: str, style: str) -> list[_Cell]:
    """Return the cells of a grapheme cluster, with signs for characters that are invisible or control the terminal."""
    marked = style in _SIGNS
    if cluster in ("\n", "\r\n"):
        return [_Cell("↵", 1, style)]
    if cluster == "\t":
        return [_Cell("⇥" if marked else "  ", 1 if marked else 2, style)]
    signs = [_sign(char, marked) for char in cluster]
    width = monospaced_width(cluster)
    if "".join(signs) == cluster and 0 <= width <= _WIDEST:
        return [_Cell(cluster, width, style)]
    return [_Cell(sign, max(0, monospaced_width(sign)), style) for sign in signs]


def _sign(char: str, marked: bool) -> str:
    kind = category(char)
    if char < " ":
        return chr(0x2400 + ord(char))
    controls = kind in ("Cc", "Cs", "Zl", "Zp") or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"
    if controls or (marked and (kind == "Cf" or (kind == "Zs" and char != " "))):
        return f"<{ord(char):04X}>"
    return char


def _signed(cells: Iterable[_Cell], colour: bool) -> list[_Cell]:
    """Put signs around changes if there is no colour."""
    out: list[_Cell] = []
    style = ""
    for cell in [*cells, _Cell("", 0)]:
        if not colour and cell.style != style:
            for sign in (_SIGNS.get(style, ("", ""))[1], _SIGNS.get(cell.style, ("", ""))[0]):
                out += _cells(sign)
            style = cell.style
        out.append(cell)
    return out[:-1]


def _elided(cells: list[_Cell]) -> list[_Cell]:
    """Leave out long unchanged stretches, but keep whole words near a change."""
    out: list[_Cell] = []
    for kept, stretch in groupby(cells, key=lambda cell: not cell.style):
        piece = list(stretch)
        out += _shortened(piece, begins=not out, ends=piece[-1] is cells[-1]) if kept else piece
    return out


def _shortened(cells: list[_Cell], begins: bool, ends: bool) -> list[_Cell]:
    """Shorten the stretch between two changes, before the first or behind the last."""
    words = [at for at, cell in enumerate(cells) if cell.text == " "]
    left = 0 if begins else next((at for at in reversed(words) if at <= _AROUND), _AROUND)
    right = len(cells) if ends else next((at for at in words if at >= len(cells) - _AROUND), len(cells) - _AROUND)
    if right - left < _AROUND // 2:
        return cells
    return [*cells[:left], *_cells("… " if begins else " …", "soft"), *cells[right + begins : len(cells)]]


def _wrapped(cells: list[_Cell], width: int) -> list[list[_Cell]]:
    """Break cells into lines of at most ``width`` columns, at a space if there is one in the second half."""
    lines: list[list[_Cell]] = []
    line: list[_Cell] = []
    used = 0
    for cell in cells:
        if line and used + cell.width > width:
            cut = next((i + 1 for i in range(len(line) - 1, len(line) // 2, -1) if line[i].text == " "), len(line))
            lines.append(line[:cut])
            line = line[cut:]
            used = sum(one.width for one in line)
        line.append(cell)
        used += cell.width
    return [*lines, line] if line else lines


def _cut(cells: list[_Cell], width: int) -> list[_Cell]:
    """Cut cells to at most ``width`` columns, with an ellipsis if something is left out."""
    if sum(cell.width for cell in cells) <= width:
        return cells
    out: list[_Cell] = []
    used = 0
    for cell in cells:
        if used + cell.width > width - 1:
            break
        out.append(cell)
        used += cell.width
    return [*out, _Cell("…", 1, out[-1].style if out else "")]
