"""Decode bytes to text, with the evidence for the encoding."""

import codecs
import re
from typing import Literal, NamedTuple

from cleanmedia.decoding.binary import NotText, controls, file_format, too_many_controls
from cleanmedia.decoding.lenient import UTF_16, WIDE, WINDOWS_1252, Lenient, cut_off, lenient_utf_8, whole

__all__ = ["Decoded", "decode"]

_BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDTHS = {"utf-16": 2, "utf-16-le": 2, "utf-16-be": 2, "utf-32": 4, "utf-32-le": 4, "utf-32-be": 4}
_ESCAPES = (  # encodings that consist of ASCII bytes: how their runs of other characters begin, a pattern for a run, language
    (b"\x1b$", rb"\x1b\$[@B]((?:[\x21-\x7e]{2})+)", "iso-2022-jp", "ja"),
    (b"\x1b$)C", rb"\x0e((?:[\x21-\x7e]{2})+)\x0f", "iso-2022-kr", "ko"),
    (b"~{", rb"~\{((?:[\x21-\x77][\x21-\x7e])+)~\}", "hz", "zh-Hans"),
)
_WIDE_FROM = 0.02  # a share of control bytes from which on UTF-16 and UTF-32 are considered
_BEYOND_DOUBT = 4  # characters of UTF-8 per stray byte, at least
# What a file of two encodings has at least: characters of UTF-8 in one line, and in all, and lines in UTF-8 per line that is not
_LINES_OF_UTF_8 = ((4, 4, 0.1), (2, 8, 0.5))
_LEAD = 20  # half nats that another encoding of those lines must lead over windows-1252
_ENOUGH_TO_GUESS = 40  # bytes of those lines, under which only a certain guess is taken
_STRAY_BECOME = {"strict": "read as windows-1252", "surrogateescape": "kept as surrogates"}
_CUT_BECOMES = {"strict": "read as U+FFFD", "surrogateescape": "kept as surrogates"}


class Decoded(NamedTuple):
    """A text, how it was decoded, and how good the evidence for that is.

    Attributes:
        text: the text.
        encoding: Python's name of the encoding.
        evidence: why that encoding, and which bytes were not valid in it, in words.
        certain: False if the encoding is a weak guess: another one reads nearly as well, or none reads well. Ask the user before you overwrite
            the file with such a text. True if the encoding was named, marked, or follows from the bytes (valid UTF-8), and for a guess whose
            lead is clear.
    """

    text: str
    encoding: str
    evidence: str
    certain: bool = True


def decode(
    data: bytes, encoding: str | None = None, errors: Literal["strict", "surrogateescape"] = "strict"
) -> Decoded:
    """Decode bytes in the encoding that is named, or else in the one that the bytes suggest, and say which, and why.

    A byte-order mark decides; else valid UTF-8; else UTF-8 with a few bytes that are not; else how the text would read in each encoding: see
    :mod:`cleanmedia.decoding.guessing`. Data that is not text (an image, an archive, a program) is refused. No byte is dropped silently: stray bytes in UTF-8
    are read as windows-1252, which they most often are; a last character that is cut off becomes U+FFFD; both are counted in the evidence.

    With ``errors="surrogateescape"``, invalid bytes stay in the text as lone surrogates instead, and data that is not text is decoded as UTF-8
    with such surrogates: ``text.encode(encoding, "surrogateescape")`` returns the same bytes.

    >>> decode("naïve".encode())
    Decoded(text='naïve', encoding='utf-8', evidence='valid UTF-8', certain=True)
    >>> decode(b"na\\xefve")[1:]
    ('windows-1252', 'guessed: its letters read as fr, by 1 bits likelier than windows-1250', False)
    >>> decode(b"caf\\xe9", "utf-8", errors="surrogateescape").text.encode("utf-8", "surrogateescape")
    b'caf\\xe9'

    Raises:
        UnicodeDecodeError: the bytes are invalid in the encoding that was named or that the byte-order mark names, or the data is not text
            (then ``reason`` begins with "binary data, not text: ").
        LookupError: Python knows no encoding of that name.
        ValueError: ``errors`` is neither of the two.
        TypeError: ``data`` is not ``bytes``.
    """
    if not isinstance(data, bytes | bytearray):
        is_text = "; a str is text already" if isinstance(data, str) else ""
        raise TypeError(f"decode takes bytes, not {type(data).__name__}{is_text}")
    if errors not in ("strict", "surrogateescape"):
        raise ValueError(f"errors is {errors!r}; it is 'strict' or 'surrogateescape'")
    if encoding is not None:
        return Decoded(data.decode(encoding, errors), codecs.lookup(encoding).name, "named by the caller")
    try:
        return _found_out(data, errors)
    except NotText as reason:
        if errors == "strict":
            raise UnicodeDecodeError("utf-8", data, 0, len(data), f"binary data, not text: {reason}") from None
        evidence = f"binary data, not text: {reason}; kept as UTF-8 with surrogates"
        return Decoded(data.decode("utf-8", errors), "utf-8", evidence, certain=False)


