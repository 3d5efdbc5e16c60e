"""The lines of a page that are not its article."""

import json
import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import exp, log

from cleanmedia.edits import Edit
from cleanmedia.evidence import OF_LINE, OF_PAGE, of_line, of_page
from cleanmedia.filter import finds, settled
from cleanmedia.forest import Forest
from cleanmedia.lines import Memo, drop, split, squeezed, width

__all__ = ["boilerplate"]

WEIGHTS = os.path.join(os.path.dirname(os.path.dirname(__file__)), "weights", "boilerplate.json")
_COST_OF_A_CHANGE = 0.15  # log odds: what a step from text to boilerplate or back costs
_CAUTION = 0.95  # below 1, more is kept than would be best for the expected F1
_FEWEST_LINES = 4  # a page of fewer lines is left alone


@finds
@settled
def boilerplate(text: str, *, weights: str = "") -> Iterable[Edit]:
    """Drops the lines of a whole page that are not its article: menus, teasers, boxes, comments, the legal small print.

    Why: text that lost its HTML (an extractor without boilerplate removal, a browser's copy, Common Crawl's WET files) is
    half boilerplate: of 1,196 real pages 45 % of the words are not the article's.

    Each line is judged by itself (length, ending, small and capital letters, marks, catalogued phrases), then by where it
    stands (text and labels around it, place in the page's body, words it shares with the body). What that weighs is
    learned from pages of other publishers; ``benchmarks/train_boilerplate.py`` makes the weights again. The lines to keep
    are those of the greatest expected F1, with a small cost for each change between text and boilerplate.

    Keeps: a page of which the model is not sure, more than of one where it is: the less certain, the lower the score
    that a line needs. Pages of fewer than four lines.

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
    filled = [number for number, line in enumerate(lines) if line and not line.isspace()]
    if len(filled) < _FEWEST_LINES:
        return ()
    judged = judge([squeezed(lines[number]) for number in filled], weights or WEIGHTS)
    gone = [(number, why) for number, why in zip(filled, judged, strict=True) if why]
    return drop(text, lines, gone) if gone else ()


def judge(lines: Sequence[str], weights: str = WEIGHTS) -> list[str | None]:
    """Of each line of a page why it is not the article's, or None; ``lines`` are squeezed, none is blank."""
    model = _model(weights)
    numbers = [model.lines[line] for line in lines]
    rows = of_page(lines, [own for own, _ in numbers], [score for _, score in numbers])
    scored = [model.page.score(row) for row in rows]
    threshold = fair_threshold([score for score, _ in scored], [width(line) for line in lines])
    stays = smooth([score - threshold for score, _ in scored])
    return [
        None if stay else f"score {score:.1f} under {threshold:.1f}: {', '.join(model.page.reasons(reached))}"
        for stay, (score, reached) in zip(stays, scored, strict=True)
    ]


def fair_threshold(scores: Sequence[float], sizes: Sequence[float]) -> float:
    """The log odds above which to keep a line, for the greatest expected F1 of the page's characters.

    The best threshold on the probability is half of the best F1 that can be expected (Lipton, Elkan and Naryanaswamy:
    Optimal thresholding of classifiers to maximize F1 measure, 2014): a page that is hard to tell is kept more wholly.
    """
    chances = [1 / (1 + exp(-score)) for score in scores]
    all_expected = sum([p * size for p, size in zip(chances, sizes, strict=True)])
    best = kept = hit = 0.0
    for p, size in sorted(zip(chances, sizes, strict=True), reverse=True):
        kept += size
        hit += p * size
        best = max(best, 2 * hit / (kept + all_expected))
    share = _CAUTION * best / 2
    return log(share / (1 - share))


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


class _Model:
    def __init__(self, path: str) -> None:
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
        return numbers, self.line.score(numbers)[0]


@lru_cache(maxsize=8)
def _model(path: str) -> _Model:
    return _Model(path)
