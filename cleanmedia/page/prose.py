"""Running text, as opposed to labels: which lines are prose."""

from collections.abc import Iterable

from cleanmedia.page.lines import squeezed
from cleanmedia.page.memo import Memo
from cleanmedia.page.patterns import pattern
from cleanmedia.page.scripts import UNSPACED

__all__ = ["PARAGRAPH", "SENTENCE", "ends_sentence", "is_prose", "look", "prose_among"]

SENTENCE, _SENTENCE_UNSPACED = (
    60,
    24,
)  # code points from which a line that ends as a sentence does is prose; without spaces
PARAGRAPH, _PARAGRAPH_UNSPACED = 180, 80  # code points from which a line is prose, whatever it ends in; without spaces

_SENTENCE_END = pattern(r"[.!?…。！？।॥۔؟։][\"'”’“»›«)\]」』]*$")


def ends_sentence(line: str) -> bool:
    """Return whether a line ends as a sentence does: in a stop, a question or exclamation mark, and marks that close after it."""
    line = line.rstrip()
    return bool(_SENTENCE_END.search(line, max(0, len(line) - 6)))


def is_prose(line: str) -> bool:
    """Return whether a line is running text: a sentence of some length, or anything too long to be a label."""
    return len(line) >= (SENTENCE if line.isascii() else _SENTENCE_UNSPACED) and _is_prose(squeezed(line))


def prose_among(lines: Iterable[str]) -> list[bool]:
    """Return which of some lines are running text: :func:`is_prose` for lines that are squeezed."""
    return [
        len(line) >= _SENTENCE_UNSPACED and (len(line) >= SENTENCE or not line.isascii()) and _is_prose(line)
        for line in lines
    ]


def _is_prose(line: str) -> bool:
    if len(line) >= PARAGRAPH:
        return True
    wide = not line.isascii() and bool(UNSPACED.search(line))
    if len(line) < (_SENTENCE_UNSPACED if wide else SENTENCE):
        return False
    return (wide and len(line) >= _PARAGRAPH_UNSPACED) or bool(_SENTENCE_END.search(line, max(0, len(line) - 6)))


def _look(line: str) -> tuple[str, bool]:
    line = squeezed(line)
    return line, len(line) >= _SENTENCE_UNSPACED and _is_prose(line)


look: Memo[tuple[str, bool]] = Memo(
    _look
)  # :func:`squeezed` and :func:`is_prose` at once, for the filters that ask for each line of a page
