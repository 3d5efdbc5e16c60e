"""Standard input, whose beginning can be looked at before it is read."""

import io
import sys
from typing import Any, BinaryIO

from cleanmedia.io.whole import named_errors

__all__ = ["STANDARD_INPUT", "StandardInput"]

_HEAD = 1 << 16  # bytes that are looked at


class StandardInput:
    """Standard input, as bytes."""

    def __init__(self) -> None:
        self._head: bytes | None = None

    def head(self) -> bytes:
        """Return the first 64 KB; fewer only if there are no more. Waits until they are there. Raises OSError."""
        if self._head is None:
            with named_errors("standard input"):
                self._head = sys.stdin.buffer.read(_HEAD)
        return self._head

    def file(self) -> BinaryIO:
        """Return standard input from its start, to be read once."""
        head, self._head = self._head, b""
        if head is None:
            return sys.stdin.buffer
        if sys.stdin.buffer.seekable():
            sys.stdin.buffer.seek(-len(head), 1)
            return sys.stdin.buffer
        return io.BufferedReader(_Behind(head, at_end=len(head) < _HEAD))


class _Behind(io.RawIOBase):
    """What was read of standard input, and then the rest. A terminal is not asked again once it said that it ends."""

    def __init__(self, head: bytes, at_end: bool) -> None:
        self._head, self._at_end = head, at_end

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return sys.stdin.buffer.fileno()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        stdin: Any = sys.stdin.buffer
        data = self._head[: len(buffer)] or (b"" if self._at_end else stdin.read1(len(buffer)))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


STANDARD_INPUT = StandardInput()
