"""Placeholders: what varies in a widget's line, folded to one key.

``generalise("12 comments")`` is ``"{n} comments"``: so a line is looked up in a dictionary, whatever the size of the
catalogue. The names of networks and agencies, which are the same in all languages, are in ``phrases/placeholders.txt``;
the words of dates and numbers in ``words/<language>.txt``.
"""

import os
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from cleanmedia.page.fold import fold_all
from cleanmedia.page.memo import Memo
from cleanmedia.page.patterns import any_of, pattern
from cleanmedia.page.scripts import HAN, HANGUL, KANA, THAI_AND_LAO
from cleanmedia.words.lists import listed

__all__ = ["PHRASES", "generalise", "may_be_names", "may_be_placeholders", "names"]

PHRASES = os.path.dirname(__file__)


def _units() -> str:
    return "".join(sorted(listed("date units")))


def _number_words() -> str:
    return any_of(names("number words"))


def _parts_of_weekdays() -> str:
    """Return what stands behind a hyphen in the names of weekdays: "segunda-feira"."""
    return "|".join(sorted({re.escape(name.partition("-")[2]) for name in names("weekdays") if "-" in name})) or "(?!)"


_NUMBER = pattern(lambda: rf"\d+(?:[.,'\u00a0 ]\d{{3}})*(?:[.,]\d+)*(?: ?(?:{_number_words()})(?![\w']))?\+?")
_YEAR = pattern(r"(?:19|20)\d\d(?: ?[-–—/] ?(?:(?:19|20)\d\d|\d\d(?!\d)))?")
_TOKEN = pattern(
    lambda: (
        rf"\d+|[{_units()}]|[^\W\d_](?:[^\W\d_{_units()}]|['\u0900-\u0903\u093a-\u094f]|-(?={_parts_of_weekdays()}))*|\s+|."
    ),
    re.DOTALL,
)

# A date is looked for in the row of its tokens' classes: N a number of one or two digits, Y a year, M a month, W a weekday,
# g a word that joins, c a Chinese, Japanese or Korean unit, _ a space; other marks stand for themselves.
_SEP = "[_g,،./|•·()–-]{0,5}"
_DAY = (
    rf"(?:N[g_.]{{0,3}}M(?:{_SEP}Y)?|M[._]{{0,2}}N(?:[_g,.]{{0,4}}Y)?|Y{_SEP}M{_SEP}N|M[._]{{0,2}}Y"
    r"|N[./-]_?N[./-]_?[YN]|N[./-]N(?=_N:N)|Y[./-]_?N[./-]_?N|YcNc(?:Nc)?|Nc_?Nc)"
)
_CLOCK = r"(?:N:N(?::N)?|NcNc(?:Nc)?|N_?h_?N)(?:[._]{0,2}g){0,2}"
_DATE = pattern(
    rf"(?:W{_SEP})?{_DAY}(?:{_SEP}W\)?)?(?:{_SEP}{_CLOCK}|_?g(?=[._]*$))?|{_CLOCK}{_SEP}(?:W{_SEP})?{_DAY}|W{_SEP}{_CLOCK}"
)
_TIME = pattern(_CLOCK)

_WIDE = THAI_AND_LAO + KANA + HAN + HANGUL  # scripts that put no space beside a name

_OF_DATES = ("months", "weekdays", "date words")
_OF_NAMES = ("network", "agency")
_OF_ALL = (*_OF_NAMES, *_OF_DATES, "number words", "date units")


@lru_cache(maxsize=8)
def names(heading: str) -> frozenset[str]:
    """Return the folded names under a heading: network or agency, or one of the word lists."""
    if heading in _OF_NAMES:
        return _names()[heading]
    return frozenset(fold_all("\n".join(listed(heading))))


@lru_cache(maxsize=1)
def _names() -> dict[str, frozenset[str]]:
    with open(os.path.join(PHRASES, "placeholders.txt"), encoding="utf-8") as file:
        text = file.read()
    found: dict[str, set[str]] = {}
    heading = ""
    for line, key in zip(text.split("\n"), fold_all(text), strict=True):
        if line[:1] == "[":
            heading = line.strip("[]")
        elif line and line[0] != "#":
            found.setdefault(heading, set()).add(key)
    return {heading: frozenset(entries) for heading, entries in found.items()}


@lru_cache(maxsize=2)
def _named(heading: str) -> "re.Pattern[str]":
    katakana = "[\u30a0-\u30ff]"
    alternatives = "|".join(
        f"(?<!{katakana}){re.escape(name)}(?!{katakana})" if re.match(katakana, name) else re.escape(name)
        for name in sorted(names(heading), key=lambda name: (-len(name), name))
    )
    return re.compile(rf"(?<![^\W{_WIDE}])(?:{alternatives})(?![^\W{_WIDE}])")


_LETTERS = pattern(rf"[^\W\d_{_WIDE}]+")
_ANY_WIDE = pattern(f"[{_WIDE}]")
_ANY_DIGIT = pattern(r"\d")
_FIRST_LETTERS = pattern(rf"[^\W\d_{_WIDE}]*")
_MARK_OF_DATE = pattern(lambda: f"[./:{_units()}-]")


