"""Standard output, as bytes."""

import sys

__all__ = ["write_stdout"]


def write_stdout(data: bytes) -> None:
    """Write to standard output, as bytes: no encoding of the terminal and no line break of the platform comes in."""
    sys.stdout.flush()
    rest = memoryview(data)
    while rest:  # an unbuffered stream (PYTHONUNBUFFERED) may take only a part
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.buffer.flush()
