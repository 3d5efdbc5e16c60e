"""Score how well a text reads as one of some forty languages, by its pairs of letters.

The cost of a text is the negative logarithm of its probability, in half nats: the lower, the likelier. Letters and the spaces between
words are scored by the language's own statistics (``letters.json``), other signs by a few rules.
"""

import json
import sys
import unicodedata
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

import regex

__all__ = ["OTHER", "bigrams", "cost", "costs", "languages", "tags"]

_STRANGE, _FOREIGN = 30, 15  # a letter that the language does not have; a Western one, as in names and loan words
_RARE = 22  # a Latin letter of far languages
_UNSEEN = 5  # what an unseen pair of letters costs more than its second letter
# Letters that the statistics count as one: Vietnamese letters with two marks; Romanian cedillas and commas; Persian and Arabic ya.
_AS_ONE = dict.fromkeys(range(0x1EA0, 0x1F00), "ể") | {0x219: "ş", 0x21B: "ţ", 0x6CC: "ي"}
_NOT_LETTERS = regex.compile(r"[^\p{L}\p{M}]+")
_HUMPS = regex.compile(r"\p{Ll}\p{Lu}")
_HUMP = 16
_MISPLACED = regex.compile(r"(?<=\p{L})(?:[‚„]|[“”‘«»‹›…•£€§©®™¿¡ªº](?=\p{L}))")  # signs where words have none
_AMISS = 20
_SIGNS = regex.compile(r"[^\p{L}\p{M}\x20-\x7e\t\n\r]")
_USUAL = frozenset("“”„‘’‚«»‹›–—…•·€£§°©®™ºª¿¡№\xa0、。「」『』（）《》，！？：；・　")
_MIXED = 8  # a Latin letter beside one of a script without spaces
OTHER = "other"  # what is neither Latin nor of a script of the statistics, as one language
_OTHER, _OTHER_END = 9, 4  # a letter of such a script after one of the same script; the end of a word
_LANE = 4  # bytes
_ASCII_SIGNS = "".join(char for char in map(chr, range(128)) if not char.isalpha())
_WITH_STATISTICS = frozenset(
    ("", "LATIN", "CYRILLIC", "GREEK", "HEBREW", "ARABIC", "THAI", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "COMBINING")
)
_ENGLISH = 3  # what each letter of an English word costs more among words of another language


def bigrams(text: str) -> Counter[str]:
    """Count the pairs of letters, in lower case; a run of anything else counts as one space."""
    return Counter(map("".join, pairwise(_folded(text))))


def _folded(text: str) -> str:
    """Return a text in lower case, with a space for each run of anything but letters, and at either end."""
    plain = unicodedata.normalize("NFC", text).lower().translate(_AS_ONE)
    return f" {_NOT_LETTERS.sub(' ', plain).strip()} "


class Reading(NamedTuple):
    """What does not depend on the language: the pairs of letters, and the cost of the other signs in half nats."""

    pairs: Counter[str]
    signs: int

    @classmethod
    def of(cls, text: str) -> "Reading":
        """Return the reading of a text."""
        return cls(bigrams(text), _signs(text))


def _signs(text: str) -> int:
    """Return what a text costs besides its letters, in half nats."""
    return (
        _HUMP * len(_HUMPS.findall(text))
        + _AMISS * len(_MISPLACED.findall(text))
        + sum(map(_sign, _SIGNS.findall(text)))
    )


@lru_cache(maxsize=1 << 10)
def _sign(sign: str) -> int:
    if sign in _USUAL:
        return 9
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return 12
    if kind[0] == "C":
        return 45
    if "\u2500" <= sign <= "\u259f":
        return 28
    return 22 if sign <= "\u04ff" else 26


@lru_cache
def languages() -> dict[str, tuple[str, dict[str, int]]]:
    """Return the script of every language, and the costs of its letters and pairs, by its tag."""
    data = json.loads((files("cleanmedia.decoding") / "letters.json").read_text("utf-8"))
    return {
        tag: (
            entry["script"],
            {
                grams[at : at + int(size)]: int(level)
                for key, grams in entry["costs"].items()
                for level, size in [key.split("/")]
                for at in range(0, len(grams), int(size))
            },
        )
        for tag, entry in data.items()
    }


def cost(reading: Reading, language: str) -> int:
    """Return what a text costs as one of a language, in half nats.

    Raises:
        KeyError: there are no statistics of the language.
    """
    script, known = languages()[language]
    return reading.signs + sum(_cost_of(pair, language, script, known) * count for pair, count in reading.pairs.items())


def costs(text: str) -> Sequence[int]:
    """Return what a text costs as one of each language, in half nats, in the order of :func:`tags`."""
    # Nothing that costs reaches over a space, so that words that come again are judged once.
    total = sum(map(_costs_of_word, text.split(" ")))
    size = len(tags())
    if not total >> (8 * _LANE * size):  # no word has letters
        total += _costs_of_pair("  ")
    return memoryview(total.to_bytes(_LANE * (size + 1), "little")).cast("I")[:size]


