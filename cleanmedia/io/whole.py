"""Files that are written all or nothing."""

import os
import re
import stat
import zlib
from collections.abc import Iterable
from typing import BinaryIO

__all__ = ["WholeFile", "remove_leftovers", "write_whole"]


class WholeFile:
    """A file that takes its name once it is whole: until then it is a temporary one beside it.

    A context manager: leaving it by an error, or without :meth:`commit`, leaves what was there. A link is followed; a device or
    pipe is written to directly. Raises OSError.
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
        """Give the file its name, and the mode of the one that it replaces."""
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
    """Write a file in one go. Raises OSError, or what the pieces raise, and leaves what was there."""
    with WholeFile(path) as whole:
        whole.file.writelines(pieces)
        whole.commit()


def remove_leftovers(paths: Iterable[str]) -> None:
    """Remove the temporary files that a run which was killed left beside these files."""
    of_folder: dict[str, set[str]] = {}
    for path in map(os.path.realpath, paths):
        of_folder.setdefault(os.path.dirname(path), set()).add(_prefix(os.path.basename(path)))
    for folder, prefixes in of_folder.items():
        for name in os.listdir(folder) if os.path.isdir(folder) else ():
            if _TEMPORARY.fullmatch(name) and name[:_PREFIX] in prefixes:
                os.unlink(os.path.join(folder, name))


def _prefix(name: str) -> str:
    """The start of the temporary file's name, short whatever the length of the name."""
    return f".cleanmedia-{zlib.crc32(os.fsencode(name)):08x}-"


_PREFIX = len(_prefix(""))
_TEMPORARY = re.compile(r"\.cleanmedia-[0-9a-f]{8}-\w+")
