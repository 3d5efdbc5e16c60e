"""What the words of a line say of it: features of a line in the order of :data:`OF_WORDS`.

Two things are known of a word. The trained vocabulary has how much more often it stands in articles than around them, counted by
publisher, as log odds (naive Bayes). And it may be a word of the catalogues' widget phrases, which are in more languages than there
are pages to train on.
"""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from cleanmedia.page.terms import all_terms
from cleanmedia.phrases.catalogue import catalogue
from cleanmedia.phrases.files import PLACEHOLDER

__all__ = ["OF_WORDS", "Vocabulary", "packed", "unpacked"]

OF_WORDS = (
    "evidence of the words",  # the mean of the log odds of the words that are known; 0 where none is, as for the next four
    "least evidence",
    "second least evidence",
    "greatest evidence",
    "all evidence",  # the sum
    "known words",  # as a share of the words; as the next two
    "words of widgets",
    "words of offers and notices",
    "number of words of offers and notices",
)
# Kinds of widgets whose phrases are sentences of the site about itself.
_OFFERS_AND_NOTICES = frozenset(
    ("advertisement", "app", "comments", "cookies", "donate", "follow", "legal", "login", "newsletter", "paywall")
)


class Vocabulary:
    """Words with their log odds of standing in an article."""

    def __init__(self, log_odds: Mapping[str, float]) -> None:
        self.log_odds: Mapping[str, float] = log_odds
        self._of_widgets, self._of_offers = _widget_words()

    def evidence(self, words: Collection[str]) -> tuple[float, ...]:
        """Return the features of a line with these words (:func:`~cleanmedia.page.terms.terms`).

        >>> vocabulary = Vocabulary({"bridge": 1.5, "imprint": -4.0})
        >>> dict(zip(OF_WORDS, vocabulary.evidence({"bridge", "harbour"}), strict=True))["known words"]
        0.5
        """
        size = len(words)
        if not size:
            return (0.0,) * len(OF_WORDS)
        log_odds = self.log_odds
        known = sorted([log_odds[word] for word in words if word in log_odds])
        offers = len(self._of_offers.intersection(words))
        shares = len(known) / size, len(self._of_widgets.intersection(words)) / size, offers / size, offers
        if not known:
            return 0.0, 0.0, 0.0, 0.0, 0.0, *shares
        total = sum(known)
        return total / len(known), known[0], known[1] if len(known) > 1 else 0.0, known[-1], total, *shares


@lru_cache(maxsize=1)
def _widget_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of the phrases of all catalogues, and those of offers and notices."""
    every: set[str] = set()
    offers: set[str] = set()
    for kind, phrases in catalogue().texts():
        words = all_terms(PLACEHOLDER.sub(" ", "\n".join(phrases)))
        every |= words
        if kind in _OFFERS_AND_NOTICES:
            offers |= words
    return frozenset(every), frozenset(offers)


def packed(log_odds: Mapping[str, float]) -> list[list[float | str]]:
    """Return a vocabulary as it stands in a file of weights: [log odds, the words that have them], the least first.

    >>> packed({"imprint": -4.0, "bridge": 1.5, "ferry": 1.5})
    [[-4.0, 'imprint'], [1.5, 'bridge ferry']]
    """
    values = sorted({*log_odds.values()})
    return [[value, " ".join(sorted(word for word, its in log_odds.items() if its == value))] for value in values]


def unpacked(rows: Iterable[tuple[float, str]]) -> dict[str, float]:
    """Return the words with their log odds from what :func:`packed` made.

    >>> unpacked(packed({"imprint": -4.0, "bridge": 1.5}))
    {'imprint': -4.0, 'bridge': 1.5}
    """
    return {word: value for value, words in rows for word in words.split()}
