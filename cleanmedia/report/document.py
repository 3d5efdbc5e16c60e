"""One document of a report, and the lines that were dropped from it."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from cleanmedia.core.history import Trace
from cleanmedia.report.segments import Segment, rows, segments

__all__ = ["Document", "Sizes", "dropped_lines"]

_LONGEST_LINE = 300  # code points; a longer dropped line is not a widget's and is not counted


class Sizes(NamedTuple):
    """Code points that came in, and of how many edits took out and put in."""

    source: int
    deleted: int
    inserted: int


class Document(NamedTuple):
    """One document of the report."""

    name: str
    segments: tuple[Segment, ...]
    sizes: Sizes
    visible: Sizes  # the same without white space
    withheld: tuple[tuple[str, int], ...]  # filter, and how much it would have taken if the guard had not stepped in

    @classmethod
    def of(cls, name: str, trace: Trace) -> "Document":
        """A document as the report shows it. Raises nothing: a name may be any text."""
        row = segments(trace)
        withheld: dict[str, int] = {}
        for step in trace.withheld:
            withheld[step.filter] = withheld.get(step.filter, 0) + sum(map(len, step.removed))
        return cls(name, row, _sizes(row, len), _sizes(row, _visible), tuple(withheld.items()))

    @property
    def changed(self) -> tuple[int, int]:
        """How much was taken out and put in: what is visible, and all."""
        return self.visible.deleted + self.visible.inserted, self.sizes.deleted + self.sizes.inserted

    @property
    def loss(self) -> float:
        """The share of what is visible in the source that is gone, from 0 to 1."""
        return self.visible.deleted / (self.visible.source or 1)

    @property
    def at_stake(self) -> int:
        """How much would have gone if the guard had not stepped in; 0 where it did not."""
        return sum(size for _, size in self.withheld)


def dropped_lines(row: Iterable[Segment]) -> Iterator[tuple[str, str]]:
    """Lines with a word in them of which nothing is left, without the space around them, and who dropped most of each."""
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
