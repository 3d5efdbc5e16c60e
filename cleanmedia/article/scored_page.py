"""The lines of a page with their scores, and the stretch of them that holds most of the text."""

from collections.abc import Sequence
from copy import copy
from math import exp

from cleanmedia.article.line_features import ENDS_IN_ELLIPSIS, ENDS_SENTENCE, OF_LINE
from cleanmedia.page.prose import PARAGRAPH, SENTENCE
from cleanmedia.page.terms import terms

__all__ = ["LABEL", "ScoredPage"]

_LONGEST = 400.0  # code points that a line counts for at most
LABEL = 0.35  # a line with a smaller probability is a label
_LEAST_SCORE = -3.5  # log odds: the words of a line below it are not read
_LENGTH, _ENDING, _DATE, _PHRASE, _KIND = map(
    OF_LINE.index, ("length", "ending", "date or time", "phrase of the catalogues", "kind of phrase")
)


class ScoredPage:
    """The lines of a page, and what several groups need to know of them.

    ``text`` is the length of a line times its probability of being the article's, ``other`` the rest of its length. The
    body is the stretch of lines with the most text, where other lines count against it; the run is the same, computed over
    lines of prose. ``by_itself`` has the scores that were given first, ``title`` the words of the page's title, which is given or
    the first line.
    """

    def __init__(
        self, lines: Sequence[str], features: Sequence[tuple[float, ...]], scores: Sequence[float], title: str = ""
    ) -> None:
        """Read a page.

        Args:
            lines: the lines that are not blank, without repeated spaces.
            features: of each line by itself, from :func:`~cleanmedia.article.line_features.of_line`.
            scores: of each line by itself, in log odds.
            title: of the page; empty to take its first line, unless that is a widget phrase.
        """
        self.lines: Sequence[str] = lines
        self.features: Sequence[tuple[float, ...]] = features
        self.count: int = len(lines)
        self.lengths: list[float] = [min(line[_LENGTH], _LONGEST) for line in features]
        self.endings: list[float] = [line[_ENDING] for line in features]
        self.dates: list[float] = [line[_DATE] for line in features]
        self.phrases: list[float] = [1.0 if line[_PHRASE] else 0.0 for line in features]
        self.kinds: list[float] = [line[_KIND] for line in features]
        self.terms: list[frozenset[str]] = [
            terms(line) if score > _LEAST_SCORE else frozenset() for line, score in zip(lines, scores, strict=True)
        ]
        if not title and lines and not self.kinds[0]:
            title = lines[0]  # most converters begin with <title>
        self.title: frozenset[str] = terms(title)
        self.prose: list[bool] = [
            (line[_LENGTH] >= SENTENCE and (ending in ENDS_SENTENCE or ending == ENDS_IN_ELLIPSIS))
            or line[_LENGTH] >= PARAGRAPH
            for line, ending in zip(features, self.endings, strict=True)
        ]
        self.run: range = _heaviest(
            [length if is_prose else -30.0 for length, is_prose in zip(self.lengths, self.prose, strict=True)]
        )
        self.by_itself: Sequence[float] = scores
        self._score(scores)

    def _score(self, scores: Sequence[float]) -> None:
        self.scores: Sequence[float] = scores
        self.chances: list[float] = [1 / (1 + exp(-score)) if score > -30 else 0.0 for score in scores]
        self.text: list[float] = [chance * length for chance, length in zip(self.chances, self.lengths, strict=True)]
        self.other: list[float] = [length - text for length, text in zip(self.lengths, self.text, strict=True)]
        self.all_text: float = sum(self.text) or 1e-9
        self.body: range = _heaviest(
            [(chance - LABEL) * length - 3 for chance, length in zip(self.chances, self.lengths, strict=True)]
        )

    def rescored(self, scores: Sequence[float]) -> "ScoredPage":
        """Return the page with better scores; the words that were read, and ``by_itself``, stay."""
        page = copy(self)
        page._score(scores)
        return page

    def same(self, value: float) -> list[float]:
        """Return the column of a feature that is the same for every line."""
        return [value] * self.count


def _heaviest(gains: Sequence[float]) -> range:
    """Return the stretch with the greatest sum (Kadane's algorithm)."""
    best = total = 0.0
    first = 0
    found = range(0)
    for index, gain in enumerate(gains):
        if total <= 0:
            total, first = 0.0, index
        total += gain
        if total > best:
            best, found = total, range(first, index + 1)
    return found
