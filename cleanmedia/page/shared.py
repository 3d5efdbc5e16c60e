"""Lines that several pages of a site share: what shows that such a line may belong to the text of each of them."""

from collections.abc import Sequence

from cleanmedia.page.body import find_body
from cleanmedia.page.edges import SURE, level_of
from cleanmedia.page.memo import Memo
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import ends_sentence, look
from cleanmedia.page.scripts import UNSPACED, width

__all__ = ["QUESTION", "doubt", "doubt_beside", "text_of"]

_WORD = pattern(r"[^\W\d_]+")
_TIME = pattern(r"\W*\d{1,3}(?:\s?\+\s?\d+)?(?:['’′]|[:.h]\d\d(?!\d|[.:]\d))(?=\W*[^\W\d_])")
_AMOUNT = pattern(r"\W*[\d¼½¾⅐-⅞](?:[\d.,/–-]|\s(?=\d))*\s?(?![A-ZÀ-ÖØ-Þ])[a-zß-öø-ÿα-ωа-я]")
_QUANTITY = pattern(r"\W*[\d¼½¾⅐-⅞]")
_NUMBER = pattern(r"\d+(?:[.,:]\d+)*")
_FEWEST_WORDS, _FEWEST_WIDE = 2, 12  # words of a sentence, or its width where words have no spaces
QUESTION = ("?", "？", "؟")
_INGREDIENT = 6  # words that an ingredient has at the most
_SAID = 45  # what a short sentence or a line with numbers counts for, as the width of a line of prose
_ROW = 3  # numbers of a row of a table


def _doubt(line: str) -> str:
    line, prose = look[line]
    if prose:
        return "prose"
    if ends_sentence(line) and _says_something(line):
        return "" if level_of(line) == SURE else "sentence"
    if not _WORD.search(line):
        return ""
    numbers = len(_NUMBER.findall(line))
    words = len(line.split())
    if (
        (numbers >= _ROW and 2 * numbers >= words)
        or _TIME.match(line)
        or (words <= _INGREDIENT and _AMOUNT.match(line))
    ):
        return "row"
    if _QUANTITY.match(line) or numbers > 1:
        return "" if level_of(line) == SURE else "numbers"
    return ""


doubt: Memo[str] = Memo(_doubt)
"""What a line is that may say something of its own, though several pages share it: prose; a shorter sentence, or its end; or
a line with numbers, such as an ingredient, a row of a table, an entry with its time. "" if it is a label, or shows that it is
the site's own, by an address or a call to follow."""


def _says_something(line: str) -> bool:
    words = _WORD.findall(line)
    wide = not line.isascii() and UNSPACED.search(line) and width(line) >= _FEWEST_WIDE
    return len(words) >= _FEWEST_WORDS or bool(wide) or (bool(words) and words[0].islower())


def doubt_beside(before: str, after: str) -> str:
    """Return what a line may be because of the lines beside it: beside a row of a table or a list, or the answer to a question; else ""."""
    if (_is_number(before) and _is_number(after)) or doubt[before] == doubt[after] == "row":
        return "row"
    return "answer" if before.endswith(QUESTION) else ""


def _is_number(line: str) -> bool:
    return bool(_NUMBER.search(line)) and not _WORD.search(line)


def text_of(lines: Sequence[str]) -> tuple[range, range]:
    """Return the stretches of the filled lines of a page that hold most of its prose and most of its sentences, short ones included.

    Empty ranges if it has none.
    """
    shown = [look[line][0] for line in lines]
    return (
        find_body(shown, [doubt[line] == "prose" for line in lines]),
        find_body([line.ljust(_SAID) for line in shown], [bool(doubt[line]) for line in lines]),
    )
