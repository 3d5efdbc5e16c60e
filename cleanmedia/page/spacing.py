"""How a line sets its marks: close to the word before them, behind a space as French does, or every one apart as a tokeniser does."""

import re

from cleanmedia.page.patterns import pattern
from cleanmedia.words.lists import languages, listed

__all__ = ["is_tokenised", "sets_marks_close"]


def _frequent_words(*languages: str) -> str:
    words = [*map(re.escape, sorted(listed("frequent words", *languages)))]
    words += [re.escape(start) + "[a-zéèê]+" for start in sorted(listed("elisions", *languages))]
    return rf"\b(?:{'|'.join(words)})\b".replace("'", "['’]")


# French and its neighbours set a space before ; : ! ? What tells the language of a line are its most frequent words.
_FRENCH = pattern(lambda: _frequent_words("fr"), re.I)
_OTHERS = pattern(lambda: _frequent_words(*[language for language in languages() if language != "fr"]), re.I)
_CLOSE_SCRIPTS = pattern(
    "[\u0370-\u052f\u0590-\u074f\uac00-\ud7af]"
)  # Greek, Cyrillic, Hebrew, Arabic, Hangul: no space there
_APART = pattern(r"(?<=\w\w) [.,](?=\s|$)")
_CLOSE = pattern(r"(?<=\w\w)[.,](?=\s|$)")
_FEWEST_APART = 3
_SAMPLE = 20_000  # code points from which the habit of a text is told


def sets_marks_close(line: str) -> bool:
    """Return whether the language of a line is known to set no space before ``; : ! ?``."""
    if _CLOSE_SCRIPTS.search(line):
        return True
    others = len(_OTHERS.findall(line))
    return others > 1 and others > 2 * len(_FRENCH.findall(line))


def is_tokenised(text: str) -> bool:
    """Return whether stops and commas stand apart throughout a text, as in treebanks and some corpora.

    >>> is_tokenised("the plot is thin , the jokes are old . it is , at best , a rental .")
    True
    """
    text = text[:_SAMPLE]
    apart = len(_APART.findall(text))
    return apart >= _FEWEST_APART and apart > 3 * len(_CLOSE.findall(text))
