"""Where the sentences of a text begin: the rules of Unicode's UAX #29, tailored for text that was glued together."""

from collections.abc import Iterator

from cleanmedia.page.abbreviations import ends_in_abbreviation
from cleanmedia.page.patterns import pattern

__all__ = ["starts_after"]

# A terminator with the marks that close behind it and the space after it; a line break; a gap where a line break was lost.
_BREAK = pattern(r"([.!?…。！？｡।॥۔؟։።፧]+)([\"'”’»)\]}）」』】]*)(\s*)|\s*\n\s*|(?<![;:,\s])[^\S\n]{3,}(?=\S)")
_LETTER = pattern(r"[^\W_]")
_QUOTES = frozenset("\"'”’»」』")
_GOES_ON = frozenset(",;:،؛、，；)]}")
_OWN = frozenset("([/|©®™—–-•>#@*‼")  # a sentence that begins with one of these is no continuation of the one before
_NEAR = 24  # code points between a terminator and the letter that tells whether a sentence begins


def starts_after(text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Yield where sentences begin between two places, in order, without the first.

    A sentence begins behind a terminator and its closing marks, whether a space follows or not (SB11), and behind a line
    break (SB4). It does not begin with a small letter (SB8), or a mark that continues a sentence (SB8a); inside a number (SB6);
    or behind a letter with a stop that is an initial or a listed abbreviation.

    Tailored in four ways. An opening bracket belongs to the sentence that it opens; UAX #29 gives it to the one before if there is no space.
    A capital right behind a small letter and a stop begins a sentence, for the space may be lost. Words behind a closing
    quotation mark tell who spoke, and go on. Three spaces or more are a lost line break, but not behind a comma or colon.

    >>> text = "It rained, said Mr. Hill. (Agency.) “So it goes.” Hill left.Read on."
    >>> [text[at : at + 8] for at in starts_after(text)]
    ['(Agency.', '“So it g', 'Read on.']
    """
    end = len(text) if end is None else min(end, len(text))
    for found in _BREAK.finditer(text, start, end):
        after = found.end()
        if after < end and (found.start(1) < 0 or _begins(text, found.start(1), found.end(1), found[2], after, end)):
            yield after


def _begins(text: str, at: int, stop: int, closing: str, after: int, end: int) -> bool:
    """Return whether a sentence begins at ``after``, behind the terminator from ``at`` to ``stop`` and closing marks."""
    first = text[after]
    if "\n" in text[stop:after]:
        return True
    if first in _GOES_ON:
        return False
    if first in _OWN:
        return True
    letter = _LETTER.search(text, after, min(end, after + _NEAR))
    if letter is None or letter[0].islower():
        return False
    if after == stop and text[at] == "." and not (letter[0].isupper() and text[at - 1 : at].islower()):
        return letter.start() > after and not letter[0].isdigit()
    if letter.start() == after and not _QUOTES.isdisjoint(closing):
        return False
    return stop - at > 1 or text[at] != "." or not ends_in_abbreviation(text, at)
