"""The lines of a page that are not its article."""

import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress
from math import exp, log

from cleanmedia.edits import Edit
from cleanmedia.evidence import OF_LINE, OF_PAGE, of_line, of_page, terms
from cleanmedia.filter import dropping, finds, settled_soon
from cleanmedia.forest import Forest
from cleanmedia.lines import Memo, drop, filled_lines, split, squeezed, width

__all__ = ["LEAST_CERTAINTY", "boilerplate", "certainty"]

WEIGHTS = os.path.join(os.path.dirname(os.path.dirname(__file__)), "weights", "boilerplate.json")
_COST_OF_A_CHANGE = 0.15  # log odds: what a step from text to boilerplate or back costs
_CAUTION = 0.97  # below 1, more is kept than would be best for the expected F1
LEAST_CERTAINTY = 0.5  # a page with less is left alone
_LINES_ABOVE = 12  # the first line that stays, in which the headline is looked for
_SHORTEST_HEADLINE, _LONGEST_HEADLINE = 15, 250  # code points; those of scripts without spaces count three
_FEWEST_TERMS, _LEAST_SAID = 2, 0.45  # of a headline: how many words it has, and their share that the article must have
_FEWEST_LINES = 4  # a page of fewer lines is left alone


@finds
@dropping
@settled_soon
def boilerplate(text: str, *, weights: str = "") -> Iterable[Edit]:
    """Drops the lines of a whole page that are not its article: menus, teasers, boxes, comments, the legal small print.

    Why: text that lost its HTML (an extractor without boilerplate removal, a browser's copy, Common Crawl's WET files) is
    half boilerplate: of 1,196 real pages 45 % of the words are not the article's.

    Each line is judged by itself (length, ending, small and capital letters, marks, catalogued phrases), then by where it
    stands (text and labels around it, place in the page's body, words it shares with the body). What that weighs is
    learned from pages of other publishers; ``benchmarks/train_boilerplate.py`` makes the weights again. The lines to keep
    are those of the greatest expected F1, with a small cost for each change between text and boilerplate.

    Keeps: the headline above the article. A page of which it is not sure, whole (:func:`certainty` tells, and the
    command line with ``--verbose``); of others the more, the less certain it is. A page that it would judge otherwise
    again and again, as its lines go. Pages of fewer than four lines.

    Risk: higher than that of any other filter, which is why it stands in a preset of its own, ``ARTICLE``. Of the
    sentences of real articles about 3 in 100 are lost. Short articles between long teasers, liveblogs and pages that are
    lists lose most. Comments below an article are not part of it.

    Option: ``weights``, the path of a file that the training made of other pages.

    >>> article = "The council voted on Monday to keep the old bridge open, after a long debate about its cost. " * 2
    >>> page = "Home\\nWorld\\nSport\\n" + article + "\\n" + article + "\\nNewsletter\\nContact us\\nTerms of use"
    >>> boilerplate(page) == article + "\\n" + article + "\\n"
    True
    >>> boilerplate("One line.\\nAnother line.")
    'One line.\\nAnother line.'
    """
    lines = split(text)
    filled = filled_lines(lines)
    if len(filled) < _FEWEST_LINES:
        return ()
    page = _Page([squeezed(lines[number]) for number in filled], weights)
    if page.certainty < LEAST_CERTAINTY:
        return ()
    gone = [(number, why) for number, why in zip(filled, page.verdicts(), strict=True) if why]
    return drop(text, lines, gone) if gone else ()


def certainty(text: str, *, weights: str = "") -> float:
    """How sure the filter is of a page, 0 to 1: the F1 that can be expected of what it would keep.

    Under one half it leaves the page alone. The same errors as for the filter.

    >>> certainty("The council voted to keep the old bridge open.\\nNobody was surprised, for the vote had been promised.") > 0.9
    True
    """
    lines = [squeezed(line) for line in split(text) if line and not line.isspace()]
    return _Page(lines, weights).certainty if lines else 1.0