def _found_out(data: bytes, errors: str) -> Decoded:
    if name := file_format(data):
        raise NotText(name)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _cut_off(data, name, "byte-order mark", errors)
    found = controls(data)
    if found > _WIDE_FROM * len(data) and (decoded := _wide(data, errors)):
        return decoded
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        by_line = _by_line(data) if errors == "strict" else None
        return by_line or _broken_utf_8(data, errors) or _guessed(data, errors)
    if too_many_controls(data, found):
        raise NotText(f"{found:,} of its {len(data):,} bytes are control characters")
    if data.isascii():
        return _escaped(data) or Decoded(text, "utf-8", "ASCII")
    return Decoded(text, "utf-8", "valid UTF-8")


def _cut_off(data: bytes, name: str, evidence: str, errors: str) -> Decoded:
    """Decode UTF-16 or UTF-32, or UTF-8 with a mark; a last character of the first two may be cut off.

    That one becomes U+FFFD. It has no surrogate, so with ``errors="surrogateescape"`` the data is refused.
    """
    rest = len(data) % _WIDTHS.get(name, 1)
    if not rest or errors != "strict":
        return Decoded(data.decode(name, errors), name, evidence)
    evidence += f"; cut within its last character ({data[-rest:].hex(' ')}), read as U+FFFD"
    return Decoded(data[:-rest].decode(name) + "\ufffd", name, evidence)


def _wide(data: bytes, errors: str) -> Decoded | None:
    """Decode UTF-16 or UTF-32 without a mark, of which one byte in two, or three in four, take few values."""
    from cleanmedia.decoding.guessing import unmarked

    name = unmarked(data)
    if name and (errors == "strict" or len(data) % _WIDTHS[name] == 0):
        try:
            return _cut_off(data, name, "its high bytes take few values", errors)
        except UnicodeDecodeError:
            pass
    return None


def _escaped(data: bytes) -> Decoded | None:
    """Decode ASCII with escape sequences of another encoding, if what they enclose reads better so than as it is."""
    for sign, run, name, language in _ESCAPES:
        if sign in data and (runs := re.findall(run, data)):
            from cleanmedia.decoding.guessing import reads_better

            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            if reads_better(text, runs, language):
                return Decoded(text, name, "its escape sequences")
    return None


def _broken_utf_8(data: bytes, errors: str) -> Decoded | None:
    """Decode what is UTF-8 beyond doubt, except for a few bytes."""
    found = lenient_utf_8(data, errors)
    if found.good < max(1, _BEYOND_DOUBT * (found.bad + bool(found.cut))):
        return None
    return Decoded(found.text, "utf-8", found.evidence(_STRAY_BECOME[errors]))


