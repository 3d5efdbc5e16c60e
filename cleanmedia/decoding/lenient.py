"""Decode bytes that are almost valid in an encoding: UTF-8 with stray bytes or surrogate pairs, or cut within a character."""

import re
from typing import NamedTuple

__all__ = ["STRAY", "UTF_16", "WIDE", "WINDOWS_1252", "Lenient", "cut_off", "lenient_utf_8", "whole"]

_HIGH = bytes(range(0x80, 0x100))
# windows-1252, with the five bytes that it leaves undefined read as the controls of Latin-1, so that no byte is lost.
WINDOWS_1252 = "".join(
    bytes((byte,)).decode("latin-1" if byte in b"\x81\x8d\x8f\x90\x9d" else "cp1252") for byte in range(0x100)
)
STRAY = {0xDC00 + byte: WINDOWS_1252[byte] for byte in range(0x80, 0x100)}  # the surrogates of surrogateescape
UTF_16 = frozenset(["utf-16-le", "utf-16-be"])
# Encodings of several bytes per character
WIDE = UTF_16 | {"gb18030", "cp932", "euc-jp", "cp949", "cp950", "big5hkscs", "johab"}
_LEAST_BEFORE_A_CUT = 8  # bytes that must be valid before a character that is cut off at the end
_PAIR = rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]"  # a surrogate pair in CESU-8
_CUT = rb"(?:[\xc2-\xdf]|[\xe1-\xec\xee\xef][\x80-\xbf]?|\xe0(?:[\xa0-\xbf])?|\xed(?:[\x80-\x9f])?"
_CUT += rb"|[\xf1-\xf3][\x80-\xbf]{0,2}|\xf0(?:[\x90-\xbf][\x80-\xbf]?)?|\xf4(?:[\x80-\x8f][\x80-\xbf]?)?)\Z"


class Lenient(NamedTuple):
    """UTF-8 decoded leniently.

    Attributes:
        text: the text.
        good: how many characters above ASCII are UTF-8.
        bad: how many bytes are not UTF-8, other than those of ``pairs`` and ``cut``.
        pairs: how many characters are surrogate pairs, each half encoded for itself (CESU-8).
        cut: the bytes of the last character, where it is cut off; else empty.
    """

    text: str
    good: int
    bad: int
    pairs: int
    cut: bytes

    def evidence(self, stray: str) -> str:
        """Return what was not UTF-8, in words; ``stray`` says what became of the stray bytes."""
        told = []
        if self.bad:
            told.append(f"UTF-8 except for {self.bad} {'byte' if self.bad == 1 else 'bytes'}, {stray}")
        if self.pairs:
            told.append(f"UTF-8 with {self.pairs} surrogate {'pair' if self.pairs == 1 else 'pairs'} (CESU-8)")
        if self.cut:
            told.append(f"UTF-8 cut within its last character ({self.cut.hex(' ')}), read as U+FFFD")
        return "; ".join(told)


def lenient_utf_8(data: bytes, errors: str) -> Lenient:
    """Decode UTF-8 that is not quite valid.

    With ``errors="strict"``, stray bytes are read as windows-1252, surrogate pairs as the character that they stand for, and a last character that
    is cut off as U+FFFD. With ``errors="surrogateescape"``, all three are kept as lone surrogates and count as stray.
    """
    pairs, cut = 0, b""
    if errors == "strict":
        if b"\xed" in data:
            data, pairs = re.subn(_PAIR, _joined, data)
        cut = cut_off(data)
        data = data[: len(data) - len(cut)]
    text = data.decode("utf-8", "surrogateescape")
    bad = len(data) - len(text.encode("utf-8", "ignore"))  # lone surrogates are what it leaves out
    good = len(text) - len(data.translate(None, _HIGH)) - bad
    if errors == "strict":
        text = (text.translate(STRAY) if bad else text) + "\ufffd" * bool(cut)
    return Lenient(text, good, bad, pairs, cut)


def cut_off(data: bytes) -> bytes:
    """Return the bytes of a last character of UTF-8 that is cut off, or none.

    A single byte may also be a letter of another encoding, as in ``b"caf\\xe9"``: it counts only if another character begins with it.
    """
    match = re.search(_CUT, data[-3:])
    if not match or (len(match[0]) == 1 and not re.search(re.escape(match[0]) + rb"[\x80-\xbf]", data)):
        return b""
    return match[0]


def _joined(match: re.Match[bytes]) -> bytes:
    pair = match[0].decode("utf-8", "surrogatepass")
    return pair.encode("utf-16", "surrogatepass").decode("utf-16").encode()


def whole(data: bytes, name: str) -> int | None:
    """Return how many bytes are whole characters of an encoding: all, or all but a last one that is cut off; None where others are invalid."""
    try:
        data.decode(name)
    except UnicodeDecodeError as error:
        cut = name in WIDE and 0 < len(data) - error.start < 4 and error.start > _LEAST_BEFORE_A_CUT
        return error.start if cut else None
    except LookupError:  # a name that another detector gave and Python does not know
        return None
    return len(data)
