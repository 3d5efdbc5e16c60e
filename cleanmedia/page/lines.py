"""A text as lines. A line ends at ``\\n`` and nowhere else: the ``characters`` filter has seen to the other breaks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from cleanmedia.core.edits import Edit

__all__ = ["SPACES", "all_squeezed", "drop", "filled_lines", "has_other_spaces", "lines_with", "split", "squeezed"]

_OTHER_SPACES = (
    "\t\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)  # all that str.split() splits at, but for the space and the line break
SPACES = " \t\u00a0\u202f\u3000"  # the spaces that the characters filter may leave


def has_other_spaces(text: str) -> bool:
    """Return whether a text has one of :data:`SPACES` other than the plain space."""
    return "\t" in text or "\u00a0" in text or "\u202f" in text or "\u3000" in text


def squeezed(line: str) -> str:
    """Return the line without indentation, trailing and repeated spaces: what its length and shape are judged by."""
    if line.isprintable() and "  " not in line and line[:1] != " " and line[-1:] != " ":  # no other space is printable
        return line
    return " ".join(line.split())


def all_squeezed(lines: list[str], text: str) -> list[str]:
    """Return the lines of a text, each as :func:`squeezed` leaves it."""
    if "  " in text or any(space in text for space in _OTHER_SPACES):
        return [*map(squeezed, lines)]
    return [*map(str.strip, lines)]


def split(text: str) -> list[str]:
    """Return the lines of a text, without their line breaks."""
    return text.split("\n")


def filled_lines(lines: Sequence[str]) -> list[int]:
    """Return the numbers of the lines that are not blank."""
    return [number for number, line in enumerate(lines) if line and not line.isspace()]


def lines_with(pattern: "re.Pattern[str]", text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines in which a pattern that never reaches over a line break finds something, each with its place in the text."""
    at = 0
    while match := pattern.search(text, at):
        start = max(at, text.rfind("\n", at, match.start()) + 1)
        end = text.find("\n", match.end())
        end = len(text) if end < 0 else end
        yield start, text[start:end]
        at = end + 1


def drop(text: str, lines: list[str], gone: Iterable[tuple[int, str]]) -> Iterator[Edit]:
    """Yield edits that drop whole lines, each with its line break; ``gone`` has (index, why), in order."""
    ends: list[int] = []  # of the lines before, without their breaks
    for number, why in gone:
        ends = ends or [*accumulate(map(len, lines), initial=0)]
        at = ends[number] + number
        yield Edit(at, min(at + len(lines[number]) + 1, len(text)), "", why)
