"""Which spaces of a text mean something: those of code, of rows and drawings, of nested lists, of verse, of text laid out by hand."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Literal

from cleanmedia.page.by_hand import LONGEST_BY_HAND, is_paragraph
from cleanmedia.page.code import is_code
from cleanmedia.page.items import starts_item
from cleanmedia.page.lines import SPACES
from cleanmedia.page.memo import Memo
from cleanmedia.page.patterns import pattern
from cleanmedia.page.view import View

__all__ = ["Layout", "filled_blocks"]

# A space or tab comes first: it is fast.
_GAP = pattern(r"[ \t](?<=\S.)(?:(?<=\t)|(?=[ \t]))[ \t]*(?=\S)")
_WIDE_GAP = pattern(r"[ \t](?<=\S.)(?:(?<= )(?: {4,}| *\t *\t[ \t]*)|(?<=\t)(?: *\t[ \t]*|[^\t]+\t))(?=\S)")
_NUMBERED = pattern(r"\s*(\d{1,3})[.)]\s")
_SETTING = pattern(r"\s*(?:- )?[\w./-]{1,40}:(?:\s|$)")
_NONE: frozenset[int] = frozenset()
_DIRECTIVE = pattern(r"\s*\.\. [\w-]+::")  # of reStructuredText
_LONGEST_VERSE = 70  # code points
_LONGEST_FIELD = 60  # code points of a field of a row
_UNDERLINES, _SLACK = frozenset(mark * 4 for mark in "=-~^"), 2  # how many marks more or less than the heading has
_FEWEST_DRAWN = 3  # lines in a row


class Layout:
    """The spaces of a text that stay, by block of lines, judged when they are asked for, from the first block to the last.

    What it says of a text still holds once the other spaces are gone.
    """

    def __init__(self, view: View, blocks: Sequence[tuple[int, int]]) -> None:
        """Take the view of a text and its blocks, as :func:`filled_blocks` returns them."""
        self._view, self._lines, self._blocks = view, view.lines, blocks
        self._is_fenced = view.kinds.is_fenced if "```" in view.text or "~~~" in view.text else None
        self._literal: dict[int, bool] = {}
        self._begun: dict[int, Literal["code", "either"] | None] = {}  # what may go on behind a block, indented
        self._indents: list[list[int]] = []  # of the lines of each block, how much of their indentation goes
        self._root = -1  # the indentation of the item with which the current outline began
        self._counted = -1  # its number, if it has one
        self._columns: set[int] = set()  # where the text of the outline's items begins

    @cached_property
    def by_hand(self) -> bool:
        """Whether the text was laid out by hand: see :attr:`View.is_laid_out`; or has headings that are underlined, as in Markdown."""
        marked = any("\n" + mark in self._view.text for mark in _UNDERLINES)
        return (marked and any(map(self._is_underlined, range(1, len(self._lines))))) or self._view.is_laid_out

    def _is_underlined(self, number: int) -> bool:
        """Return whether a line is a row of marks as long as the one above it: indentation is a part of the markup then."""
        line = self._lines[number]
        if line[:4] not in _UNDERLINES:
            return False
        line, above = line.rstrip(), self._lines[number - 1].rstrip()
        return len({*line}) == 1 and abs(len(above) - len(line)) <= _SLACK and bool(above.strip(line[0] + SPACES))

    def keeps_gap(self, place: int) -> bool:
        """Return whether the blank lines beside a block stay as many as they are. There is no block before the first."""
        return place >= 0 and (self._is_literal(place) or self.by_hand)

    def of(self, place: int) -> Iterator[tuple[int, bool]]:
        """Yield for each line of a block how many spaces at its start go, and whether the gaps within it stay."""
        first, last = self._blocks[place]
        if self._is_literal(place) or self.by_hand:
            yield from ((0, True) for _ in range(first, last))
            return
        while len(self._indents) <= place:
            self._indent(len(self._indents))
        indents = self._indents[place]
        for number in range(first, last):
            line = self._lines[number].strip(SPACES)
            row = ("  " in line or "\t" in line) and self._is_row(number, place)
            yield 0 if row else indents[number - first], row

    def _block(self, place: int) -> Sequence[str]:
        first, last = self._blocks[place]
        return self._lines[first:last]

    def _is_literal(self, place: int) -> bool:
        """Return whether a block keeps all its spaces: it is code, a table or a drawing, or goes on with code over a blank line."""
        if place not in self._literal:
            first = place
            while first - 1 not in self._literal and first > 0 and self._is_indented(first):
                first -= 1
            for number in range(first, place + 1):
                self._judge(number)
        return self._literal[place]

    def _judge(self, place: int) -> None:
        """Judge a block, and what may go on behind it; an indented one once the block before is judged."""
        block = self._block(place)
        fenced = self._is_fenced is not None and any(map(self._is_fenced, range(*self._blocks[place])))
        kind = "code" if fenced else _literal(block)
        begun = self._begun.get(place - 1)
        goes_on = (
            kind is None
            and begun is not None
            and self._is_indented(place)
            and (begun == "code" or any(map(is_code, block)))
            and not any(map(is_paragraph, block))
        )
        self._literal[place] = kind is not None or goes_on
        self._begun[place] = begun if goes_on else _begins_code(block, kind)

    def _is_indented(self, place: int) -> bool:
        return all(line[0] in SPACES for line in self._block(place))

    def _is_row(self, number: int, place: int) -> bool:
        """Return whether a line is a row of columns: by itself, or with the nearest line of the block before or behind it."""
        line = self._lines[number]
        if not _columns(line):
            return False
        first, last = self._blocks[place]
        return (
            _is_row(line)
            or (number == first and place > 0 and _is_aligned(self._lines[self._blocks[place - 1][1] - 1], line))
            or (
                number == last - 1
                and place + 1 < len(self._blocks)
                and _is_aligned(line, self._lines[self._blocks[place + 1][0]])
            )
        )

    def _indent(self, place: int) -> None:
        """Judge the next block, or the next stanzas: each line goes back to the margin, or with what it belongs to."""
        first, last = self._blocks[place]
        block = self._block(place)
        if last - first == 1 and self._root < 0 and not _is_item(block[0]):
            self._indents.append([_margin(block[0])])  # a line that is kept as it is loses nothing all the same
        elif (
            not any(line[0] in SPACES or _is_item(line) for line in block) and not _is_verse(block)
        ) or self._is_literal(place):
            self._root = -1
            self._indents.append([0] * len(block))
        elif _is_verse(block):
            self._root = -1
            self._indent_verse(place)
        elif _is_entry(block):
            self._root = -1
            self._indents.append([_margin(block[0])] * len(block))
        else:
            self._indents.append([self._outdent(n, place) for n in range(first, last)])

    def _indent_verse(self, place: int) -> None:
        """Stanzas keep their indentation relative to one another, if the lines of one of them do not all begin at one place."""
        stanzas, first = [], place
        while place < len(self._blocks) and not self._is_literal(place) and _is_verse(self._block(place)):
            stanzas.append(self._block(place))
            place += 1
        lines = [line for stanza in stanzas for line in stanza]
        if any(map(_is_staggered, stanzas)):
            rows = any(self._is_row(n, p) for p in range(first, place) for n in range(*self._blocks[p]))
            shift = 0 if rows else min(map(_margin, lines))
            self._indents += [[shift] * len(stanza) for stanza in stanzas]
        else:
            self._indents += [[*map(_margin, stanza)] for stanza in stanzas]

    def _outdent(self, number: int, place: int) -> int:
        """Return how much of a line's indentation goes: that of the outermost item of the outline it belongs to, else all."""
        line = self._lines[number]
        leads = number == self._blocks[place][0]
        indent = _margin(line)
        item = _is_item(line)
        if not indent and not item:
            self._root = -1
            return 0
        if (item and is_code(line)) or self._is_row(number, place):
            self._root = -1
            return indent
        if not leads and line.startswith("--", indent) and line.split()[0] == "--" != line.strip():
            return 0  # the name of who said it
        if not item and is_paragraph(line):
            self._root = -1
            return indent
        count = _NUMBERED.match(line) if item else None
        counts_on = count is not None and int(count[1]) == self._counted + 1  # with the outermost items
        if self._root >= 0 and indent > self._root and not counts_on and (item or not leads or indent in self._columns):
            shift = self._root
        elif item:
            self._root, self._columns, shift = indent, set(), indent
            self._counted = int(count[1]) if count else -1
        else:
            self._root, shift = -1, indent
        if item:
            self._columns.add(_text_column(line))
        return shift


