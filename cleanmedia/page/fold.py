"""The form in which lines are compared: :func:`fold`."""

import html
import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from typing import Literal

from cleanmedia.page.items import BULLETS
from cleanmedia.page.lines import squeezed
from cleanmedia.page.memo import Memo
from cleanmedia.page.patterns import pattern
from cleanmedia.page.scripts import CHINESE_OR_JAPANESE

__all__ = ["VERSION", "fold", "fold_all", "fold_lines", "fold_once"]

VERSION = 1  # of the form; a file that holds folded lines carries it

_BLANKS = " \t\u00a0\u2007\u202f\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_AT_START = _BLANKS + "*|-–—_~+>" + BULLETS
_AT_END = _AT_START + ".:…。：।۔"
ASCII_AT_START, ASCII_AT_END = "".join(filter(str.isascii, _AT_START)), "".join(filter(str.isascii, _AT_END))
_SAME = (
    ("’", "'"),
    ("‘", "'"),
    ("ʼ", "'"),
    ("´", "'"),
    ("‑", "-"),
    ("‐", "-"),
    ("ı", "i"),
    ("ي", "ی"),
    ("ى", "ی"),
    ("ك", "ک"),
)
_GAPS = pattern(f" (?:(?=[{CHINESE_OR_JAPANESE}])|(?<=[{CHINESE_OR_JAPANESE}] ))")
_MARKS = pattern("[\u0300-\u036f\u0640\u064b-\u0655\u0670\u00ad\u200b-\u200f\u2060\ufeff]")

_PIECE = 1_000  # code points
_PIECES = pattern(rf".{{1,{_PIECE}}}[ \n]|.{{1,{_PIECE}}}", re.DOTALL)


def fold(line: str) -> str:
    """Return the comparison key of a line: two lines with the same key count as equal.

    Set aside are case, accents and Arabic vowel signs, indentation, bullets and arrows at either end, the final stop
    or colon, the kinds of space and apostrophe, spaces beside Chinese and Japanese, invisible characters, and the
    difference between ``&amp;`` and ``&``. Quotation marks, question and exclamation marks count.

    >>> fold("  • Share on Facebook.") == fold("SHARE ON FACEBOOK »") == "share on facebook"
    True
    """
    return _keys[line]


def fold_lines(lines: Sequence[str]) -> list[str]:
    """:func:`fold` of lines, which may come again."""
    return _keys.all(lines)


def fold_once(line: str) -> str:
    """:func:`fold` for a line that will not come again: the key is not kept."""
    if "&" in line and ";" in line:
        with suppress(ValueError):  # a number of more digits than Python takes for one
            line = html.unescape(line)
    line = squeezed(line)
    if line.isascii():
        line = line.lower().lstrip(ASCII_AT_START).rstrip(ASCII_AT_END)
        return line[1:-1].strip(" ") if line[:1] == "[" and line[-1:] == "]" else line
    return _trimmed(_one_form(_GAPS.sub("", line)))


_keys = Memo(fold_once)


def fold_all(text: str) -> list[str]:
    """:func:`fold` of every line of a text in one go, for lines that have no space or mark to set aside."""
    return _one_form(text).split("\n")


def _one_form(text: str) -> str:
    text = text.casefold()
    if not text.isascii():
        for form, other in _SAME:
            text = text.replace(form, other)
        text = _normalised("NFC", _MARKS.sub("", _normalised("NFKD", text)))
    return text


def _normalised(form: Literal["NFC", "NFKD"], text: str) -> str:
    """Return the text in a normalisation form, piece by piece: a run of combining marks takes time with the square of its length."""
    if len(text) > _PIECE:
        return "".join([unicodedata.normalize(form, piece) for piece in _PIECES.findall(text)])
    return text if unicodedata.is_normalized(form, text) else unicodedata.normalize(form, text)


def _trimmed(line: str) -> str:
    line = line.lstrip(_AT_START).rstrip(_AT_END)
    if "»" in line or "«" in line:  # one alone points at a link, a pair quotes
        return line if "»" in line and "«" in line else line.lstrip("«»" + _AT_START).rstrip("«»" + _AT_END)
    if line[:1] == "[" and line[-1:] == "]":
        return line[1:-1].strip(_BLANKS)
    return line
