"""Guess the encoding of bytes: the one in which they read best as one of its languages.

Every likely encoding is tried, and the result is scored by :mod:`cleanmedia.decoding.letters`. Encodings that are rare today cost more,
so they win only by clear evidence. Bytes that read like no text at all are refused. If nothing reads like a language, charset-normalizer is asked;
if two encodings read nearly alike, chardet is, if it is installed.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import regex

from cleanmedia.decoding.binary import NotText, controls
from cleanmedia.decoding.lenient import UTF_16, WIDE, lenient_utf_8, whole
from cleanmedia.decoding.letters import Reading, cost, languages

__all__ = ["ENCODINGS", "Guess", "guesses", "reads_better", "unmarked"]

_WEST = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "is", "ca", "id", "af", "sq")
_CENTRE = ("pl", "cs", "sk", "hu", "hr", "sl", "ro")
_CYRILLIC = ("ru", "uk", "bg", "sr", "mk", "be")
_BALTIC = ("lt", "lv", "et")

# Encoding, the languages it is used for, and the cost of its rarity, in half nats. The first wins among those that read alike.
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
    ("iso-8859-3", ("eo", "mt"), 15),
    ("iso-8859-14", ("cy",), 16),
    ("cp866", ("ru", "uk", "bg", "be"), 12),
    ("mac-roman", _WEST, 8),
    ("mac-cyrillic", _CYRILLIC, 8),
    ("cp850", _WEST, 8),
    ("cp437", _WEST, 10),
    ("cp852", _CENTRE, 8),
    ("utf-16-le", ("en", "ru", "zh-Hans", "ja", "ko"), 20),
    ("utf-16-be", ("en", "ru", "zh-Hans", "ja", "ko"), 20),
    ("johab", ("ko",), 20),
    ("utf-8", (), 6),  # with stray bytes; of any language
)
_SHORT, _LONG = 600, 8_000  # bytes examined: to choose the candidates, and to choose among them
_CANDIDATES = 8
_IMPLAUSIBLE = 11  # average cost of a pair of letters above which a text reads like no language ...
_ENOUGH = 40  # ... if it has more characters than this
_WORTH_ASKING = 60  # bytes from which on another detector is asked
_CLOSE = 20  # a lead, in half nats, from which on no other detector is needed
_HIGH = re.compile(rb"[\x80-\xff]")
_BITS = 0.72  # in a half nat
_LONGEST_WORD = 50  # bytes on either side of a place
_CERTAIN = 40  # a lead, in half nats, over every other reading that makes a guess certain
# Data is not text if more than this share of its bytes are control characters and a byte of the best reading costs more than this, in half
# nats. (A random byte, as such, costs 11; a tenth of random bytes are control characters. Hardly any text in an old encoding has one.)
_TOO_MANY_CONTROLS = ((0.1, 0), (0.03, 7), (0.005, 10))
_UTF_16_AT_MOST = 9  # the cost of a byte of UTF-16 with control bytes
_POOR = 8  # the cost of a byte above which no guess is certain
_WIDE_SAMPLE = 4_096  # bytes
_LEAD_OF_HIGH = 0.1  # of the most frequent high byte over the most frequent low one, as a share of all bytes
_FEW_ODD = 0.02  # of the characters
_TILDES = 0.08  # of the characters of HZ
_ASCII_SIGN = 6  # the cost of a sign of ASCII where text of another script is looked for
_STRAY_LINES = 4  # bytes that are not UTF-8 per character that is, at most, for UTF-8 to be considered


class Guess(NamedTuple):
    """An encoding, the evidence for it in words, whether that is strong, and the cost of the reading in half nats (None from another detector)."""

    encoding: str
    evidence: str
    certain: bool
    cost: int | None = None


class _Candidate(NamedTuple):
    cost: int
    encoding: str
    language: str
    text: str
    each: float  # average cost of a pair of letters


def guesses(data: bytes) -> Iterator[Guess]:
    """Yield the encodings in which bytes may be, by how well they read in them, the best first.

    Raises:
        NotText: they read like no text in any of them.
    """
    sampled = (*sample(data, _SHORT), data[:_SHORT])
    ranked = _ranked(sampled, {name for name, _, _ in ENCODINGS})
    if len(data) > _SHORT:
        sampled = (*sample(data, _LONG), data[:_LONG])
        ranked = _ranked(sampled, {candidate.encoding for candidate in ranked[:_CANDIDATES]})
    best = ranked[0]
    cost_of_a_byte = best.cost / (len(sampled[0]) + len(sampled[1]))
    if reason := _not_text(data, best, cost_of_a_byte):
        raise NotText(reason)
    implausible = best.each > _IMPLAUSIBLE and len(best.text) > _ENOUGH
    if implausible and best.encoding not in WIDE:
        yield from _asked(b" ".join(sample(data, _LONG)))
    others = [candidate for candidate in ranked[1:] if candidate.text != best.text]
    lead = others[0].cost - best.cost if others else _CERTAIN
    if len(data) >= _WORTH_ASKING and lead < _CLOSE:
        yield from _second_opinion(data)
    for place, candidate in enumerate(ranked):
        evidence = f"guessed: its letters read as {candidate.language}"
        other = next((other for other in ranked[place + 1 :] if other.text != candidate.text), None)
        if other:
            evidence += f", by {_BITS * (other.cost - candidate.cost):.0f} bits likelier than {other.encoding}"
        yield Guess(
            candidate.encoding,
            evidence,
            candidate is best and lead >= _CERTAIN and cost_of_a_byte < _POOR,
            candidate.cost,
        )


def unmarked(data: bytes) -> str | None:
    """Return which UTF-16 or UTF-32 data without a byte-order mark is in, judged by its first bytes, or None.

    In most languages one value of the high byte is much more frequent than any of the low byte. (Chinese and Japanese are left to
    :func:`guesses`.)
    """
    piece = data[:_WIDE_SAMPLE]
    piece = piece[: len(piece) // 4 * 4] or piece[:2]
    for name, top, middle in (("utf-32-le", 3, 2), ("utf-32-be", 0, 1)):
        if len(piece) >= 4 and not any(piece[top::4]) and max(piece[middle::4]) <= 0x10 and _is_text(piece, name):
            return name
    even, odd = (Counter(piece[start::2]).most_common(1) for start in (0, 1))
    if not odd:
        return None
    name, high, low = ("utf-16-be", even, odd) if even[0][1] > odd[0][1] else ("utf-16-le", odd, even)
    return name if high[0][1] - low[0][1] > _LEAD_OF_HIGH * len(piece) and _is_text(piece, name) else None


def _is_text(piece: bytes, name: str) -> bool:
    """Return whether bytes are valid in UTF-16 or UTF-32 and hardly any character is a control, private or unassigned one."""
    try:
        text = piece[: whole(piece, name) or 0].decode(name)
    except UnicodeDecodeError:
        return False
    odd = regex.findall(r"[\p{Cc}\p{Co}\p{Cn}--[\t-\r\x1a\x1b\x85]]", text, regex.V1)
    return bool(text) and len(odd) <= _FEW_ODD * len(text)


def reads_better(text: str, runs: list[bytes], language: str) -> bool:
    """Return whether the characters above ASCII in a text are likelier, as text of its language, than the ASCII characters that encode them.

    Directives of Lisp's ``format``, such as ``~{<~A>~}``, look like HZ, but have tildes inside.
    """
    raw = b" ".join(runs).decode("ascii")
    if raw.count("~") > _TILDES * len(raw):
        return False
    read = Reading.of("".join(regex.findall("[^\0-\x7f]+", text)))
    signs = len(regex.findall("[^A-Za-z ]", raw))
    return cost(read, language) < cost(Reading.of(raw), "en") + _ASCII_SIGN * signs


def _not_text(data: bytes, best: _Candidate, cost_of_a_byte: float) -> str | None:
    """Return why data is not text, by its control characters and by what a byte costs in the best reading; None if it may be text."""
    if best.encoding in UTF_16 and cost_of_a_byte < _UTF_16_AT_MOST and _is_text(data[:_WIDE_SAMPLE], best.encoding):
        return None  # many of its bytes look like control characters
    found = controls(data)
    for share, least_cost in _TOO_MANY_CONTROLS:
        if found > share * len(data) and cost_of_a_byte > least_cost:
            return f"{found:,} of its {len(data):,} bytes are control characters, and it reads like no language"
    return None


def _ranked(sampled: tuple[bytes, bytes, bytes], names: set[str]) -> list[_Candidate]:
    """Return the candidates for a sample (a piece, words, and the beginning), the best first, and of equals the first in the table."""
    piece, words, beginning = sampled
    found = []
    for name, tags, rarity in ENCODINGS:
        if name not in names:
            continue
        text = _read(beginning if name in UTF_16 else piece, words, name)
        if text is None:
            continue
        reading = Reading.of(text)
        price, language = min((cost(reading, tag), tag) for tag in tags or languages())
        found.append(_Candidate(price + rarity, name, language, text, price / max(1, reading.pairs.total())))
    return sorted(found, key=lambda candidate: candidate.cost)


def _read(piece: bytes, words: bytes, name: str) -> str | None:
    """Return the text of a sample, or None; in an encoding of several bytes per character it may end within one."""
    if words and name not in WIDE:
        piece += b" " + words
    if name == "windows-1252":
        return piece.decode(name, "replace")  # undefined bytes cost, but do not rule it out
    if name == "utf-8":
        found = lenient_utf_8(piece, "strict")
        return found.text if found.good and found.good * _STRAY_LINES >= found.bad else None
    end = whole(piece, name)
    return None if end is None else piece[:end].decode(name) + "\ufffe" * (end < len(piece) and not words)


def _second_opinion(data: bytes) -> Iterator[Guess]:
    """Ask chardet, where it is installed (the extra ``chardet``), as two candidates are close."""
    try:
        from chardet import detect
    except ImportError:
        return
    found = detect(b" ".join(sample(data, _LONG)))["encoding"]
    if found:
        yield Guess(found.lower(), "guessed by chardet, as two encodings read nearly alike", False)


def _asked(piece: bytes) -> Iterator[Guess]:
    from charset_normalizer import from_bytes

    best = from_bytes(piece).best()
    if best is not None:
        yield Guess(best.encoding, "guessed by charset-normalizer, as its letters read like no language", False)


def sample(data: bytes, size: int) -> tuple[bytes, bytes]:
    """Return a piece of data to judge it by, and words with the bytes above ASCII that the piece lacks.

    The piece is the beginning, or from larger data the lines with bytes above ASCII; it may end within a character. The words have each
    missing byte once. They serve for encodings of one byte per character.
    """
    if len(data) <= size:
        return data, b""
    pieces, taken, at = [], 0, 0
    while taken < size and (match := _HIGH.search(data, at)):
        start = _word(data, match.start(), at)
        most = start + size - taken
        end = data.find(b"\n", match.end(), most)
        at = min(len(data), most) if end < 0 else end
        pieces.append(data[start:at])
        taken += at - start + 1
    words = []
    for byte in sorted(set(data) - set(b"".join(pieces))):
        if byte >= 0x80:
            place = data.find(byte)
            end = data.find(b" ", place, place + _LONGEST_WORD)
            words.append(data[_word(data, place, 0) : place + _LONGEST_WORD if end < 0 else end])
    return b"\n".join(pieces), b" ".join(words)


def _word(data: bytes, place: int, least: int) -> int:
    """Return where the word around a place begins, or the place if that is too far."""
    low = max(least, place - _LONGEST_WORD)
    return max(data.rfind(b" ", low, place), data.rfind(b"\n", low, place)) + 1 or place
