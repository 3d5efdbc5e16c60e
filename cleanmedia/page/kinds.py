"""What kind of text a stretch of lines is: prose, a list, a table, code, verse, dialogue, a log, hard-wrapped text.

A filter asks before it acts on a line. Where the kind is in doubt, a filter that drops lines drops nothing.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import Literal

from cleanmedia.page.lines import SPACES, filled_lines, has_other_spaces
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import ends_sentence
from cleanmedia.page.signs import LONGEST_SEEN, SignCounts

__all__ = ["LITERAL", "Kind", "Kinds", "broken_lines", "goes_on"]

Kind = Literal["prose", "labels", "list", "table", "code", "log", "mail", "dialogue", "verse", "wrapped"]
LITERAL = frozenset(("table", "code", "log"))  # kinds in which marks and spaces are data: nothing is repaired there

_LONGEST_STRETCH = 20  # lines that are judged together
_AROUND = 6  # filled lines on either side of a short block that are judged with it
_SHORT_BLOCK = 3  # lines; a shorter block is judged together with its neighbours
_SAMPLES, _SAMPLE_LINES = 12, 5  # stretches from which the kind of a whole text is told, and their lines
_LONGEST_VERSE, _FEWEST_VERSES = 70, 4  # code points, lines
_SHORTEST_WRAPPED, _LONGEST_WRAPPED = (
    40,
    130,
)  # code points: a shorter line was not broken at a margin, a longer one neither

_ADDRESS = pattern(r"\s*(?:https?:|www\.|[\w-]+\.[\w-]+\.[a-z]{2,})")
_FENCE = pattern(r"\s*(?:```|~~~)")
_QUOTED = pattern(r'"[^"]*"')
_BAR = pattern("[|│┃║]")
_SPACING = pattern(rf"[{SPACES}](?:(?<=\t)|(?=[{SPACES}]))[{SPACES}]*")
_GAP = pattern(r"[ \t](?<=\S.)(?:(?<= ) +|(?<=\t)\t*)(?=\S)")
_NUMBER = pattern(r"[+-]?\d[\d.,]*%?$")
_FEWEST_FIELDS, _MOST_FIELDS, _FEWEST_ROWS = 3, 8, 4  # of a table whose fields have a single space between them


class Kinds:
    """The kind of each stretch of a text, judged when it is asked for."""

    def __init__(
        self,
        lines: Sequence[str],
        *,
        spacing: bool = True,
        filled: Sequence[int] | None = None,
        text: str | None = None,
    ) -> None:
        """Take the lines of a text.

        Args:
            lines: without their line breaks.
            spacing: whether indentation and repeated spaces are evidence. A filter that stands before ``whitespace``, which
                takes some of them away, goes without: so it judges the cleaned text alike.
            filled: the numbers of the lines that are not blank, if they are known.
            text: that has the lines, with more spaces maybe, if it is at hand.
        """
        text = "\n".join(lines) if text is None else text
        self._lines = lines
        self._spacing = spacing
        self._tabbed = frozenset() if spacing or "\t" not in text else _tabbed(lines)
        self._known: dict[int, Kind] = {}  # of stretches, by the number of their first line
        self._starts: list[int] = []
        self._fenced = _fenced(lines) if "`" in text or "~" in text else frozenset()
        self._whole: Kind | None = None
        self._filled = filled_lines(lines) if filled is None else filled

    @cached_property
    def _blocks(self) -> list[int]:
        """The first line of each run of lines that are not blank."""
        return [n for n, before in zip(self._filled, [-2, *self._filled], strict=False) if n != before + 1]

    def at(self, offset: int) -> Kind:
        """Return the kind of the stretch around a position of the text, in code points."""
        return self.of(self.number(offset))

    def number(self, offset: int) -> int:
        """Return the number of the line that holds a position of the text, in code points."""
        if not self._starts:
            self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        return min(bisect_right(self._starts, offset) - 1, len(self._lines) - 1)

    def of(self, number: int) -> Kind:
        """Return the kind of the stretch that a line stands in; of a blank line, that of the text as a whole."""
        place = bisect_left(self._filled, number)
        if place == len(self._filled) or self._filled[place] != number:
            return self.whole
        if self.is_fenced(number):
            return "code"
        if number in self._tabbed:
            return "table"
        block = bisect_right(self._blocks, number) - 1
        first = self._blocks[block]
        first += (number - first) // _LONGEST_STRETCH * _LONGEST_STRETCH
        if first not in self._known:
            self._known[first] = self._judge(first, block)
        return self._known[first]

    @property
    def whole(self) -> Kind:
        """The kind of most lines of the text."""
        if self._whole is None:
            filled = self._filled
            step = max(_SAMPLE_LINES, len(filled) // _SAMPLES)
            samples = range(0, len(filled), step)
            votes: Counter[Kind] = Counter()
            for at in samples:
                kind = self._kind(filled[at : at + _SAMPLE_LINES])
                votes[kind] += 1
                if votes[kind] * 2 > len(samples):  # the others cannot change it
                    break
            self._whole = votes.most_common(1)[0][0] if votes else "prose"
        return self._whole

    def is_fenced(self, number: int) -> bool:
        """Return whether a line stands between the fences of Markdown, or is one of them."""
        return number in self._fenced

    def _judge(self, first: int, block: int) -> Kind:
        """Return the kind of the stretch that begins at a line of a block.

        A stretch is a block of lines without a blank one, or a piece of a long block. How many blank lines stand between two
        blocks makes no difference, for ``whitespace`` takes them away.
        """
        filled = self._filled
        behind = self._blocks[block + 1] if block + 1 < len(self._blocks) else len(self._lines)
        start = bisect_left(filled, first)
        end = min(start + _LONGEST_STRETCH, bisect_left(filled, behind))
        if end - start < _SHORT_BLOCK:
            start, end = max(0, start - _AROUND), end + _AROUND
        return self._kind(filled[start:end])

    def _kind(self, numbers: Sequence[int]) -> Kind:
        lines = [self._lines[number] for number in numbers]
        return _kind(lines if self._spacing else [*map(_tidy, lines)])


def _tidy(line: str) -> str:
    """Return a line without its indentation, trailing and repeated spaces."""
    if "  " not in line and not has_other_spaces(line):
        return line.strip(" ")
    return _SPACING.sub(" ", line.strip(SPACES))


def _fenced(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the fences of Markdown and of the lines between them; none where a fence has no partner."""
    fences = [number for number, line in enumerate(lines) if ("```" in line or "~~~" in line) and _FENCE.match(line)]
    if len(fences) % 2:
        return frozenset()
    return frozenset(
        chain.from_iterable(range(*pair) for pair in zip(fences[::2], [n + 1 for n in fences[1::2]], strict=True))
    )


