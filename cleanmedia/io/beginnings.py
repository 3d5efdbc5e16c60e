"""Tell the format of data from its beginning, for standard input and for ``.json`` files."""

import re

__all__ = ["LONGEST", "begins_as"]

LONGEST = 1 << 16  # bytes that are looked at

_BOM = b"\xef\xbb\xbf"
_JSON = rb'[{\[][\s{\[]*"(?:[^"\\]|\\.)*"\s*:'
_HEADER = rb'"?[A-Za-z_][\w.-]*"?(?:([,;\t])"?[A-Za-z_][\w.-]*"?)(?:\1"?[A-Za-z_][\w.-]*"?)*\r?\n'
_FEWEST_ROWS = 3  # that a CSV has, with its header


def begins_as(head: bytes, named: "tuple[str, ...]" = ()) -> str | None:
    r"""Return the name of the format that data begins as; None for text, and where it is in doubt.

    CSV is told by a header whose cells are words without spaces, and by rows that all have as many cells. If the header has all
    columns that are ``named``, one row is enough.

    >>> begins_as(b'{"text": "a"}\n{"text": "b"}\n'), begins_as(b'[{"text": "a"}]'), begins_as(b"{sighs}\n")
    ('jsonl', 'json', None)
    >>> begins_as(b"id,text\n1,So it was\n2,Yes\n"), begins_as(b"Yes,no\nMaybe, so they said\n"), begins_as(b"WARC/1.0\r\n")
    ('csv', None, 'wet')
    """
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "wet"
    body = head.removeprefix(_BOM).lstrip()
    if body[:1] in (b"{", b"["):
        return _json(body)
    header = re.match(_HEADER, body)
    return _csv(body, header[1], named) if header else None


def _json(body: bytes) -> str | None:
    if not re.match(_JSON, body, re.DOTALL):
        return None
    from cleanmedia.io.json import json_or_lines
    from cleanmedia.io.jsonl import members

    found = json_or_lines(body)
    line, ends, _ = body.partition(b"\n")
    if found == "jsonl" and (ends or len(body) < LONGEST // 2):
        try:
            members(line.decode("utf-8", "surrogateescape").strip())
        except ValueError:
            return None
    return found


def _csv(body: bytes, delimiter: bytes, named: "tuple[str, ...]") -> str | None:
    from cleanmedia.io.csv import even_rows

    rows = even_rows(body, delimiter)
    if not rows or len(set(rows[0])) < len(rows[0]):
        return None
    known = bool(named) and set(named) <= {cell.decode() for cell in rows[0]}
    return ("tsv" if delimiter == b"\t" else "csv") if len(rows) >= (2 if known else _FEWEST_ROWS) else None
