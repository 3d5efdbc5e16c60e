"""Standard output, as bytes."""

import sys

from cleanmedia.io.whole import named_errors

__all__ = ["write_stdout"]


def write_stdout(data: bytes) -> None:
    """Write bytes to standard output, whatever the encoding of the terminal and the line breaks of the platform."""
    with named_errors("standard output"):
        sys.stdout.flush()
        rest = memoryview(data)
        while rest:  # an unbuffered stream (PYTHONUNBUFFERED) may take only a part of the data
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.buffer.flush()
