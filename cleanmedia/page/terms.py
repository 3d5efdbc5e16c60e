"""The words by which it can be told what a line is about."""

from cleanmedia.page.patterns import pattern
from cleanmedia.page.scripts import UNSPACED

__all__ = ["terms"]

_MOST_CHARS = 600  # code points of a line that are looked at: a longer line is running text, whatever follows
_TERM = pattern(r"[^\W\d_]{4,}")


def terms(line: str) -> frozenset[str]:
    """The words of a line by which it can be told what it is about: of four letters or more; pairs of unspaced characters."""
    text = line[:_MOST_CHARS].lower()
    if not text.isascii() and UNSPACED.search(text):
        return frozenset([text[at : at + 2] for at in range(len(text) - 1) if UNSPACED.match(text[at])])
    return frozenset(_TERM.findall(text))
