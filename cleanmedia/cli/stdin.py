"""Standard input, whose beginning can be looked at before it is read."""

import io
import sys
from typing import BinaryIO

__all__ = ["StandardInput"]


class StandardInput:
    """Standard input, as bytes."""

    def __init__(self) -> None:
        self._head: bytes | None = None
        self._size = 0

    def head(self, size: int) -> bytes:
        """Return the first bytes; fewer only if there are no more. Waits until they are there."""
        if self._head is None:
            self._size = size
            self._head = sys.stdin.buffer.read(size)
        return self._head

    def file(self) -> BinaryIO:
        """Return standard input from its start, to be read once."""
        head, self._head = self._head, b""
        if head is None or (not head and not self._size):
            return sys.stdin.buffer
        if sys.stdin.buffer.seekable():
            sys.stdin.buffer.seek(-len(head), 1)
            return sys.stdin.buffer
        return io.BufferedReader(_Behind(head, at_end=len(head) < self._size))  # type: ignore[type-var, return-value]


class _Behind(io.RawIOBase):
    """What was read of standard input, and then the rest. A terminal is not asked again once it said that it ends."""

    def __init__(self, head: bytes, at_end: bool) -> None:
        self._head, self._at_end = head, at_end

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return sys.stdin.buffer.fileno()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or (b"" if self._at_end else sys.stdin.buffer.read1(len(buffer)))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)
