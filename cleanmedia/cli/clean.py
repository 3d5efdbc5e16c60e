"""Clean files: workers clean batches of records, which are written in the order of the input."""

import argparse
import os
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from itertools import groupby
from typing import Any, NamedTuple

from cleanmedia.cli import formats
from cleanmedia.cli.errors import fail
from cleanmedia.cli.hosts import Hosts
from cleanmedia.cli.inputs import NAMES, Source, State, check_folder, check_name, check_outputs, inputs, state_of
from cleanmedia.cli.items import items
from cleanmedia.cli.output import Joined, Output, StandardOutput
from cleanmedia.cli.pipeline import pipeline
from cleanmedia.cli.progress import Progress
from cleanmedia.cli.task import Done, Task
from cleanmedia.cli.terminal import count, note, write_stderr
from cleanmedia.core.parallel import WorkerDied, ordered
from cleanmedia.core.pipeline import Pipeline
from cleanmedia.io.records import Broken, Format
from cleanmedia.io.whole import remove_leftovers, write_whole
from cleanmedia.report.stats import Stats

TYPE_CHECKING = False  # typing.TYPE_CHECKING without the import
if TYPE_CHECKING:
    from cleanmedia.cli.finished import Finished
    from cleanmedia.cli.rejects import Rejects

__all__ = ["clean"]

_MOST_SHOWN = 10  # broken records of a file that are reported one by one


def clean(options: argparse.Namespace) -> int:
    """Clean the files of the options and return the exit code. Raises ValueError, OSError before anything is written."""
    with ExitStack() as stack:
        return _clean(options, stack)


def _clean(options: argparse.Namespace, stack: ExitStack) -> int:
    notes: list[str] = []
    if options.paths == ["-"] and sys.stdin.isatty():
        notes.append(note("reads text from the terminal until Ctrl-D; cleanmedia --help shows what else it reads"))
        write_stderr(notes.pop() if not options.quiet else "")
    sources = inputs(options, notes)
    _check_outputs(options, sources)
    if options.templates and options.host is None and any(source.format == "text" for source in sources):
        raise ValueError("a text file has no field with its page's host; name it with --host")
    options.formats = {source.format for source in sources}
    learned = None
    if options.learn:
        learned = _learned(options, sources, stack)
        if learned is None:
            return 2
        options.templates = [*(options.templates or ()), learned]
    made = pipeline(options)
    if options.report or options.stats_json or "parquet" in options.formats:
        options.provenance = _provenance(made, learned)
    used = {name: formats.make(name, options) for name in dict.fromkeys(source.format for source in sources)}
    task = Task(options, made, used)
    finished = _finished(options)
    if finished and options.resume:
        total = len(sources)
        sources = [source for source in sources if not finished.has(source)]
        remove_leftovers(source.target for source in sources if source.target)
        notes.append(note(f"{count(total - len(sources), 'file')} done before, {len(sources):,} to do"))
    rejects = _rejects(options, sources)
    if finished:
        finished.begin(sources)
    write_stderr("" if options.quiet else "".join(notes))
    on_terminal = sys.stdout.isatty() and not (options.output or options.in_place or options.output_dir)
    progress = Progress(sources, False if options.quiet else options.progress, on_terminal)
    stack.callback(progress.close)
    results = ordered(task, items(sources, used), options.jobs, most=1)
    stack.callback(getattr(results, "close", int))  # end the workers before the progress bar
    try:
        return _Run(options, used, progress, rejects, finished).files(sources, results)
    except BrokenPipeError:
        raise
    except WorkerDied as error:
        return fail(error)


def _learned(options: argparse.Namespace, sources: list[Source], stack: ExitStack) -> str | None:
    """Return a temporary file of what the pages of the files share, for --learn; None if one cannot be read."""
    from tempfile import TemporaryDirectory

    from cleanmedia.cli.learn import learn_first

    return learn_first(options, sources, stack.enter_context(TemporaryDirectory(prefix="cleanmedia-")))


def _provenance(made: Pipeline, learned: str | None) -> dict[str, Any]:
    """Return how the texts are cleaned. What was learned from them is named by its digest, so that each run tells the same."""
    from cleanmedia.specs import provenance

    if learned is None:
        return provenance(made)
    from cleanmedia.cli.finished import digest

    return provenance(made, {learned: f"learned from the input, sha256 {digest(learned)}"})


