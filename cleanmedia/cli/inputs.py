"""The files to clean, their formats, and where their output goes."""

import argparse
import os
import stat
import sys
from collections.abc import Iterator
from typing import NamedTuple

from cleanmedia.cli.stdin import STANDARD_INPUT
from cleanmedia.cli.terminal import note
from cleanmedia.io.compression import suffix

__all__ = ["Source", "State", "check_folder", "check_name", "check_outputs", "format_of", "inputs", "state_of"]

FORMATS: dict[str, tuple[str, ...]] = {
    "text": (".txt", ".text", ".md"),
    "jsonl": (".jsonl", ".ndjson", ".jsonlines"),
    "json": (".json",),
    "csv": (".csv",),
    "tsv": (".tsv", ".tab"),
    "parquet": (".parquet", ".pq"),
    "wet": (".wet",),
}


NAMES = {"jsonl": "JSON Lines", "json": "JSON", "csv": "CSV", "tsv": "TSV", "parquet": "Parquet", "wet": "WET"}
_HTML = (".html", ".htm", ".xhtml")

State = tuple[int, int]  # of a file: size in bytes, time of the last change in nanoseconds


class Source(NamedTuple):
    """A file to clean."""

    path: str  # - for standard input
    format: str
    target: str | None = None  # None: standard output, or the one file for all


def state_of(found: os.stat_result) -> State:
    """Return what shows whether a file has changed."""
    return found.st_size, found.st_mtime_ns


def format_of(path: str) -> str | None:
    """Return the format that a file name says, by its ending before that for compression.

    >>> format_of("CC-MAIN-20260101-00000.warc.wet.gz"), format_of("PAGES.JSONL.GZ"), format_of("page.html")
    ('wet', 'jsonl', None)
    """
    name = path.lower().removesuffix(suffix(path))
    return next((form for form, endings in FORMATS.items() if name.endswith(endings)), None)


def inputs(options: argparse.Namespace, notes: "list[str] | None" = None) -> list[Source]:
    """Return the files of the options; those of a folder sorted by name. Lines about files left out are added to ``notes``.

    A file that is to be rewritten is returned once, however often it is named.

    Raises:
        ValueError: a folder has no files to clean, a file is HTML or cannot be rewritten, or an output would overwrite an
            input or another output.
        OSError: a folder cannot be read.
    """
    named = None if options.format == "auto" else options.format
    output_dir = getattr(options, "output_dir", None)
    sources = []
    for path in options.paths:
        if os.path.isdir(path):
            files = sorted(_files(path, output_dir))
            kept = [file for file in files if (named or format_of(file)) and not _is_special(file)]
            if not kept:
                raise ValueError(f"{path}: no files to clean in this folder" + _left_out(files))
            if len(kept) < len(files) and notes is not None:
                notes.append(note(path + _left_out([file for file in files if file not in set(kept)])))
        else:
            kept = [path]
        for file in kept:
            target = None
            if getattr(options, "in_place", False):
                if _is_special(file):
                    raise ValueError(f"{file}: only regular files can be rewritten")
                target = file
            elif output_dir is not None:
                target = os.path.join(
                    output_dir, os.path.relpath(file, path if file != path else os.path.dirname(path))
                )
            sources.append(Source(file, named or _format_within(file, options, notes), target))
    for source in sources:
        if source.format == "parquet" and suffix(source.path):
            raise ValueError(f"{source.path}: Parquet is compressed inside; unpack the file first")
    if output_dir is not None:
        _check_targets(sources)
    if getattr(options, "in_place", False):
        return list({os.path.realpath(source.path): source for source in reversed(sources)}.values())[::-1]
    return sources


def _format_within(path: str, options: argparse.Namespace, notes: "list[str] | None") -> str:
    """Return the format of a file, by its name; of standard input, by its beginning. Raises ValueError for HTML."""
    if path == "-":
        return _format_of_stdin(options, notes)
    form = format_of(path)
    if form == "json" and os.path.isfile(path):
        return _json_or_lines(path)
    if form is None and path.lower().removesuffix(suffix(path)).endswith(_HTML):
        raise ValueError(
            f"{path}: cleanmedia cleans text, not HTML; extract the text first, with trafilatura for example"
            " (--format text cleans the file as it is)"
        )
    return form or "text"


def _format_of_stdin(options: argparse.Namespace, notes: "list[str] | None") -> str:
    head = STANDARD_INPUT.head()
    line = head[:500].lstrip().partition(b"\n")[0]
    if not (line[:1] in (b"{", b"[") or line[:4] in (b"PAR1", b"WARC") or any(mark in line for mark in b",;\t")):
        if line[:14].lower().startswith((b"<!doctype html", b"<html")) and notes is not None:
            notes.append(note("standard input begins as HTML; extract the text first, with trafilatura for example"))
        return "text"
    from cleanmedia.io.beginnings import begins_as

    form = begins_as(head, tuple(options.field or ()))
    if form is None:
        return "text"
    if notes is not None:
        notes.append(
            note(f"standard input begins as {NAMES[form]}, and is read as such; --format text reads it as text")
        )
    return form


