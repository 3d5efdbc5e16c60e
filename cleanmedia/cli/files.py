"""Reading and writing whole files: all or nothing."""

import os
import stat
import sys
from collections.abc import Iterable

__all__ = ["read_bytes", "write_stdout", "write_whole"]


def read_bytes(path: str) -> bytes:
    """The bytes of a file, or of standard input for ``-``. Raises OSError."""
    if path == "-":
        return sys.stdin.buffer.read()
    with open(path, "rb") as file:
        return file.read()


def write_stdout(data: bytes) -> None:
    """Write to standard output, as bytes: no encoding of the terminal and no line break of the platform comes in."""
    sys.stdout.flush()
    rest = memoryview(data)
    while rest:  # an unbuffered stream (PYTHONUNBUFFERED) may take only a part
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.buffer.flush()


def write_whole(path: str, pieces: Iterable[bytes]) -> None:
    """Write a file in one go: into a temporary file beside it, which then takes its name and its mode.

    A link is followed; a device or pipe is written to directly. Raises OSError, or what
    the pieces raise, and leaves what was there.
    """
    path = os.path.realpath(path)
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        with open(path, "wb") as file:
            file.writelines(pieces)
        return
    if mode is not None and not os.access(path, os.W_OK):
        raise PermissionError(13, "Permission denied", path)
    import tempfile

    handle, temporary = tempfile.mkstemp(prefix=".cleanmedia-", dir=os.path.dirname(path) or ".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        if mode is None:
            mask = os.umask(0)
            os.umask(mask)
            mode = 0o666 & ~mask
        os.chmod(temporary, stat.S_IMODE(mode))
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
