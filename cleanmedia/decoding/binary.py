"""Tell data that is not text: by its signature and by its control bytes."""

import re

from cleanmedia.decoding.formats import AT_THE_START, FURTHER_ON

__all__ = ["NotText", "controls", "file_format", "too_many_controls"]

_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\b\t\n\x0b\x0c\r\x1a\x1b")
_MANY, _MOST = 0.1, 0.3  # shares of control characters
_KINDS = 3
_PREFIXES = tuple(prefix for prefix, _, _ in AT_THE_START)


class NotText(ValueError):
    """Data is not text; the message says why."""


def file_format(data: bytes) -> str | None:
    """Return the binary file format that data begins as, in words, or None.

    >>> file_format(b"\\x1f\\x8b\\x08\\x00"), file_format(b"BM: a review")
    ('gzip data', None)
    """
    if data.startswith(_PREFIXES):
        for prefix, name, condition in AT_THE_START:
            if data.startswith(prefix) and (not condition or re.match(condition, data, re.DOTALL)):
                return name
    for offset, signature, name in FURTHER_ON:
        if data.startswith(signature, offset) and (offset != 4 or data[0] < 2):
            return name
    return None


def too_many_controls(data: bytes, found: int) -> bool:
    """Return whether data with so many control characters is not text though it is valid UTF-8.

    Records may be separated by one or two kinds of control characters, so only many kinds of them, or very many, are evidence.
    """
    if found <= _MANY * len(data):
        return False
    return found > _MOST * len(data) or sum(byte in data for byte in _CONTROLS) > _KINDS


def controls(data: bytes) -> int:
    """Return how many bytes are ASCII control characters that text files do not contain."""
    return len(data) - len(data.translate(None, _CONTROLS))
