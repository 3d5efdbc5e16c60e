"""Evaluate an ensemble of regression trees using only integer bit operations.

Every leaf of every tree is a bit of one long integer; the leaves of a tree stand side by side, the leftmost in the lowest
bit. A row starts with all bits set. Where a value of the row is above the threshold of a split, the row goes right, so the
leaves on the left of that split are cleared. When all splits are done, the lowest bit left of each tree is the leaf that the
row reaches (QuickScorer: Lucchese and others, "QuickScorer: a fast algorithm to rank documents with additive ensembles of
regression trees", 2015). For each feature the masks of all its splits are combined beforehand, so a row costs one binary
search and one "and" for each feature, however many trees there are. ``walk`` in ``tests/article/test_forest.py`` evaluates the
same trees node by node, which is slower and easier to read.

A tree of three leaves, on two features:

    feature 0 at most 5? -- yes --> 0.003                            leaf 0, bit 0b001
            |
            no --> feature 1 at most 2? -- yes --> -0.001            leaf 1, bit 0b010
                           |
                           no --> 0.001                              leaf 2, bit 0b100

>>> forest = Forest(0.0, [[0, 5, [0.003, 0], [1, 2, [-0.001, 1], [0.001, 1]]]], ["size", "shape"])

Feature 0 above 5 clears leaf 0; feature 1 above 2 clears leaf 1. The masks for each feature, at or below its threshold and
above it:

>>> [(feature, thresholds, [f"{mask:03b}" for mask in masks]) for feature, thresholds, masks in forest._tests]
[(0, [5], ['111', '110']), (1, [2], ['111', '101'])]

The row (7, 1) keeps ``110 & 111 = 110``, of which the lowest bit is leaf 1. The row (7, 3) keeps ``110 & 101 = 100``: leaf 2.
The row (4, 3) keeps ``111 & 101 = 101``: leaf 0, for the split on feature 1 does not count where feature 0 went left.

>>> [(score, f"{leaf:03b}") for score, leaf in forest.scores([(7, 7, 4), (1, 3, 3)])]
[(-0.001, '010'), (0.001, '100'), (0.003, '001')]

The values are added without a loop over the trees, too. They are kept as integers, in thousandths above the least value of
their tree: here 4 (binary 100), 0 (000) and 2 (010) above -0.001. For each binary digit there is a mask of the leaves whose
value has it, the lowest digit first; the sum is the number of reached leaves in each mask, times what the digit is worth:

>>> [f"{leaves:03b}" for leaves in forest._planes]
['000', '100', '001']
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain
from typing import Any

__all__ = ["Forest"]

_UNITS = 1000  # the values of leaves have three decimals
_ROWS = 128  # that are evaluated together: the integers of more do not stay in the processor's cache


class Forest:
    """An ensemble of trees, given as nested lists.

    A split is [feature, threshold, subtree where the value is at most that, subtree where it is above]; a leaf is
    [value, index of the feature that contributed most]. ``reasons`` has for each feature the words in which :meth:`reasons`
    speaks of it.
    """

    def __init__(self, start: float, trees: Sequence[Any], reasons: Sequence[str]) -> None:
        ruled_out: dict[int, list[tuple[float, int]]] = {}
        self._ones = 0
        values: list[int] = []  # of each leaf, in thousandths; below, above the least of its tree
        negative: dict[str, int] = dict.fromkeys(reasons, 0)
        least_of_all = 0

        def leaves(node: Any, first: int) -> int:
            """Note the leaves and splits below a node, whose first leaf is this bit; return the number of its leaves."""
            if len(node) == 2:
                values.append(round(node[0] * _UNITS))
                if node[0] < 0:
                    negative[reasons[node[1]]] |= 1 << first
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
        for feature, splits in sorted(ruled_out.items()):
            splits.sort()
            thresholds: list[float] = []
            masks = [self._all]
            for threshold, left in splits:
                if thresholds and thresholds[-1] == threshold:
                    masks[-1] &= ~left
                else:
                    thresholds.append(threshold)
                    masks.append(masks[-1] & ~left)
            self._tests.append((feature, thresholds, masks))
        self._planes = [
            sum([1 << leaf for leaf, value in enumerate(values) if value >> bit & 1])
            for bit in range(max(values, default=0).bit_length())
        ]
        self._negative = [*negative.items()]

    def scores(self, columns: Sequence[Sequence[float]]) -> list[tuple[float, int]]:
        """Return for each row of a table, given as columns, the sum of the trees and the leaves that it reaches."""
        size = len(columns[0])
        if size <= _ROWS:
            return self._scores(columns)
        blocks = [self._scores([column[at : at + _ROWS] for column in columns]) for at in range(0, size, _ROWS)]
        return [*chain.from_iterable(blocks)]

    def _scores(self, columns: Sequence[Sequence[float]]) -> list[tuple[float, int]]:
        common = self._all  # the leaves that the columns with one value leave to every row
        varying = []
        for feature, thresholds, masks in self._tests:
            column = columns[feature]
            if column[0] == column[-1] and column.count(column[0]) == len(column):
                common &= masks[bisect_left(thresholds, column[0])]
            else:
                varying.append((column, thresholds, masks))
        left = [common] * len(columns[0])
        for column, thresholds, masks in varying:
            left = [leaves & masks[bisect_left(thresholds, value)] for leaves, value in zip(left, column, strict=True)]
        reached = [leaves & ~(leaves - self._ones) for leaves in left]
        units = [0] * len(reached)
        for bit, plane in enumerate(self._planes):
            units = [
                total + ((leaves & plane).bit_count() << bit) for total, leaves in zip(units, reached, strict=True)
            ]
        return [(self._start + total / _UNITS, leaves) for total, leaves in zip(units, reached, strict=True)]

    def reasons(self, reached: int) -> list[str]:
        """Return the two reasons behind most of the negative leaves that were reached, most frequent first."""
        counts = sorted(
            [(-(found.bit_count()), reason) for reason, leaves in self._negative if (found := reached & leaves)]
        )
        return [reason for _, reason in counts[:2]]