class _Page:
    """The lines of a page, squeezed and none of them blank, with the log odds of each for being the article's."""

    def __init__(self, lines: list[str], weights: str) -> None:
        self.lines = lines
        self.model = _model(weights or WEIGHTS)
        own = [self.model.lines[line] for line in lines]
        columns = of_page(lines, [numbers for numbers, _ in own], [score for _, score in own])
        self.scored = self.model.page.scores(columns)
        self.certainty = best_expected_f1([score for score, _ in self.scored], [width(line) for line in lines])

    def verdicts(self) -> list[str | None]:
        """Of each line why it goes, or None.

        The best threshold on the probability is half of the best expected F1 (Lipton, Elkan and Narayanaswamy: Optimal
        thresholding of classifiers to maximize F1 measure, 2014), so a page that is hard to tell is kept more wholly.
        """
        chance = _CAUTION * self.certainty / 2
        threshold = log(chance / (1 - chance))
        stays = smooth([score - threshold for score, _ in self.scored])
        if (headline := find_headline(self.lines, stays)) is not None:
            stays[headline] = True
        return [
            None if stay else f"score {score:.1f} under {threshold:.1f}: {', '.join(self.model.page.reasons(leaves))}"
            for stay, (score, leaves) in zip(stays, self.scored, strict=True)
        ]


def best_expected_f1(scores: Sequence[float], sizes: Sequence[float]) -> float:
    """The greatest F1, over the characters of a page, that can be expected from keeping the lines of the highest scores."""
    chances = [1 / (1 + exp(-score)) for score in scores]
    all_expected = sum([p * size for p, size in zip(chances, sizes, strict=True)])
    best = kept = hit = 0.0
    for p, size in sorted(zip(chances, sizes, strict=True), reverse=True):
        kept += size
        hit += p * size
        best = max(best, 2 * hit / (kept + all_expected))
    return best


def smooth(gains: Sequence[float]) -> list[bool]:
    """The most likely row of kept and dropped lines, where each change from one to the other costs (Viterbi's algorithm)."""
    keep, leave = gains[0], 0.0
    from_leave: list[bool] = [False]  # whether the best way to keep this line leads over a dropped one
    from_keep: list[bool] = [False]
    for gain in gains[1:]:
        from_leave.append(leave - _COST_OF_A_CHANGE > keep)
        from_keep.append(keep - _COST_OF_A_CHANGE > leave)
        keep, leave = (
            max(keep, leave - _COST_OF_A_CHANGE) + gain,
            max(leave, keep - _COST_OF_A_CHANGE),
        )
    stays = [keep > leave] * len(gains)
    for place in range(len(gains) - 1, 0, -1):
        turned = from_leave[place] if stays[place] else from_keep[place]
        stays[place - 1] = stays[place] ^ turned
    return stays


def find_headline(lines: Sequence[str], stays: Sequence[bool]) -> int | None:
    """The place of the headline: of the lines right above the first that stays, the one that says most of what these say."""
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
    return found


class _Model:
    def __init__(self, path: str) -> None:
        import json  # by now something needs it

        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        if (
            not isinstance(data, dict)
            or data.get("of_line") != [*OF_LINE]
            or data.get("of_page") != [name for name, _ in OF_PAGE]
        ):
            raise ValueError(f"{path}: no weights of this version; make them with benchmarks/train_boilerplate.py")
        self.line = Forest(data["line"]["start"], data["line"]["trees"], OF_LINE)
        self.page = Forest(data["page"]["start"], data["page"]["trees"], [group for _, group in OF_PAGE])
        self.lines = Memo(self._of_line)

    def _of_line(self, line: str) -> tuple[tuple[float, ...], float]:
        numbers = of_line(line)
        return numbers, self.line.score(numbers)


@lru_cache(maxsize=8)
def _model(path: str) -> _Model:
    return _Model(path)
