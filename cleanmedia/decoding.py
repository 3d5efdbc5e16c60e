"""Bytes to text, with the evidence for the guess."""

import codecs
import re
from typing import NamedTuple

__all__ = ["Decoded", "decode"]

_BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SHORT = 40  # bytes above ASCII: a detector that has fewer guesses
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


class Decoded(NamedTuple):
    """A text, the encoding it was read in, and what spoke for that."""

    text: str
    encoding: str
    evidence: str


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode bytes: a byte-order mark decides, else valid UTF-8, else charset-normalizer, else windows-1252.

    >>> decode("naïve".encode()), decode(b"na\\xefve").encoding
    (Decoded(text='naïve', encoding='utf-8', evidence='valid UTF-8'), 'windows-1252')

    Raises:
        UnicodeDecodeError: the bytes are not text in the encoding that was named, or that the byte-order mark names.
        LookupError: Python knows no encoding of the name.
    """
    if encoding is not None:
        return Decoded(data.decode(encoding), codecs.lookup(encoding).name, "named by the caller")
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(data.decode(name), name, "byte-order mark")
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "ASCII" if data.isascii() else "valid UTF-8")
    except UnicodeDecodeError:
        pass
    return _utf_16(data) or _broken_utf_8(data) or _detected(data)


def _utf_16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark shows in its zeros: every other byte of Western text."""
    if len(data) < 4 or len(data) % 2:
        return None
    for name, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if zeros.count(0) * 2 > len(zeros):
            try:
                return Decoded(data.decode(name), name, "zero bytes in every other place")
            except UnicodeDecodeError:
                return None
    return None


def _broken_utf_8(data: bytes) -> Decoded | None:
    """UTF-8 with a few bad bytes in it, each read as windows-1252."""
    good = len(_MULTIBYTE.findall(data))
    rest = _MULTIBYTE.sub(b"", data)
    bad = sum(byte >= 0x80 for byte in rest)
    if good == 0 or bad > max(2, good // 4):
        return None
    pieces: list[str] = []
    at = 0
    for match in _MULTIBYTE.finditer(data):
        pieces += (_windows_1252(data[at : match.start()]), match[0].decode("utf-8", "replace"))
        at = match.end()
    pieces.append(_windows_1252(data[at:]))
    return Decoded("".join(pieces), "utf-8", f"UTF-8 but for {bad} bytes, read as windows-1252")


def _detected(data: bytes) -> Decoded:
    high = sum(byte >= 0x80 for byte in data)
    if high >= _SHORT:
        from charset_normalizer import from_bytes

        best = from_bytes(data).best()
        if best is not None:
            return Decoded(str(best), best.encoding, "detected by charset-normalizer")
    return Decoded(_windows_1252(data), "windows-1252", f"not UTF-8, and too short to tell: {high} bytes above ASCII")


def _windows_1252(data: bytes) -> str:
    """The five bytes that windows-1252 leaves open become the controls of Latin-1, so that nothing is lost."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(
            [bytes((byte,)).decode("cp1252" if byte not in b"\x81\x8d\x8f\x90\x9d" else "latin-1") for byte in data]
        )
