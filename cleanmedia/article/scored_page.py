"""The lines of a page with their scores, and the stretch of them that holds most of the text."""

from collections.abc import Sequence
from math import exp

from cleanmedia.article.line_features import ENDS_IN_ELLIPSIS, ENDS_SENTENCE, OF_LINE

__all__ = ["ScoredPage"]

_LONGEST = 400.0  # code points that a line counts for at most
_LENGTH, _ENDING, _KIND = map(OF_LINE.index, ("length", "ending", "kind of phrase"))


class ScoredPage:
    """The lines of a page, and what several groups need to know of them.

    ``text`` is the length of a line times its probability of being the article's, ``other`` the rest of its length. The
    body is the stretch of lines with the most text, where other lines count against it; the run is the same, computed over
    lines of prose.
    """

    def __init__(self, lines: Sequence[str], features: Sequence[tuple[float, ...]], scores: Sequence[float]) -> None:
        self.lines: Sequence[str] = lines
        self.features: Sequence[tuple[float, ...]] = features
        self.scores: Sequence[float] = scores
        self.count: int = len(lines)
        self.chances: list[float] = [1 / (1 + exp(-score)) if score > -30 else 0.0 for score in scores]
        self.lengths: list[float] = [min(line[_LENGTH], _LONGEST) for line in features]
        self.endings: list[float] = [line[_ENDING] for line in features]
        self.kinds: list[float] = [line[_KIND] for line in features]
        self.text: list[float] = [chance * length for chance, length in zip(self.chances, self.lengths, strict=True)]
        self.other: list[float] = [length - text for length, text in zip(self.lengths, self.text, strict=True)]
        self.all_text: float = sum(self.text) or 1e-9
        self.all_length: float = sum(self.lengths) or 1.0
        self.prose: list[bool] = [
            (line[_LENGTH] >= 60 and (ending in ENDS_SENTENCE or ending == ENDS_IN_ELLIPSIS)) or line[_LENGTH] >= 180
            for line, ending in zip(features, self.endings, strict=True)
        ]
        self.body: range = _heaviest(
            [(chance - 0.35) * length - 3 for chance, length in zip(self.chances, self.lengths, strict=True)]
        )
        self.run: range = _heaviest(
            [length if is_prose else -30.0 for length, is_prose in zip(self.lengths, self.prose, strict=True)]
        )

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
