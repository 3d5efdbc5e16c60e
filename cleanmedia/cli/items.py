"""The lots of the files that are to be read."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, BinaryIO, NamedTuple

from cleanmedia.cli.errors import described
from cleanmedia.cli.inputs import Source
from cleanmedia.io.compression import decompressed, suffix
from cleanmedia.io.records import Format

__all__ = ["Item", "items"]


class Item(NamedTuple):
    """A lot of a file; or its end, with the reason if that is no good one."""

    number: int  # of the file
    path: str
    format: str = ""
    lot: Any = None
    position: int = 0  # bytes of the file that were read so far
    failure: str = ""


def items(sources: list[Source], made: dict[str, Format]) -> Iterator[Item]:
    """The lots of all files, each file with an item for its end."""
    for number, source in enumerate(sources):
        failure = ""
        try:
            with ExitStack() as stack:
                raw: BinaryIO = sys.stdin.buffer if source.path == "-" else stack.enter_context(open(source.path, "rb"))
                file = stack.enter_context(decompressed(raw, suffix(source.path)))
                for lot in made[source.format].read(file):
                    at = raw.tell() if source.path != "-" and raw.seekable() else 0
                    yield Item(number, source.path, source.format, lot, at)
        except (OSError, ValueError) as error:
            failure = described(error, source.path)
        yield Item(number, source.path, failure=failure)
