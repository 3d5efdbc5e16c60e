"""Reading bytes that are almost, but not wholly, text in an encoding: stray bytes in UTF-8, a character that is cut off."""

__all__ = ["STRAY", "WIDE", "WINDOWS_1252", "lenient_utf_8", "whole"]

_HIGH = bytes(range(0x80, 0x100))
# What windows-1252 makes of a byte. The five that it leaves open become the controls of Latin-1, so that nothing is lost.
WINDOWS_1252 = "".join(
    bytes((byte,)).decode("latin-1" if byte in b"\x81\x8d\x8f\x90\x9d" else "cp1252") for byte in range(0x100)
)
STRAY = {0xDC00 + byte: WINDOWS_1252[byte] for byte in range(0x80, 0x100)}  # surrogateescape's stand-ins
WIDE = frozenset(
    ["gb18030", "cp932", "euc-jp", "cp949", "cp950", "big5hkscs", "johab", "utf-16-le", "utf-16-be"]
)  # several bytes a character
_ENOUGH_OF_IT = 8  # so many bytes speak for an encoding though the last of them are cut off


def lenient_utf_8(data: bytes, errors: str) -> tuple[str, int, int]:
    """The text, with bytes that are no UTF-8 read as windows-1252 or kept as surrogates; how many characters above ASCII are UTF-8,
    and how many bytes are not."""
    text = data.decode("utf-8", "surrogateescape")
    above = len(data) - len(data.translate(None, _HIGH))
    bad = sum(map(text.count, map(chr, STRAY)))
    good = len(text) - (len(data) - above) - bad
    return (text.translate(STRAY) if errors == "strict" else text), good, bad


def whole(data: bytes, name: str) -> int | None:
    """How many bytes are whole characters of an encoding: all, or all but a cut one at the end; None where others are none."""
    try:
        data.decode(name)
    except UnicodeDecodeError as error:
        return error.start if name in WIDE and 0 < len(data) - error.start < 4 and error.start > _ENOUGH_OF_IT else None
    except LookupError:  # another detector's name for one that Python does not have
        return None
    return len(data)
