"""Datelines: the place, the date and the agency before the first sentence of a report."""

import re
from collections.abc import Iterator

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import dropping, finds, settled_soon
from cleanmedia.page.lines import SPACES, lines_with
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import is_prose
from cleanmedia.page.running import in_running_text
from cleanmedia.phrases.placeholders import names
from cleanmedia.words.lists import listed

__all__ = ["datelines"]

_LOOKED_AT = 4  # filled lines at the top of a text: headline, deck, byline, report
_LONGEST = 160  # code points of a dateline with the byline before it
_LONGEST_TEASER = 300  # code points of the sentences before a dateline that stands within the first line

_SPACE = rf"[{SPACES}]"
_DASH = rf"{_SPACE}{{0,3}}(?:--|[-–—―]){_SPACE}{{0,3}}"
_CAPITALS = r"[^\W\d_a-zß-öø-ÿа-яёα-ω]"  # a letter that is not small: of a script that has case, or none
_FILLED = pattern(r"\S")


def _any(*headings: str) -> str:
    words = sorted({word for heading in headings for word in listed(heading)}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in words)


def _agency() -> str:
    known = sorted(names("agency"), key=lambda name: (-len(name), name))
    return "|".join([*map(re.escape, known), _any("desks")])
