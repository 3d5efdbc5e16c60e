"""Words whose apostrophe was lost: ``doesnt``."""

import re
from collections.abc import Iterator
from functools import lru_cache

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import finds, gated, settled
from cleanmedia.page.caseless import says_any
from cleanmedia.page.literal import is_literal, literal_spans
from cleanmedia.page.patterns import pattern
from cleanmedia.page.running import running_lines
from cleanmedia.words.lists import languages, listed

__all__ = ["lost_apostrophes"]

_NEAR = 200  # code points around a word in which the words of its language are counted
_SHORTEST = 3  # letters of a word that tells a language
_WORD = pattern(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LETTERS_AT_END = pattern(r"[^\W\d_]+$")
_BETWEEN_LETTERS = pattern(r"(?<=[^\W\d_])['’](?=[^\W\d_])")


@lru_cache(maxsize=1)
def _words() -> dict[str, list[tuple[int, str]]]:
    """Return where the apostrophe belongs, and the language, by the word without it."""
    found: dict[str, list[tuple[int, str]]] = {}
    for language in languages():
        for word in sorted(listed("lost apostrophes", language)):
            found.setdefault(word.replace("'", ""), []).append((word.index("'"), language))
    return found


_LOST = pattern(
    lambda: (
        rf"(?<![\w'’@#./&-])(?:{'|'.join(sorted(_words(), key=lambda word: (-len(word), word)))})(?![\w'’@/=(]|\.\w)"
    ),
    re.I,
)


@lru_cache(maxsize=16)
def _evidence(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the frequent words of a language but the short ones, and those of all others that it does not have."""
    own = listed("frequent words", language)
    return frozenset(word for word in own if len(word) >= _SHORTEST), listed("frequent words") - own


def _near(text: str, at: int) -> str:
    """Return the whole words near a place: a part of one (``that`` of ``thatll``) would be evidence."""
    start, end = max(0, at - _NEAR), at + _NEAR
    if start and text[start - 1].isalpha() and (cut := _WORD.match(text, start)):
        start = cut.end()
    if end < len(text) and text[end].isalpha() and (cut := _LETTERS_AT_END.search(text, at, end)):
        end = cut.start()
    return text[start:end]


def _speaks(language: str, near: str) -> bool:
    """Return whether a piece of text has more frequent words of a language than of others."""
    own, others = _evidence(language)
    words = _WORD.findall(near.lower())
    return sum(word in own for word in words) > sum(word in others for word in words)


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: no word lacks its apostrophe."""
    return not says_any(text, _words())


@finds
@settled
@gated(_can_skip)
def lost_apostrophes(text: str) -> Iterator[Edit]:
    """Restores the apostrophe of a word that is not a word without it.

    Why: converters that know windows-1252 badly drop its apostrophe: ``doesnt``, ``theyre``, ``thats`` are in 60 % of the texts
    of an English news corpus.

    The words are listed by language (``words/``), and are read only where most of the frequent words nearby are of that language. The apostrophe is
    ``'`` in a text that has no other, else ``’``.

    Keeps: what is a word without it (``wont``, ``cant``, ``well``, ``its``, ``hell``, ``ill``, ``were``), names (``Ive``, ``Im``), words in
    capitals, possessives (``the countrys``), handles and addresses; everything in tables, code and logs.

    Risk: low.

    >>> lost_apostrophes("He doesnt know, and theyre late.")
    'He doesn’t know, and they’re late.'
    >>> lost_apostrophes("The wont of kings: its cant, and were ill.")
    'The wont of kings: its cant, and were ill.'
    """
    mark = ""
    for at, line in running_lines(_LOST, text):
        spans = literal_spans(line)
        for match in _LOST.finditer(line):
            word = match[0]
            if is_literal(spans, match.start(), match.end()) or (word.isupper() and len(word) > 1):
                continue
            start = at + match.start()
            for place, language in _words()[word.lower()]:
                if _speaks(language, _near(text, start)):
                    mark = mark or _apostrophe(text)
                    yield Edit(start + place, start + place, mark, "lost apostrophe")
                    break


def _apostrophe(text: str) -> str:
    """Return the apostrophe that a text has between letters."""
    found = _BETWEEN_LETTERS.search(text)
    return found[0] if found else "’"
