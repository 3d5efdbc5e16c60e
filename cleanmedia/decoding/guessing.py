"""In which of the old encodings bytes are: the one in which they read best as one of its languages.

Every likely encoding is tried. What comes out is judged by :mod:`cleanmedia.decoding.letters`; encodings that are rare today pay for it,
so that they win by clear evidence only. Where nothing reads like a language, charset-normalizer is asked;
where two encodings read nearly alike, chardet is, if it is installed.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from cleanmedia.decoding.lenient import WIDE, lenient_utf_8, whole
from cleanmedia.decoding.letters import Reading, cost, languages

__all__ = ["ENCODINGS", "guesses"]

_WEST = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "is", "ca", "id", "af", "sq")
_CENTRE = ("pl", "cs", "sk", "hu", "hr", "sl", "ro")
_CYRILLIC = ("ru", "uk", "bg", "sr", "mk", "be")
_BALTIC = ("lt", "lv", "et")

# Encoding, the languages it is used for, and what its rarity costs, in half nats. Of those that read alike the first wins.
ENCODINGS: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("windows-1252", _WEST, 0),
    ("windows-1251", _CYRILLIC, 2),
    ("windows-1250", _CENTRE, 4),
    ("gb18030", ("zh-Hans",), 3),
    ("cp932", ("ja",), 4),
    ("euc-jp", ("ja",), 6),
    ("cp949", ("ko",), 4),
    ("cp950", ("zh-Hant",), 4),
    ("big5hkscs", ("zh-Hant",), 8),
    ("windows-1253", ("el",), 6),
    ("windows-1254", ("tr",), 6),
    ("windows-1255", ("he",), 6),
    ("windows-1256", ("ar", "fa"), 6),
    ("windows-1257", _BALTIC, 9),
    ("windows-1258", ("vi",), 7),
    ("cp874", ("th",), 6),
    ("iso-8859-15", _WEST, 11),
    ("iso-8859-2", _CENTRE, 7),
    ("koi8-r", ("ru", "bg"), 8),
    ("koi8-u", ("uk", "be"), 8),
    ("iso-8859-7", ("el",), 9),
    ("iso-8859-5", _CYRILLIC, 13),
    ("iso-8859-8", ("he",), 9),
    ("iso-8859-6", ("ar",), 9),
    ("iso-8859-13", _BALTIC, 14),
    ("iso-8859-4", _BALTIC, 16),
    ("iso-8859-16", ("ro",), 15),
    ("cp866", ("ru", "uk", "bg", "be"), 12),
    ("mac-roman", _WEST, 8),
    ("mac-cyrillic", _CYRILLIC, 8),
    ("cp850", _WEST, 8),
    ("cp437", _WEST, 10),
    ("cp852", _CENTRE, 8),
    ("utf-16-le", ("en", "ru", "zh-Hans", "ja", "ko"), 20),
    ("utf-16-be", ("en", "ru", "zh-Hans", "ja", "ko"), 20),
    ("johab", ("ko",), 20),
    ("utf-8", (), 6),  # with bytes that are not; of any language
)
_SHORT, _LONG = 600, 8_000  # bytes that are looked at: to choose the candidates, and to choose among them
_CANDIDATES = 8
_IMPLAUSIBLE, _ENOUGH = (
    11,
    40,
)  # what a pair of letters costs, on average, where a text of so many reads like no language
_WORTH_ASKING, _CLOSE = (
    60,
    20,
)  # bytes of which another detector is asked, and the lead, in half nats, that makes it needless
_HIGH = re.compile(rb"[\x80-\xff]")
_BITS = 0.72  # in a half nat
_STRAY_LINES = 4  # so many bytes that are no UTF-8 may stand to one character that is


class _Guess(NamedTuple):
    cost: int
    encoding: str
    language: str
    text: str
    each: float  # cost of a pair of letters, on average


def guesses(data: bytes) -> Iterator[tuple[str, str]]:
    """Encodings by how well the bytes read in them, the best first, each with the evidence in words."""
    ranked = _ranked(sample(data, _SHORT), {name for name, _, _ in ENCODINGS})
    if len(data) > _SHORT:
        ranked = _ranked(sample(data, _LONG), {guess.encoding for guess in ranked[:_CANDIDATES]})
    best = ranked[0]
    if best.each > _IMPLAUSIBLE and len(best.text) > _ENOUGH and best.encoding not in WIDE:
        yield from _asked(b" ".join(sample(data, _LONG)))
    others = [guess for guess in ranked[1:] if guess.text != best.text]
    if len(data) >= _WORTH_ASKING and others and others[0].cost - best.cost < _CLOSE:
        yield from _second_opinion(data)
    for place, guess in enumerate(ranked):
        evidence = f"guessed: its letters read as {guess.language}"
        other = next((other for other in ranked[place + 1 :] if other.text != guess.text), None)
        if other:
            evidence += f", by {_BITS * (other.cost - guess.cost):.0f} bits likelier than {other.encoding}"
        yield guess.encoding, evidence


def _ranked(sampled: tuple[bytes, bytes], names: set[str]) -> list[_Guess]:
    """The guesses, the best first, and of equals the first in the table."""
    found = []
    for name, tags, rarity in ENCODINGS:
        text = _read(*sampled, name) if name in names else None
        if text is None:
            continue
        reading = Reading.of(text)
        price, language = min((cost(reading, tag), tag) for tag in tags or languages())
        found.append(_Guess(price + rarity, name, language, text, price / max(1, reading.pairs.total())))
    return sorted(found, key=lambda guess: guess.cost)


def _read(piece: bytes, words: bytes, name: str) -> str | None:
    """The text of a sample; one in an encoding of several bytes a character may end within a character."""
    if words and name not in WIDE:
        piece += b" " + words
    if name == "windows-1252":
        return piece.decode(name, "replace")  # what it leaves open costs, and is no reason to give it up
    if name == "utf-8":
        text, good, bad = lenient_utf_8(piece, "strict")
        return text if good * _STRAY_LINES >= bad else None
    end = whole(piece, name)
    return None if end is None else piece[:end].decode(name) + "\ufffe" * (end < len(piece) and not words)


def _second_opinion(data: bytes) -> Iterator[tuple[str, str]]:
    """What chardet says, where it is installed (the extra ``chardet``) and two guesses are close."""
    try:
        from chardet import detect
    except ImportError:
        return
    found = detect(b" ".join(sample(data, _LONG)))["encoding"]
    if found:
        yield found.lower(), "guessed by chardet, as two encodings read nearly alike"


def _asked(piece: bytes) -> Iterator[tuple[str, str]]:
    from charset_normalizer import from_bytes

    best = from_bytes(piece).best()
    if best is not None:
        yield best.encoding, "guessed by charset-normalizer, for its letters read like no language"


def sample(data: bytes, size: int) -> tuple[bytes, bytes]:
    """The beginning, or from larger data the lines with bytes above ASCII; and words with the other such bytes, each once.

    The first part may end within a character. The second serves for encodings of one byte a character.
    """
    if len(data) <= size:
        return data, b""
    pieces, taken, at = [], 0, 0
    while taken < size and (match := _HIGH.search(data, at)):
        start = _word(data, match.start(), at)
        end = data.find(b"\n", match.end())
        at = min(len(data) if end < 0 else end, start + size - taken)
        pieces.append(data[start:at])
        taken += at - start + 1
    seen = set(b"".join(pieces))
    words = []
    for byte in sorted(set(data) - seen):
        if byte >= 0x80:
            place = data.find(byte)
            words.append(data[_word(data, place, 0) : data.find(b" ", place, place + 50)])
    return b"\n".join(pieces), b" ".join(words)


def _word(data: bytes, place: int, least: int) -> int:
    """Where the word begins in which a place is, else the place."""
    low = max(least, place - 50)
    return max(data.rfind(b" ", low, place), data.rfind(b"\n", low, place)) + 1 or place
