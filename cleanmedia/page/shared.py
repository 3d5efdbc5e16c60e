"""Lines that several pages of a site share: what shows that such a line may belong to the text of each of them."""

from collections.abc import Sequence

from cleanmedia.page.body import find_body
from cleanmedia.page.edges import SURE, level_of
from cleanmedia.page.memo import Memo
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import ends_sentence, look
from cleanmedia.page.scripts import UNSPACED, width

__all__ = ["doubt", "text_of"]

_WORD = pattern(r"[^\W\d_]+")
_QUANTITY = pattern(r"\W*[\d¼½¾⅐-⅞]")
_NUMBER = pattern(r"\d+(?:[.,:]\d+)*")
_FEWEST_WORDS, _FEWEST_WIDE = 3, 12  # words of a sentence, or its width where words have no spaces
_ROW = 3  # numbers of a row of a table


def _doubt(line: str) -> str:
    line, prose = look[line]
    if prose:
        return "prose"
    if ends_sentence(line) and _says_something(line):
        return "" if level_of(line) == SURE else "sentence"
    numbers = len(_NUMBER.findall(line))
    if numbers >= _ROW and 2 * numbers >= len(line.split()):
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


def text_of(lines: Sequence[str]) -> tuple[range, range]:
    """Return the stretches of the filled lines of a page that hold most of its prose and most of its sentences, short ones included.

    Empty ranges if it has none.
    """
    shown = [look[line][0] for line in lines]
    return (
        find_body(shown, [doubt[line] == "prose" for line in lines]),
        find_body(shown, [doubt[line] in ("prose", "sentence") for line in lines]),
    )
