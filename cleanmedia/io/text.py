"""Plain text: a file is a document."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from cleanmedia.decoding.decode import decode
from cleanmedia.io.records import LONGEST, Clean, Cleaned, Document, Plain, TooLong

__all__ = ["Text"]


class Text(NamedTuple):
    """Files of text, in the encoding given or found out; written in UTF-8."""

    encoding: str | None = None
    longest: int = LONGEST

    def read(self, file: BinaryIO) -> Iterator[bytes]:
        """The bytes of the file: the one lot. Raises TooLong."""
        data = file.read(self.longest + 1)
        if len(data) > self.longest:
            raise TooLong("the text", self.longest)
        yield data

    def clean(self, lot: bytes, clean: Clean) -> Cleaned:
        """The clean text, in UTF-8. Raises UnicodeDecodeError, LookupError."""
        decoded = decode(lot, self.encoding)
        return Cleaned(clean(Document(decoded.text, decoded=decoded)).encode("utf-8", "surrogatepass"))

    def writer(self, file: BinaryIO, ending: str) -> Plain:
        """Texts stand one after the other, with nothing between them."""
        return Plain(file, ending)
