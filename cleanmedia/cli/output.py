"""Where clean text goes: standard output, or a file that is written all or nothing."""

from contextlib import ExitStack, suppress
from typing import Any

from cleanmedia.cli.stdout import write_stdout
from cleanmedia.io.compression import suffix
from cleanmedia.io.records import Format, Writer
from cleanmedia.io.whole import WholeFile

__all__ = ["Output", "StandardOutput"]


class StandardOutput:
    """Standard output, for the formats that are bytes, or pieces of bytes."""

    def write(self, output: bytes | list[bytes]) -> None:
        """Write at once."""
        if output:
            write_stdout(output if isinstance(output, bytes) else b"".join(output))

    def commit(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """It stays open."""


class Output:
    """A file, compressed as its name says: begun with the first output, there once it is committed."""

    def __init__(self, target: str, form: Format) -> None:
        self._target, self._form = target, form
        self._begun: tuple[WholeFile, Writer] | None = None
        self._closing = ExitStack()

    def write(self, output: Any) -> None:
        """Write to the temporary file. Raises OSError."""
        _, writer = self._open()
        writer.write(output)

    def commit(self) -> None:
        """Let the file be there. Raises OSError."""
        whole, writer = self._open()
        writer.close()
        whole.commit()

    def close(self) -> None:
        """Leave what was there, if the file is not committed."""
        self._closing.close()

    def _open(self) -> tuple[WholeFile, Writer]:
        if self._begun is None:
            whole = self._closing.enter_context(WholeFile(self._target))
            writer = self._form.writer(whole.file, suffix(self._target))
            self._closing.callback(_end, writer)
            self._begun = whole, writer
        return self._begun


def _end(writer: Writer) -> None:
    """Close the writer of a file that may not be whole: it will not be there, and the disk may be full."""
    with suppress(OSError, ValueError):
        writer.close()
