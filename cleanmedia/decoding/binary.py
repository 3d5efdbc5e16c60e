"""Tell data that is not text: by its signature and by its control bytes."""

import re

from cleanmedia.decoding.formats import AT_THE_START, FURTHER_ON

__all__ = ["NotText", "controls", "file_format"]

_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\b\t\n\x0b\x0c\r\x1a\x1b")
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


def controls(data: bytes) -> int:
    """Return how many bytes are ASCII control characters that text files do not contain."""
    return len(data) - len(data.translate(None, _CONTROLS))
