"""Plain text: a file is one document."""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from cleanmedia.decoding.decode import decode
from cleanmedia.io.records import LONGEST, Clean, Cleaned, Document, Plain, TooLong

__all__ = ["Text"]

_BLOCK = 64 << 20  # bytes asked for at once: the memory for them is taken before it is known how many there are


class Text(NamedTuple):
    """Text files, in the given or detected encoding. They are written in UTF-8."""

    encoding: str | None = None
    longest: int = LONGEST

    def read(self, file: BinaryIO) -> Iterator[bytes]:
        """Yield the bytes of the file as the only batch. Raises TooLong."""
        data = b""
        while True:
            asked = min(self.longest + 1 - len(data), _BLOCK)
            block = file.read(asked)
            data += block
            if len(data) > self.longest:
                raise TooLong("the text", self.longest)
            if len(block) < asked:  # the end; a terminal is not asked again
                break
        yield data

    def clean(self, batch: bytes, clean: Clean) -> Cleaned:
        """Return the clean text in UTF-8. Raises UnicodeDecodeError, LookupError."""
        decoded = decode(batch, self.encoding)
        return Cleaned(clean(Document(decoded.text, decoded=decoded)).encode("utf-8", "surrogatepass"))

    def writer(self, file: BinaryIO, ending: str) -> Plain:
        """Return a writer that writes texts one after the other, with nothing between them."""
        return Plain(file, ending)
