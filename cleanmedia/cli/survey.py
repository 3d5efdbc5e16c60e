"""``cleanmedia survey``: count the dirt of a corpus."""

import argparse
from typing import NamedTuple

from cleanmedia.cli import formats
from cleanmedia.cli.errors import described, fail
from cleanmedia.cli.inputs import inputs
from cleanmedia.cli.items import Item, items
from cleanmedia.cli.progress import Progress
from cleanmedia.cli.stdout import write_stdout
from cleanmedia.cli.terminal import count, note, printable, write_stderr
from cleanmedia.core.parallel import WorkerDied, ordered
from cleanmedia.io.records import Document, Format
from cleanmedia.report.survey import Survey, option

__all__ = ["survey"]


def survey(options: argparse.Namespace) -> int:
    """Survey the files of the options and return the exit code. Raises ValueError, OSError before anything is written."""
    notes: list[str] = []
    sources = inputs(options, notes)
    used = {name: formats.make(name, options) for name in dict.fromkeys(source.format for source in sources)}
    write_stderr("".join(notes))
    progress = Progress(sources, options.progress, False)
    total = Survey()
    failed = False
    number = 0
    try:
        for part in ordered(_Look(used), items(sources, used), options.jobs, most=1):
            if part.number != number:
                progress.file_done(sources[number])
                number = part.number
            progress.at(part.position)
            progress.write(part.notes + part.failure)
            failed = failed or bool(part.failure) or bool(part.notes and options.on_error == "stop")
            total += part.survey
            if failed:
                break
    except WorkerDied as error:
        return fail(error)
    finally:
        progress.close()
    if failed:
        return 2
    write_stdout(_table(total).encode("utf-8", "surrogatepass"))
    return 0


class _Part(NamedTuple):
    """What a batch has."""

    number: int
    survey: Survey
    position: int = 0
    notes: str = ""
    failure: str = ""


class _Look:
    """Surveys a batch of records, in a worker process. Picklable."""

    def __init__(self, formats: dict[str, Format]) -> None:
        self.formats = formats

    def __call__(self, item: Item) -> _Part:
        found = Survey()
        if item.batch is None:
            return _Part(item.number, found, failure=item.failure)

        def look(document: Document) -> str:
            found.add(document.text, document.title)
            return document.text

        try:
            _, broken = self.formats[item.format].clean(item.batch, look)
        except (OSError, ValueError, LookupError) as error:
            return _Part(item.number, found, failure=described(error, item.path))
        notes = "".join(note(f"{item.path}:{record}: {reason}") for record, reason, _ in broken)
        return _Part(item.number, found, item.position, notes)


def _table(total: Survey) -> str:
    """Return a line for each kind of dirt, with examples below it. All that comes from the corpus is escaped for terminals."""
    rows = [count(total.documents, "document")]
    if not total.kinds():
        rows.append("no dirt that cleanmedia knows")
    else:
        rows.append(f"{'removed by':18}{'documents':>10}{'per 1,000':>11}{'places':>9}  switched on")
    for kind in total.kinds():
        share = kind.documents * 1000 / total.documents
        switch = option(kind.filter) or "by default"
        rows.append(f"{kind.filter:18}{kind.documents:10,}{share:11.1f}{kind.places:9,}  {switch}")
        for before, gone, new, behind in kind.examples:
            change = f"[-{printable(gone)}-]" if gone else ""
            change += f"{{+{printable(new)}+}}" if new else ""
            rows.append(f"    {printable(before)}{change}{printable(behind)}")
    return "".join(row + "\n" for row in rows)
