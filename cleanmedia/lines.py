"""A text as lines, and :func:`fold`, the form in which lines are compared.

A line ends at ``\\n`` and nowhere else: the ``characters`` filter has seen to the other breaks.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import compress
from typing import Literal, TypeVar

from cleanmedia.edits import Edit
from cleanmedia.patterns import pattern

__all__ = [
    "SPACES",
    "UNSPACED",
    "Memo",
    "drop",
    "filled_lines",
    "find_body",
    "fold",
    "fold_all",
    "is_code",
    "is_prose",
    "lines_with",
    "look",
    "runs",
    "split",
    "squeezed",
    "starts_item",
    "width",
]

SPACES = " \t\u00a0\u202f\u3000"  # the spaces that the characters filter may leave
_BULLETS = "•·●○◦▪▫■□◆◇▶►▸▹▷→›‣∙⁃◾◽★☆✓✔✗✘✕✖×➜➤➔⇒▲▼△▽↑↓←‹◀◄✉☰➕"
_BLANKS = " \t\u00a0\u2007\u202f\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_AT_START = _BLANKS + "*|-–—_~+>" + _BULLETS
_AT_END = _AT_START + ".:…。：।۔"
_ASCII_AT_START, _ASCII_AT_END = "".join(filter(str.isascii, _AT_START)), "".join(filter(str.isascii, _AT_END))
_SAME = (
    ("’", "'"),
    ("‘", "'"),
    ("ʼ", "'"),
    ("´", "'"),
    ("‑", "-"),
    ("‐", "-"),
    ("ı", "i"),
    ("ي", "ی"),
    ("ى", "ی"),
    ("ك", "ک"),
)
_WIDE = "\u3000-\u30ff\u3400-\u9fff\uff01-\uff60"  # Chinese and Japanese: a space beside these says nothing
_GAPS = pattern(f" (?:(?=[{_WIDE}])|(?<=[{_WIDE}] ))")
_MARKS = pattern("[\u0300-\u036f\u0640\u064b-\u0655\u0670\u00ad\u200b-\u200f\u2060\ufeff]")

_PIECE = 1_000  # code points
_PIECES = pattern(rf".{{1,{_PIECE}}}[ \n]|.{{1,{_PIECE}}}", re.DOTALL)


T = TypeVar("T")
_LONGEST_KEPT, _MOST_KEPT = 400, 1 << 16  # code points, lines


class Memo(dict[str, T]):
    """What a function says of lines, for those that come again, as they do on the pages of a site: ``memo[line]``.

    It is bounded, keeps short lines only, and changes no result.
    """

    def __init__(self, function: Callable[[str], T]) -> None:
        self.function = function

    def __missing__(self, line: str) -> T:
        value = self.function(line)
        if len(line) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[line] = value
        return value


@lru_cache(maxsize=1 << 16)
def fold(line: str) -> str:
    """The key of a line: two lines with the same key say the same.

    Set aside are case, accents and Arabic vowel signs, indentation, bullets and arrows at either end, the final stop
    or colon, the kinds of space and apostrophe, spaces beside Chinese and Japanese, invisible characters, and the
    difference between ``&amp;`` and ``&``. Quotation marks, question and exclamation marks count.

    >>> fold("  • Share on Facebook.") == fold("SHARE ON FACEBOOK »") == "share on facebook"
    True
    """
    if "&" in line and ";" in line:
        with suppress(ValueError):  # a number of more digits than Python takes for one
            line = html.unescape(line)
    line = " ".join(line.split())
    if line.isascii():
        line = line.lower().lstrip(_ASCII_AT_START).rstrip(_ASCII_AT_END)
        return line[1:-1].strip(" ") if line[:1] == "[" and line[-1:] == "]" else line
    return _trimmed(_one_form(_GAPS.sub("", line)))


def fold_all(text: str) -> list[str]:
    """:func:`fold` of every line of a text in one go, for lines that have no space or mark to set aside."""
    return _one_form(text).split("\n")


def _one_form(text: str) -> str:
    text = text.casefold()
    if not text.isascii():
        for form, other in _SAME:
            text = text.replace(form, other)
        text = _normalised("NFC", _MARKS.sub("", _normalised("NFKD", text)))
    return text


def _normalised(form: Literal["NFC", "NFKD"], text: str) -> str:
    """The text in a normalisation form, piece by piece: a run of combining marks takes time with the square of its length."""
    if len(text) > _PIECE:
        return "".join([unicodedata.normalize(form, piece) for piece in _PIECES.findall(text)])
    return text if unicodedata.is_normalized(form, text) else unicodedata.normalize(form, text)


def _trimmed(line: str) -> str:
    line = line.lstrip(_AT_START).rstrip(_AT_END)
    if "»" in line or "«" in line:  # one alone points at a link, a pair quotes
        return line if "»" in line and "«" in line else line.lstrip("«»" + _AT_START).rstrip("«»" + _AT_END)
    if line[:1] == "[" and line[-1:] == "]":
        return line[1:-1].strip(_BLANKS)
    return line


def squeezed(line: str) -> str:
    """The line without indentation, trailing and repeated spaces: what its length and shape are judged by."""
    return " ".join(line.split())


def split(text: str) -> list[str]:
    """The lines of a text, without their line breaks."""
    return text.split("\n")


def filled_lines(lines: Sequence[str]) -> list[int]:
    """The numbers of the lines that are not blank."""
    return [number for number, line in enumerate(lines) if line and not line.isspace()]


def lines_with(pattern: "re.Pattern[str]", text: str) -> Iterator[tuple[int, str]]:
    """The lines in which a pattern that never reaches over a line break finds something, each with its place in the text."""
    at = 0
    while match := pattern.search(text, at):
        start = max(at, text.rfind("\n", at, match.start()) + 1)
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        yield start, text[start:end]
        at = end + 1


_NO_ASCII = bytes([0x20 if byte < 0x80 else byte for byte in range(256)])


@lru_cache(maxsize=2)
def runs(text: str) -> frozenset[bytes]:
    """The different runs of characters beyond ASCII, in UTF-8.

    Those of real text are few and come again: a filter tells from them at once that there is nothing to find. The filters of a
    pipeline ask one after the other for the same text, which is what the cache is for.
    """
    return frozenset(text.encode("utf-8", "surrogatepass").translate(_NO_ASCII).split())


def drop(text: str, lines: list[str], gone: Iterable[tuple[int, str]]) -> Iterator[Edit]:
    """Edits that drop whole lines, each with its line break; ``gone`` has (index, why), in order."""
    at = index = 0
    for number, why in gone:
        while index < number:
            at += len(lines[index]) + 1
            index += 1
        yield Edit(at, min(at + len(lines[number]) + 1, len(text)), "", why)


# Scripts without spaces between words.
UNSPACED = pattern("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_MOST_OF_A_LINE, _COST_OF_A_LINE = 400, 30  # what a line of prose counts for at the most, and what another costs
_SENTENCE_END = pattern(r"[.!?…。！？।॥۔؟։][\"'”’“»›«)\]」』]*$")
_ITEM = pattern(rf"\s*(?:[{re.escape(_BULLETS)}*+–—-]\s|[(\[]?\w{{1,3}}[.)\]]\s|#)")
_CODE = pattern(
    r"[{}]|;\s*$|\w\([\"\')]|=>|[=!]=|&&|\|\||::\w|^\s*(?:[$%>] |>>> |//|/\*|@@|\+\+\+ |--- \S|#include|#!/)|\|.*\||\\\w|</?\w+[^<>]{0,80}>"
    r"|^\s*(?:def|class|if|elif|else|for|while|with|try|except|return|import|from|func|fn|let|var|const)\b.*[:(=]\s*$|\w\s*=\s*[\"'\[(]"
    r"|\b[0-9a-f]{32,}\b|\b(?:SELECT|INSERT|UPDATE|DELETE)\b.*\b(?:FROM|INTO|SET)\b"
)


def is_prose(line: str) -> bool:
    """Whether a line is running text: a sentence of some length, or anything too long to be a label."""
    return len(line) >= (60 if line.isascii() else 24) and _is_prose(squeezed(line))


def _is_prose(line: str) -> bool:
    wide = not line.isascii() and bool(UNSPACED.search(line))
    if len(line) < (24 if wide else 60):
        return False
    return len(line) >= (80 if wide else 180) or bool(_SENTENCE_END.search(line, max(0, len(line) - 6)))


def _look(line: str) -> tuple[str, bool]:
    line = squeezed(line)
    return line, len(line) >= 24 and _is_prose(line)


look = Memo(_look)  # :func:`squeezed` and :func:`is_prose` at once, for the filters that ask for each line of a page


def width(line: str) -> int:
    """The length of a line, in which a character of a script without spaces counts for three: it says as much."""
    return len(line) if line.isascii() else len(line) + 2 * len(UNSPACED.findall(line))


def find_body(lines: Sequence[str], prose: Sequence[bool]) -> range:
    """The stretch of a page's lines that holds most of its text: the one of the greatest sum, in which other lines cost.

    ``prose`` tells of each line whether it is running text. An empty range where none is.
    """
    best = total = first = 0
    last = -1  # the place of the prose before
    body = range(0)
    for place in compress(range(len(lines)), prose):
        total -= _COST_OF_A_LINE * (place - last - 1)
        if total <= 0:
            total, first = 0, place
        total += min(width(lines[place]), _MOST_OF_A_LINE)
        if total > best:
            best, body = total, range(first, place + 1)
        last = place
    return body


def is_code(line: str) -> bool:
    """Whether a line has the marks of source code, of a shell or of a table drawn with bars: its spacing means something."""
    return _may_be_code(line) and bool(_CODE.search(line.strip()))


# Every mark of code has one of these; but for checksums and SQL, which have none.
_MARK_OF_CODE = pattern(
    r"[{};=&|$%>@+#\\</:(-](?:(?<=[{};=&|$%>@+#\\<])|(?<=/)[/*]|(?<=:)(?::|\s*\Z)|(?<=\()(?:[\"')]|\s*\Z)|(?<=-)--)"
)
_CHECKSUM = pattern("[0-9a-f]{32}")


def _may_be_code(line: str) -> bool:
    return (
        bool(_MARK_OF_CODE.search(line))
        or (len(line) >= 32 and bool(_CHECKSUM.search(line)))
        or ("SELECT" in line or "INSERT" in line or "UPDATE" in line or "DELETE" in line)
    )


def starts_item(line: str) -> bool:
    """Whether a line begins as a list item: with a bullet, a dash, a number or a letter."""
    return bool(_ITEM.match(line))
