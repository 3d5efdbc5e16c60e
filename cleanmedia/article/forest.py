"""A sum of regression trees, for rows of numbers, without anything but integers.

The trees stand side by side in one long integer, a bit for each leaf. A number of the row that is above the threshold of a
split rules out the leaves to the left of it; what all numbers together leave over, the lowest bit of each tree, is the
leaf that the row comes to (Lucchese and others: QuickScorer, a fast algorithm to rank documents with additive ensembles
of regression trees, 2015). For each number the masks of its thresholds are put together beforehand, so that a row costs one
search and one "and" for each of its numbers, however many trees there are.
"""

from bisect import bisect_left
from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import Any

__all__ = ["Forest"]

_UNITS = 1000  # leaves are given with three decimals


class Forest:
    """Trees as nested lists: a split is [number, threshold, at most, above], a leaf [value, number that speaks loudest].

    ``groups`` has the name of a group for each number; of them :meth:`reasons` speaks.
    """

    def __init__(self, start: float, trees: Sequence[Any], groups: Sequence[str]) -> None:
        ruled_out: dict[int, list[tuple[float, int]]] = {}
        self._ones = 0
        values: list[int] = []  # of each leaf, in units, above the least of its tree
        against: dict[str, int] = dict.fromkeys(groups, 0)
        least_of_all = 0

        def leaves(node: Any, first: int) -> int:
            """Note the leaves and splits under a node whose first leaf has this place; gives how many leaves there are."""
            if len(node) == 2:
                values.append(round(node[0] * _UNITS))
                if node[0] < 0:
                    against[groups[node[1]]] |= 1 << first
                return 1
            left = leaves(node[2], first)
            ruled_out.setdefault(node[0], []).append((node[1], ((1 << left) - 1) << first))
            return left + leaves(node[3], first + left)

        for tree in trees:
            first = len(values)
            self._ones |= 1 << first
            leaves(tree, first)
            least = min(values[first:])
            least_of_all += least
            values[first:] = [value - least for value in values[first:]]
        self._all = (1 << len(values)) - 1
        self._start = start + least_of_all / _UNITS
        self._tests: list[tuple[int, list[float], list[int]]] = []
        for number, splits in sorted(ruled_out.items()):
            splits.sort()
            masks = [self._all]
            for _, left in splits:
                masks.append(masks[-1] & ~left)
            self._tests.append((number, [threshold for threshold, _ in splits], masks))
        self._planes = [
            sum([1 << place for place, value in enumerate(values) if value >> bit & 1])
            for bit in range(max(values, default=0).bit_length())
        ]
        self._against = [*against.items()]

    def scores(self, columns: Sequence[Sequence[float]]) -> list[tuple[float, int]]:
        """For each row of a table, given by its columns, the sum of the trees and the leaves that it comes to."""
        left = [self._all] * len(columns[0])
        for number, thresholds, masks in self._tests:
            left = [
                leaves & masks[bisect_left(thresholds, value)]
                for leaves, value in zip(left, columns[number], strict=True)
            ]
        reached = [leaves & ~(leaves - self._ones) for leaves in left]
        units = [0] * len(reached)
        for bit, plane in enumerate(self._planes):
            units = [
                total + ((leaves & plane).bit_count() << bit) for total, leaves in zip(units, reached, strict=True)
            ]
        return [(self._start + total / _UNITS, leaves) for total, leaves in zip(units, reached, strict=True)]

    def score(self, row: Sequence[float]) -> float:
        """The sum of the trees for one row."""
        left = reduce(and_, [masks[bisect_left(thresholds, row[number])] for number, thresholds, masks in self._tests])
        reached = left & ~(left - self._ones)
        units = sum([(reached & plane).bit_count() << bit for bit, plane in enumerate(self._planes)])
        return self._start + units / _UNITS

    def reasons(self, reached: int) -> list[str]:
        """The two groups of numbers that most of the leaves against speak of, the strongest first."""
        counts = sorted([(-(reached & leaves).bit_count(), group) for group, leaves in self._against])
        return [group for count, group in counts[:2] if count]
