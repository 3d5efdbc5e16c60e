"""Where clean text goes: standard output, or a file that is written all or nothing."""

from contextlib import ExitStack
from typing import Any

from cleanmedia.cli.stdout import write_stdout
from cleanmedia.io.compression import compressed, suffix
from cleanmedia.io.records import Format, Writer
from cleanmedia.io.whole import WholeFile

__all__ = ["Output", "StandardOutput"]


class StandardOutput:
    """Standard output, for the formats that are bytes."""

    def write(self, output: bytes) -> None:
        """Write at once."""
        if output:
            write_stdout(output)

    def commit(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """It stays open."""


class Output:
    """A file, compressed as its name says: begun with the first output, there once it is committed."""

    def __init__(self, target: str, form: Format) -> None:
        self._target, self._form = target, form
        self._whole: WholeFile | None = None
        self._writer: Writer
        self._outer, self._packing = ExitStack(), ExitStack()

    def write(self, output: Any) -> None:
        """Write to the temporary file. Raises OSError."""
        self._open()
        self._writer.write(output)

    def commit(self) -> None:
        """Let the file be there. Raises OSError."""
        whole = self._open()
        self._writer.close()
        self._packing.close()
        whole.commit()

    def close(self) -> None:
        """Leave what was there, if the file is not committed."""
        self._outer.close()

    def _open(self) -> WholeFile:
        if self._whole is None:
            self._whole = self._outer.enter_context(WholeFile(self._target))
            self._outer.enter_context(self._packing)
            packed = self._packing.enter_context(compressed(self._whole.file, suffix(self._target)))
            self._writer = self._form.writer(packed)
        return self._whole
