"""Report: what a report shows, gathered from one document after the other; those of several workers add up."""

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from cleanmedia.history import Trace
from cleanmedia.lines import fold
from cleanmedia.segments import Segment, rows, segments
from cleanmedia.stats import Stats

__all__ = ["Document", "DroppedLine", "Report"]

_LISTED = 10  # documents that lost the largest share, and as many in which a guard stepped in, are shown besides the most changed
_MOST_LINES = 100_000  # distinct dropped lines that are counted; when there are more, the rarer half is forgotten
_LONGEST_LINE = 300  # code points of a dropped line that are counted: what is longer is no widget's


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


class DroppedLine(NamedTuple):
    """A line that was dropped, as it was first seen: how often, by which filter, and the name of a document that had it."""

    text: str
    times: int
    filter: str
    example: str


class Report:
    """What the pipeline did to the documents that were added: ``documents`` of them, the most changed, are kept whole.

    So are a few more: those that lost the largest share, and some of those in which a guard stepped in.

    >>> from cleanmedia import NEWS
    >>> report = Report(documents=1)
    >>> report.add("one", NEWS.trace("So it was..  Really."))
    >>> report.add("two", NEWS.trace("So it was.\\nShare on Facebook\\nShare on X\\n"))
    >>> report.stats.documents, [document.name for document in report.most_changed]
    (2, ['two'])
    >>> report.frequent_lines(1)
    [DroppedLine(text='Share on Facebook', times=1, filter='widgets', example='two')]
    """

    def __init__(self, documents: int = 200) -> None:
        if documents < 0:
            raise ValueError(f"a report of {documents} documents; it takes at least 0")
        self.documents = documents
        self.stats = Stats()
        self.most_changed: list[Document] = []
        self.largest_loss: list[Document] = []
        self.guarded: list[Document] = []  # those of which the most would have gone
        self._lines: dict[str, DroppedLine] = {}  # by the line as fold() has it: without its bullet, in small letters

    def add(self, name: str, trace: Trace) -> None:
        """Count one more document, and keep it if it belongs to those that are shown."""
        self.stats.add(trace)
        document = Document.of(name, trace)
        self._keep([document], [document], [document])
        self._count([DroppedLine(line, 1, found, name) for line, found in dropped_lines(document.segments)])

    def __iadd__(self, other: "Report") -> "Report":
        """Take in what another report has, that of a worker say."""
        self.stats = self.stats + other.stats
        self._keep(other.most_changed, other.largest_loss, other.guarded)
        self._count(other._lines.values())
        return self

    def frequent_lines(self, most: int) -> list[DroppedLine]:
        """The lines that were dropped most often, and how often: at least, where there were more than can be counted.

        Case, accents and bullets make no other line.
        """
        return sorted(self._lines.values(), key=lambda line: (-line.times, line.text))[:most]

    def html(self, title: str = "cleanmedia report") -> str:
        """The report as one self-contained HTML file. It can be written as UTF-8 whatever the texts are made of."""
        from cleanmedia.report.page import html

        return html(self, title)

    def shown(self) -> list[Document]:
        """Every document that is kept whole, the most changed first."""
        known = {id(document): document for document in (*self.most_changed, *self.largest_loss, *self.guarded)}
        return _most(known.values(), len(known), _changed)

    def _keep(self, changed: list[Document], lossy: list[Document], guarded: list[Document]) -> None:
        listed = min(_LISTED, self.documents)
        self.most_changed = _most([*self.most_changed, *changed], self.documents, _changed)
        self.largest_loss = _most([*self.largest_loss, *filter(_loss, lossy)], listed, _loss)
        self.guarded = _most([*self.guarded, *filter(_at_stake, guarded)], listed, _at_stake)

    def _count(self, lines: Iterable[DroppedLine]) -> None:
        for line in lines:
            key = fold(line.text)
            before = self._lines.get(key)
            self._lines[key] = line if before is None else before._replace(times=before.times + line.times)
        if len(self._lines) > _MOST_LINES:
            self._lines = {fold(line.text): line for line in self.frequent_lines(_MOST_LINES // 2)}


def dropped_lines(row: Iterable[Segment]) -> Iterator[tuple[str, str]]:
    """Lines with a word in them of which nothing is left, without the space around them, and who dropped most of each."""
    for line in rows(row):
        if all(part.kind == "deleted" for part in line):
            text = "".join([part.text for part in line]).strip()
            if len(text) <= _LONGEST_LINE and any(map(str.isalnum, text)):
                yield text, max(line, key=lambda part: len(part.text)).filter


def _most(documents: Iterable[Document], most: int, by: Callable[[Document], Any]) -> list[Document]:
    return sorted(documents, key=by, reverse=True)[:most]


def _sizes(row: Iterable[Segment], size: Callable[[str], int]) -> Sizes:
    of: dict[str, int] = {"kept": 0, "deleted": 0, "inserted": 0}
    for segment in row:
        of[segment.kind] += size(segment.text)
    return Sizes(of["kept"] + of["deleted"], of["deleted"], of["inserted"])


def _visible(text: str) -> int:
    return sum(map(len, text.split()))


_changed, _loss, _at_stake = attrgetter("changed"), attrgetter("loss"), attrgetter("at_stake")
