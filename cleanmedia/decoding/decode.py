"""Bytes to text, with the evidence for the guess."""

import codecs
import re
from typing import Literal, NamedTuple

from cleanmedia.decoding.lenient import STRAY, WINDOWS_1252, lenient_utf_8, whole

__all__ = ["Decoded", "decode"]

_BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEVEN_BITS = (  # encodings that are ASCII to look at, by what only they have
    (re.compile(rb"\x1b\$[@B]"), "iso-2022-jp"),
    (re.compile(rb"\x1b\$\)C"), "iso-2022-kr"),
    (re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}"), "hz"),
)
_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\x0b\x0c\r\x1a\x1b")
_MANY = 0.1  # a share of control bytes that text does not have
_BEYOND_DOUBT = 4  # so many characters of UTF-8 to one byte that is none
_STRAY_EVIDENCE = {
    "strict": "UTF-8 but for {} bytes, read as windows-1252",
    "surrogateescape": "UTF-8 but for {} bytes, kept as surrogates",
}


class Decoded(NamedTuple):
    """A text, the encoding it was read in, and what spoke for that."""

    text: str
    encoding: str
    evidence: str


def decode(
    data: bytes, encoding: str | None = None, errors: Literal["strict", "surrogateescape"] = "strict"
) -> Decoded:
    """Decode bytes, in the encoding that is named, or in the one that the bytes speak for; and say which, and why.

    A byte-order mark decides, else valid UTF-8, else UTF-8 with a few bytes that are not, else how the text would read:
    see :mod:`cleanmedia.decoding.guessing`. No byte is dropped. What is no text in an encoding that is certain is refused; with
    ``errors="surrogateescape"`` it stays in the text as lone surrogates, from which
    ``text.encode(encoding, "surrogateescape")`` makes the same bytes again. Single stray bytes in UTF-8 are read as
    windows-1252, which they most often are, unless ``errors`` says to keep them.

    >>> decode("naïve".encode()), decode(b"na\\xefve").encoding
    (Decoded(text='naïve', encoding='utf-8', evidence='valid UTF-8'), 'windows-1252')
    >>> decode(b"caf\\xe9", "utf-8", errors="surrogateescape").text.encode("utf-8", "surrogateescape")
    b'caf\\xe9'

    Raises:
        UnicodeDecodeError: the bytes are not text in the encoding that was named or that the byte-order mark names, or they
            look like no text at all.
        LookupError: Python knows no encoding of the name.
        ValueError: ``errors`` is neither of the two.
    """
    if errors not in ("strict", "surrogateescape"):
        raise ValueError(f"errors is {errors!r}; it is 'strict' or 'surrogateescape'")
    if encoding is not None:
        return Decoded(data.decode(encoding, errors), codecs.lookup(encoding).name, "named by the caller")
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(data.decode(name, errors), name, "byte-order mark")
    odd = len(data) - len(data.translate(None, _CONTROLS)) > _MANY * len(data)
    if odd and (found := _wide(data)):
        return found
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if odd:
            if errors == "strict":
                raise UnicodeDecodeError("utf-8", data, error.start, error.end, "binary data, not text") from None
            return Decoded(
                data.decode("utf-8", errors), "utf-8", "no text, by its controls: kept as UTF-8 with what is not"
            )
    else:
        if data.isascii():
            return _seven_bits(data) or Decoded(text, "utf-8", "ASCII")
        return Decoded(text, "utf-8", "valid UTF-8")
    return _broken_utf_8(data, errors) or _guessed(data, errors)


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 or UTF-32 without a mark: every other byte, or three of four, are the same few."""
    for name, width, high in (
        ("utf-32-le", 4, 2), ("utf-32-be", 4, 1), ("utf-16-le", 2, 1), ("utf-16-be", 2, 0)
    ):  # fmt: skip
        places = data[high::width]
        most = max(map(places.count, range(0x20)), default=0)
        if (
            len(data) % width == 0
            and (places.count(0) + most) * 2 > len(places)
            and (width == 2 or most == len(places))
        ):
            other = data[1 - high :: 2]
            if width == 2 and other.count(0) > places.count(0):
                continue
            try:
                return Decoded(data.decode(name), name, "the same bytes in every other place")
            except UnicodeDecodeError:
                continue
    return None


def _seven_bits(data: bytes) -> Decoded | None:
    for sign, name in _SEVEN_BITS:
        if sign.search(data):
            try:
                return Decoded(data.decode(name), name, "its escape sequences")
            except UnicodeDecodeError:
                continue
    return None


def _broken_utf_8(data: bytes, errors: str) -> Decoded | None:
    """UTF-8 beyond doubt, with a few bytes in it that are not."""
    text, good, bad = lenient_utf_8(data, errors)
    return Decoded(text, "utf-8", _STRAY_EVIDENCE[errors].format(bad)) if good >= _BEYOND_DOUBT * bad else None


def _guessed(data: bytes, errors: str) -> Decoded:
    from cleanmedia.decoding.guessing import guesses

    for name, evidence in guesses(data):
        if name == "utf-8":
            text, _, bad = lenient_utf_8(data, errors)
            return Decoded(text, name, f"{evidence}; {_STRAY_EVIDENCE[errors].format(bad)}")
        if name == "windows-1252":
            return Decoded(codecs.charmap_decode(data, "strict", WINDOWS_1252)[0], name, evidence)
        end = whole(data, name)
        if end == len(data):
            return Decoded(data.decode(name), name, evidence)
        if end is not None:
            rest = data[end:].decode("ascii", "surrogateescape")
            rest = rest.translate(STRAY) if errors == "strict" else rest
            return Decoded(data[:end].decode(name) + rest, name, f"{evidence}; cut within its last character")
    raise AssertionError("windows-1252 is always among the guesses")
