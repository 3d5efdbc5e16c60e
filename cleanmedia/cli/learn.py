"""``cleanmedia learn``: find the lines that the pages of a site have in common."""

import argparse
from collections.abc import Iterator
from typing import Any, NamedTuple

from cleanmedia.cli import formats
from cleanmedia.cli.errors import described
from cleanmedia.cli.inputs import check_name, check_outputs, inputs
from cleanmedia.cli.items import Item, items
from cleanmedia.cli.progress import Progress
from cleanmedia.cli.terminal import note, printable, write_stderr
from cleanmedia.core.parallel import WorkerDied, ordered
from cleanmedia.io.records import Document, Format
from cleanmedia.learning.catalogues import write_catalogues
from cleanmedia.learning.local import learn_tables
from cleanmedia.learning.query import Least
from cleanmedia.learning.rows import table
from cleanmedia.presets import REPAIR

__all__ = ["learn"]


def learn(options: argparse.Namespace) -> int:
    """Learn from the files of the options and return the exit code. Raises ValueError, OSError before anything is written."""
    notes: list[str] = []
    sources = inputs(options, notes)
    if any(source.format == "text" for source in sources):
        raise ValueError("a text file does not say its page's host; learn takes JSON Lines, Parquet and WET")
    check_name("--output", options.output, "parquet")
    check_outputs(sources, None, {"--output": options.output})
    used = {name: formats.make(name, options) for name in dict.fromkeys(source.format for source in sources)}
    write_stderr("".join(notes))
    progress = Progress(sources, options.progress, False)

    def tables() -> Iterator[Any]:
        number = 0
        for read in ordered(_Read(used), items(sources, used), options.jobs, most=1):
            if read.number != number:
                progress.file_done(sources[number])
                number = read.number
            progress.at(read.position)
            progress.write(read.notes)
            if read.failure:
                raise _Stopped(read.failure)
            if read.notes and options.on_error == "stop":
                raise _Stopped
            if read.table is not None:
                yield read.table

    try:
        learned = learn_tables(
            tables(),
            options.output,
            Least(options.least_pages, options.least_share),
            memory=options.memory,
            threads=options.jobs,
        )
    except _Stopped as stopped:
        progress.write(str(stopped))
        return 2
    except WorkerDied as error:
        raise ValueError(str(error)) from None
    finally:
        progress.close()
    pages, hosts, lines, withheld, examples = learned
    summary = note(f"{pages:,} pages of {hosts:,} hosts have {lines:,} lines in common, which --templates drops")
    if withheld:
        summary += note(f"{withheld:,} more are prose, and stay:")
        summary += "".join(f"  {printable(line)}\n" for line in examples)
    if not pages:
        summary = note(
            f"no record has a host in {options.host_field!r}, so there is nothing to learn; --by names the field"
        )
    write_stderr(summary)
    if options.catalogues:
        write_catalogues(options.output, options.catalogues)
    return 0


class _Stopped(Exception):
    """A file or record cannot be read. The message is empty if the error was reported before."""


class _Rows(NamedTuple):
    """The rows of a batch, or why there are none."""

    number: int
    table: Any = None
    position: int = 0
    notes: str = ""
    failure: str = ""


class _Read:
    """Turns a batch of records into rows, in a worker process. Picklable."""

    def __init__(self, formats: dict[str, Format]) -> None:
        self.formats = formats

    def __call__(self, item: Item) -> _Rows:
        if item.batch is None:
            return _Rows(item.number, failure=item.failure)
        pages: list[tuple[str, str]] = []

        def collect(document: Document) -> str:
            if document.host:
                pages.append((document.host, REPAIR(document.text)))
            return document.text

        try:
            _, broken = self.formats[item.format].clean(item.batch, collect)
        except (OSError, ValueError) as error:
            return _Rows(item.number, failure=described(error, item.path))
        notes = "".join(note(f"{item.path}:{record}: {reason}") for record, reason, _ in broken)
        return _Rows(item.number, table(pages), item.position, notes)
