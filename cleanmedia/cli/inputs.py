"""The files to clean, their formats, and where their output goes."""

import argparse
import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleanmedia.io.compression import suffix

__all__ = ["Source", "check_side_files", "format_of", "inputs"]

FORMATS = {
    "text": (".txt", ".text", ".md"),
    "jsonl": (".jsonl", ".ndjson", ".jsonlines", ".json"),
    "parquet": (".parquet", ".pq"),
    "wet": (".wet",),
}


class Source(NamedTuple):
    """A file to clean."""

    path: str  # - for standard input
    format: str
    target: str | None = None  # None: standard output, or the one file for all


def format_of(path: str) -> str | None:
    """Return the format that a file name says, by its ending before that for compression.

    >>> format_of("CC-MAIN-20260101-00000.warc.wet.gz"), format_of("page.html")
    ('wet', None)
    """
    name = path.removesuffix(suffix(path)).lower()
    return next((form for form, endings in FORMATS.items() if name.endswith(endings)), None)


def inputs(options: argparse.Namespace, note: "list[str] | None" = None) -> list[Source]:
    """Return the files of the options; those of a folder sorted by name. Lines about files left out are added to ``note``.

    Raises:
        ValueError: a folder has no files to clean, or an output would overwrite an input or another output.
        OSError: a folder cannot be read.
    """
    named = None if options.format == "auto" else options.format
    output_dir = getattr(options, "output_dir", None)
    sources = []
    for path in options.paths:
        if os.path.isdir(path):
            files = sorted(_files(path, output_dir))
            kept = [file for file in files if named or format_of(file)]
            if not kept:
                raise ValueError(f"{path}: no files to clean in this folder" + _left_out(files))
            if len(kept) < len(files) and note is not None:
                note.append(f"cleanmedia: {path}" + _left_out([file for file in files if file not in set(kept)]) + "\n")
        else:
            kept = [path]
        for file in kept:
            target = None
            if getattr(options, "in_place", False):
                target = file
            elif output_dir is not None:
                target = os.path.join(
                    output_dir, os.path.relpath(file, path if file != path else os.path.dirname(path))
                )
            sources.append(Source(file, named or format_of(file) or "text", target))
    for source in sources:
        if source.format == "parquet" and suffix(source.path):
            raise ValueError(f"{source.path}: Parquet is compressed inside; unpack the file first")
    if output_dir is not None:
        _check(sources)
    return sources


def check_side_files(options: argparse.Namespace, sources: list[Source], names: Sequence[str]) -> None:
    """Raise ValueError if the file of one of these options would overwrite an input or another output."""
    taken = {os.path.realpath(path) for source in sources for path in (source.path, source.target or source.path)}
    for name in names:
        path = getattr(options, name)
        if path is None:
            continue
        if os.path.realpath(path) in taken:
            raise ValueError(f"--{name.replace('_', '-')} {path} would write over another file of this run")
        taken.add(os.path.realpath(path))


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
    return (
        f": {len(files):,} of no known format left out, such as {os.path.basename(files[0])}; --format takes all files"
    )


def _check(sources: list[Source]) -> None:
    taken: dict[str, str] = {}
    own = {os.path.realpath(source.path) for source in sources}
    for path, _, target in sources:
        real = os.path.realpath(target or "")
        if real in own:
            raise ValueError(f"{path}: --output-dir would write over an input; --in-place rewrites files")
        if taken.setdefault(real, path) != path:
            raise ValueError(f"{path}: would go to the same place as {taken[real]}: {target}")