def _check_outputs(options: argparse.Namespace, sources: list[Source]) -> None:
    """Raise ValueError if the outputs cannot go where the options say."""
    more = {"--rejects": options.rejects, "--stats-json": options.stats_json, "--report": options.report}
    settings = {"--phrases": options.phrases, "--templates": options.templates or []}
    settings["--config"] = [] if options.config is None else [options.config]
    to_stdout = not (options.output or options.in_place or options.output_dir)
    check_outputs(sources, options.output, more, to_stdout, settings)
    for option, path in {"--output": options.output, **more}.items():
        if path is None:
            continue
        check_folder(option, path)
        if os.path.isdir(path):
            raise IsADirectoryError(21, f"is a folder; {option} takes a file", path)
    for (option, path), form in zip(more.items(), ("jsonl", "jsonl", "html"), strict=True):
        if path is not None:
            check_name(option, path, form)
    if options.in_place or options.output_dir or options.diff or options.explain or options.check:
        return
    kinds = {source.format for source in sources}
    if len(kinds) > 1:
        raise ValueError(f"files of several formats ({', '.join(sorted(kinds))}) need --output-dir or --in-place")
    if kinds == {"parquet"} and (len(sources) > 1 or not options.output):
        raise ValueError(
            "Parquet goes to a file for each input: --output-dir, --in-place, or --output for a single one"
        )
    if kinds & {"csv", "tsv", "json"} and len(sources) > 1:
        raise ValueError(f"several files of {NAMES[kinds.pop()]} are not joined; use --output-dir or --in-place")
    if options.output:
        check_name("--output", options.output, sources[0].format, compressible=True)


def _finished(options: argparse.Namespace) -> "Finished | None":
    """Return what --output-dir holds already, as far as --resume wants to know. Raises ValueError, OSError."""
    if options.output_dir is None:
        return None
    from cleanmedia.cli.finished import Finished

    finished = Finished(options.output_dir, options)
    if options.resume:
        finished.resume()
    return finished


def _rejects(options: argparse.Namespace, to_do: list[Source]) -> "Rejects | None":
    """Return where broken records go. Raises ValueError, OSError."""
    if options.rejects is None:
        return None
    from cleanmedia.cli.rejects import Rejects

    return Rejects(options.rejects, [source.path for source in to_do] if options.resume else None)


class _Outcome(NamedTuple):
    """What came of a file."""

    changed: bool  # whether its output differs
    failed: bool  # whether it could not be read or cleaned
    state: State | None  # when it was opened
    broken: list[Broken]
    read_as: str  # the encoding of a text file that is rewritten in another; else empty


class _Stopped(Exception):
    """A broken record stops the run."""


