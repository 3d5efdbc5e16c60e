"""The verdict on each line of a page, with its reason.

Each line is scored by itself, then by its position on the page, then once more by what the lines around it were scored. The lines
to keep are those with the greatest expected F1, with a small cost for each change between article and boilerplate, the headline
above them, and the lists that they announce. A page is left whole if it is too short or too hard to tell, or if nothing shows
that there is boilerplate around its article.
"""

from collections.abc import Collection, Sequence
from operator import add
from typing import NamedTuple

from cleanmedia.article.line_features import OF_LINE
from cleanmedia.article.model import WEIGHTS, Model, model
from cleanmedia.article.page_features import again as of_page_again
from cleanmedia.article.page_features import of_page
from cleanmedia.article.places import Places, Scored, evidence
from cleanmedia.article.scored_page import ScoredPage
from cleanmedia.article.selection import best_expected_f1, best_threshold, smooth
from cleanmedia.article.surroundings import surroundings
from cleanmedia.page.fold import fold_lines
from cleanmedia.page.headline import find_headline
from cleanmedia.page.items import starts_item
from cleanmedia.page.prose import is_prose
from cleanmedia.page.scripts import width
from cleanmedia.page.view import View, view_of

__all__ = ["FEWEST_LINES", "LEAST_CERTAINTY", "Judgement", "Verdict", "certainty", "judge", "scored_lines"]

# Log odds by which a line that other pages of the site have counts less: by itself, and before the lines around
# are looked at again. Chosen on pages of hosts with several pages; it is evidence, so a line that all else speaks for may still stay.
_RECURS_BY_ITSELF, _RECURS = 3.0, 2.0
_ON_OTHER_PAGES = "on other pages of the site"
_AT_A_PLACE = "its place on the site's pages"

_PHRASE, _LENGTH = map(OF_LINE.index, ("phrase of the catalogues", "length"))
LEAST_CERTAINTY = 0.3  # a page with less is left whole
FEWEST_LINES = 4  # a page of fewer lines is left whole


class Verdict(NamedTuple):
    """Whether a line is kept, and why."""

    line: int  # its number in the text, from 0, blank lines counted
    kept: bool
    log_odds: float  # of being part of the article (natural logarithm)
    threshold: float  # log odds below which a line of this page goes, unless something else decides
    decided_by: str = ""  # what decided against the log odds: a key of _DECIDERS
    evidence: tuple[str, ...] = ()  # of a line that goes: the groups of features that count most against it

    @property
    def headline(self) -> bool:
        """Whether the line is kept as the headline of the article below it, against its log odds."""
        return self.decided_by == "headline"

    @property
    def why(self) -> str:
        """The reason in words, with as many decimals as tell the log odds from the threshold.

        >>> Verdict(0, False, -1.71, -0.3, evidence=("position on the page", "dates around")).why
        'log odds -1.7 below -0.3: position on the page, dates around'
        >>> Verdict(0, False, -0.31, -0.34, "neighbours").why
        'log odds -0.31 above -0.34, but dropped with its neighbours'
        """
        reason = f"log odds {_compared(self.log_odds, self.threshold)}"
        if self.decided_by:
            reason += f", but {'kept' if self.kept else 'dropped'} {_DECIDERS[self.decided_by]}"
        return f"{reason}: {', '.join(self.evidence)}" if self.evidence else reason


_DECIDERS = {
    "neighbours": "with its neighbours",
    "headline": "as the headline",
    "list": "as a list of the article",
    "whole page": "with the whole page",
}


def _compared(log_odds: float, threshold: float) -> str:
    """Return how two log odds compare, with as many decimals as it takes to tell them apart."""
    one, other = f"{log_odds:z.1f}", f"{threshold:z.1f}"
    decimals = 1
    while one == other and log_odds != threshold:
        decimals += 1
        one, other = f"{log_odds:z.{decimals}f}", f"{threshold:z.{decimals}f}"
    return f"{one} {'below' if log_odds < threshold else 'above' if log_odds > threshold else 'at'} {other}"


class Judgement(NamedTuple):
    """The verdicts on the lines of a page that are not blank."""

    certainty: float  # F1 that can be expected of what would be kept, 0 to 1
    verdicts: tuple[Verdict, ...]
    left_whole: str = ""  # why the page is left whole; empty where it is not


def judge(
    text: str,
    *,
    weights: str = "",
    again: bool = False,
    site: Collection[str] = (),
    title: str = "",
    places: Places | None = None,
) -> Judgement:
    """Return the verdict on each line of a page that is not blank, in one look.

    The filter ``boilerplate`` looks again at what it would leave, and leaves the page whole if that does not settle.

    Args:
        text: the page, repaired (:data:`cleanmedia.REPAIR`).
        weights: the path of a file of weights; empty for those of the package.
        again: whether this is what a first look left, so that there may be no more boilerplate around it.
        site: lines that other pages of the site have, folded (:func:`cleanmedia.page.fold.fold`). Those that are not prose count
            against themselves.
        title: of the page; empty to take its first line for it.
        places: what stands above and below the lines of the site (:func:`cleanmedia.article.places.places`).

    Raises:
        OSError: there is no such file of weights.
        ValueError: it is no file of weights, or one of other features.

    >>> judge("Home\\nNews").left_whole
    'fewer than 4 lines'
    """
    page = view_of(text)
    if not page.shown:
        return Judgement(1.0, (), "no lines")
    return _judge(page, model(weights or WEIGHTS), again, site, title, places or {})