def filled_blocks(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return where each run of lines that are not blank begins and ends."""
    blocks = []
    first = -1
    for number, line in enumerate(lines):
        if line and (line[0] not in SPACES or line.strip(SPACES)):
            first = number if first < 0 else first
        elif first >= 0:
            blocks.append((first, number))
            first = -1
    if first >= 0:
        blocks.append((first, len(lines)))
    return blocks


def _literal(block: Sequence[str]) -> Literal["code", "table"] | None:
    """Return what a block of lines is in which all spaces mean something: code or settings, a table or a drawing."""
    if len(block) == 1:
        if not block[0][0].isspace() and is_code(block[0]):
            return "code"
        return "table" if block[0].count("|") > 2 else None
    if sum(map(is_code, block)) * 2 >= len(block) or _is_settings(block):
        return "code"
    if sum("\t" in line.strip(SPACES) for line in block) * 2 > len(block):
        return "table"
    if any(_opens(one, other) for one, other in pairwise(block)):
        return "code"
    return (
        "table" if any(_columns(one) & _columns(other) for one, other in pairwise(block)) or _is_drawn(block) else None
    )


def _begins_code(block: Sequence[str], kind: Literal["code", "table"] | None) -> Literal["code", "either"] | None:
    """Return whether code may go on, or begin, behind a block, over a blank line; a colon may also announce something else."""
    last = block[-1].rstrip()
    if (
        last.endswith("::")
        or (".. " in block[0] and _DIRECTIVE.match(block[0]))
        or (kind == "code" and (len(block) > 1 or last[-1:] in ":{"))
    ):
        return "code"
    return "either" if last.endswith(":") else None


def _is_settings(block: Sequence[str]) -> bool:
    """Return whether at least half of the lines are a key and its value, and the others stand deeper, or are items."""
    keys = sum(bool(_SETTING.match(line)) for line in block)
    return (
        keys > 1
        and keys * 2 >= len(block) > 2
        and all(
            _SETTING.match(line) or line[0] in SPACES or line[:2] == "- " or line.strip() == "---" for line in block
        )
    )


def _is_drawn(block: Sequence[str]) -> bool:
    """Return whether lines are drawn with marks: most of a block that has several margins, or several lines in a row."""
    drawn = [
        len(marks := line.strip(SPACES)) > 1 and sum(map(str.isalnum, marks)) * 2 < len(marks) and not _is_item(line)
        for line in block
    ]
    count = sum(drawn)
    if count < 2:
        return False
    longest = max(len(run) for run in "".join("x" if line else " " for line in drawn).split())
    return (count * 2 >= len(block) and len({_margin(line) for line in block}) > 1) or longest >= _FEWEST_DRAWN


def _opens(before: str, line: str) -> bool:
    """Return whether a line opens what stands deeper in the next one, as in code and in YAML; the list of a page does not count."""
    if _margin(line) <= _margin(before) or not (before.rstrip().endswith((":", "{")) or _DIRECTIVE.match(before)):
        return False
    return not _is_item(line) or (line.lstrip(SPACES)[:2] == "- " and " " not in before.strip(SPACES))


def _columns(line: str) -> frozenset[int]:
    """Return where the columns of a line begin, behind two spaces or more."""
    bare = line.strip(SPACES)
    return frozenset(match.end() for match in _GAP.finditer(line)) if "  " in bare or "\t" in bare else _NONE


def _is_row(line: str) -> bool:
    """Return whether a line alone is a row of a table: its fields are short, and five spaces or more stand between two of them."""
    return bool(_WIDE_GAP.search(line)) and all(
        len(field) <= _LONGEST_FIELD for field in _GAP.split(line.strip(SPACES))
    )


def _is_aligned(line: str, other: str) -> bool:
    """Return whether two lines with a blank line between them are rows of one table: a column begins at the same place in both.

    Two spaces stand behind a sentence in prose too: so lines are short, and some gap is wider, or two columns agree. Lines that have
    as many tabs are rows too.
    """
    if len(line) > LONGEST_BY_HAND or len(other) > LONGEST_BY_HAND:
        return False
    tabs = line.strip(SPACES).count("\t")
    if tabs and tabs == other.strip(SPACES).count("\t"):
        return True
    shared = _columns(line) & _columns(other)
    return len(shared) > 1 or (bool(shared) and "   " in line.strip(SPACES) and "   " in other.strip(SPACES))


def _is_verse(block: Sequence[str]) -> bool:
    """Return whether the lines of a block may be verses: several, all of them short, none an item."""
    return len(block) > 1 and all(len(line.strip()) <= _LONGEST_VERSE and not _is_item(line) for line in block)


def _is_staggered(block: Sequence[str]) -> bool:
    """Return whether not all lines begin at one place; of two lines the second stands deeper."""
    return len({*map(_margin, block)}) > 1 and (len(block) > 2 or _margin(block[0]) < _margin(block[1]))


def _is_entry(block: Sequence[str]) -> bool:
    """Return whether short lines, items among them, stand under a first line that is none: a word and its senses, a name and its parts."""
    first = _margin(block[0])
    return (
        len(block) > 1
        and not _is_item(block[0])
        and all(_margin(line) > first for line in block[1:])
        and all(len(line.strip()) <= _LONGEST_VERSE for line in block)
    )


def _text_column(line: str) -> int:
    """Return where the text of an item begins: one space behind its mark."""
    return _margin(line) + len(line.split(None, 1)[0]) + 1


def _is_item(line: str) -> bool:
    """Return whether a line begins as an item of a list, be it an empty one."""
    return _items[line.strip(SPACES)]


_items = Memo(lambda bare: starts_item(bare + " "))


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(SPACES))
