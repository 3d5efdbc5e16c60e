"""Abbreviations: words whose stop ends no sentence."""

import re
from functools import lru_cache

from cleanmedia.page.lines import SPACES
from cleanmedia.page.patterns import any_of, pattern
from cleanmedia.words.lists import listed

__all__ = ["ends_in_abbreviation", "ends_in_initials", "may_be_abbreviated"]

_VOWELS = frozenset("аеёиіїоуыэюяєў")  # of Cyrillic; no abbreviation ends in one
_POLISH_VOWELS = frozenset("aąeęioóuy")
_POLISH_LETTER = pattern("[ąćęłńśźż]")
_NEAR = 400  # code points around a word that tell its language
_LONGEST_SHORTENED = 5  # letters of an abbreviation that no list has


def _source() -> str:
    """Return the source of a pattern for abbreviations without their last stop; behind the others a space may stand: "z. B"."""
    return "|".join(re.escape(word[:-1]).replace(r"\.", rf"\.[{SPACES}]?") for word in sorted(listed("abbreviations")))


_LISTED = pattern(lambda: rf"\b(?:{_source()})$")
_INITIALS = pattern(rf"(?:\.[{SPACES}]?[^\W\d_]|\b[^\W\d_])$")
_LAST_WORD = pattern(r"[^\W\d_]+$")
_POLISH = pattern(lambda: rf"\b(?:{any_of(listed('frequent words', 'pl'))})\b")


@lru_cache(maxsize=1)
def _longest() -> int:
    return max(len(word) + word.count(".") for word in listed("abbreviations"))


def ends_in_abbreviation(line: str, end: int) -> bool:
    """Return whether an abbreviation without its last stop, or a single letter, stands right before this place.

    >>> ends_in_abbreviation("in the U.S. and abroad", 10), ends_in_abbreviation("all in all.", 10)
    (True, False)
    """
    return ends_in_initials(line, end) or bool(_LISTED.search(line, max(0, end - _longest()), end))


def ends_in_initials(line: str, end: int) -> bool:
    """Return whether a single letter stands right before this place."""
    return bool(_INITIALS.search(line, max(0, end - 3), end))


def may_be_abbreviated(line: str, end: int) -> bool:
    """Return whether a word that no list has may be an abbreviation, in a language that sets the stop behind a closing mark.

    Such are Russian, Ukrainian, Belarusian, Bulgarian and Polish: a stop before the closing mark is an abbreviation's there.
    Their abbreviations are short and end in a consonant.
    """
    word = _LAST_WORD.search(line, max(0, end - _LONGEST_SHORTENED - 1), end)
    if not word or len(word[0]) > _LONGEST_SHORTENED:
        return False
    last = word[0][-1].lower()
    if "\u0400" <= last <= "\u052f":
        return last not in _VOWELS
    near = line[max(0, end - _NEAR) : end + _NEAR].lower()
    return last not in _POLISH_VOWELS and bool(_POLISH_LETTER.search(near) and _POLISH.search(near))
