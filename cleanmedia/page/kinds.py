"""What kind of text a stretch of lines is: prose, a list, a table, code, verse, dialogue, a log, hard-wrapped text.

A filter asks before it acts on a line. Where the kind is in doubt, a filter that drops lines drops nothing.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Literal

from cleanmedia.page.code import is_code
from cleanmedia.page.items import starts_item
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import ends_sentence, is_prose
from cleanmedia.page.scripts import UNSPACED

__all__ = ["LITERAL", "Kind", "Kinds", "goes_on"]

Kind = Literal["prose", "labels", "list", "table", "code", "log", "mail", "dialogue", "verse", "wrapped"]
LITERAL = frozenset(("table", "code", "log"))  # kinds in which marks and spaces are data: nothing is repaired there

_LONGEST_SEEN = 400  # code points of a line that are looked at
_CHUNK = 40  # lines of a block that are judged together
_AROUND = 6  # filled lines on either side of a short block that are judged with it
_SHORT_BLOCK = 3  # lines; a shorter block is judged together with its neighbours
_SAMPLE = 200  # lines from which the kind of a whole text is told
_LONGEST_VERSE, _FEWEST_VERSES = 70, 4  # code points, lines
_SHORTEST_WRAPPED = 40  # code points: a shorter line was not broken at a margin

# Weak signs of code: a statement of Vim, shell, Perl or C, a string of a JSON list, a comment, a bracket alone.
_STATEMENT = pattern(
    r"\s*(?:(?:let|set|setlocal|syn|syntax|hi|highlight|call|unlet|command|augroup|au|autocmd|local|export|my|our|use|static|int|void"
    r"|char|struct|echo|printf|shift|exit|return|break|goto|if|elif|elseif|while|for|case)\b[^.!?]*|(?:endif|endfor|endwhile|endfunc"
    r"|endfunction|end|fi|done|esac|else|then|do|finish)\b.{0,40}|[#%\"]\s.*|[\"'][^\"']*[\"']\s*[,:].*|[\[\](){}*/]+[,;]?)$"
)
_ADDRESS = pattern(r"\s*(?:https?:|www\.|[\w-]+\.[\w-]+\.[a-z]{2,})")
_FENCE = pattern(r"\s*(?:```|~~~)")
_MARKS = pattern(r"[!-/:-@\[-`{-~]")  # of ASCII
_QUOTED = pattern(r'"[^"]*"')
_BAR = pattern("[|│┃║]")
_GAP = pattern(r"(?<=\S)(?: {2,}|\t+)(?=\S)")
_SETTING = pattern(r"\s*(?:- )?[\w./-]{1,40}\s?[:=](?:\s|$)")
_EVENT = pattern(
    r"\s*\W{0,2}(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d[-/.]\d\d[-/.]\d\d(?:\d\d)?|(?:[A-Z][a-z]{2} ){1,2}[ \d]?\d|\d{6,})\W{0,2}[T ]\s*(?:\d\d:\d\d:\d\d|\d{6}\b)|\s*\[?(?:DEBUG|INFO|WARN|WARNING|ERROR|FATAL|TRACE)\b"
)
_HEADER = pattern(r"(?:[A-Z][\w-]{1,30}: \S|>)")
_CUE = pattern(
    r"\s*(?:[^\W\d_][\w .'’-]{0,30}(?:\s?\([^)]{1,30}\))?\s?[:：](?:\s|$)|[<\[(]?[\w.| -]{1,20}[>\])]\s?\S|[（(][^）)]{1,20}[）)])"
)
_TIMED = pattern(r"\s*[\[(<]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?\W|\d+$")
_DASH = pattern(r"\s*[-–—―]\s?[^\W\d]")
_SPEECH_END = pattern(r"[.!?…;,][\"'”’»)]*$")
_VERSE_END = pattern(r"[,;:—–.!?…，。；！？、][\"'”’»)]*$")


class Kinds:
    """The kind of each stretch of a text, judged when it is asked for."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._known: dict[int, Kind] = {}
        self._starts: list[int] = []
        self._fenced: list[bool] | None = None
        self._whole: Kind | None = None

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
        if not self._lines[number].strip():
            return self.whole
        if self.is_fenced(number):
            return "code"
        first, last = self._block(number)
        if first not in self._known:
            self._known[first] = self._judge(first, last)
        return self._known[first]

    @property
    def whole(self) -> Kind:
        """The kind of most lines of the text."""
        if self._whole is None:
            filled = [line for line in self._lines if line.strip()]
            step = max(1, len(filled) // _SAMPLE)
            starts = range(0, len(filled), max(1, step * 5))
            votes = Counter(_kind(filled[at : at + 5]) for at in starts)
            self._whole = votes.most_common(1)[0][0] if votes else "prose"
        return self._whole

    def is_fenced(self, number: int) -> bool:
        """Return whether a line stands between the fences of Markdown."""
        if self._fenced is None:
            self._fenced = []
            inside = False
            for line in self._lines:
                fence = bool(_FENCE.match(line))
                self._fenced.append(inside or fence)
                inside ^= fence
            if inside:  # a fence without its partner: no fence at all
                self._fenced = [False] * len(self._lines)
        return self._fenced[number]

    def _block(self, number: int) -> tuple[int, int]:
        """The first and last line of the block, or of the chunk of a long block, in which a line stands."""
        low = number - number % _CHUNK
        first = last = number
        while first > low and self._lines[first - 1].strip():
            first -= 1
        high = min(len(self._lines), low + _CHUNK) - 1
        while last < high and self._lines[last + 1].strip():
            last += 1
        return first, last

    def _judge(self, first: int, last: int) -> Kind:
        lines = list(self._lines[first : last + 1])
        if len(lines) < _SHORT_BLOCK:
            lines = [*self._neighbours(first, -1)[::-1], *lines, *self._neighbours(last, 1)]
        return _kind(lines)

    def _neighbours(self, number: int, step: int) -> list[str]:
        """The nearest filled lines before or behind a line, over single blank lines only."""
        found: list[str] = []
        number += step
        while 0 <= number < len(self._lines) and len(found) < _AROUND:
            if self._lines[number].strip():
                found.append(self._lines[number])
            elif not (0 <= number + step < len(self._lines) and self._lines[number + step].strip()):
                break
            number += step
        return found


def goes_on(before: str, line: str) -> bool:
    """Whether a line is the second part of a sentence that was broken at a margin: it begins in a small letter.

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


def _kind(lines: Sequence[str]) -> Kind:
    """The kind of a few lines, none of them blank."""
    lines = [line[:_LONGEST_SEEN] for line in lines]
    count = len(lines)
    half = (count + 1) // 2
    if sum(map(bool, map(_EVENT.match, lines))) >= max(2, half):
        return "log"
    if _is_table(lines):
        return "table"
    if _is_code(lines):
        return "code"
    if count >= 3 and all(map(_SETTING.match, lines)):
        return "code"
    if sum(map(bool, map(_HEADER.match, lines))) >= max(3, count * 3 // 4):
        return "mail"
    if _is_wrapped(lines):
        return "wrapped"
    if _is_dialogue(lines):
        return "dialogue"
    if _is_verse(lines):
        return "verse"
    if sum(map(starts_item, lines)) >= max(2, half):
        return "list"
    return "prose" if any(map(is_prose, lines)) else "labels"


def _is_code(lines: Sequence[str]) -> bool:
    """Whether half of the lines have marks of code, or a third have them and most of the others look like statements."""
    strong = [is_code(line) for line in lines]
    weak = sum(not sure and bool(_STATEMENT.match(line)) for sure, line in zip(strong, lines, strict=True))
    certain = sum(strong)
    prose = sum(not sure and is_prose(line) for sure, line in zip(strong, lines, strict=True))
    drawn = sum(len(line.strip()) > 3 and len(_MARKS.findall(line)) * 2 > len(line.strip()) for line in lines)
    return (
        (certain * 2 >= len(lines) > 2 * prose)
        or (certain * 4 >= len(lines) and (certain + weak) * 3 >= 2 * len(lines))
        or weak * 5 > 4 * len(lines) >= 10
        or (drawn * 2 > len(lines) > 2)
    )


def _is_table(lines: Sequence[str]) -> bool:
    """Whether most rows have the same number of the same separator, or columns that begin at the same place."""
    if len(lines) < 2:
        return len(_BAR.findall(lines[0])) > 2 or lines[0].strip().count("\t") > 1
    need = max(2, (len(lines) * 2 + 2) // 3)
    for mark, fewest in (("\t", 1), ("|", 2), ("│", 2), (";", 2), (",", 2)):
        rows = [_QUOTED.sub("", line).strip(" ") for line in lines]
        counts = Counter(row.count(mark) for row in rows if row.count(mark) >= fewest)
        if counts and counts.most_common(1)[0][1] >= need:
            tight = sum(row.count(mark) - row.count(mark + " ") for row in rows)
            if mark not in ",;" or (tight * 10 > 9 * sum(row.count(mark) for row in rows) and len(lines) > 1):
                return True
    columns = Counter(column for line in lines for column in {match.end() for match in _GAP.finditer(line)})
    return bool(columns) and columns.most_common(1)[0][1] >= need


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether a sentence goes on from line to line, in a third of the places where it could."""
    pairs = [(one, other) for one, other in pairwise(lines)]
    broken = sum(len(one) >= _SHORTEST_WRAPPED and goes_on(one, other) for one, other in pairs)
    return broken * 3 >= len(pairs) > 0 and broken > 0 and max(map(len, lines)) <= 130


def _is_dialogue(lines: Sequence[str]) -> bool:
    """Whether speakers take turns: names before colons, dashes, time codes, names in capitals above what they say."""
    count = len(lines)
    cues = sum(map(bool, map(_CUE.match, lines)))
    timed = sum(map(bool, map(_TIMED.match, lines)))
    dashes = sum(bool(_DASH.match(line)) and bool(_SPEECH_END.search(line)) for line in lines)
    named = sum(
        one.isupper() and not other.isupper() and len(one) < _SHORTEST_WRAPPED for one, other in pairwise(lines)
    )
    return max(cues, timed, dashes) >= max(2, count * 2 / 5) or named >= max(2, count / 3)


def _is_verse(lines: Sequence[str]) -> bool:
    """Whether the lines are verses: short, several words each, and often with a comma at the end where prose has none."""
    if len(lines) < _FEWEST_VERSES or any(len(line.strip()) > _LONGEST_VERSE for line in lines):
        return False
    words = sum(line.strip().count(" ") >= 2 or bool(UNSPACED.search(line)) for line in lines)
    marked = sum(bool(_VERSE_END.search(line.rstrip())) for line in lines)
    return words * 3 >= 2 * len(lines) and marked >= max(2, len(lines) / 4) and not any(map(starts_item, lines))
