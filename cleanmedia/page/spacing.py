"""Spaces that languages ask for: how a line sets its marks: close to the word before them, behind a space as French does, or every one apart as a tokeniser does."""

import re
from functools import lru_cache

from cleanmedia.page.abbreviations import ends_in_abbreviation
from cleanmedia.page.caseless import count_of
from cleanmedia.page.patterns import any_of, pattern
from cleanmedia.words.lists import languages, listed

__all__ = ["is_bound", "is_tokenised", "sets_marks_close"]


def _frequent_words(*languages: str) -> str:
    words = [*map(re.escape, sorted(listed("frequent words", *languages)))]
    words += [re.escape(start) + "[a-zéèê]+" for start in sorted(listed("elisions", *languages))]
    return rf"\b(?:{'|'.join(words)})\b".replace("'", "['’]")


# French and its neighbours set a space before ; : ! ? What tells the language of a line are its most frequent words.
_FRENCH = pattern(lambda: _frequent_words("fr"), re.I)
_CLOSE_SCRIPTS = pattern(
    "[\u0370-\u052f\u0590-\u074f\uac00-\ud7af]"
)  # Greek, Cyrillic, Hebrew, Arabic, Hangul: no space there
_APART = pattern(r"[.,](?<=\w\w .)(?=\s|$)")
_CLOSE = pattern(r"[.,](?<=\w\w.)(?=\s|$)")
_TITLE = pattern(lambda: rf"\b(?:{any_of(listed('titles of persons'))})$")
_FEWEST_APART = 3
_LONGEST_LINE = 1_000  # code points of a line from which its language is told
_SAMPLE = 20_000  # code points from which the habit of a text is told


_SPACED_MARKS = "!?:;»›%‰€$£¥°№"
_DASHES = "—–"
_ONE_LETTER = frozenset("ksvzouiwKSVZOUIWвкосуиаяВКОСУИАЯіІзЗйЙ")  # prepositions and conjunctions that are one letter
_BEFORE_WORD = " \t\n\u00a0([„“«\"'—–"
_ORDINAL = pattern(r"(?<!\S)\d{1,2}\.$")  # "5. května"; a capital may follow the number of an item
_SLAVIC_LETTER = pattern("[ěščřžýůďťňľĺŕôąćęłńśźżĚŠČŘŽ]")
_NEAR = 80  # code points around a word that tell its language
_LONGEST_WORD = 12  # code points of an abbreviation before a space that holds it


def is_bound(text: str, start: int, end: int) -> bool:
    """Return whether typography asks for the no-break space ``text[start:end]``.

    So it does beside digits, dashes and the marks that French sets apart, behind a title, an initial, an ordinal or an abbreviation, and
    behind the one-letter prepositions of Czech, Slovak, Polish and the languages in Cyrillic.

    >>> is_bound("Mrs.\u00a0Miller", 4, 5), is_bound("old\u00a0house", 3, 4)
    (True, False)
    """
    before, after = text[start - 1 : start], text[end : end + 1]
    if after in _SPACED_MARKS or before in "«‹" or before.isdigit() or after.isdigit():
        return True
    if after in _DASHES:
        return not text[end + 1 : end + 2].strip()
    if before in _DASHES:
        return not text[max(0, start - 2) : start - 1].strip()
    if after.isalpha() and not text[max(0, start - 2) : start - 1].strip(_BEFORE_WORD):
        if before in _ONE_LETTER:
            return True
        return before in "aA" and bool(_SLAVIC_LETTER.search(text, max(0, start - _NEAR), end + _NEAR))
    stop = start - 1 if before == "." else start
    if before == ".":
        if after.islower() and _ORDINAL.search(text, max(0, start - 4), start):
            return True
        return ends_in_abbreviation(text[max(0, start - _LONGEST_WORD) : stop], min(start, _LONGEST_WORD) - 1)
    word = text[max(0, start - _LONGEST_WORD) : start]
    return after.isupper() and before.islower() and bool(_TITLE.search(word))


def sets_marks_close(line: str) -> bool:
    """Return whether the language of a line is known to set no space before ``; : ! ?``."""
    return _sets_marks_close(line[:_LONGEST_LINE])


@lru_cache(maxsize=1)
def _frequent_elsewhere() -> frozenset[str]:
    """Return the most frequent words of all languages but French."""
    return listed("frequent words", *[language for language in languages() if language != "fr"])


@lru_cache(maxsize=64)  # a line is looked at again once it has been mended
def _sets_marks_close(line: str) -> bool:
    if _CLOSE_SCRIPTS.search(line):
        return True
    others = count_of(line, _frequent_elsewhere())
    return others > 1 and others > 2 * len(_FRENCH.findall(line))


def is_tokenised(text: str) -> bool:
    """Return whether stops and commas stand apart throughout a text, as in treebanks and some corpora.

    >>> is_tokenised("the plot is thin , the jokes are old . it is , at best , a rental .")
    True
    """
    text = text[:_SAMPLE]
    apart = len(_APART.findall(text))
    return apart >= _FEWEST_APART and apart > 3 * len(_CLOSE.findall(text))
