"""``cleanmedia learn``: find the lines and sentences that the pages of a site have in common."""

import argparse
import json
import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from cleanmedia.cli import formats
from cleanmedia.cli.errors import described
from cleanmedia.cli.inputs import Source, check_folder, check_name, check_outputs, inputs
from cleanmedia.cli.items import Item, items
from cleanmedia.cli.progress import Progress
from cleanmedia.cli.terminal import count, note, printable, write_stderr
from cleanmedia.core.parallel import WorkerDied, ordered
from cleanmedia.io.records import Document, Format
from cleanmedia.learning.catalogues import write_catalogues
from cleanmedia.learning.local import Learned, learn_tables
from cleanmedia.learning.query import Least
from cleanmedia.learning.rows import table
from cleanmedia.presets import REPAIR

__all__ = ["learn"]


def learn(options: argparse.Namespace) -> int:
    """Learn from the files of the options and return the exit code. Raises ValueError, OSError before anything is written."""
    if not options.paths and not options.update:
        raise ValueError("name a corpus to learn from, or files of templates to merge, with --update")
    notes: list[str] = []
    sources = inputs(options, notes)
    if any(source.format == "text" for source in sources):
        raise ValueError("a text file has no field with its page's host; learn takes JSON Lines, Parquet and WET")
    check_folder("--output", options.output)
    check_name("--output", options.output, "parquet")
    check_outputs(sources, None, {"--output": options.output})
    least = Least(options.least_pages, options.least_share)
    by = options.host_field  # None if it was not given
    options.host_field = by or "host"
    write_stderr("".join(notes))
    more = {"memory": options.memory, "update": options.update}
    learned = _learn(options, sources, options.output, least, partial(_check_hosts, by, "--by"), **more)
    if learned is None:
        return 2
    write_stderr(_summary(learned, least))
    if options.catalogues:
        write_catalogues(options.output, options.catalogues)
    return 0


def learn_first(options: argparse.Namespace, sources: list[Source], folder: str) -> str | None:
    """Learn from the files that are to be cleaned, for ``--learn``, and return the file of templates in ``folder``.

    Returns None if a file or record cannot be read; what is wrong was reported. Raises ValueError, OSError.
    """
    if any(source.path == "-" for source in sources):
        raise ValueError("--learn reads the files twice; standard input can be read once")
    if any(source.format == "text" for source in sources):
        raise ValueError(
            "a text file has no field with its page's host; --learn takes data sets: JSON Lines, Parquet and WET"
        )
    output = os.path.join(folder, "templates.parquet")
    learned = _learn(options, sources, output, Least(), partial(_check_hosts, options.by, "--host-field"))
    if learned is None:
        return None
    write_stderr("" if options.quiet else _summary(learned, Least()))
    return output


def _learn(
    options: argparse.Namespace,
    sources: list[Source],
    output: str,
    least: Least,
    check: Callable[[list[Source], dict[str, Format], Learned], None],
    **more: Any,
) -> Learned | None:
    """Learn from files with a progress bar; None if one cannot be read, which is reported. Raises ValueError, OSError."""
    used = {name: formats.make(name, options) for name in dict.fromkeys(source.format for source in sources)}
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
        accept = partial(check, sources, used)
        return learn_tables(tables(), output, least, threads=options.jobs, accept=accept, **more)
    except _Stopped as stopped:
        progress.write(str(stopped))
        return None
    except WorkerDied as error:
        raise ValueError(str(error)) from None
    finally:
        progress.close()


_REASONS = {  # why lines are kept, in words
    "row": "rows, ingredients or entries with a time",
    "answer": "below a question",
    "prose": "prose",
    "sentence": "short sentences",
    "numbers": "with numbers",
    "pair": "a name and its value",
    "text": "between lines of the text",
    "alone": "with other lines beside them on each page",
    "seldom": "sentences on too few pages to be sure",
}


def _summary(learned: Learned, least: Least) -> str:
    """Return what was learned, as lines for standard error."""
    lines, sentences = count(learned.lines, "line"), count(learned.sentences, "sentence")
    pages = f"{count(learned.pages, 'page')} of {count(learned.hosts, 'host')}"
    if not learned.hosts:
        pages = f"{count(learned.pages, 'page')} without a host"
    summary = note(f"{pages} {'has' if learned.pages == 1 else 'have'} {lines} in common, which --templates drops")
    if not learned.pages:
        summary = note(f"the merged templates have {lines}, which --templates drops")
    if learned.sentences:
        summary += note(f"and {sentences} at the head or tail of texts")
    if learned.withheld:
        summary += note(f"{learned.withheld:,} more recur, and are kept:")
        for reason, (number, example) in learned.reasons.items():
            summary += f"  {number:,} {_REASONS[reason]}, such as {printable(example)}\n"
    if learned.hosts and learned.without_host:
        summary += note(f"{count(learned.without_host, 'page')} without a host, compared with each other")
    if learned.small:
        summary += note(f"{count(learned.small, 'host')} with fewer than {least.pages} pages: too few to learn from")
    return summary


def _check_hosts(by: str | None, option: str, sources: list[Source], used: dict[str, Format], learned: Learned) -> None:
    """Raise ValueError if the host was looked for in the wrong field, or nothing was found; the old file is kept then."""
    if learned.hosts or not sources:
        return
    field = by or "host"
    told = f"no record has a host in {field!r}, so there is nothing to learn; {option} names the field"
    if by is not None or not learned.pages:
        raise ValueError(told)
    addresses = _addresses(sources, used)
    if addresses:
        raise ValueError(f"{told}, such as {option} {addresses[0]}")
    if not learned.lines + learned.sentences:
        raise ValueError(
            f"no record has a host in {field!r}, and nothing recurs in the texts as a whole; {option} names the field"
        )


def _addresses(sources: list[Source], used: dict[str, Format]) -> list[str]:
    """Return the names of the fields of the first record that hold an address."""
    first = next(item for item in items(sources[:1], used))
    record: Any = {}
    if first.format == "jsonl" and first.batch is not None:
        line = first.batch[1].lstrip().partition(b"\n")[0]
        record = json.loads(line.decode("utf-8-sig", "replace"))
    elif first.format == "parquet":
        record = first.batch.columns.slice(0, 1).to_pylist()[0]
    flat = dict(record) | {
        f"{name}.{inner}": each
        for name, value in record.items()
        if isinstance(value, dict)
        for inner, each in value.items()
    }
    return [
        name
        for name, value in flat.items()
        if isinstance(value, str) and value.startswith(("http://", "https://")) and " " not in value
    ]


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
            pages.append((document.host or "", REPAIR(document.text)))
            return document.text

        try:
            _, broken = self.formats[item.format].clean(item.batch, collect)
        except (OSError, ValueError) as error:
            return _Rows(item.number, failure=described(error, item.path))
        notes = "".join(note(f"{item.path}:{record}: {reason}") for record, reason, _ in broken)
        return _Rows(item.number, table(pages), item.position, notes)
