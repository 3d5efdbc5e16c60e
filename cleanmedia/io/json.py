"""JSON: an array of records, or records one behind the other, over as many lines as they like.

As in JSON Lines, only the literals of the fields that change are rewritten. Everything else stays the same, byte for byte.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from cleanmedia.io.jsonl import Jsonl, members, reason
from cleanmedia.io.records import Broken, Clean, Cleaned, TooLong

__all__ = ["Json", "json_or_lines"]

_BATCH = 1 << 18  # bytes that are read at once
_BOM = b"\xef\xbb\xbf"
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[{}\[\]]', re.DOTALL)
_BETWEEN = {  # what may stand before a record, by whether it is in an array, and whether it is the first
    (True, True): re.compile(rb"(?:\xef\xbb\xbf)?\s*+\[\s*+"),
    (True, False): re.compile(rb"\s*+,\s*+"),
    (False, True): re.compile(rb"(?:\xef\xbb\xbf)?\s*+"),
    (False, False): re.compile(rb"\s*+"),
}
_END = {True: re.compile(rb"\s*+\]\s*+"), False: re.compile(rb"\s*+")}
_EMPTY = re.compile(rb"(?:\xef\xbb\xbf)?\s*+\[\s*+\]\s*+")


class _Records(NamedTuple):
    first: int  # the number of the first record, from 1
    block: bytes
    spans: list[tuple[int, int]]  # of the records in the block
    in_array: bool
    last: bool


class Json(Jsonl):
    """JSON, with the names of the fields to clean."""

    __slots__ = ()

    def read(self, file: BinaryIO) -> Iterator[_Records]:  # type: ignore[override]
        """Yield batches of whole records. Raises ValueError if what is between them is no JSON, or the file is cut off; TooLong."""
        rest = file.read(_BATCH)
        in_array = rest.removeprefix(_BOM).lstrip()[:1] == b"["
        first, at_end = 1, False
        while not at_end:
            more = file.read(max(_BATCH, len(rest)))  # a long record takes few rounds
            at_end = not more
            spans = self._spans(rest, first, in_array)
            end = spans[-1][1] if spans else 0
            if not at_end and len(rest) - end > self.longest:
                raise TooLong(f"record {first + len(spans):,}", self.longest)
            if at_end:
                whole = _END[in_array] if spans or first > 1 else _EMPTY if in_array else _END[False]
                if not whole.fullmatch(rest, end):
                    raise ValueError(
                        f"behind record {first + len(spans) - 1:,} is no JSON object, or the file is cut off"
                    )
                end = len(rest)
            if spans or end:
                yield _Records(first, rest[:end], spans, in_array, at_end)
            first += len(spans)
            rest = rest[end:] + more

    def clean(self, batch: _Records, clean: Clean) -> Cleaned:  # type: ignore[override]
        """Return the clean records, without rejected ones. If a broken one is to stop the run, the records before it."""
        first, block, spans, in_array, last = batch
        out: list[bytes] = []
        broken: list[Broken] = []
        at, follows = 0, first > 1  # whether a record stands before in the output
        for number, (start, end) in enumerate(spans, first):
            between, raw = block[at:start], block[start:end]
            at = end
            if not follows and number > first:  # all records so far were left out
                between = between.replace(b",", b"", 1)
            try:
                if len(raw) > self.longest:
                    raise TooLong("the record", self.longest)
                text = raw.decode("utf-8", "surrogatepass")
                cleaned = self.record(text, number, clean)
                out += [between, raw if cleaned is text else cleaned.encode("utf-8", "surrogatepass")]
            except ValueError as error:
                broken.append(Broken(number, reason(error), raw.decode("utf-8", "surrogateescape")))
                if self.on_error == "stop":
                    return Cleaned(b"".join(out), tuple(broken))
                if self.on_error == "pass":
                    out += [between, raw]
                elif number == 1:
                    out.append(between)
            follows = follows or self.on_error == "pass" or not (broken and broken[-1].record == number)
        if in_array and spans and not follows and not last:
            raise ValueError(f"none of the first {len(spans):,} records could be cleaned: {broken[0].reason}")
        return Cleaned(b"".join([*out, block[at:]]), tuple(broken))

    def _spans(self, block: bytes, first: int, in_array: bool) -> list[tuple[int, int]]:
        """Return where the whole records of a block are. Raises ValueError for anything else between them."""
        spans: list[tuple[int, int]] = []
        at = depth = start = 0
        opened = in_array and first == 1  # whether the bracket of the array is in the block
        for found in _TOKEN.finditer(block):
            token = found[0]
            if token in (b"{", b"["):
                if token == b"[" and opened and not depth and not spans:
                    opened = False
                    continue
                if not depth:
                    start = found.start()
                    before = _BETWEEN[in_array, first == 1 and not spans]
                    if token == b"[" or not before.fullmatch(block, at, start):
                        raise ValueError(
                            f"record {first + len(spans):,} is no JSON object, or not set apart as in JSON"
                        )
                depth += 1
            elif token in (b"}", b"]"):
                depth -= 1
                if depth < 0:
                    return spans  # the end of the array
                if not depth:
                    at = found.end()
                    spans.append((start, at))
            elif not depth:
                raise ValueError(f"record {first + len(spans):,} is no JSON object")
        return spans


def json_or_lines(head: bytes) -> str:
    r"""Return what the beginning of a ``.json`` file shows: ``json``, or ``jsonl`` for JSON Lines.

    >>> json_or_lines(b'[{"text": "a"}]'), json_or_lines(b'{\n  "text": "a"\n}'), json_or_lines(b'{"text": "a"}\n{"text": "b"}\n')
    ('json', 'json', 'jsonl')
    """
    head = head.removeprefix(_BOM).lstrip()
    if head.startswith(b"["):
        return "json"
    line, broken, _ = head.partition(b"\n")
    if not broken or not line.startswith(b"{"):
        return "jsonl"
    try:
        members(line.decode("utf-8", "replace"))
        return "jsonl"
    except ValueError:
        tokens = _TOKEN.findall(line)
        if any(token[:1] == b'"' and (len(token) < 2 or token[-1:] != b'"') for token in tokens):
            return "jsonl"  # a string goes on in the next line, which no JSON does
        opened = sum(token in (b"{", b"[") for token in tokens) - sum(token in (b"}", b"]") for token in tokens)
        return "json" if opened > 0 and not re.search(rb"[^\s,:{\[\]}]\s*$", _TOKEN.sub(b"", line[1:])) else "jsonl"
