"""Cleaning files: lots of records go to the workers and come back in order, to be written."""

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
from cleanmedia.cli.statistics import table
from cleanmedia.cli.task import Done, Task
from cleanmedia.core.parallel import WorkerDied, ordered
from cleanmedia.io.records import Broken, Format
from cleanmedia.io.whole import remove_leftovers, write_whole
from cleanmedia.report.stats import Stats

__all__ = ["clean"]

_MOST_TOLD = 10  # broken records of a file that are told one by one


def clean(options: argparse.Namespace) -> int:
    """Clean the files of the options; returns the exit code. Raises ValueError, OSError before anything is written."""
    notes: list[str] = []
    if options.report is not None and not os.path.isdir(os.path.dirname(os.path.abspath(options.report))):
        raise FileNotFoundError(2, "the folder for the report is not there", options.report)
    sources = inputs(options, notes)
    _check_output(options, sources)
    check_side_files(options, sources, ("rejects", "stats_json", "report"))
    if options.templates and options.host is None and any(source.format == "text" for source in sources):
        raise ValueError("a file of text does not say its page's host; name it with --host")
    made = {name: formats.make(name, options) for name in dict.fromkeys(source.format for source in sources)}
    task = Task(options, pipeline(options), made)
    before: list[str] = []
    if options.resume:
        before = [source.path for source in sources if _is_done(source)]
        sources = [source for source in sources if source.path not in set(before)]
        remove_leftovers(source.target for source in sources if source.target)
        notes.append(f"cleanmedia: {len(before):,} files were done before, {len(sources):,} are to do\n")
    sys.stderr.write("".join(notes))
    run = _Run(options, made)
    with ExitStack() as stack:
        run.rejects = Rejects(options.rejects, before) if options.rejects else None
        on_terminal = sys.stdout.isatty() and not (options.output or options.in_place or options.output_dir)
        run.progress = Progress(sources, options.progress, on_terminal)
        stack.callback(run.progress.close)
        results = ordered(task, items(sources, made), options.jobs, most=1)
        stack.callback(getattr(results, "close", int))  # the workers end before the bar goes
        try:
            return run.files(sources, results)
        except BrokenPipeError:
            raise
        except WorkerDied as error:
            return fail(error)


def _check_output(options: argparse.Namespace, sources: list[Source]) -> None:
    """Raises ValueError where what comes of the files cannot go to one place."""
    if options.in_place or options.output_dir or options.diff or options.explain or options.check:
        return
    kinds = {source.format for source in sources}
    if len(kinds) > 1:
        raise ValueError(f"files of several formats ({', '.join(sorted(kinds))}) need --output-dir or --in-place")
    if kinds == {"parquet"} and (len(sources) > 1 or not options.output):
        raise ValueError("Parquet goes to a file for each: --output-dir, --in-place, or --output for a single one")


def _is_done(source: Source) -> bool:
    """Whether what came of a file is there, and not older than the file."""
    try:
        return os.path.getmtime(source.target or "") >= os.path.getmtime(source.path)
    except OSError:
        return False


class _Stopped(Exception):
    """A broken record was to stop the run."""


class _Run:
    """Takes what comes of the files, and puts it where it belongs."""

    rejects: Rejects | None = None
    progress: Progress

    def __init__(self, options: argparse.Namespace, made: dict[str, Format]) -> None:
        self._options, self._formats = options, made
        self._shows = options.diff or options.explain or options.check
        self._changed = self._failed = False
        self._stats = Stats()
        self._hosted = not options.templates or options.host is not None  # whether some page's host is known
        self._report = None
        if options.report is not None:
            from cleanmedia.report.collect import Report

            self._report = Report(options.report_documents)

    def files(self, sources: list[Source], results: Iterable[Done]) -> int:
        """All files; returns the exit code."""
        options = self._options
        common: Output | StandardOutput | None = None
        place = options.output or "standard output"
        if not (options.in_place or options.output_dir):
            common = Output(options.output, self._formats[sources[0].format]) if options.output else StandardOutput()
        try:
            for number, dones in groupby(results, key=lambda done: done.number):
                source = sources[number]
                place = source.target or place
                self._file(source, dones, common)
                self.progress.file_done(source)
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
        self._tell_stats()
        if self._failed:
            return 2
        return 1 if self._changed and (options.check or options.diff) else 0

    def _file(self, source: Source, dones: Iterable[Done], common: Output | StandardOutput | None) -> None:
        """One file, into the common output or its own."""
        output = common
        if source.target is not None:
            os.makedirs(os.path.dirname(source.target) or ".", exist_ok=True)
            output = Output(source.target, self._formats[source.format])
        assert output is not None
        broken: list[Broken] = []
        changed = failed = False
        try:
            for done in dones:
                self.progress.write(done.notes + done.failure)
                self.progress.at(done.position)
                failed = failed or bool(done.failure)
                self._hosted = self._hosted or done.hosted
                changed = changed or done.changed or bool(done.broken and self._options.on_error == "reject")
                self._tell(source, done, len(broken))
                broken += done.broken
                if done.stats is not None:
                    self._stats += done.stats
                if self._report is not None and done.report is not None:
                    self._report += done.report
                if self._shows:
                    StandardOutput().write(done.shown)
                elif done.output is not None and not failed:
                    output.write(done.output)
                if done.broken and self._options.on_error == "stop":
                    raise _Stopped
            if len(broken) > _MOST_TOLD:
                self.progress.write(f"cleanmedia: {source.path}: {len(broken):,} broken records in all\n")
            if not failed and not self._shows:
                if self.rejects:
                    self.rejects.add(source.path, broken)
                if source.target is not None and (changed or not self._options.in_place):
                    output.commit()
        finally:
            if source.target is not None:
                output.close()
        self._changed, self._failed = self._changed or changed, self._failed or failed

    def _tell(self, source: Source, done: Done, told: int) -> None:
        name = "standard input" if source.path == "-" else source.path
        for record, reason, _ in done.broken[: max(0, _MOST_TOLD - told)]:
            self.progress.write(f"cleanmedia: {name}:{record}: {reason}\n")

    def _tell_stats(self) -> None:
        if not self._hosted:
            field = self._options.host_field
            sys.stderr.write(
                f"cleanmedia: no record has a host in {field!r}, so no line went by --templates; --host-field names it\n"
            )
        if self._options.stats:
            sys.stderr.write(table(self._stats))
        if self._options.stats_json:
            write_whole(self._options.stats_json, [json.dumps(self._stats.as_dict(), indent=2).encode() + b"\n"])
        if self._report is not None:
            write_whole(self._options.report, [self._report.html().encode()])
