"""Words of a text without their case, as patterns with ``re.IGNORECASE`` see them: which listed words it can hold at all."""

from collections.abc import Collection, Iterable

from cleanmedia.page.patterns import pattern

__all__ = ["caseless", "count_of", "says_any", "telling_words"]

_WORD = pattern(r"\w+")


def caseless(text: str) -> str:
    """Return a text in which letters are equal that ``re.IGNORECASE`` takes for equal.

    >>> caseless("DIDN’T") == caseless("dıdn’t") == "didn’t"
    True
    """
    return text.replace("İ", "i").casefold().replace("ı", "i")


def says_any(text: str, words: Collection[str]) -> bool:
    """Return whether a text has one of some words, which are a set or a dictionary of words without their case."""
    return any(map(words.__contains__, _WORD.findall(caseless(text))))


def count_of(text: str, words: Collection[str]) -> int:
    """Return how many of the words of a text are among some."""
    return sum(map(words.__contains__, _WORD.findall(caseless(text))))


def telling_words(phrases: Iterable[str]) -> frozenset[str]:
    """Return the longest word of each phrase. A text that has none of them, see :func:`says_any`, says none of the phrases.

    >>> sorted(telling_words(["Photo by", "image courtesy of"]))
    ['courtesy', 'photo']
    """
    return frozenset(max(_WORD.findall(caseless(phrase)), key=len) for phrase in phrases)