def _by_line(data: bytes) -> Decoded | None:
    """Decode a file of which some lines are UTF-8 and the others are in one other encoding."""
    cut = cut_off(data)
    lines = data[: len(data) - len(cut)].split(b"\n")
    known: dict[int, Lenient] = {}
    others = []
    for number, line in enumerate(lines):
        if not line.isascii():
            found = lenient_utf_8(line, "strict")
            if found.good and found.good >= found.bad:
                known[number] = found
            else:
                others.append(number)
    most = max((found.good - found.bad for found in known.values()), default=0)
    total = sum(found.good - found.bad for found in known.values())
    share = next((share for a_line, all_, share in _LINES_OF_UTF_8 if most >= a_line and total >= all_), None)
    if not others or share is None or len(known) < share * len(others):
        return None
    rest = b"\n".join([lines[number] for number in others])
    name, evidence, certain, read = _rest(rest)
    texts = {number: found.text for number, found in known.items()} | dict(zip(others, read, strict=True))
    told = f"lines of two encodings: {len(known):,} in UTF-8, {len(others):,} in {name} ({evidence})"
    broken = [found for found in known.values() if found.bad or found.pairs]
    if broken:
        told += (
            f"; {len(broken):,} of the first have other bytes, such as: {broken[0].evidence(_STRAY_BECOME['strict'])}"
        )
    if cut:
        told += f"; the last character is cut off ({cut.hex(' ')}), read as U+FFFD"
    text = "\n".join([texts[number] if number in texts else line.decode() for number, line in enumerate(lines)])
    return Decoded(text + "\ufffd" * bool(cut), "utf-8", told, certain)


def _rest(data: bytes) -> tuple[str, str, bool, list[str]]:
    """Guess the encoding of lines that are not UTF-8; return it, the evidence, whether it is certain, and the lines decoded.

    Stray lines are most often windows-1252, so another encoding needs a clear lead over it, and one of
    several bytes per character (of which the costs of ASCII letters say little) has to be certain.
    """
    from cleanmedia.decoding.guessing import guesses

    count = data.count(b"\n") + 1
    found = list(guesses(data))
    western = next((guess for guess in found if guess.encoding == "windows-1252"), found[-1])
    for guess in found:
        worse = guess.cost is None or (western.cost is not None and western.cost - guess.cost < _LEAD)
        needs_certainty = guess.encoding in WIDE or len(data) < _ENOUGH_TO_GUESS
        if guess.encoding in UTF_16 | {"utf-8"} or worse or (needs_certainty and not guess.certain):
            continue
        if whole(data, guess.encoding) == len(data):
            lines = data.decode(guess.encoding).split("\n")
            if len(lines) == count:
                return guess.encoding, guess.evidence, guess.certain, lines
    lines = codecs.charmap_decode(data, "strict", WINDOWS_1252)[0].split("\n")
    first = western is found[0]
    evidence = western.evidence if first else "the most usual one, as none reads much better"
    return "windows-1252", evidence, first and western.certain, lines


def _guessed(data: bytes, errors: str) -> Decoded:
    from cleanmedia.decoding.guessing import guesses

    for name, evidence, certain, _ in guesses(data):
        if name == "utf-8":
            found = lenient_utf_8(data, errors)
            evidence = f"{evidence}; {found.evidence(_STRAY_BECOME[errors])}"
            return Decoded(found.text, name, evidence, certain)
        if name == "windows-1252":
            return Decoded(codecs.charmap_decode(data, "strict", WINDOWS_1252)[0], name, evidence, certain)
        end = whole(data, name)
        if end == len(data):
            return Decoded(data.decode(name), name, evidence, certain)
        if end is not None:
            rest = data[end:].decode("ascii", "surrogateescape") if errors != "strict" else "\ufffd"
            evidence += f"; cut within its last character ({data[end:].hex(' ')}), {_CUT_BECOMES[errors]}"
            return Decoded(data[:end].decode(name) + rest, name, evidence, certain)
    raise AssertionError("windows-1252 is always among the guesses")
