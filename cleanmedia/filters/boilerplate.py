"""The lines of a page that are not its article."""

from collections.abc import Iterable
from math import log

from cleanmedia.article.page_features import of_page
from cleanmedia.article.model import WEIGHTS, model
from cleanmedia.article.selection import best_expected_f1, smooth
from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import dropping, finds, settled_soon
from cleanmedia.page.headline import find_headline
from cleanmedia.page.lines import drop, filled_lines, split, squeezed
from cleanmedia.page.scripts import width

__all__ = ["LEAST_CERTAINTY", "boilerplate", "certainty"]

_CAUTION = 0.97  # below 1, more is kept than would be best for the expected F1
LEAST_CERTAINTY = 0.5  # a page with less is left alone
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
        self.model = model(weights or WEIGHTS)
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
