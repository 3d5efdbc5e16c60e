"""The batches of the files to read."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, BinaryIO, NamedTuple

from cleanmedia.cli.errors import described
from cleanmedia.cli.inputs import Source, State, state_of
from cleanmedia.cli.stdin import STANDARD_INPUT
from cleanmedia.io.compression import decompressed, suffix
from cleanmedia.io.records import Format

__all__ = ["Item", "items"]


class Item(NamedTuple):
    """A batch of records from a file, or its end-of-file marker, with the error if reading failed."""

    number: int  # index of the file
    path: str
    format: str = ""
    batch: Any = None
    position: int = 0  # bytes of the file that were read so far
    state: State | None = None  # of the file when it was opened; with the end-of-file marker
    failure: str = ""


def items(sources: list[Source], formats: dict[str, Format]) -> Iterator[Item]:
    """Yield the batches of all files, and an end-of-file marker behind those of each."""
    for number, source in enumerate(sources):
        failure, state = "", None
        try:
            with ExitStack() as stack:
                raw: BinaryIO = (
                    STANDARD_INPUT.file() if source.path == "-" else stack.enter_context(open(source.path, "rb"))
                )
                state = state_of(os.fstat(raw.fileno()))
                file = stack.enter_context(decompressed(raw, suffix(source.path)))
                for batch in formats[source.format].read(file):
                    position = raw.tell() if source.path != "-" and raw.seekable() else 0
                    yield Item(number, source.path, source.format, batch, position)
        except (OSError, ValueError) as error:
            failure = described(error, source.path)
        yield Item(number, source.path, state=state, failure=failure)
