"""Report: the content of a report, collected from one document after the other. Reports of several workers add up."""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from cleanmedia.core.history import Trace
from cleanmedia.page.fold import fold
from cleanmedia.report.document import Document, dropped_lines
from cleanmedia.report.stats import Stats

__all__ = ["DroppedLine", "Report"]

_LISTED = 10  # documents shown besides the most changed: with the largest losses, and as many where a guard stepped in
_FREQUENT = 25  # dropped lines in the summary
_MOST_LINES = 100_000  # distinct dropped lines to count; if there are more, the rarer half is forgotten


class DroppedLine(NamedTuple):
    """A dropped line as first seen: how often it was dropped, by which filter, and the name of a document that has it."""

    text: str
    times: int
    filter: str
    example: str


class Report:
    """What a pipeline did to the documents that were added. The ``documents`` most-changed ones are kept as a whole.

    So are a few more: those that lost the largest share, and some where a guard stepped in.

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
        self.stats: Stats = Stats()
        self.most_changed: list[Document] = []
        self.largest_loss: list[Document] = []
        self.guarded: list[Document] = []  # those that would have lost most
        self._lines: dict[str, DroppedLine] = {}  # by the comparison key of the line: without its bullet, in lower case

    def add(self, name: str, trace: Trace) -> None:
        """Count a document, and keep it if it is among those to show."""
        self.stats.add(trace)
        document = Document.of(name, trace)
        self._keep([document], [document], [document])
        self._count([DroppedLine(line, 1, found, name) for line, found in dropped_lines(document.segments)])

    def __iadd__(self, other: "Report") -> "Report":
        """Add another report, such as that of a worker."""
        self.stats = self.stats + other.stats
        self._keep(other.most_changed, other.largest_loss, other.guarded)
        self._count(other._lines.values())
        return self

    def frequent_lines(self, most: int) -> list[DroppedLine]:
        """Return the lines that were dropped most often. Counts are lower bounds if there were too many lines to count.

        Lines that differ in case, accents or bullets only are the same line.
        """
        return sorted(self._lines.values(), key=lambda line: (-line.times, line.text))[:most]

    def html(self, title: str = "cleanmedia report", provenance: Mapping[str, Any] | None = None) -> str:
        """Return the report as one self-contained HTML file. Any texts can be encoded in UTF-8, lone surrogates included.

        ``provenance`` says how the texts were cleaned, as :func:`cleanmedia.specs.provenance` does.
        """
        from cleanmedia.report.page import html

        return html(title, {**self._data(), "provenance": provenance})

    def _data(self) -> dict[str, Any]:
        """Return the content of the report, for JSON. See :func:`cleanmedia.report.page.tables` for the form of documents."""
        from cleanmedia.report.page import tables

        shown = self.shown()
        order = {id(document): number for number, document in enumerate(shown)}
        return {
            **tables(shown, self.stats.filters),
            "stats": self.stats.as_dict(),
            "lines": self._where_seen(self.frequent_lines(_FREQUENT), shown),
            "losses": [order[id(document)] for document in self.largest_loss],
            "guarded": [order[id(document)] for document in self.guarded],
        }

    @staticmethod
    def _where_seen(lines: list[DroppedLine], shown: list[Document]) -> list[dict[str, Any]]:
        """Return the dropped lines, each with the number of a document that shows it, and its text there."""
        numbers = {document.name: number for number, document in reversed(list(enumerate(shown)))}
        seen = {fold(line.text): (numbers[line.example], line.text) for line in lines if line.example in numbers}
        wanted = {fold(line.text) for line in lines} - seen.keys()
        for number, document in enumerate(shown if wanted else ()):
            for text, _ in dropped_lines(document.segments):
                if fold(text) in wanted:
                    seen.setdefault(fold(text), (number, text))
        return [
            {"text": text, "count": times, "filter": name, "name": example, "at": seen.get(fold(text))}
            for text, times, name, example in lines
        ]

    def shown(self) -> list[Document]:
        """Return every document that is kept as a whole, those that lost the largest share first."""
        known = {id(document): document for document in (*self.most_changed, *self.largest_loss, *self.guarded)}
        return _most(known.values(), len(known), lambda document: (document.loss, *document.changed))

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


def _most(documents: Iterable[Document], most: int, by: Callable[[Document], Any]) -> list[Document]:
    return sorted(documents, key=by, reverse=True)[:most]


_changed, _loss, _at_stake = attrgetter("changed"), attrgetter("loss"), attrgetter("at_stake")
