"""The work on one batch of records, in a worker process."""

import argparse
import os
import sys
from typing import Any, NamedTuple

from cleanmedia.cli.errors import described
from cleanmedia.cli.hosts import Hosts
from cleanmedia.cli.inputs import State
from cleanmedia.cli.items import Item
from cleanmedia.cli.terminal import json_line, printable
from cleanmedia.core.context import given
from cleanmedia.core.history import Trace
from cleanmedia.core.pipeline import Pipeline
from cleanmedia.decoding.decode import Decoded
from cleanmedia.io.records import Broken, Document, Format
from cleanmedia.report.stats import Stats

TYPE_CHECKING = False  # typing.TYPE_CHECKING without the import
if TYPE_CHECKING:
    from cleanmedia.report.collect import Report

__all__ = ["Done", "Task"]


class Done(NamedTuple):
    """The result of an item."""

    number: int
    output: Any = None  # for the writer of the format; None at the end of a file
    shown: bytes = b""  # for standard output, when changes are shown and nothing is written
    notes: str = ""  # for standard error
    changed: bool = False
    hosts: "Hosts | None" = None
    title_known: bool = False  # of some document
    broken: tuple[Broken, ...] = ()
    stats: Stats | None = None
    report: "Report | None" = None
    position: int = 0
    state: State | None = None  # of the file when it was opened; at the end of a file
    failure: str = ""
    read_as: str = (
        ""  # how a text file was decoded, if --in-place rewrites it and not only the text changes but also the encoding
    )


class Task:
    """Cleans items as the options say. Picklable. Errors in a file are part of the result, not raised."""

    def __init__(self, options: argparse.Namespace, pipeline: Pipeline, formats: dict[str, Format]) -> None:
        self.options: argparse.Namespace = options
        self.pipeline: Pipeline = pipeline
        self.formats: dict[str, Format] = formats

    def __call__(self, item: Item) -> Done:
        if item.batch is None:
            return Done(item.number, state=item.state, failure=item.failure)
        cleaning = _Cleaning(self.options, self.pipeline, item.path)
        try:
            output, broken = self.formats[item.format].clean(item.batch, cleaning)
        except (OSError, ValueError, LookupError) as error:
            return Done(item.number, notes="".join(cleaning.notes), failure=described(error, item.path))
        return Done(
            item.number,
            output,
            "".join(cleaning.shown).encode("utf-8", "surrogatepass"),
            "".join(cleaning.notes),
            cleaning.changed,
            cleaning.hosts,
            cleaning.title_known,
            broken,
            cleaning.stats if self.options.stats or self.options.stats_json else None,
            cleaning.report,
            item.position,
            read_as=_read_as(cleaning.decoded, item.batch) if self.options.in_place and item.format == "text" else "",
        )


def _read_as(decoded: Decoded | None, data: bytes) -> str:
    """Return how the bytes of a text were decoded, for people; an empty string if they are plain UTF-8."""
    if decoded is None or decoded.text.encode("utf-8", "surrogatepass") == data:
        return ""
    if decoded.encoding == "utf-8-sig":
        return "UTF-8 with a byte-order mark"
    return f"UTF-8 ({decoded.evidence})" if decoded.encoding == "utf-8" else decoded.encoding


class _Cleaning:
    """Cleans documents, and collects what there is to report about them."""

    def __init__(self, options: argparse.Namespace, pipeline: Pipeline, path: str) -> None:
        self.options, self.pipeline, self.path = options, pipeline, path
        self.shown: list[str] = []
        self.notes: list[str] = []
        self.changed = False
        self.decoded: Decoded | None = None  # the last text that was changed, before it was
        self.hosts = Hosts(options)
        self.documents = 0
        self.title_known = True  # of some document, or there is none
        self.stats = Stats()
        self.report = _report(options)

    def __call__(self, document: Document) -> str:
        options, pipeline = self.options, given(self.pipeline, document.title, document.host)
        self.hosts.add(document.host)
        self.title_known = bool(document.title) or (self.title_known and self.documents > 0)
        self.documents += 1
        if options.verbose and document.decoded and document.first:
            from cleanmedia.cli.verbose import verbose

            self.notes.append(verbose(self.path, document.decoded, pipeline))
        if not (options.diff or options.explain or options.stats or options.stats_json or self.report is not None):
            clean = pipeline(document.text)
        else:
            trace = pipeline.trace(document.text)
            clean = trace.text
            self.stats.add(trace)
            if self.report is not None:
                self.report.add(self._location(document) if self.path != "-" else "standard input", trace)
            if options.diff:
                self.shown.append(_diff(trace, self._location(document)))
            elif options.explain:
                where = {"record": document.record, "field": document.field} if document.record else {}
                self.shown += [json_line({"path": self.path, **where, **entry._asdict()}) for entry in trace.log()]
        if clean != document.text:
            self.changed = True
            decoded = self.decoded = document.decoded
            if decoded and not decoded.certain and not options.accept_guess and self._rewrites():
                raise ValueError(
                    f"not rewritten, because its encoding is a weak guess ({decoded.encoding}, {decoded.evidence}); "
                    "name it with --encoding, or accept the guess with --accept-guess"
                )
            if options.check:
                self.shown.append(f"{printable(self._location(document))}: would change\n")
        return clean

    def _rewrites(self) -> bool:
        """Return whether the output replaces the input."""
        output = self.options.output
        return bool(
            self.options.in_place or (output and os.path.exists(output) and os.path.samefile(self.path, output))
        )

    def _location(self, document: Document) -> str:
        return f"{self.path}:{document.record}:{document.field}" if document.record else self.path


def _report(options: argparse.Namespace) -> "Report | None":
    if options.report is None:
        return None
    from cleanmedia.report.collect import Report

    return Report(options.report_documents)


def _diff(trace: Trace, location: str) -> str:
    """Return the changes in a form for people at a terminal, or for a pipe."""
    if not sys.stdout.isatty():
        from cleanmedia.cli.diff import diff

        return diff(trace, location)
    from shutil import get_terminal_size

    from cleanmedia.cli import diff_terminal

    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return diff_terminal.diff(trace, location, get_terminal_size().columns, colour)
