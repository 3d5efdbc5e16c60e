"""The headline of a page."""

from collections.abc import Sequence
from itertools import compress

from cleanmedia.page.scripts import width
from cleanmedia.page.terms import terms

__all__ = ["find_headline"]

_LINES_ABOVE = 12  # the first line that stays, in which the headline is looked for
_FEW_ABOVE = 3  # lines above the first that stays: where no more are there, the first of the text may be its headline
_SHORTEST_HEADLINE, _LONGEST_HEADLINE = 15, 250  # code points; those of scripts without spaces count three
_FEWEST_TERMS, _LEAST_SAID = 2, 0.45  # of a headline: how many words it has, and their share that the article must have


def find_headline(lines: Sequence[str], stays: Sequence[bool], *, is_label: bool = False) -> int | None:
    """The place of the headline: of the lines right above the first that stays, the one that says most of what these say.

    Where none does, and hardly anything stands above, it is the first line of the text: "Lentil soup" above its ingredients;
    not if ``is_label`` says that this one is a widget's.
    """
    first = stays.index(True) if True in stays else 0
    said: set[str] = set()
    for place in compress(range(len(lines)), stays):
        said |= terms(lines[place])
    best, found = _LEAST_SAID, None
    for place in range(first - 1, max(-1, first - 1 - _LINES_ABOVE), -1):
        if not _SHORTEST_HEADLINE <= width(lines[place]) <= _LONGEST_HEADLINE:
            continue
        about = terms(lines[place])
        share = len(about & said) / len(about) if len(about) >= _FEWEST_TERMS else 0.0
        if share > best:
            best, found = share, place
    if found is None and 0 < first <= _FEW_ABOVE and not is_label and any(map(str.isalpha, lines[0])):
        return 0
    return found
