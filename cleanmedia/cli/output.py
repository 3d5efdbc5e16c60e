"""Where clean text goes: standard output, or a file that is written completely or not at all."""

from contextlib import ExitStack, suppress
from typing import Any

from cleanmedia.cli.stdout import write_stdout
from cleanmedia.io.compression import suffix
from cleanmedia.io.records import Format, Writer
from cleanmedia.io.whole import WholeFile

__all__ = ["Output", "StandardOutput"]


class StandardOutput:
    """Standard output, for the formats whose output is bytes, or pieces of bytes."""

    def write(self, output: bytes | list[bytes]) -> None:
        """Write the output at once."""
        if output:
            write_stdout(output if isinstance(output, bytes) else b"".join(output))

    def commit(self) -> None:
        """Do nothing: no output is held back."""

    def close(self) -> None:
        """Do nothing: standard output stays open."""


class Output:
    """A file, compressed as its name says. It is opened by the first write, and visible once it is committed."""

    def __init__(self, target: str, form: Format) -> None:
        self._target, self._format = target, form
        self._opened: tuple[WholeFile, Writer] | None = None
        self._closing = ExitStack()

    def write(self, output: Any) -> None:
        """Write to the temporary file. Raises OSError."""
        _, writer = self._open()
        writer.write(output)

    def commit(self) -> None:
        """Complete the file and give it its name. Raises OSError."""
        whole, writer = self._open()
        writer.close()
        whole.commit()

    def close(self) -> None:
        """Remove the temporary file, unless the file is committed."""
        self._closing.close()

    def _open(self) -> tuple[WholeFile, Writer]:
        if self._opened is None:
            whole = self._closing.enter_context(WholeFile(self._target))
            writer = self._format.writer(whole.file, suffix(self._target))
            self._closing.callback(_close, writer)
            self._opened = whole, writer
        return self._opened


def _close(writer: Writer) -> None:
    """Close the writer of a file that may not be complete, ignoring errors: the file will be removed."""
    with suppress(OSError, ValueError):
        writer.close()
