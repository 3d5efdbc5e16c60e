"""What the command line does once its options are read."""

import argparse
import sys
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from cleanmedia import filters
from cleanmedia.catalogue import catalogue, languages
from cleanmedia.cli.files import read_bytes, write_stdout, write_whole
from cleanmedia.decoding import decode
from cleanmedia.history import Trace
from cleanmedia.pipeline import Pipeline
from cleanmedia.presets import PRESETS

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Do what the options say; returns the exit code."""
    try:
        if options.command == "explain":
            return _explain(options.name)
        if options.command == "explain-line":
            return _explain_line(options)
        if options.list:
            return _list()
        pipeline = _pipeline(options)
    except (ValueError, OSError) as error:
        return _fail(error)
    return _clean(options, pipeline)


class _Done(NamedTuple):
    """What became of a file: what goes to standard output or the output file, and to standard error."""

    output: bytes = b""
    notes: str = ""
    changed: bool = False
    failed: bool = False


def _clean(options: argparse.Namespace, pipeline: Pipeline) -> int:
    from cleanmedia.parallel import WorkerDied, ordered

    jobs = 1 if "-" in options.paths else min(options.jobs, len(options.paths))  # only this process has standard input
    changed = failed = False

    def outputs() -> Iterator[bytes]:
        nonlocal changed, failed
        for done in ordered(partial(_file, options, pipeline), options.paths, jobs, most=1):
            changed, failed = changed or done.changed, failed or done.failed
            sys.stderr.write(done.notes)
            yield done.output
        if failed and options.output:
            raise _Failed

    try:
        if options.output:
            write_whole(options.output, outputs())
        else:
            for output in outputs():
                if output:
                    write_stdout(output)
    except _Failed:
        pass
    except BrokenPipeError:
        raise
    except OSError as error:
        return _fail(error, options.output or "standard output")
    except WorkerDied as error:
        return _fail(error)
    if failed:
        return 2
    return 1 if changed and (options.check or options.diff) else 0


class _Failed(Exception):
    """A file could not be cleaned: nothing is to be written."""


def _file(options: argparse.Namespace, pipeline: Pipeline, path: str) -> _Done:
    """Do with one file what the options say, but for writing to standard output, which keeps the order of the files."""
    notes = ""
    try:
        text, encoding, evidence = decode(read_bytes(path), options.encoding)
        if options.verbose:
            notes = f"cleanmedia: {path}: read as {encoding}: {evidence}\n" + _certainty(pipeline, path, text)
        if options.diff or options.explain:
            trace = pipeline.trace(text)
            return _Done(_encoded(_shown(trace, path, options)), notes, trace.text != text)
        clean = pipeline(text)
        if options.check:
            return _Done(f"{path}: would change\n".encode() if clean != text else b"", notes, clean != text)
        if options.in_place:
            if clean != text:
                write_whole(path, [clean.encode()])
            return _Done(notes=notes)
        return _Done(_encoded(clean), notes)
    except (OSError, ValueError, LookupError) as error:
        return _Done(notes=notes + _described(error, path), failed=True)


def _certainty(pipeline: Pipeline, path: str, text: str) -> str:
    """How sure the pipeline is of what is the page's article, where it asks."""
    if all(found.name != "boilerplate" for found in pipeline.filters):
        return ""
    from cleanmedia.filters.boilerplate import LEAST_CERTAINTY, certainty

    sure = certainty(pipeline.only(*[f.name for f in PRESETS["repair"].filters if f in pipeline.filters])(text))
    kept = f", under {LEAST_CERTAINTY}: the page is kept whole" if sure < LEAST_CERTAINTY else ""
    return f"cleanmedia: {path}: certainty of what is the article: {sure:.2f}{kept}\n"


def _shown(trace: Trace, path: str, options: argparse.Namespace) -> str:
    if options.diff:
        from cleanmedia.cli.diff import diff

        return diff(trace, path, colour=_wants_colour())
    import json

    return "".join(json.dumps({"path": path, **entry._asdict()}, ensure_ascii=False) + "\n" for entry in trace.log())


def _pipeline(options: argparse.Namespace) -> Pipeline:
    """The preset with the options' changes. Raises ValueError for a filter or a value that there is not."""
    pipeline = PRESETS[options.preset]
    if options.only:
        pipeline = pipeline.only(*options.only)
    if options.without:
        pipeline = pipeline.without(*options.without)
    if options.title is not None:
        pipeline = pipeline.replace(filters.repeated_titles(title=options.title))
    if options.quotes is not None:
        pipeline = pipeline.replace(filters.quotes(style=options.quotes))
    if options.phrases or options.languages:
        pipeline = pipeline.replace(filters.widgets(catalogues=options.phrases, languages=options.languages))
    return pipeline


def _explain(name: str) -> int:
    if name not in filters.__all__:
        raise ValueError(f"no filter {name!r}; there are {', '.join(filters.__all__)}")
    from inspect import cleandoc

    _print(f"{name}\n\n{cleandoc(getattr(filters, name).__doc__ or '')}\n")
    return 0


def _explain_line(options: argparse.Namespace) -> int:
    found = catalogue(None if options.languages is None else tuple(options.languages), tuple(options.phrases))
    phrase = found.match(options.line)
    if phrase is None:
        _print("stays: no phrase of the catalogues says this line\n")
        return 0
    when = (
        "beside certain widget lines, or three in a row at the head or tail of a page"
        if phrase.in_company
        else "wherever it stands"
    )
    _print(
        f"goes {when}\n  phrase    {phrase.text}\n  kind      {phrase.kind}\n  language  {phrase.language}\n  at        {phrase.source}\n"
    )
    return 0


def _list() -> int:
    rows = ["filters"]
    rows += [f"  {name:16}{(getattr(filters, name).__doc__ or '').splitlines()[0]}" for name in filters.__all__]
    rows += ["", "presets"]
    rows += [f"  {name:16}{', '.join(f.name for f in preset.filters)}" for name, preset in PRESETS.items()]
    rows += ["", "languages of the widget phrases", "  " + " ".join(languages())]
    _print("\n".join(rows) + "\n")
    return 0


def _wants_colour() -> bool:
    import os

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _print(text: str) -> None:
    write_stdout(_encoded(text))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _fail(error: Exception, path: str | None = None) -> int:
    """Say in one line what went wrong and what to do next; returns the exit code."""
    sys.stderr.write(_described(error, path))
    return 2


def _described(error: Exception, path: str | None) -> str:
    place = "standard input" if path == "-" else path
    if isinstance(error, UnicodeDecodeError):
        reason = f"byte {error.start} is not {error.encoding}; name the right encoding with --encoding"
    elif isinstance(error, LookupError) and not isinstance(error, KeyError):
        reason = f"{error}; --encoding takes a name such as windows-1251"
    elif isinstance(error, OSError):
        place, reason = error.filename or place, error.strerror or str(error)
    else:
        reason = str(error)
    return "cleanmedia: " + (f"{place}: " if place else "") + reason.replace("\n", " ") + "\n"
