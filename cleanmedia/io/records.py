"""What the formats have in common: documents, what came of a lot, and records that are broken."""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Literal, NamedTuple, Protocol

from cleanmedia.decoding.decode import Decoded
from cleanmedia.io.compression import compressed

__all__ = ["LONGEST", "Broken", "Clean", "Cleaned", "Document", "Format", "OnError", "TooLong"]

LONGEST = (
    256 << 20
)  # bytes: of one document or record, decompressed; what is longer is more likely an attack, or another format

OnError = Literal["stop", "pass", "reject"]


class Document(NamedTuple):
    """One text, and what its record says of it."""

    text: str
    record: int = 0  # its number in the file, from 1; a line, for JSON Lines; 0 where the file is the document
    field: str = ""
    title: str | None = None
    host: str | None = None
    decoded: Decoded | None = None


Clean = Callable[[Document], str]


class Broken(NamedTuple):
    """A record that cannot be cleaned."""

    record: int
    reason: str
    raw: str = ""  # what stands there; bytes that are not UTF-8 as lone surrogates


class Cleaned(NamedTuple):
    """What came of a lot, for the writer of its format; where records are broken, as ``OnError`` says."""

    output: Any
    broken: tuple[Broken, ...] = ()


class Writer(Protocol):
    """Writes the outputs of a format's lots, in order."""

    def write(self, output: Any, /) -> None: ...
    def close(self) -> None: ...


class Format(Protocol):
    """A format of files, with what to do in it. Picklable."""

    def read(self, file: BinaryIO) -> Iterator[Any]:
        """The lots of a file that stands at its start. Raises ValueError for a file that is not of this format."""

    def clean(self, lot: Any, clean: Clean) -> Cleaned:
        """Clean the documents of a lot."""

    def writer(self, file: BinaryIO, ending: str) -> Writer:
        """What writes cleaned lots to a file, compressed as the ending of its name says."""


class TooLong(ValueError):
    """A document or record is longer than it may be."""

    def __init__(self, what: str, longest: int) -> None:
        super().__init__(f"{what} is longer than {longest:,} bytes; --max-document sets the limit")


class Plain:
    """Writes bytes, to a file that is compressed as its name's ending says."""

    def __init__(self, file: BinaryIO, ending: str = "") -> None:
        self._file, self._packed = file, compressed(file, ending)

    def write(self, output: bytes, /) -> None:
        """Write, or let the compression hold it back."""
        self._packed.write(output)

    def close(self) -> None:
        """Write what is held back."""
        if self._packed is not self._file:
            self._packed.close()
