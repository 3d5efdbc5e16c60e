"""JSON Lines: one record a line, some of whose fields are text.

Only the literals of the fields that change are rewritten. Everything else stays the same, byte for byte: other fields, the order of
keys, the way numbers are written, spaces, the end of the line. A record whose texts do not change stays unchanged as a whole.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from cleanmedia.io.records import Broken, Clean, Cleaned, Document, FieldOptions, Plain, TooLong

__all__ = ["Jsonl", "Member", "members"]

_BATCH = 1 << 18  # bytes that are read at once
_LONGEST_NAME = 60  # code points of a field's name in an error
_BOM = b"\xef\xbb\xbf"
_SPACE = re.compile(r"[ \t\n\r]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Numbers are read as floats, which have no limit of digits. Their values are not used.
_decode = json.JSONDecoder(parse_int=float).raw_decode


class Member(NamedTuple):
    """A member of an object: its value, and where the literal of the value starts and ends."""

    value: Any
    start: int
    end: int


def members(line: str) -> dict[str, Member]:
    r"""Return the members of the JSON object in a line. If a name occurs twice the last one counts, as in every reader.

    >>> members('{"id": 1.50, "text": "So it was.."}')["text"]
    Member(value='So it was..', start=21, end=34)

    Raises:
        ValueError: the line is not a JSON object.
    """
    found: dict[str, Member] = {}
    at = _after_space(line, 0)
    if line[at : at + 1] != "{":
        raise ValueError("the line is no JSON object" + (": one begins here" if "{" in line[:80] else ""))
    at = _after_space(line, at + 1)
    more = line[at : at + 1] != "}"
    while more:
        if line[at : at + 1] != '"':
            raise json.JSONDecodeError("Expecting property name enclosed in double quotes", line, at)
        name, at = _decode(line, at)
        at = _after_space(line, at)
        if line[at : at + 1] != ":":
            raise json.JSONDecodeError("Expecting ':' delimiter", line, at)
        start = _after_space(line, at + 1)
        try:
            value, end = _decode(line, start)
        except RecursionError:
            raise ValueError("the JSON is nested too deeply") from None
        found[name] = Member(value, start, end)
        at = _after_space(line, end)
        more = line[at : at + 1] == ","
        if more:
            at = _after_space(line, at + 1)
    if line[at : at + 1] != "}":
        raise json.JSONDecodeError("Expecting ',' delimiter", line, at)
    if _after_space(line, at + 1) != len(line):
        raise json.JSONDecodeError("Extra data", line, at + 1)
    return found


class Jsonl(FieldOptions):
    """JSON Lines, with the names of the fields to clean."""

    __slots__ = ()

    def read(self, file: BinaryIO) -> Iterator[tuple[int, bytes]]:
        """Yield batches of whole lines, each with the number of its first line. Raises TooLong."""
        number = 1
        while block := file.read(_BATCH):
            if not block.endswith(b"\n"):
                started = len(block) - block.rfind(b"\n") - 1
                block += file.readline(max(1, self.longest - started + 1))
            lines = block.count(b"\n")
            if not block.endswith(b"\n") and len(block) - block.rfind(b"\n") - 1 > self.longest:
                raise TooLong(f"line {number + lines:,}", self.longest)
            yield number, block
            number += lines

    def clean(self, batch: tuple[int, bytes], clean: Clean) -> Cleaned:
        """Return the clean lines, without rejected ones. If a broken line is to stop the run, the lines before it."""
        first, block = batch
        out: list[bytes] = []
        broken: list[Broken] = []
        for number, line in enumerate(_lines(block), first):
            try:
                out.append(self._line(line, number, clean))
            except ValueError as error:
                broken.append(Broken(number, _reason(error), line.decode("utf-8", "surrogateescape")))
                if self.on_error == "stop":
                    break
                if self.on_error == "pass":
                    out.append(line)
        return Cleaned(b"".join(out), tuple(broken))

    def writer(self, file: BinaryIO, ending: str) -> Plain:
        """Return a writer of lines."""
        return Plain(file, ending)

    def _line(self, line: bytes, number: int, clean: Clean) -> bytes:
        if len(line) > self.longest:
            raise TooLong("the line", self.longest)
        body = line.removeprefix(_BOM)
        if number > 1:  # a byte-order mark inside a file comes from files that were joined
            line = body
        if not body.strip():
            return line
        text = body.decode("utf-8", "surrogatepass")
        record = members(text)
        title, host = _text(record, self.title), _text(record, self.host, nested=True)
        new: list[tuple[int, int, str]] = []
        for field in self.texts:
            if field not in record:
                known = ", ".join([name[:_LONGEST_NAME] for name in record][:10])
                raise ValueError(f"no field {field!r}; it has {known or 'none'}")
            value = _text(record, field)
            if value is None:
                continue
            cleaned = clean(Document(value, number, field, None if field == self.title else title, host))
            if cleaned != value:
                new.append((record[field].start, record[field].end, _literal(cleaned, text.isascii())))
        if not new:
            return line
        for start, end, literal in sorted(new, reverse=True):
            text = text[:start] + literal + text[end:]
        return line[: len(line) - len(body)] + text.encode("utf-8", "surrogatepass")


_KINDS = {float: "a number", bool: "true or false", list: "a list", dict: "an object"}


def _text(record: dict[str, Member], field: str | None, nested: bool = False) -> str | None:
    """Return the text of a field, or None if the record lacks it or it is null. Raises ValueError for another value.

    If ``nested``, ``meta.url`` may be the field ``url`` of the object in the field ``meta``.
    """
    value = record[field].value if field in record else None
    if nested and field is not None and field not in record:
        first, *inner = field.split(".")
        value = record[first].value if first in record and inner else None
        for name in inner:
            value = value.get(name) if isinstance(value, dict) else None
    if value is not None and not isinstance(value, str):
        raise ValueError(f"the field {field!r} holds {_KINDS[type(value)]}, not text")
    return value


def _literal(text: str, in_ascii: bool) -> str:
    """Return a text as JSON. An ASCII line stays ASCII. Lone surrogates are always escaped, because UTF-8 has none."""
    literal = json.dumps(text, ensure_ascii=in_ascii)
    return literal if in_ascii else _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", literal)


def _lines(block: bytes) -> list[bytes]:
    """Split at line feeds only."""
    lines = [line + b"\n" for line in block.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _after_space(line: str, at: int) -> int:
    return _SPACE.match(line, at).end()  # type: ignore[union-attr]


def _reason(error: ValueError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} of the line is not UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"broken JSON: {error.msg} (character {error.pos + 1})"
    return str(error)
