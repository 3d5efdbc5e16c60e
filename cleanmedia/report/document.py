"""One document of a report, and its dropped lines."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from cleanmedia.core.history import Trace
from cleanmedia.report.segments import Segment, rows, segments

__all__ = ["Document", "Sizes", "dropped_lines"]

_LONGEST_LINE = 300  # code points; longer dropped lines are not widgets, and are not counted


class Sizes(NamedTuple):
    """Numbers of code points: of the source, deleted, and inserted."""

    source: int
    deleted: int
    inserted: int


class Document(NamedTuple):
    """One document of the report."""

    name: str
    segments: tuple[Segment, ...]
    sizes: Sizes
    visible: Sizes  # without white space
    edits: tuple[tuple[str, int], ...]  # filters, and how many edits each made: the numbers of Stats
    withheld: tuple[tuple[str, int], ...]  # filters, and how many code points each would have removed without the guard

    @classmethod
    def of(cls, name: str, trace: Trace) -> "Document":
        """Return a document as the report shows it. A name may be any text."""
        row = segments(trace)
        edits: dict[str, int] = {}
        for step in trace.steps:
            edits[step.filter] = edits.get(step.filter, 0) + len(step.edits)
        withheld: dict[str, int] = {}
        for step in trace.withheld:
            withheld[step.filter] = withheld.get(step.filter, 0) + sum(map(len, step.removed))
        return cls(name, row, _sizes(row, len), _sizes(row, _visible), tuple(edits.items()), tuple(withheld.items()))

    @property
    def changed(self) -> tuple[int, int]:
        """Return the numbers of changed code points: visible ones, and all."""
        return self.visible.deleted + self.visible.inserted, self.sizes.deleted + self.sizes.inserted

    @property
    def loss(self) -> float:
        """Return the share of the visible source that was deleted, from 0 to 1."""
        return self.visible.deleted / (self.visible.source or 1)

    @property
    def at_stake(self) -> int:
        """Return the number of code points that only the guard kept; 0 if it did not step in."""
        return sum(size for _, size in self.withheld)


def dropped_lines(row: Iterable[Segment]) -> Iterator[tuple[str, str]]:
    """Yield the dropped lines that have a letter or digit, stripped, each with the filter that dropped most of it."""
    for line in rows(row):
        if all(part.kind == "deleted" for part in line):
            text = "".join([part.text for part in line]).strip()
            if len(text) <= _LONGEST_LINE and any(map(str.isalnum, text)):
                yield text, max(line, key=lambda part: len(part.text)).filter


def _sizes(row: Iterable[Segment], size: Callable[[str], int]) -> Sizes:
    of: dict[str, int] = {"kept": 0, "deleted": 0, "inserted": 0}
    for segment in row:
        of[segment.kind] += size(segment.text)
    return Sizes(of["kept"] + of["deleted"], of["deleted"], of["inserted"])


def _visible(text: str) -> int:
    return sum(map(len, text.split()))
