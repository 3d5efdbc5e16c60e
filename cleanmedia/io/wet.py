"""WET: the plain text of web pages as Common Crawl publishes it, one WARC record a page.

The output is WET, too. Records keep their order and their headers, except those that describe the bytes of the text
(``Content-Length`` and the digests). Records that hold no text, such as the one that describes the file, stay unchanged. In a
compressed file each record is a member of its own, as in Common Crawl's files.

The records are parsed here and not by a library, because fastwarc 2.0 does not notice that a file is truncated.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from cleanmedia.io.compression import member
from cleanmedia.io.records import LONGEST, Broken, Clean, Cleaned, Document, OnError, TooLong

__all__ = ["Wet"]

_BATCH = 1 << 18  # bytes of texts in a batch
_LONGEST_HEAD = 1 << 16  # bytes
_END = b"\r\n\r\n"


class _Record(NamedTuple):
    number: int
    head: bytes  # including the empty line at its end
    body: bytes


class Wet(NamedTuple):
    """WARC files whose records of type ``conversion`` or ``resource`` are plain text in UTF-8."""

    on_error: OnError = "stop"
    longest: int = LONGEST

    def read(self, file: BinaryIO) -> Iterator[list[_Record]]:
        """Yield batches of records. Raises ValueError if the file is not WARC or is truncated; TooLong."""
        batch: list[_Record] = []
        size = 0
        for record in _records(file, self.longest):
            batch.append(record)
            size += len(record.body)
            if size >= _BATCH:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    def clean(self, batch: list[_Record], clean: Clean) -> Cleaned:
        """Return the records with clean texts, each as bytes."""
        out: list[bytes] = []
        broken: list[Broken] = []
        for number, head, body in batch:
            raw = head + body + _END
            try:
                out.append(self._record(number, head, body, clean) or raw)
            except ValueError as error:
                reason = (
                    f"byte {error.start} of the text is not UTF-8"
                    if isinstance(error, UnicodeDecodeError)
                    else str(error)
                )
                broken.append(Broken(number, reason, raw.decode("utf-8", "surrogateescape")))
                if self.on_error == "stop":
                    break
                if self.on_error == "pass":
                    out.append(raw)
        return Cleaned(out, tuple(broken))

    def writer(self, file: BinaryIO, ending: str) -> "_Members":
        """Return a writer that compresses each record by itself."""
        return _Members(file, ending)

    def _record(self, number: int, head: bytes, body: bytes, clean: Clean) -> bytes | None:
        """Return the record with its clean text, or None if it stays unchanged."""
        if _header(head, b"WARC-Type") not in ("conversion", "resource"):
            return None
        if not _header(head, b"Content-Type").lower().startswith("text/plain"):
            return None
        text = body.decode("utf-8")
        cleaned = clean(Document(text, number, "text", host=_header(head, b"WARC-Target-URI").strip("<>") or None))
        if cleaned == text:
            return None
        new = cleaned.encode("utf-8", "surrogatepass")
        head = _LENGTH.sub(rb"\g<1>%d" % len(new), head, count=1)
        return _DIGEST.sub(lambda match: match[1] + _digest(match[2], new), head) + new + _END


class _Members:
    """Writes each record as a member of the compressed file."""

    def __init__(self, file: BinaryIO, ending: str) -> None:
        self._file, self._ending = file, ending

    def write(self, output: list[bytes], /) -> None:
        """Write the records at once."""
        for record in output:
            self._file.write(member(record, self._ending))

    def close(self) -> None:
        """Do nothing: no bytes are held back."""


_LENGTH = re.compile(rb"(?im)^(content-length[ \t]*:[ \t]*)\d+")
_DIGEST = re.compile(rb"(?im)^(warc-(?:block|payload)-digest[ \t]*:[ \t]*)(\w+):[\w=+/]+")


def _digest(algorithm: bytes, data: bytes) -> bytes:
    """Return the digest as WARC writes it, in base 32. With an unknown algorithm it cannot be computed: ``none:``."""
    try:
        found = hashlib.new(algorithm.decode().lower(), data).digest()
    except ValueError:
        return b"none:"
    return algorithm + b":" + base64.b32encode(found)


def _header(head: bytes, name: bytes) -> str:
    match = re.search(rb"(?im)^" + name + rb"[ \t]*:[ \t]*([^\r\n]*)", head)
    return match[1].decode("utf-8", "replace").strip() if match else ""


def _records(file: BinaryIO, longest: int) -> Iterator[_Record]:
    number = 0
    while True:
        line = file.readline(_LONGEST_HEAD)
        if not line:
            return
        if not line.strip():  # empty lines between records
            continue
        number += 1
        if not line.startswith(b"WARC/"):
            raise ValueError(
                f"record {number:,} does not begin with WARC/: the file is not WET, or the record before has a wrong length"
            )
        head = line
        while line.strip():
            line = file.readline(_LONGEST_HEAD)
            head += line
            if not line:
                raise ValueError(f"the file ends in the middle of record {number:,}")
            if len(head) > _LONGEST_HEAD:
                raise ValueError(f"the headers of record {number:,} are longer than {_LONGEST_HEAD:,} bytes")
        length = _header(head, b"Content-Length")
        if not (length.isascii() and length.isdigit()):
            raise ValueError(f"record {number:,} has no Content-Length that is a number")
        if len(length) > 18 or int(length) > longest:
            raise TooLong(f"record {number:,}", longest)
        body = file.read(int(length))
        if len(body) < int(length):
            raise ValueError(f"the file ends in the middle of record {number:,}")
        yield _Record(number, head, body)