def _first(key: str) -> str:
    """Return the first letters, as far as a mark, a digit or a wide character; the first character, where that is a wide one."""
    return _FIRST_LETTERS.match(key)[0] or (key[0] if _ANY_WIDE.match(key) else "")  # type: ignore[index]


def _last(key: str) -> str:
    return _first(key[::-1])[::-1]


@lru_cache(maxsize=8)
def _ends(end: Callable[[str], str], *headings: str) -> frozenset[str]:
    """Return what the names under these headings begin or end with, and the ``h`` of "9 h 30"."""
    return frozenset(["h", *(end(name) for heading in headings for name in names(heading))])


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """Return the first three letters of the names of networks and agencies."""
    return frozenset([name[:3] for name in _ends(_first, *_OF_NAMES)])


def may_be_placeholders(key: str, *, dates: bool = True) -> bool:
    """Return whether a folded line may begin and end with what a placeholder of a closed class stands for: digits, or a name.

    Without ``dates``, no such placeholder is ``{date}``. Numbers and dates have a digit, so that a line without one needs no
    words of dates.
    """
    first = _first(key)
    if first and first not in _ends(_first, *_OF_NAMES):
        return dates and _has_digit(key) and first in _ends(_first, *_OF_ALL) and _may_end(key, dates)
    return _may_end(key, dates)


def may_be_names(key: str) -> bool:
    """Return whether a folded line may begin and end with the name of a network or an agency."""
    known = _beginnings()
    if key[:3] not in known and key[:2] not in known and key[:1] not in known:
        return False  # which most lines are told by
    return _first(key) in _ends(_first, *_OF_NAMES) and _last(key) in _ends(_last, *_OF_NAMES)


def _may_end(key: str, dates: bool) -> bool:
    last = _last(key)
    if not last or last in _ends(_last, *_OF_NAMES):
        return True
    return last in _ends(_last, *(_OF_ALL if dates else ("number words",))) and _has_digit(key)


def _has_digit(key: str) -> bool:
    return bool(_ANY_DIGIT.search(key)) if key.isascii() else any(map(str.isdigit, key))


def _may_name(key: str) -> bool:
    """Return whether a folded line may hold the name of a network or an agency."""
    return not _ends(_first, *_OF_NAMES).isdisjoint(_LETTERS.findall(key)) or (
        not key.isascii() and bool(_ANY_WIDE.search(key))
    )


def generalise(key: str) -> tuple[str, ...]:
    """Return the forms of a folded line in which what varies is replaced by its placeholder.

    First numbers and dates, then networks too, then agencies too: a phrase may hold such a name as a word of its own.

    >>> generalise("published on mar 13, 2026 at 4:50 pm"), generalise("share on facebook")
    (('published on {date}',), ('share on {network}',))
    >>> generalise("1.2k views on youtube")
    ('{n} views on youtube', '{n} views on {network}')
    """
    return _forms[key]


def _generalise(key: str) -> tuple[str, ...]:
    numbers = _numbers(key)
    forms: tuple[str, ...] = (numbers,)
    if _may_name(numbers):
        networks = _named("network").sub("{network}", numbers)
        forms += (networks, _named("agency").sub("{agency}", networks))
    if "{year}" in numbers:  # which may be a number that looks like a year: "2012 comments"
        forms += tuple(form.replace("{year}", "{n}") for form in forms)
    return tuple(form for form in dict.fromkeys(forms) if form != key)


_forms = Memo(_generalise)


def _numbers(key: str) -> str:
    if not _has_digit(key):
        return key
    if not key.isascii():
        key = "".join(str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char for char in key)
    if _may_hold_date(key):
        key = _dates(key)
    key = _YEAR.sub(lambda match: match[0] if _inside_number(key, match.end()) else "{year}", key)
    return _NUMBER.sub("{n}", key)


def _inside_number(key: str, end: int) -> bool:
    return key[end : end + 1].isdigit() or (key[end : end + 1] in ".," and key[end + 1 : end + 2].isdigit())


def _may_hold_date(key: str) -> bool:
    """Return whether a folded line has what no date or time is without: a mark between numbers, a unit, or the name of a month."""
    return bool(_MARK_OF_DATE.search(key)) or not _ends(_first, "months").isdisjoint(_LETTERS.findall(key))


def _dates(key: str) -> str:
    tokens = _TOKEN.findall(key)
    classes = "".join(map(_class, tokens))
    out: list[str] = []
    at = 0
    for match in _DATE.finditer(classes):
        out += (*tokens[at : match.start()], "{date}")
        at = match.end()
    key = "".join(out + tokens[at:])
    if ":" not in key:
        return key
    tokens, out, at = _TOKEN.findall(key), [], 0
    for match in _TIME.finditer("".join(map(_class, tokens))):
        out += (*tokens[at : match.start()], "{time}")
        at = match.end()
    return "".join(out + tokens[at:])


def _class(token: str) -> str:
    if token.isdigit():
        if len(token) <= 2:
            return "N"
        return "Y" if len(token) == 4 and token[:2] in ("13", "14", "19", "20") else "L"  # 13 and 14: Persian
    if token.isspace():
        return "_"
    if token in listed("date units"):
        return "c"
    if token == "h":
        return "h"
    for heading, code in (("months", "M"), ("weekdays", "W"), ("date words", "g")):
        if token in names(heading):
            return code
    return token if len(token) == 1 and not token.isalnum() else "x"
