"""Files that are written completely or not at all."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from typing import BinaryIO

__all__ = ["WholeFile", "named_errors", "remove_leftovers", "write_whole"]


_UNOPENED = BytesIO()


class WholeFile:
    """A file that is written under a temporary name beside it, and gets its own name when it is complete.

    A context manager. Leaving it without :meth:`commit`, by an error say, leaves the old file unchanged. Links are followed;
    devices and pipes are written to directly. Raises OSError with the name of the file.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.file: BinaryIO = _UNOPENED
        self._temporary = ""  # a name that this object may have created, and has to remove
        self._mode: int | None = None  # of the file that is replaced

    def open(self) -> BinaryIO:
        """Open the temporary file. Call :meth:`close` even if it fails."""
        with named_errors(self.path):
            self._target = os.path.realpath(self.path)
            with suppress(FileNotFoundError):
                self._mode = os.stat(self._target).st_mode
            if self._mode is not None and not stat.S_ISREG(self._mode):
                self.file = open(self._target, "wb")  # noqa: SIM115
                return self.file
            if self._mode is not None and not os.access(self._target, os.W_OK):
                raise PermissionError(13, "Permission denied")
            folder, name = os.path.split(self._target)
            # The name is known before the file exists: whenever a signal comes, the file will be removed.
            self._temporary = os.path.join(folder, _prefix(name) + os.urandom(8).hex())
            try:
                handle = os.open(
                    self._temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
                )
            except OSError:
                self._temporary = ""
                raise
            self.file = os.fdopen(handle, "wb")
            return self.file

    def commit(self) -> None:
        """Give the file its name, and the mode of the file that it replaces."""
        with named_errors(self.path):
            if not self._temporary:
                self.file.close()
                return
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
            mode = self._mode
            if mode is None:
                mask = os.umask(0)
                os.umask(mask)
                mode = 0o666 & ~mask
            os.chmod(self._temporary, stat.S_IMODE(mode))
            os.replace(self._temporary, self._target)
            self._temporary = ""

    def close(self) -> None:
        """Remove the temporary file, unless the file is committed."""
        try:
            self.file.close()
        except OSError:
            if not self._temporary:
                raise
        finally:
            if self._temporary:
                with suppress(FileNotFoundError):  # it was not created, or has its own name already
                    os.unlink(self._temporary)

    def __enter__(self) -> "WholeFile":
        try:
            self.open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def write_whole(path: str, pieces: Iterable[bytes]) -> None:
    """Write a file completely or not at all. Raises OSError, or what ``pieces`` raises."""
    with WholeFile(path) as whole, named_errors(path):
        whole.file.writelines(pieces)
        whole.commit()


@contextmanager
def named_errors(path: str) -> Iterator[None]:
    """Put the name of the file into every OSError of the block. A write that fails does not know it."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = path, None
        raise


def remove_leftovers(paths: Iterable[str]) -> None:
    """Remove the temporary files of these files that a killed run left behind."""
    prefixes_of: dict[str, set[str]] = {}  # by folder
    for path in map(os.path.realpath, paths):
        prefixes_of.setdefault(os.path.dirname(path), set()).add(_prefix(os.path.basename(path)))
    for folder, prefixes in prefixes_of.items():
        for name in os.listdir(folder) if os.path.isdir(folder) else ():
            match = re.fullmatch(r"(\.cleanmedia-[0-9a-f]{8}-)\w+", name)
            if match and match[1] in prefixes:
                os.unlink(os.path.join(folder, name))


def _prefix(name: str) -> str:
    """Return the start of the temporary file's name. It is short, however long ``name`` is."""
    import zlib  # only for the few runs that write a file

    return f".cleanmedia-{zlib.crc32(os.fsencode(name)):08x}-"
