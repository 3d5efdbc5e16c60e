"""What the formats share: documents, cleaned batches, broken records."""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Literal, NamedTuple, Protocol

from cleanmedia.decoding.decode import Decoded
from cleanmedia.io.compression import compressed

__all__ = [
    "LONGEST",
    "Broken",
    "Clean",
    "Cleaned",
    "Document",
    "FieldOptions",
    "Format",
    "OnError",
    "Plain",
    "TooLong",
    "Writer",
]

# Bytes of one document or record, decompressed. Anything longer is more likely an attack, or another format. Cleaning takes up to
# thirty times as much memory, so a process stays under 2 GB.
LONGEST = 64 << 20

OnError = Literal["stop", "pass", "reject"]


class Document(NamedTuple):
    """One text, and what its record says about it."""

    text: str
    record: int = (
        0  # number of the record in the file, from 1 (of the line, in JSON Lines); 0 if the file is the document
    )
    field: str = ""
    title: str | None = None
    host: str | None = None
    decoded: Decoded | None = None
    first: bool = True  # of its file


Clean = Callable[[Document], str]


class Broken(NamedTuple):
    """A record that cannot be cleaned."""

    record: int
    reason: str
    raw: str = ""  # the record as it stood; bytes that are not UTF-8 as lone surrogates


class Cleaned(NamedTuple):
    """A cleaned batch, for the writer of its format. Broken records are treated as ``OnError`` says."""

    output: Any
    broken: tuple[Broken, ...] = ()


class FieldOptions(NamedTuple):
    """The fields of a record to clean, and those with the headline and with the host or address; how to treat bad records."""

    texts: tuple[str, ...] = ("text",)
    title: str | None = None
    host: str | None = None
    on_error: OnError = "stop"
    longest: int = LONGEST  # bytes
    note: str = ""  # how the texts were cleaned, for formats with metadata


class Writer(Protocol):
    """Writes the cleaned batches of a format, in order."""

    def write(self, output: Any, /) -> None: ...
    def close(self) -> None: ...


class Format(Protocol):
    """A file format: how to read, clean and write it. Picklable."""

    def read(self, file: BinaryIO) -> Iterator[Any]:
        """Yield the batches of a file, from its start. Raises ValueError if the file does not have this format."""

    def clean(self, batch: Any, clean: Clean) -> Cleaned:
        """Clean the documents of a batch."""

    def writer(self, file: BinaryIO, ending: str) -> Writer:
        """Return a writer of cleaned batches to a file, compressed as the ending of its name says."""


class TooLong(ValueError):
    """A document or record is longer than allowed."""

    def __init__(self, what: str, longest: int) -> None:
        super().__init__(f"{what} is longer than {longest:,} bytes; --max-document sets the limit")


class Plain:
    """Writes bytes to a file, compressed as the ending of its name says."""

    def __init__(self, file: BinaryIO, ending: str = "") -> None:
        self._file, self._packed = file, compressed(file, ending)

    def write(self, output: bytes, /) -> None:
        """Write the bytes. The compressor may hold some of them back."""
        self._packed.write(output)

    def close(self) -> None:
        """Write what the compressor holds back."""
        if self._packed is not self._file:
            self._packed.close()
