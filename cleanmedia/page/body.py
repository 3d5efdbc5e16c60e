"""The body of a page: the stretch of lines that holds most of its text."""

from collections.abc import Sequence
from itertools import compress

from cleanmedia.page.scripts import width

__all__ = ["find_body"]

_MOST_OF_A_LINE, _COST_OF_A_LINE = 400, 30  # what a line of prose counts for at the most, and what another costs


def find_body(lines: Sequence[str], prose: Sequence[bool]) -> range:
    """Return the stretch of a page's lines that holds most of its text: the one of the greatest sum, in which other lines cost.

    ``prose`` tells of each line whether it is running text. An empty range where none is.
    """
    best = total = first = 0
    last = -1  # the place of the prose before
    body = range(0)
    for place in compress(range(len(lines)), prose):
        total -= _COST_OF_A_LINE * (place - last - 1)
        if total <= 0:
            total, first = 0, place
        line = lines[place]
        total += _MOST_OF_A_LINE if len(line) >= _MOST_OF_A_LINE else min(width(line), _MOST_OF_A_LINE)
        if total > best:
            best, body = total, range(first, place + 1)
        last = place
    return body
