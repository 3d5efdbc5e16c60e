"""Clean files: workers clean batches of records, which are written in the order of the input."""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from itertools import groupby

from cleanmedia.cli import formats
from cleanmedia.cli.errors import fail
from cleanmedia.cli.inputs import Source, check_side_files, inputs
from cleanmedia.cli.items import items
from cleanmedia.cli.output import Output, StandardOutput
from cleanmedia.cli.pipeline import pipeline
from cleanmedia.cli.progress import Progress
from cleanmedia.cli.rejects import Rejects
from cleanmedia.cli.task import Done, Task
from cleanmedia.core.parallel import WorkerDied, ordered
from cleanmedia.io.records import Broken, Format
from cleanmedia.io.whole import remove_leftovers, write_whole
from cleanmedia.report.stats import Stats

__all__ = ["clean"]

_MOST_SHOWN = 10  # broken records of a file that are reported one by one


def clean(options: argparse.Namespace) -> int:
    """Clean the files of the options and return the exit code. Raises ValueError, OSError before anything is written."""
    notes: list[str] = []
    if options.report is not None and not os.path.isdir(os.path.dirname(os.path.abspath(options.report))):
        raise FileNotFoundError(2, "the folder for the report does not exist", options.report)
    sources = inputs(options, notes)
    _check_output(options, sources)
    check_side_files(options, sources, ("rejects", "stats_json", "report"))
    if options.templates and options.host is None and any(source.format == "text" for source in sources):
        raise ValueError("a text file does not say its page's host; name it with --host")
    used = {name: formats.make(name, options) for name in dict.fromkeys(source.format for source in sources)}
    task = Task(options, pipeline(options), used)
    finished: list[str] = []
    if options.resume:
        finished = [source.path for source in sources if _is_finished(source)]
        sources = [source for source in sources if source.path not in set(finished)]
        remove_leftovers(source.target for source in sources if source.target)
        notes.append(f"cleanmedia: {len(finished):,} files were done before, {len(sources):,} are to do\n")
    sys.stderr.write("".join(notes))
    with ExitStack() as stack:
        rejects = Rejects(options.rejects, finished) if options.rejects else None
        on_terminal = sys.stdout.isatty() and not (options.output or options.in_place or options.output_dir)
        progress = Progress(sources, options.progress, on_terminal)
        stack.callback(progress.close)
        results = ordered(task, items(sources, used), options.jobs, most=1)
        stack.callback(getattr(results, "close", int))  # end the workers before the progress bar
        try:
            return _Run(options, used, progress, rejects).files(sources, results)
        except BrokenPipeError:
            raise
        except WorkerDied as error:
            return fail(error)


def _check_output(options: argparse.Namespace, sources: list[Source]) -> None:
    """Raise ValueError if the output of the files cannot go to one place."""
    if options.in_place or options.output_dir or options.diff or options.explain or options.check:
        return
    kinds = {source.format for source in sources}
    if len(kinds) > 1:
        raise ValueError(f"files of several formats ({', '.join(sorted(kinds))}) need --output-dir or --in-place")
    if kinds == {"parquet"} and (len(sources) > 1 or not options.output):
        raise ValueError("Parquet goes to a file for each: --output-dir, --in-place, or --output for a single one")


def _is_finished(source: Source) -> bool:
    """Return whether the output of a file exists and is not older than the file."""
    try:
        return os.path.getmtime(source.target or "") >= os.path.getmtime(source.path)
    except OSError:
        return False


class _Stopped(Exception):
    """A broken record stops the run."""


