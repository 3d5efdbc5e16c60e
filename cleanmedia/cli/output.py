"""Where clean text goes: standard output, or a file that is written completely or not at all."""

from contextlib import suppress
from typing import Any

from cleanmedia.cli.stdout import write_stdout
from cleanmedia.io.compression import suffix
from cleanmedia.io.records import Format, Writer
from cleanmedia.io.whole import WholeFile, named_errors

__all__ = ["Joined", "Output", "StandardOutput"]

_BOM = b"\xef\xbb\xbf"


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


class Joined:
    """The common output of several files. Between JSON Lines of two files, a line break is added if the first lacks it."""

    def __init__(self, output: "Output | StandardOutput", lines: bool) -> None:
        self._output, self._lines = output, lines
        self._begins_file = self._in_line = self._written = False

    def next_file(self) -> None:
        """Expect the output of another file."""
        self._begins_file = True

    def write(self, output: Any) -> None:
        """Write the output. Raises OSError."""
        if self._lines and output:
            if self._begins_file and self._written:
                output = (b"\n" if self._in_line else b"") + output.removeprefix(_BOM)
            self._begins_file, self._written = False, True
            self._in_line = not output.endswith(b"\n")
        self._output.write(output)

    def commit(self) -> None:
        """Complete the output. Raises OSError."""
        self._output.commit()

    def close(self) -> None:
        """Discard what is not committed."""
        self._output.close()


class Output:
    """A file, compressed as its name says. It is opened by the first write, and visible once it is committed."""

    def __init__(self, target: str, form: Format) -> None:
        self._target, self._format = target, form
        self._whole = WholeFile(target)
        self._writer: Writer | None = None

    def write(self, output: Any) -> None:
        """Write to the temporary file. Raises OSError."""
        with named_errors(self._target):
            self._open().write(output)

    def commit(self) -> None:
        """Complete the file and give it its name. Raises OSError."""
        with named_errors(self._target):
            self._open().close()
            self._whole.commit()

    def close(self) -> None:
        """Remove the temporary file, unless the file is committed."""
        try:
            if self._writer is not None:
                with suppress(OSError, ValueError):  # the file is removed anyway, unless it was closed before
                    self._writer.close()
        finally:
            self._whole.close()

    def _open(self) -> Writer:
        if self._writer is None:
            self._writer = self._format.writer(self._whole.open(), suffix(self._target))
        return self._writer
