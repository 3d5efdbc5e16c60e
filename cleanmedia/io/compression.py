"""Compressed files, told by their names: ``.gz``, ``.bz2``, ``.xz`` and ``.zst``."""

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from cleanmedia.core.extras import need

__all__ = ["SUFFIXES", "BrokenData", "compressed", "decompressed", "member", "suffix"]

SUFFIXES = (".gz", ".bz2", ".xz", ".zst")
_BUFFER = 1 << 18  # bytes


class BrokenData(ValueError):
    """Compressed data that ends early or makes no sense."""


def suffix(path: str) -> str:
    """The ending of a name that says how the file is compressed; empty for a file that is not.

    >>> suffix("pages.jsonl.gz"), suffix("pages.jsonl")
    ('.gz', '')
    """
    return next((ending for ending in SUFFIXES if path.endswith(ending)), "")


@contextmanager
def decompressed(file: BinaryIO, ending: str) -> Iterator[BinaryIO]:
    """What the file holds, read as its ending says.

    Raises:
        BrokenData: where it is read and the data ends early or makes no sense.
        MissingExtra: no package reads it.
    """
    if not ending:
        yield file
        return
    opened = _open(file, ending, "rb")
    try:
        yield io.BufferedReader(opened, _BUFFER)
    except EOFError:
        raise BrokenData(f"the {ending} data ends early; the file is not whole") from None
    except _errors(ending) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise BrokenData(f"the {ending} data is broken: {error}") from None


def compressed(file: BinaryIO, ending: str) -> BinaryIO:
    """A file whose bytes go to this one, compressed as its ending says; the same bytes give the same file.

    Closing it leaves this one open. Raises MissingExtra.
    """
    return cast(BinaryIO, _open(file, ending, "wb")) if ending else file


def member(data: bytes, ending: str) -> bytes:
    """The bytes as a compressed file of their own; one after the other, such files are one file. Raises MissingExtra."""
    if not ending:
        return data
    packed = io.BytesIO()
    with _open(packed, ending, "wb") as file:
        file.write(data)
    return packed.getvalue()


def _open(file: BinaryIO, ending: str, mode: str) -> Any:
    if ending == ".gz":
        return gzip.GzipFile("", mode, 6, file, mtime=0)
    if ending == ".zst":
        return _zstd().open(file, mode)
    if ending == ".bz2":
        import bz2

        return bz2.open(file, mode)
    import lzma

    return lzma.open(file, mode)


def _errors(ending: str) -> tuple[type[Exception], ...]:
    if ending == ".zst":
        return OSError, _zstd().ZstdError
    if ending == ".xz":
        import lzma

        return OSError, lzma.LZMAError
    return OSError, zlib.error


def _zstd() -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd

        return zstd
    return need("backports.zstd", "zstd", ".zst")