class _Run:
    """Writes the results to where they belong, and adds up what there is to report."""

    def __init__(
        self, options: argparse.Namespace, used: dict[str, Format], progress: Progress, rejects: Rejects | None
    ) -> None:
        self._options, self._formats, self._progress, self._rejects = options, used, progress, rejects
        self._shows = options.diff or options.explain or options.check
        self._changed = self._failed = False
        self._stats = Stats()
        self._host_known = not options.templates or options.host is not None  # of some page
        self._report = None
        if options.report is not None:
            from cleanmedia.report.collect import Report

            self._report = Report(options.report_documents)

    def files(self, sources: list[Source], results: Iterable[Done]) -> int:
        """Write the results of all files and return the exit code."""
        options = self._options
        common: Output | StandardOutput | None = None
        place = options.output or "standard output"
        if not (options.in_place or options.output_dir):
            common = Output(options.output, self._formats[sources[0].format]) if options.output else StandardOutput()
        try:
            for number, of_file in groupby(results, key=lambda done: done.number):
                source = sources[number]
                place = source.target or place
                self._file(source, of_file, common)
                self._progress.file_done(source)
            if common and not self._failed:
                common.commit()
        except _Stopped:
            self._failed = True
        except BrokenPipeError:
            raise
        except OSError as error:
            return fail(error, place)
        finally:
            if common:
                common.close()
        self._summary()
        if self._failed:
            return 2
        return 1 if self._changed and (options.check or options.diff) else 0

    def _file(self, source: Source, results: Iterable[Done], common: Output | StandardOutput | None) -> None:
        """Write the results of one file to the common output, or to its own."""
        if common is not None:
            self._batches(source, results, common)
            return
        assert source.target is not None
        os.makedirs(os.path.dirname(source.target) or ".", exist_ok=True)
        output = Output(source.target, self._formats[source.format])
        try:
            changed, failed = self._batches(source, results, output)
            if not failed and (changed or not self._options.in_place):
                output.commit()
        finally:
            output.close()

    def _batches(self, source: Source, results: Iterable[Done], output: Output | StandardOutput) -> tuple[bool, bool]:
        """Write the batches of a file. Return whether the file changed, and whether it failed."""
        broken: list[Broken] = []
        changed = failed = False
        for done in results:
            failed = failed or bool(done.failure)
            changed = changed or done.changed or bool(done.broken and self._options.on_error == "reject")
            self._tell(source, done, len(broken))
            broken += done.broken
            self._count(done)
            if self._shows:
                StandardOutput().write(done.shown)
            elif done.output is not None and not failed:
                output.write(done.output)
            if done.broken and self._options.on_error == "stop":
                raise _Stopped
        if len(broken) > _MOST_SHOWN:
            self._progress.write(f"cleanmedia: {source.path}: {len(broken):,} broken records in all\n")
        if self._rejects and not failed and not self._shows:
            self._rejects.add(source.path, broken)
        self._changed, self._failed = self._changed or changed, self._failed or failed
        return changed, failed

    def _tell(self, source: Source, done: Done, shown: int) -> None:
        """Report on standard error what went wrong; ``shown`` is the number of broken records reported before."""
        self._progress.write(done.notes + done.failure)
        self._progress.at(done.position)
        name = "standard input" if source.path == "-" else source.path
        for record, reason, _ in done.broken[: max(0, _MOST_SHOWN - shown)]:
            self._progress.write(f"cleanmedia: {name}:{record}: {reason}\n")

    def _count(self, done: Done) -> None:
        self._host_known = self._host_known or done.host_known
        if done.stats is not None:
            self._stats += done.stats
        if self._report is not None and done.report is not None:
            self._report += done.report

    def _summary(self) -> None:
        """Write what the options ask for at the end of a run."""
        if not self._host_known:
            sys.stderr.write(
                f"cleanmedia: no record has a host in {self._options.host_field!r}, so --templates dropped nothing; "
                "--host-field names the field\n"
            )
        if self._options.stats:
            from cleanmedia.cli.statistics import table

            sys.stderr.write(table(self._stats))
        if self._options.stats_json:
            write_whole(self._options.stats_json, [json.dumps(self._stats.as_dict(), indent=2).encode() + b"\n"])
        if self._report is not None:
            write_whole(self._options.report, [self._report.html().encode()])
