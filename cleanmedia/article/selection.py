"""Which lines to keep, given the log odds of each."""

from collections.abc import Sequence
from math import exp

__all__ = ["best_expected_f1", "smooth"]

_COST_OF_A_CHANGE = 0.15  # log odds: what a step from text to boilerplate or back costs


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