def _json_or_lines(path: str) -> str:
    """Return whether a file named .json has JSON, or JSON Lines."""
    from cleanmedia.io.beginnings import LONGEST
    from cleanmedia.io.compression import decompressed
    from cleanmedia.io.json import json_or_lines

    try:
        with open(path, "rb") as raw, decompressed(raw, suffix(path)) as file:
            return json_or_lines(file.read(LONGEST))
    except (OSError, ValueError):  # told when the file is cleaned
        return "jsonl"


def check_folder(option: str, path: str) -> None:
    """Raise FileNotFoundError if the folder of an output does not exist; its message names the folder."""
    folder = os.path.dirname(os.path.abspath(path))
    if not os.path.isdir(folder):
        raise FileNotFoundError(2, f"the folder for {option} does not exist", os.path.dirname(path) or folder)


def check_name(option: str, path: str, form: str, compressible: bool = False) -> None:
    """Raise ValueError if the name of an output implies another format, or compression, than it will have.

    >>> check_name("--output", "clean.parquet", "jsonl")
    Traceback (most recent call last):
      ...
    ValueError: --output clean.parquet: the name implies parquet, but the format is jsonl; choose another name
    """
    told = format_of(path)
    if told not in (None, form) and (told, form) != ("json", "jsonl"):
        raise ValueError(f"{option} {path}: the name implies {told}, but the format is {form}; choose another name")
    if suffix(path) and not compressible:
        raise ValueError(f"{option} {path}: this file is not compressed; leave out {suffix(path)}")


def check_outputs(
    sources: list[Source],
    output: str | None,
    more: "dict[str, str | None]",
    to_stdout: bool = False,
    settings: "dict[str, list[str]] | None" = None,
) -> None:
    """Raise ValueError if two outputs are one file, or one of ``more``, each named by its option, is an input.

    No output may be one of ``settings`` either: files that the run is set up from, by the option that names them.
    Two names are one file if they lead to the same path or to the same inode. Pipes and devices may be used twice. A file that
    standard output or standard error is redirected to is an output, too.
    """
    inputs = {identity: source.path for source in sources for identity in _identities(source.path)}
    outputs: dict[object, str] = {}
    for stream, name in ((sys.stderr, "standard error"), (sys.stdout, "standard output")):
        redirected = _identity(stream.fileno())
        if redirected is not None and (stream is sys.stderr or to_stdout):
            outputs[redirected] = name
            if redirected in inputs:
                raise ValueError(f"{inputs[redirected]} is also {name}; --in-place rewrites files")
    for option, paths in (settings or {}).items():
        kept = {identity for path in paths for identity in _identities(path)}
        for written in (*(source.target for source in sources), output, *more.values()):
            if not kept.isdisjoint(_identities(written or "-")):
                raise ValueError(f"{written}: would be written over, but {option} reads it")
    outputs |= {identity: source.path for source in sources for identity in _identities(source.target or "-")}
    for option, path in {"--output": output, **more}.items():
        identities = _identities(path or "-")
        for identity in identities:
            taken = outputs.get(identity) or (inputs.get(identity) if option in more else None)
            if taken is not None:
                raise ValueError(f"{option} {path} would write over another file of this run: {taken}")
        outputs |= dict.fromkeys(identities, f"{option} {path}")


def _identities(path: str) -> list[object]:
    """Return what tells a file from others: its real path, and its inode if it exists. Nothing for a pipe or device."""
    if path == "-" or _is_special(path):
        return []
    identity = _identity(path)
    return [os.path.realpath(path), *([identity] if identity is not None else [])]


def _identity(file: str | int) -> tuple[int, int] | None:
    """Return the device and inode of a regular file, None for anything else."""
    try:
        found = os.stat(file)
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def _is_special(path: str) -> bool:
    """Return whether a path is a pipe, socket or device: reading it may wait for ever, and it cannot be replaced."""
    return os.path.exists(path) and not os.path.isfile(path)


def _files(folder: str, output_dir: str | None) -> Iterator[str]:
    """Yield the files of a folder and its subfolders, except hidden ones and those in ``output_dir``."""
    own = None if output_dir is None else os.path.realpath(output_dir)

    def failed(error: OSError) -> None:
        raise error

    for parent, folders, names in os.walk(folder, onerror=failed):
        folders[:] = [
            name for name in folders if not name.startswith(".") and os.path.realpath(os.path.join(parent, name)) != own
        ]
        yield from (os.path.join(parent, name) for name in names if not name.startswith("."))


def _left_out(files: list[str]) -> str:
    if not files:
        return ""
    if any(map(_is_special, files)):
        special = next(filter(_is_special, files))
        return f": {len(files):,} left out that are no files or of no known format, such as {os.path.basename(special)}"
    return (
        f": {len(files):,} of no known format left out, such as {os.path.basename(files[0])}; --format takes all files"
    )


def _check_targets(sources: list[Source]) -> None:
    taken: dict[str, str] = {}
    own = {os.path.realpath(source.path) for source in sources}
    for path, _, target in sources:
        real = os.path.realpath(target or "")
        if real in own:
            raise ValueError(f"{path}: --output-dir would write over an input; --in-place rewrites files")
        if taken.setdefault(real, path) != path:
            raise ValueError(f"{path}: would go to the same place as {taken[real]}: {target}")
