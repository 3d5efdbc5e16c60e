"""Which lines to keep, given the log odds of each."""

from collections.abc import Sequence
from math import exp, log

__all__ = ["best_expected_f1", "best_threshold", "smooth"]

_CAUTION = 0.75  # below 1, more is kept than would be best for the expected F1
_COST_OF_A_CHANGE = 0.15  # log odds: the cost of a change from article to boilerplate or back


def best_expected_f1(scores: Sequence[float], sizes: Sequence[float]) -> float:
    """Return the greatest F1, over the characters of a page, that can be expected from keeping the lines of the highest scores."""
    chances = [1 / (1 + exp(-score)) for score in scores]
    all_expected = sum([chance * size for chance, size in zip(chances, sizes, strict=True)])
    best = kept = hit = 0.0
    for chance, size in sorted(zip(chances, sizes, strict=True), reverse=True):
        kept += size
        hit += chance * size
        best = max(best, 2 * hit / (kept + all_expected))
    return best


def best_threshold(expected_f1: float) -> float:
    """Return the log odds above which lines are to be kept.

    The best threshold on the probability is half of the best expected F1 (Lipton, Elkan and Narayanaswamy: Optimal
    thresholding of classifiers to maximize F1 measure, 2014), so more is kept of a page that is hard to tell.
    """
    chance = _CAUTION * expected_f1 / 2
    return log(chance / (1 - chance))


def smooth(gains: Sequence[float]) -> list[bool]:
    """Return the most likely sequence of kept and dropped lines, where each change between them costs (Viterbi's algorithm)."""
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
    kept = [keep > leave] * len(gains)
    for index in range(len(gains) - 1, 0, -1):
        changed = from_leave[index] if kept[index] else from_keep[index]
        kept[index - 1] = kept[index] ^ changed
    return kept
