"""JSON Lines: one record a line, some of whose fields are text.

A field may lie deeper: ``meta.text`` is the member ``text`` of the object ``meta``, and ``messages[].content`` stands for the member
``content`` of each object in the list ``messages``. A member whose own name is written so comes first.

Only the literals of the fields that change are rewritten. Everything else stays the same, byte for byte: other fields, the order of
keys, the way numbers are written, spaces, the end of the line. A record whose texts do not change stays unchanged as a whole.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from cleanmedia.io.records import Broken, Clean, Cleaned, Document, FieldOptions, Plain, TooLong

__all__ = ["Jsonl", "Member", "members", "reason"]

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
    found, at = _members(line, _after_space(line, 0))
    if _after_space(line, at) != len(line):
        raise json.JSONDecodeError("Extra data", line, at)
    return found


def _members(line: str, at: int) -> tuple[dict[str, Member], int]:
    """Return the members of the object that begins at a place, and where it ends."""
    found: dict[str, Member] = {}
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
        found[name] = _member(line, _after_space(line, at + 1))
        at = _after_space(line, found[name].end)
        more = line[at : at + 1] == ","
        if more:
            at = _after_space(line, at + 1)
    if line[at : at + 1] != "}":
        raise json.JSONDecodeError("Expecting ',' delimiter", line, at)
    return found, at + 1


def _member(line: str, start: int) -> Member:
    """Return the value that begins at a place."""
    try:
        value, end = _decode(line, start)
    except RecursionError:
        raise ValueError("the JSON is nested too deeply") from None
    return Member(value, start, end)


def _element(line: str, start: int, number: int) -> Member:
    """Return an element of the list that begins at a place. It is valid JSON, and has that element."""
    at = _after_space(line, start + 1)
    for _ in range(number):
        at = _after_space(line, _after_space(line, _member(line, at).end) + 1)
    return _member(line, at)


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
                broken.append(Broken(number, reason(error), line.decode("utf-8", "surrogateescape")))
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
        cleaned = self.record(text, number, clean)
        return line if cleaned is text else line[: len(line) - len(body)] + cleaned.encode("utf-8", "surrogatepass")

    def record(self, text: str, number: int, clean: Clean) -> str:
        """Return the JSON of a record with clean texts; the same object if nothing changes. Raises ValueError."""
        record = members(text)
        title, host = _text_of(record, self.title), _text_of(record, self.host)
        new: list[tuple[Member, str]] = []
        for field in self.texts:
            for name, path, value in _texts(record, field):
                cleaned = clean(Document(value, number, name, None if field == self.title else title, host))
                if cleaned != value:
                    new.append((_at(text, record, path), _literal(cleaned, text.isascii())))
        for (_, start, end), literal in sorted(new, key=lambda change: -change[0].start):
            text = text[:start] + literal + text[end:]
        return text


_KINDS = {float: "a number", bool: "true or false", list: "a list", dict: "an object"}


Path = tuple[str | int, ...]  # names of members and numbers of elements


def _texts(record: dict[str, Member], field: str) -> list[tuple[str, Path, str]]:
    """Return the texts of a field, each with its own name and path; null is none. Raises ValueError for another value."""
    steps = (field,) if field in record else tuple(field.replace("[]", ".[]").strip(".").split("."))
    values: list[tuple[str, Path, Any]] = [("", (), {name: member.value for name, member in record.items()})]
    missing = ""
    for step in steps:
        deeper: list[tuple[str, Path, Any]] = []
        for name, path, value in values:
            if value is None:
                continue
            if type(value) is not (list if step == "[]" else dict):
                need = "a list" if step == "[]" else "an object"
                raise ValueError(f"{name!r} holds {_KINDS.get(type(value), 'text')}, not {need}")
            if step == "[]":
                deeper += [(f"{name}[{number}]", (*path, number), each) for number, each in enumerate(value)]
            elif isinstance(value, dict) and step in value:
                deeper.append((f"{name}.{step}" if name else step, (*path, step), value[step]))
            elif not missing:
                known = ", ".join([each[:_LONGEST_NAME] for each in value][:10]) or "none"
                missing = f"no field {field!r}; {repr(name) if name else 'it'} has {known}"
        values = deeper
    if missing and not values:
        raise ValueError(missing)
    for name, _, value in values:
        if value is not None and not isinstance(value, str):
            raise ValueError(f"the field {name!r} holds {_KINDS[type(value)]}, not text")
    return [(name, path, value) for name, path, value in values if value is not None]


def _text_of(record: dict[str, Member], field: str | None) -> str | None:
    """Return the text of a field, or None if the record lacks it or it is null. Raises ValueError for another value.

    ``meta.url`` may be the field ``url`` of the object in the field ``meta``.
    """
    if field is None:
        return None
    if field in record:
        value = record[field].value
    else:
        first, *inner = field.split(".")
        value = record[first].value if first in record and inner else None
        for name in inner:
            value = value.get(name) if isinstance(value, dict) else None
    if value is not None and not isinstance(value, str):
        raise ValueError(f"the field {field!r} holds {_KINDS[type(value)]}, not text")
    return value


def _at(text: str, record: dict[str, Member], path: Path) -> Member:
    """Return the value at a path, with its place in the JSON."""
    member = record[str(path[0])]
    for step in path[1:]:
        member = _element(text, member.start, step) if isinstance(step, int) else _members(text, member.start)[0][step]
    return member


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


def reason(error: ValueError) -> str:
    """Return why a record is broken, in words."""
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} of the line is not UTF-8"
    if isinstance(error, json.JSONDecodeError):
        return f"broken JSON: {error.msg} (character {error.pos + 1})"
    return str(error)
