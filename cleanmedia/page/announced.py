"""Labels that running text announces: the one behind "The button now says:", and those of a list behind "These are:"."""

from collections.abc import Container, Sequence

from cleanmedia.page.lines import SPACES
from cleanmedia.page.prose import PARAGRAPH, ends_sentence
from cleanmedia.page.scripts import width
from cleanmedia.page.sentences import starts_after

__all__ = ["announced"]

_COLONS = ":："
# Code points, as width() counts them: of a line with a colon below a sentence, and of a sentence.
_SHORTEST_CALL, _SHORTEST_SENTENCE = 12, 40
_SHORTEST_LAST = 15  # code points of a sentence behind few lines
_FEW, _MOST = 2, 16  # lines that one line announces


def announced(lines: Sequence[str], labels: Container[int]) -> set[int]:
    """Return the places of the lines that a line of running text announces with a colon at its end, where most are labels.

    A page has colons behind its labels, too (``Share:``). So the colon must stand behind a sentence or below one, and
    behind the lines that it announces the text must go on with a sentence. Two thirds of these must be labels: a label among other lines got there by chance.

    Args:
        lines: the lines of a text that are not blank, squeezed.
        labels: the places of the lines that are in question, and speak neither for running text nor against it.
    """
    found: set[int] = set()
    for place, line in enumerate(lines):
        if line[-1] in _COLONS and place not in labels and _announces(lines, place, labels, found):
            told = _told(lines, place, labels)
            others = [n for n in told if n not in labels]
            if 3 * len(others) <= len(told) and (len(others) < 2 or told[0] in labels):
                found.update(told)
    return found


def _announces(lines: Sequence[str], place: int, labels: Container[int], found: Container[int]) -> bool:
    """Return whether a line with a colon at its end is running text: it is long, or stands below a sentence or an announced line."""
    line = lines[place]
    if any(starts_after(line)) or width(line) >= _SHORTEST_SENTENCE:
        return True
    before = place - 1
    is_below_text = before in found or (before >= 0 and before not in labels and _is_sentence(lines[before]))
    return is_below_text and width(line.rstrip(_COLONS + SPACES)) >= _SHORTEST_CALL


def _told(lines: Sequence[str], place: int, labels: Container[int]) -> range:
    """Return the places of the lines between one with a colon and the sentence with which the text goes on."""
    first = place + 1
    for end in range(first, min(len(lines), first + _MOST + 1)):
        if end not in labels and (
            _is_sentence(lines[end])
            or (end - first <= _FEW and ends_sentence(lines[end]) and width(lines[end]) >= _SHORTEST_LAST)
        ):
            return range(first, end)
    return range(0)


def _is_sentence(line: str) -> bool:
    return width(line) >= (_SHORTEST_SENTENCE if ends_sentence(line) else PARAGRAPH)
