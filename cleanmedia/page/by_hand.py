"""Text that was laid out by hand, in which spaces and line breaks mean something: hard-wrapped text, code, verse, a play, a chat."""

from collections.abc import Sequence

from cleanmedia.page.code import is_code
from cleanmedia.page.kinds import Kinds, broken_lines
from cleanmedia.page.lines import squeezed
from cleanmedia.page.scripts import width

__all__ = ["LONGEST_BY_HAND", "is_laid_out", "is_paragraph"]

LONGEST_BY_HAND = 130  # code points: a line that was broken by hand, or by a program that fills lines, is shorter
_LONGEST_SEEN = 200  # code points of a line in which marks of code are looked for
_BROKEN_BY_HAND, _CODE_BY_HAND = 20, 5  # one of so many lines, at the least
_BY_HAND = frozenset(("wrapped", "verse", "dialogue", "mail", "log", "code"))


def is_laid_out(lines: Sequence[str]) -> bool:
    """Return whether a text was laid out by hand: hard-wrapped, or code, verse, a play, a chat. Pages of the web are not.

    No line of such a text is a whole paragraph, and sentences go on from line to line. ``lines`` are those that are not blank,
    squeezed.
    """
    count = len(lines)
    if count < 2 or _has_paragraphs(lines):
        return False
    return (
        broken_lines(lines) * _BROKEN_BY_HAND >= count
        or sum(is_code(line.replace("|", " ")) for line in lines) * _CODE_BY_HAND >= count
        or Kinds(lines).whole in _BY_HAND
    )


def _has_paragraphs(lines: Sequence[str]) -> bool:
    """Return whether more than one line in a hundred is a whole paragraph."""
    most = len(lines) // 100
    wide = [line for line in lines if len(line) > LONGEST_BY_HAND]  # most paragraphs, and quickly told
    if len(wide) <= most:
        wide = [line for line in lines if not line.isascii() or len(line) > LONGEST_BY_HAND]
    paragraphs = 0
    for line in wide:
        paragraphs += is_paragraph(line)
        if paragraphs > most:
            return True
    return False


def is_paragraph(line: str) -> bool:
    """Return whether a line is longer than lines that are broken at a margin, and no code."""
    if len(line) <= LONGEST_BY_HAND and (line.isascii() or len(line) * 3 <= LONGEST_BY_HAND):
        return False
    return width(squeezed(line)) > LONGEST_BY_HAND and not is_code(line[:_LONGEST_SEEN])