def _tabbed(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the lines of blocks whose most lines have tabs inside: ``whitespace`` leaves these as they are."""
    found: list[int] = []
    block: list[int] = []
    for number, line in enumerate([*lines, ""]):
        if line.strip(SPACES):
            block.append(number)
            continue
        if len(block) > 1 and sum("\t" in lines[at].strip(SPACES) for at in block) * 2 > len(block):
            found += block
        block = []
    return frozenset(found)


def goes_on(before: str, line: str) -> bool:
    """Return whether a line is the second part of a sentence that was broken at a margin: it begins in a small letter.

    >>> goes_on("The number of deserters is growing in Ukraine", "and the army plans to call up more")
    True
    >>> goes_on("It is over.", "and nobody cares")
    False
    """
    return (
        line.lstrip()[:1].islower()
        and not ends_sentence(before)
        and before.strip()[-1:] not in (":", "")
        and not _ADDRESS.match(line)
    )


def broken_lines(lines: Sequence[str]) -> int:
    """Return how many lines are long enough to have been broken at a margin, and go on in the next one."""
    return sum(len(one) >= _SHORTEST_WRAPPED and goes_on(one, other) for one, other in pairwise(lines))


def _kind(lines: Sequence[str]) -> Kind:
    """Return the kind of a few lines, none of them blank."""
    count = len(lines)
    half = (count + 1) // 2
    shown = SignCounts(lines)
    if shown["event"] >= max(2, half):
        return "log"
    if _is_table(lines):
        return "table"
    if _is_code(shown, count):
        return "code"
    if shown["header"] >= max(3, count * 3 // 4):
        return "mail"
    if _is_wrapped(lines):
        return "wrapped"
    if _is_dialogue(shown, lines):
        return "dialogue"
    if _is_verse(shown, lines):
        return "verse"
    if shown["item"] >= max(2, half):
        return "list"
    return "prose" if shown["prose"] else "labels"


def _is_code(shown: SignCounts, count: int) -> bool:
    """Return whether half of the lines have marks of code, or some have them and most of the others look like statements."""
    certain, likely = shown["code"], shown["code"] + shown["statement"]
    return (
        certain * 2 >= count > 2 * shown["text"]
        or (certain * 4 >= count and likely * 3 >= 2 * count)
        or shown["statement"] * 5 > 4 * count >= 10
        or shown["drawing"] * 2 > count > 2
        or shown["setting"] == count > 2
    )


def _is_table(lines: Sequence[str]) -> bool:
    """Return whether most rows have the same number of the same separator, or columns that begin at the same place."""
    lines = [line[:LONGEST_SEEN] for line in lines]
    if len(lines) < 2:
        return len(_BAR.findall(lines[0])) > 2 or lines[0].strip().count("\t") > 1
    need = max(2, (len(lines) * 2 + 2) // 3)
    joined = "\n".join(lines)
    for mark, fewest in (("\t", 1), ("|", 2), ("│", 2), (";", 2), (",", 2)):
        if joined.count(mark) >= fewest * need and _is_separated(lines, mark, fewest, need):
            return True
    if _is_row_of_numbers(lines[0].split()) and len(lines) >= _FEWEST_ROWS:
        rows = [line.split() for line in lines]
        if all(len(row) == len(rows[0]) and _is_row_of_numbers(row) for row in rows):
            return True
    if "  " not in joined and "\t" not in joined:
        return False
    columns = Counter(column for line in lines for column in {match.end() for match in _GAP.finditer(line)})
    return bool(columns) and columns.most_common(1)[0][1] >= need


def _is_row_of_numbers(fields: Sequence[str]) -> bool:
    """Return whether a line is a few short fields, the last of them a number: "v , -55"."""
    return _FEWEST_FIELDS <= len(fields) <= _MOST_FIELDS and bool(_NUMBER.match(fields[-1]))


def _is_separated(lines: Sequence[str], mark: str, fewest: int, need: int) -> bool:
    """Return whether enough lines have the same number of a separator, with no space behind it."""
    rows = [_QUOTED.sub("", line).strip(" ") for line in lines]
    numbers = [row.count(mark) for row in rows]
    counts = Counter(number for number in numbers if number >= fewest)
    if not counts or counts.most_common(1)[0][1] < need:
        return False
    spaced = sum(row.count(mark + " ") for row in rows) if mark in ",;" else 0
    return spaced * 10 < sum(numbers)


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Return whether a sentence goes on from line to line, in a third of the places where it could."""
    if max(map(len, lines)) > _LONGEST_WRAPPED:
        return False
    broken = broken_lines(lines)
    return broken * 3 >= len(lines) - 1 and broken > 0


def _is_dialogue(shown: SignCounts, lines: Sequence[str]) -> bool:
    """Return whether speakers take turns: names before colons, dashes, time codes, names in capitals above what they say."""
    count = len(lines)
    if max(shown["cue"], shown["time"], shown["speech"]) >= max(2, count * 2 / 5):
        return True
    enough = max(2, count / 3)
    if shown["capitals"] < enough:
        return False
    capitals = [SignCounts((line,))["capitals"] for line in lines]
    return sum(one > other for one, other in pairwise(capitals)) >= enough


def _is_verse(shown: SignCounts, lines: Sequence[str]) -> bool:
    """Return whether the lines are verses: short, several words each, and often with a comma at the end where prose has none."""
    count = len(lines)
    return (
        count >= _FEWEST_VERSES
        and not shown["item"]
        and shown["words"] * 3 >= 2 * count
        and shown["pause"] >= max(2, count / 4)
        and all(len(line.strip()) <= _LONGEST_VERSE for line in lines)
    )
