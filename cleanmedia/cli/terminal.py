"""Text for terminals. File names, keys and error messages may hold anything, also what controls a terminal or forges a line."""

import sys
from contextlib import suppress

__all__ = ["count", "json_line", "note", "printable", "write_stderr"]

LONGEST = 1_000  # code points of a line; more than most paths have
_JOINERS = "\u200c\u200d"  # the only invisible characters with a place in names: Persian and Indic scripts need them


def printable(text: str, longest: int = LONGEST) -> str:
    r"""Return text on one line, with all invisible characters escaped, cut in the middle if it is too long.

    Bytes of a file name that are not text, which Python has as lone surrogates, are escaped as bytes.

    >>> printable("a\x1b]0;b\x07\n\u202ec"), printable("na\udcefve"), printable("x" * 90, 21)
    ('a\\x1b]0;b\\x07\\n\\u202ec', 'na\\xefve', 'xxxxxxxxxx…xxxxxxxxxx')
    """
    if len(text) > longest:
        text = f"{text[: longest // 2]}…{text[-(longest // 2) :]}"
    return text if text.isprintable() else "".join(map(_escaped, text))


def note(message: str) -> str:
    """Return a message as a line for standard error. All of the command line's messages are made here."""
    return f"cleanmedia: {printable(message)}\n"


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural if it is not 1.

    >>> count(1, "host"), count(1200, "host")
    ('1 host', '1,200 hosts')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def write_stderr(text: str) -> None:
    """Write text to standard error, if somebody takes it: a message that cannot be shown is no reason to fail."""
    with suppress(OSError):
        sys.stderr.write(text)


def json_line(values: object) -> str:
    r"""Return values as a line of JSON that is valid UTF-8 and controls no terminal, but keeps letters readable.

    >>> print(json_line({"a": "é\x9b\udcff"}), end="")
    {"a": "é\u009b\udcff"}
    """
    import json
    import re

    literal = json.dumps(values, ensure_ascii=False)
    return re.sub(_RISKY, lambda match: f"\\u{ord(match[0]):04x}", literal) + "\n"


_RISKY = "[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"  # what json.dumps does not escape


def _escaped(char: str) -> str:
    if char.isprintable() or char in _JOINERS:
        return char
    if "\udc80" <= char <= "\udcff":
        return f"\\x{ord(char) - 0xDC00:02x}"
    return char.encode("unicode_escape").decode()
