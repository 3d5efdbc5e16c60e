"""Compressed files, known by the endings of their names: ``.gz``, ``.bz2``, ``.xz`` and ``.zst``."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from cleanmedia.core.extras import need

__all__ = ["SUFFIXES", "BrokenData", "compressed", "decompressed", "member", "suffix"]

SUFFIXES = (".gz", ".bz2", ".xz", ".zst")
_BUFFER = 1 << 18  # bytes


class BrokenData(ValueError):
    """Compressed data that is truncated or corrupt."""


def suffix(path: str) -> str:
    """Return the ending of a file name that says how the file is compressed, or an empty string.

    >>> suffix("pages.jsonl.gz"), suffix("PAGES.GZ"), suffix("pages.jsonl")
    ('.gz', '.gz', '')
    """
    return next((ending for ending in SUFFIXES if path.lower().endswith(ending)), "")


@contextmanager
def decompressed(file: BinaryIO, ending: str) -> Iterator[BinaryIO]:
    """Return the decompressed content of a file, as a file.

    Raises:
        BrokenData: on reading, if the data is truncated or corrupt.
        MissingExtra: the package that reads this compression is not installed.
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
    """Return a file that compresses what is written to it into ``file``. The same bytes always give the same file.

    Closing it leaves ``file`` open. Raises MissingExtra.
    """
    return cast(BinaryIO, _open(file, ending, "wb")) if ending else file


def member(data: bytes, ending: str) -> bytes:
    """Compress bytes as a complete compressed file. Such files can be concatenated. Raises MissingExtra."""
    if not ending:
        return data
    packed = io.BytesIO()
    with _open(packed, ending, "wb") as file:
        file.write(data)
    return packed.getvalue()


def _open(file: BinaryIO, ending: str, mode: str) -> Any:
    if ending == ".gz":
        import gzip

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
    import zlib

    return OSError, zlib.error


def _zstd() -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd

        return zstd
    return need("backports.zstd", "zstd", ".zst")