def certainty(text: str, *, weights: str = "") -> float:
    """Return how sure :func:`judge` is of a page: the F1 that can be expected of what it would keep, 0 to 1.

    >>> certainty("The council voted to keep the old bridge open.\\nNobody was surprised, for the vote had been promised.") > 0.9
    True
    """
    return judge(text, weights=weights).certainty


def scored_lines(text: str, *, site: Collection[str], weights: str = "") -> Scored:
    """Return the lines of a page of a site as :func:`cleanmedia.article.places.places` takes them."""
    lines = view_of(text).shown
    keys = fold_lines(lines)
    verdicts = judge(text, weights=weights, site=site).verdicts
    return [
        (key, recurs, verdict.log_odds, width(line))
        for key, recurs, verdict, line in zip(keys, _recurring(lines, keys, site), verdicts, lines, strict=True)
    ]


def _recurring(lines: Sequence[str], keys: Sequence[str], site: Collection[str]) -> list[bool]:
    """Return which lines of a page other pages of the site have, prose apart; ``keys`` are the lines folded."""
    return [key in site and not is_prose(line) for key, line in zip(keys, lines, strict=True)]


def _judge(view: View, trained: Model, again: bool, site: Collection[str], title: str, places: Places) -> Judgement:
    numbers, lines = view.filled, view.shown
    keys = fold_lines(lines) if site else []
    recurs = _recurring(lines, keys, site) if site else [False] * len(lines)
    own = trained.lines.all(lines)
    features = [features for features, _ in own]
    alone = [score - _RECURS_BY_ITSELF * known for (_, score), known in zip(own, recurs, strict=True)]
    page = ScoredPage(lines, features, alone, title)
    scored = trained.page.scores(of_page(page))
    scores = [score - _RECURS * known for (score, _), known in zip(scored, recurs, strict=True)]
    scores = [score for score, _ in trained.again.scores(of_page_again(page.rescored(scores)))]
    told = evidence(keys, recurs, places) if site and places else [0.0] * len(lines)
    scores = [*map(add, scores, told)]
    sure = best_expected_f1(scores, [line[_LENGTH] for line in features])
    threshold = best_threshold(sure)
    if whole := _left_whole(view, sure, again):
        verdicts = [
            Verdict(number, True, score, threshold, "whole page" if score < threshold else "")
            for number, score in zip(numbers, scores, strict=True)
        ]
        return Judgement(sure, tuple(verdicts), whole)
    kept = smooth([score - threshold for score in scores])
    headline = find_headline(lines, kept, is_label=bool(own[0][0][_PHRASE]))
    lists = _announced_lists(lines, [line[_PHRASE] for line in features], kept)
    verdicts = []
    for index, (number, stays, score, (_, leaves)) in enumerate(zip(numbers, kept, scores, scored, strict=True)):
        if index == headline:
            verdict = Verdict(number, True, score, threshold, "headline" if score < threshold else "")
        elif index in lists:
            verdict = Verdict(number, True, score, threshold, "list" if score < threshold else "")
        elif stays != (score >= threshold):
            verdict = Verdict(number, stays, score, threshold, "neighbours")
        elif stays:
            verdict = Verdict(number, True, score, threshold)
        else:
            why = [_ON_OTHER_PAGES] * recurs[index] + [_AT_A_PLACE] * (told[index] < 0) + trained.page.reasons(leaves)
            verdict = Verdict(number, False, score, threshold, "", tuple(why))
        verdicts.append(verdict)
    return Judgement(sure, tuple(verdicts))


def _left_whole(view: View, sure: float, again: bool) -> str:
    """Return why a page is left whole, or the empty string."""
    if len(view.shown) < FEWEST_LINES:
        return f"fewer than {FEWEST_LINES} lines"
    if not again and not surroundings(view):
        return "nothing shows that there is boilerplate around it"
    if sure < LEAST_CERTAINTY:
        return f"certainty {sure:.2f} below {LEAST_CERTAINTY}"
    return ""


def _announced_lists(lines: Sequence[str], phrases: Sequence[float], kept: Sequence[bool]) -> set[int]:
    """Return the lines to drop that are a list of the article.

    A line of the article that ends in a colon stands above the list, another line of it below; half of its lines or more are
    items, and none is a widget phrase.
    """
    found: set[int] = set()
    start = None  # of the current run of lines to drop, if it is announced
    for index, stays in enumerate(kept):
        if not stays:
            if start is None and index and kept[index - 1] and lines[index - 1][-1] in ":：":
                start = index
        elif start is not None:
            run = range(start, index)
            if not any(phrases[at] for at in run) and 2 * sum([starts_item(lines[at]) for at in run]) >= len(run):
                found.update(run)
            start = None
    return found
