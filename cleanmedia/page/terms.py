"""The words that tell what a line is about."""

from functools import lru_cache

from cleanmedia.page.patterns import pattern
from cleanmedia.page.scripts import UNSPACED

__all__ = ["all_terms", "terms"]

_LONGEST_READ = 600  # code points: the rest of a longer line is not read
_TERM = pattern(r"[^\W\d_]{4,}")


def terms(line: str) -> frozenset[str]:
    """Return the words of four or more letters of a line, in lower case; of scripts without spaces, the pairs of characters.

    >>> sorted(terms("The council votes on a bridge"))
    ['bridge', 'council', 'votes']
    """
    return _kept(line[:_LONGEST_READ])


def all_terms(text: str) -> frozenset[str]:
    """Return what :func:`terms` does, of a text of any length."""
    text = text.lower()
    if not text.isascii() and UNSPACED.search(text):
        return frozenset([text[at : at + 2] for at in range(len(text) - 1) if UNSPACED.match(text[at])])
    return frozenset(_TERM.findall(text))


_kept = lru_cache(maxsize=1024)(all_terms)  # of the lines of a page, which is judged several times
