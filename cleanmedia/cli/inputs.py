"""The files that are to be cleaned, their formats, and where what comes of them goes."""

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
    target: str | None = None  # None: standard output, or the one file that all go to


def format_of(path: str) -> str | None:
    """The format that a name tells: that of its ending, one for compression set aside.

    >>> format_of("CC-MAIN-20260101-00000.warc.wet.gz"), format_of("page.html")
    ('wet', None)
    """
    name = path.removesuffix(suffix(path)).lower()
    return next((form for form, endings in FORMATS.items() if name.endswith(endings)), None)


def inputs(options: argparse.Namespace, note: "list[str] | None" = None) -> list[Source]:
    """The files of the options, those of folders in the order of their names; ``note`` takes a line for what is left out.

    Raises:
        ValueError: a folder has no files to clean, or two files would go to one place, or a file to its own place.
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
    """Raises ValueError where a file of one of these options would be written over what is read, or over another output."""
    taken = {os.path.realpath(path) for source in sources for path in (source.path, source.target or source.path)}
    for name in names:
        path = getattr(options, name)
        if path is None:
            continue
        if os.path.realpath(path) in taken:
            raise ValueError(f"--{name.replace('_', '-')} {path} would write over another file of this run")
        taken.add(os.path.realpath(path))


def _files(folder: str, output_dir: str | None) -> Iterator[str]:
    """The files of a folder and of those in it, but for hidden ones, and for what is being written."""
    own = None if output_dir is None else os.path.realpath(output_dir)

    def failed(error: OSError) -> None:
        raise error

    for place, folders, names in os.walk(folder, onerror=failed):
        folders[:] = [
            name for name in folders if not name.startswith(".") and os.path.realpath(os.path.join(place, name)) != own
        ]
        yield from (os.path.join(place, name) for name in names if not name.startswith("."))


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
        place = os.path.realpath(target or "")
        if place in own:
            raise ValueError(f"{path}: --output-dir would write over an input; --in-place rewrites files")
        if taken.setdefault(place, path) != path:
            raise ValueError(f"{path}: would go to the same place as {taken[place]}: {target}")