class _Run:
    """Writes the results to where they belong, and adds up what there is to report."""

    def __init__(
        self,
        options: argparse.Namespace,
        used: dict[str, Format],
        progress: Progress,
        rejects: "Rejects | None",
        finished: "Finished | None",
    ) -> None:
        self._options, self._formats, self._progress = options, used, progress
        self._rejects, self._finished = rejects, finished
        self._shows = options.diff or options.explain or options.check
        self._changed = self._failed = False
        self._stats = Stats()
        self._title_known = options.title_field is None  # of some page
        self._hosts = Hosts(options)
        self._report = None
        if options.report is not None:
            from cleanmedia.report.collect import Report

            self._report = Report(options.report_documents)

    def files(self, sources: list[Source], results: Iterable[Done]) -> int:
        """Write the results of all files and return the exit code."""
        options = self._options
        common: Joined | None = None
        if not (options.in_place or options.output_dir):
            form = sources[0].format
            output = Output(options.output, self._formats[form]) if options.output else StandardOutput()
            common = Joined(output, lines=form == "jsonl")
        try:
            for number, of_file in groupby(results, key=lambda done: done.number):
                if common is not None:
                    self._into_common(sources[number], of_file, common)
                else:
                    self._into_own(sources[number], of_file)
                self._progress.file_done(sources[number])
            if not self._title_known and not self._failed:
                self._failed = True
                field = self._options.title_field
                self._progress.write(note(f"no record has a headline in {field!r}; --title-field names another field"))
            if common and not self._failed:
                common.commit()
        except _Stopped:
            self._failed = True
        except BrokenPipeError:
            raise
        except OSError as error:
            return fail(error)
        finally:
            if common:
                common.close()
        self._summary()
        if self._failed:
            return 2
        return 1 if self._changed and (options.check or options.diff) and not options.exit_zero else 0

    def _into_common(self, source: Source, results: Iterable[Done], common: Joined) -> None:
        """Write the results of a file to the output of all."""
        common.next_file()
        outcome = self._batches(source, results, common)
        if not outcome.failed:
            self._reject(source, outcome)

    def _into_own(self, source: Source, results: Iterable[Done]) -> None:
        """Write the results of a file to its own output."""
        assert source.target is not None
        os.makedirs(os.path.dirname(source.target) or ".", exist_ok=True)
        output = Output(source.target, self._formats[source.format])
        try:
            outcome = self._batches(source, results, output)
            in_place = self._options.in_place
            if outcome.failed or (in_place and not outcome.changed):
                return
            if in_place and outcome.state != state_of(os.stat(source.path)):
                self._failed = True
                self._progress.write(note(f"{source.path}: not rewritten, because it changed while it was read"))
                return
            self._reject(source, outcome)
            output.commit()
            if outcome.read_as and not self._options.quiet:
                self._progress.write(note(f"{source.path}: {outcome.read_as}, written as UTF-8"))
            if self._finished and outcome.state:
                self._finished.add(source, outcome.state)
        finally:
            output.close()

    def _batches(self, source: Source, results: Iterable[Done], output: Joined | Output) -> _Outcome:
        """Write the batches of a file."""
        broken: list[Broken] = []
        changed = failed = False
        state = None
        read_as = ""
        for done in results:
            state = done.state
            read_as = read_as or done.read_as
            failed = failed or bool(done.failure)
            changed = changed or done.changed or bool(done.broken and self._options.on_error == "reject")
            if not (self._options.quiet and self._options.on_error != "stop" and not done.failure):
                self._tell(source, done, len(broken))
            broken += done.broken
            self._count(done)
            if self._shows:
                StandardOutput().write(done.shown)
            elif done.output is not None and not failed:
                output.write(done.output)
            if done.broken and self._options.on_error == "stop":
                raise _Stopped
        if len(broken) > _MOST_SHOWN and not self._options.quiet:
            self._progress.write(note(f"{source.path}: {len(broken):,} broken records in all"))
        self._changed, self._failed = self._changed or changed, self._failed or failed
        return _Outcome(changed, failed, state, broken, read_as)

    def _reject(self, source: Source, outcome: _Outcome) -> None:
        """Write the broken records of a file to --rejects."""
        if self._rejects and not self._shows:
            self._rejects.add(source.path, outcome.broken)

    def _tell(self, source: Source, done: Done, shown: int) -> None:
        """Report on standard error what went wrong; ``shown`` is the number of broken records reported before."""
        self._progress.write(done.notes + done.failure)
        self._progress.at(done.position)
        name = "standard input" if source.path == "-" else source.path
        for record, reason, _ in done.broken[: max(0, _MOST_SHOWN - shown)]:
            self._progress.write(note(f"{name}:{record}: {reason}"))

    def _count(self, done: Done) -> None:
        self._title_known = self._title_known or done.title_known
        if done.hosts is not None:
            self._hosts += done.hosts
        if done.stats is not None:
            self._stats += done.stats
        if self._report is not None and done.report is not None:
            self._report += done.report

    def _summary(self) -> None:
        """Write what the options ask for at the end of a run."""
        write_stderr(self._hosts.note())
        if not (self._options.stats or self._options.stats_json or self._report is not None):
            return
        hosts = self._hosts.as_dict()
        templates = {"templates": hosts} if hosts else {}
        if self._options.stats:
            from cleanmedia.cli.statistics import table

            write_stderr(table(self._stats) + Hosts.table(hosts))
        if self._options.stats_json:
            import json

            values = {**self._stats.as_dict(), "cleanmedia": self._options.provenance, **templates}
            write_whole(self._options.stats_json, [json.dumps(values, indent=2).encode() + b"\n"])
        if self._report is not None:
            provenance = {**self._options.provenance, **templates}
            write_whole(self._options.report, [self._report.html(provenance=provenance).encode()])
