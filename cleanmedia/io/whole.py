"""Files that are written completely or not at all."""

import os
import re
import stat
import zlib
from collections.abc import Iterable
from typing import BinaryIO

__all__ = ["WholeFile", "remove_leftovers", "write_whole"]


class WholeFile:
    """A file that is written under a temporary name beside it, and gets its own name when it is complete.

    A context manager. Leaving it without :meth:`commit`, by an error say, leaves the old file unchanged. Links are followed;
    devices and pipes are written to directly. Raises OSError.
    """

    file: BinaryIO

    def __init__(self, path: str) -> None:
        self.path = os.path.realpath(path)
        self._temporary = ""
        try:
            self._mode: int | None = os.stat(self.path).st_mode
        except FileNotFoundError:
            self._mode = None
        if self._mode is not None and not stat.S_ISREG(self._mode):
            self.file = open(self.path, "wb")  # noqa: SIM115
            return
        if self._mode is not None and not os.access(self.path, os.W_OK):
            raise PermissionError(13, "Permission denied", path)
        import tempfile

        handle, self._temporary = tempfile.mkstemp(
            prefix=_prefix(os.path.basename(self.path)), dir=os.path.dirname(self.path) or "."
        )
        self.file = os.fdopen(handle, "wb")

    def commit(self) -> None:
        """Give the file its name, and the mode of the file that it replaces."""
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
        os.replace(self._temporary, self.path)
        self._temporary = ""

    def __enter__(self) -> "WholeFile":
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.file.close()
        except OSError:
            if not self._temporary:
                raise
        finally:
            if self._temporary:
                os.unlink(self._temporary)


def write_whole(path: str, pieces: Iterable[bytes]) -> None:
    """Write a file completely or not at all. Raises OSError, or what ``pieces`` raises."""
    with WholeFile(path) as whole:
        whole.file.writelines(pieces)
        whole.commit()


def remove_leftovers(paths: Iterable[str]) -> None:
    """Remove the temporary files of these files that a killed run left behind."""
    prefixes_of: dict[str, set[str]] = {}  # by folder
    for path in map(os.path.realpath, paths):
        prefixes_of.setdefault(os.path.dirname(path), set()).add(_prefix(os.path.basename(path)))
    for folder, prefixes in prefixes_of.items():
        for name in os.listdir(folder) if os.path.isdir(folder) else ():
            if _TEMPORARY.fullmatch(name) and name[:_PREFIX] in prefixes:
                os.unlink(os.path.join(folder, name))


def _prefix(name: str) -> str:
    """Return the start of the temporary file's name. It is short, however long ``name`` is."""
    return f".cleanmedia-{zlib.crc32(os.fsencode(name)):08x}-"


_PREFIX = len(_prefix(""))
_TEMPORARY = re.compile(r"\.cleanmedia-[0-9a-f]{8}-\w+")
