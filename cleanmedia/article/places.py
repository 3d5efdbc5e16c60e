"""What stands above and below the lines of a site: the article, or something else.

On each page of a site the same lines stand around the article, around the menus and around the links to other articles. So what is above
or below such a line on most pages tells what is there on the others.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import exp, log
from statistics import fmean

__all__ = ["SHARED_BY", "Places", "evidence", "places"]

# For a line of the site, folded: the log odds that what stands above it on the site's pages is the article, and what stands below it;
# 0 where too few pages tell.
Places = Mapping[str, tuple[float, float]]

SHARED_BY = 3  # pages that have a line, or something at its side: chosen on pages of hosts with several
_LEAST_SHARE = 0.05  # keeps the log odds finite: at most 3 from 0
_WORTH_FOR_ARTICLE = (
    0.4  # of the log odds where they speak for the article: its pages differ more than what is around it
)

Scored = Sequence[tuple[str, bool, float, float]]  # lines of a page: folded, whether it is the site's, log odds, size


def places(pages: Iterable[Scored]) -> dict[str, tuple[float, float]]:
    """Return what stands above and below the site's lines.

    >>> page = [("home", True, -4.0, 4), ("the bridge stays", False, 4.0, 16), ("read more", True, -4.0, 9)]
    >>> found = places([page, page, page])
    >>> [(line, round(above, 1), round(below, 1)) for line, (above, below) in found.items()]
    [('home', 0, 2.7), ('read more', 2.7, 0)]
    """
    shares: tuple[dict[str, list[float]], dict[str, list[float]]] = ({}, {})
    for page in pages:
        for side, lines in zip(shares, (page, page[::-1]), strict=True):
            for line, share in _behind(lines).items():
                side.setdefault(line, []).append(share)
    below, above = ({line: _log_odds(found) for line, found in side.items()} for side in shares)
    told = {line: (above.get(line, 0), below.get(line, 0)) for line in sorted(above.keys() | below.keys())}
    return {line: both for line, both in told.items() if any(both)}


def _behind(lines: Scored) -> dict[str, float]:
    """Return for each of the site's lines on a page how much of what follows, up to the next of them, is the article."""
    sizes: dict[str, float] = {}
    of_article: dict[str, float] = {}
    last = ""
    for line, is_of_site, score, size in lines:
        if is_of_site:
            last = line
        elif last:
            sizes[last] = sizes.get(last, 0) + size
            of_article[last] = of_article.get(last, 0) + size / (1 + exp(-score))
    return {line: of_article[line] / size for line, size in sizes.items() if size}


def _log_odds(shares: Sequence[float]) -> float:
    if len(shares) < SHARED_BY:
        return 0
    share = fmean(shares)
    return log((share + _LEAST_SHARE) / (1 + _LEAST_SHARE - share))


def evidence(folded: Sequence[str], is_of_site: Sequence[bool], known: Places) -> list[float]:
    """Return for each line of a page the log odds that its place on the site's pages speaks for the article; 0 for the site's lines."""
    above, below = _nearest(folded, is_of_site), _nearest(folded[::-1], is_of_site[::-1])[::-1]
    found = []
    for mine, one, other in zip(is_of_site, above, below, strict=True):
        told = [] if mine else [odds for odds in (known.get(one, _NOTHING)[1], known.get(other, _NOTHING)[0]) if odds]
        mean = fmean(told) if told else 0.0
        found.append(mean if mean < 0 else _WORTH_FOR_ARTICLE * mean)
    return found


_NOTHING = (0.0, 0.0)


def _nearest(folded: Sequence[str], is_of_site: Sequence[bool]) -> list[str]:
    """Return for each line the nearest of the site's lines before it, or the empty string."""
    found = [""]
    for line, mine in zip(folded, is_of_site, strict=True):
        found.append(line if mine else found[-1])
    return found[:-1]