@lru_cache(maxsize=1 << 14)
def _costs_of_word(word: str) -> int:
    """Return the costs of a word in all languages as one number of so many lanes of 32 bits, and one more lane, which is 1 if it has letters.

    So one addition adds the costs in all languages.
    """
    core = word.strip(_ASCII_SIGNS)
    if not core:
        return 0
    if core.isalpha() and "º" not in core and "ª" not in core and unicodedata.is_normalized("NFC", core):
        folded = f" {core.lower().translate(_AS_ONE)} "
        signs = 0 if core[1:].islower() else _HUMP * len(_HUMPS.findall(core))
    else:
        folded = _folded(word)
        signs = _signs(word)
        if folded == "  ":
            return _ones() * signs
    pairs = [folded[at : at + 2] for at in range(len(folded) - 1)]
    return sum(map(_costs_of_pair, pairs)) + _ones() * signs + (1 << (8 * _LANE * len(tags())))


@lru_cache
def _ones() -> int:
    """Return 1 in each lane."""
    return int.from_bytes(array("I", [1] * len(tags())).tobytes(), sys.byteorder)


@lru_cache
def tags() -> tuple[str, ...]:
    """Return the tags of the languages, and last :data:`OTHER`."""
    return (*languages(), OTHER)


@lru_cache(maxsize=1 << 15)
def _costs_of_pair(pair: str) -> int:
    """Return the costs of a pair of letters in all languages as lanes of one number."""
    first, second = pair[0], pair[-1]
    lanes = array("I", _unseen(second))
    for place, level in _seen().get(pair, ()):
        lanes[place] = level
    if first != " " != second and first.isascii() != second.isascii():
        for place in _unspaced_places():
            lanes[place] += _MIXED
    if first.isascii() and second.isascii():
        most = languages()["en"][1].get(pair, 20) + _ENGLISH
        for place, (script, _) in enumerate(languages().values()):
            if lanes[place] > 12 and script != "unspaced":
                lanes[place] = min(lanes[place], most)
    lanes[-1] = _other(pair)
    return int.from_bytes(lanes.tobytes(), sys.byteorder)


@lru_cache
def _seen() -> dict[str, list[tuple[int, int]]]:
    """Return in which languages, by place, a pair of letters has a cost of its own."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place, (script, known) in enumerate(languages().values()):
        if script != "unspaced":
            for pair, level in known.items():
                if len(pair) == 2:
                    found.setdefault(pair, []).append((place, level))
    return found


@lru_cache(maxsize=1 << 13)
def _unseen(second: str) -> tuple[int, ...]:
    """Return what a letter costs in all languages after one that it is not usual after."""
    first = {"unspaced": " "}  # what adds nothing of its own
    return (
        *(
            _cost_of(first.get(script, "\x80") + second, tag, script, known)
            for tag, (script, known) in languages().items()
        ),
        0,
    )


@lru_cache
def _unspaced_places() -> list[int]:
    return [place for place, (script, _) in enumerate(languages().values()) if script == "unspaced"]


def _cost_of(pair: str, language: str, script: str, known: dict[str, int]) -> int:
    first, second = pair[0], pair[-1]
    if script == "unspaced":
        each = 0 if second == " " else known.get(second) or _unspaced(second, language)
        return each + _MIXED if first != " " != second and first.isascii() != second.isascii() else each
    each = known.get(pair, -1)
    if each < 0:
        each = (known.get(second) or _strange(second, script)) + _UNSEEN
    if each > 12 and second.isascii() and first.isascii():
        each = min(each, languages()["en"][1].get(pair, 20) + _ENGLISH)
    return each


def _other(pair: str) -> int:
    """Return the cost of a letter after another in a script without statistics, whatever its language."""
    if pair[-1] == " ":
        return _OTHER_END
    script = _script(pair[-1])
    if script in _WITH_STATISTICS:
        return _STRANGE
    return _OTHER if pair[0] == " " or _script(pair[0]) == script else _STRANGE


def _script(letter: str) -> str:
    """Return the first word of a letter's name, which for letters is their script."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _strange(letter: str, script: str) -> int:
    """Return the cost of a letter that the language does not have."""
    if letter == " ":
        return 9
    if script != "Latin" or not (letter <= "\xff" or letter in "œšž" or "\u1e00" <= letter < "\u1ea0"):
        return _STRANGE
    return _FOREIGN if letter <= "\xff" or letter in "œšž" else _RARE


def _unspaced(sign: str, language: str) -> int:
    """Return the cost of a rare sign in Chinese, Japanese or Korean; standard code tables list the more usual ones first."""
    if sign.isascii():
        return 7
    code = ord(sign)
    if language == "ja" and 0x3041 <= code <= 0x30FE:
        return 9 if code < 0x30A0 else 11
    if language == "ko" and 0xAC00 <= code <= 0xD7A3:
        return 17 if _row(sign, "euc_kr") else 28
    if 0x4E00 <= code <= 0x9FFF:
        row = _row(sign, {"ja": "euc_jp", "zh-Hans": "gb2312", "zh-Hant": "big5", "ko": "euc_kr"}[language])
        usual = {"ja": row < 0xD0, "zh-Hans": row < 0xD8, "zh-Hant": row < 0xC9, "ko": False}[language]
        return 19 if row and usual else 26 if row else 32
    return 30


def _row(sign: str, encoding: str) -> int:
    """Return the first byte of a sign's code in an encoding, or 0 if it has none."""
    try:
        return sign.encode(encoding)[0]
    except UnicodeEncodeError:
        return 0
