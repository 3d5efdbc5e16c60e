"""Plain text: a file is one document."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from cleanmedia.decoding.decode import decode
from cleanmedia.io.records import LONGEST, Clean, Cleaned, Document, Plain, TooLong

__all__ = ["Text"]


class Text(NamedTuple):
    """Text files, in the given or detected encoding. They are written in UTF-8."""

    encoding: str | None = None
    longest: int = LONGEST

    def read(self, file: BinaryIO) -> Iterator[bytes]:
        """Yield the bytes of the file as the only batch. Raises TooLong."""
        data = file.read(self.longest + 1)
        if len(data) > self.longest:
            raise TooLong("the text", self.longest)
        yield data

    def clean(self, batch: bytes, clean: Clean) -> Cleaned:
        """Return the clean text in UTF-8. Raises UnicodeDecodeError, LookupError."""
        decoded = decode(batch, self.encoding)
        return Cleaned(clean(Document(decoded.text, decoded=decoded)).encode("utf-8", "surrogatepass"))

    def writer(self, file: BinaryIO, ending: str) -> Plain:
        """Return a writer that writes texts one after the other, with nothing between them."""
        return Plain(file, ending)
