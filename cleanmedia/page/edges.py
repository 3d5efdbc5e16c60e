"""The sentences at the head and the tail of a text, in the forms in which those of several texts are compared."""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from cleanmedia.page.fold import fold
from cleanmedia.page.patterns import pattern
from cleanmedia.page.scripts import UNSPACED, width
from cleanmedia.page.sentences import starts_after
from cleanmedia.words.lists import listed

__all__ = ["LONG", "NAME", "PLAIN", "SURE", "Edge", "heads", "level_of", "masked", "tails"]

_LONGEST, _NARROWEST = 400, 4  # code points of an edge; width of its key
_MOST = 3  # sentences of one edge, and names in a sentence
_WINDOW = 480  # code points at an edge of a text that are looked at: an edge, and some more
_LONG_SENTENCE = 60  # code points; a sentence of this length may be content, however often it recurs

# How sure it is that a sentence is the site's, if many of its texts have it at the same edge.
SURE, NAME, PLAIN, LONG = 1, 2, 3, 4

_LETTER = pattern(r"[^\W\d_]")
_ADDRESS = pattern(
    r"https?:|www\.|[\w.]@\w|(?<!\w)@\w|[©®™]|\(c\) "
    r"|(?<!\w)[\w-]{2,}\.(?:com|net|org|info|news|tv|co\.\w\w|[a-z]{2})(?![\w'])",
    re.IGNORECASE,
)
_FRAMED = pattern(r"\(.*\)\.?|\[.*\]|/.*/|.*>>")
_ENDS = pattern(r"[.!?…。！？।॥۔؟։።:;,][\"'”’»)\]]*$")
_WORDS = pattern(r"[^\W_]+")
# A site and a name in brackets: (Site/Name), [Site: Name].
_SLOT = pattern(r"([(\[][^()\[\]/:]+[/:] ?)([^()\[\]/:{}]{2,80})([)\]]\.?)")


class Edge(NamedTuple):
    """One or several whole sentences at an edge of a text, and their comparison key."""

    start: int
    end: int
    key: str
    level: int
    form: str = ""  # of a single sentence at the tail: its key with the names left open; see masked()


def tails(text: str, end: int, start: int = 0) -> list[Edge]:
    """Return the last sentence before ``end``, the last two, and the last three, but not the one at ``start``.

    ``end`` is right behind a character that is not a space. Edges that are too long, too short or without a letter are left out,
    and so are several sentences of which one is not surely the site's.
    """
    starts = list(starts_after(text, max(start, end - _WINDOW), end))[-_MOST:]
    found = []
    for n in reversed(range(len(starts))):
        if edge := _edge(text, starts[n], end, starts[n + 1 :]):
            last = n == len(starts) - 1
            found.append(edge._replace(form=masked(text[edge.start : end])) if last else edge)
    return found


def heads(text: str, start: int, end: int) -> list[Edge]:
    """Return the first sentence from ``start`` on, the first two, and the first three, but not the one that ends at ``end``.

    ``start`` is at a character that is not a space. An edge ends where the next sentence starts. It is ``SURE`` only
    if it has a call to follow, or is short and has an address: a lead may have the site's address in its dateline.
    """
    inner: list[int] = []
    found = []
    for at in starts_after(text, start, min(end, start + _WINDOW)):
        edge = _edge(text, start, at, inner)
        if edge:
            told = _has_call(edge.key) or (at - start < _LONG_SENTENCE and _ADDRESS.search(text, start, at))
            found.append(edge if told else edge._replace(level=LONG))
        inner.append(at)
        if len(inner) == _MOST:
            break
    return found


def _edge(text: str, start: int, end: int, inner: list[int]) -> Edge | None:
    """Return the sentences between two places; ``inner`` says where those after the first start."""
    if end - start > _LONGEST:
        return None
    key = fold(text[start:end])
    if width(key) < _NARROWEST or not _LETTER.search(key):
        return None
    if not inner:
        return Edge(start, end, key, level_of(text[start:end]))
    pieces = [text[at:to] for at, to in zip([start, *inner], [*inner, end], strict=True)]
    return Edge(start, end, key, SURE) if _all_sure(pieces) else None


def _all_sure(pieces: list[str]) -> bool:
    """Return whether each sentence is surely the site's. Pieces with a gap between them, and no stop, are of one sentence."""
    sure = False
    for piece in pieces:
        level = level_of(piece)
        if level == LONG:
            return False
        sure = sure or level == SURE
        if _ENDS.search(piece.rstrip()):
            if not sure:
                return False
            sure = False
    return sure or bool(_ENDS.search(pieces[-1].rstrip()))


def level_of(sentence: str) -> int:
    """Return how sure it is that a sentence is the site's own, if many texts share it.

    ``SURE`` if it has an address, a copyright sign or a call to follow, or is a name in brackets or between slashes; ``NAME`` if it
    is a name of up to three words without a stop; else ``PLAIN``, or ``LONG`` from 60 code points on.

    >>> [level_of(text) for text in ("Read more.", "(The Agency)", "Reuter", "It rained.")] == [SURE, SURE, NAME, PLAIN]
    True
    """
    sentence = " ".join(sentence.split())
    if _ADDRESS.search(sentence) or _has_call(fold(sentence)):
        return SURE
    if len(sentence) >= _LONG_SENTENCE:
        return LONG
    words = [word for word in _WORDS.findall(sentence) if not word.isdigit()]
    if words and all(word[0].isupper() for word in words):
        if _FRAMED.fullmatch(sentence):  # one word in brackets may be a stage direction: (Applause)
            return SURE if len(words) > 1 or sentence[0] not in "([" or sentence.isupper() else PLAIN
        if len(words) <= _MOST and not _ENDS.search(sentence):
            return NAME
    return PLAIN


def masked(sentence: str) -> str:
    """Return the key of a sentence with the names in it left open, if what remains shows that it is the site's own; else "".

    >>> masked("(Example.com/Ann Miller, Bert Stone)")
    '(example.com/{name})'
    >>> masked("Reporting by Ann Miller; editing by Bert Stone."), masked("He is survived by his wife, Ann Miller.")
    ('reporting by {name}; editing by {name}', '')
    """
    sentence = " ".join(sentence.split())
    if len(sentence) > _LONGEST:
        return ""
    if slot := _SLOT.fullmatch(sentence):
        return fold(f"{slot[1]}{{name}}{slot[3]}") if width(fold(slot[1])) >= _NARROWEST else ""
    pieces: list[str] = []
    at = 0
    for run in _names().finditer(sentence):
        to_the_end = not _LETTER.search(sentence, run.end())
        if " " in run[0] or "/" in run[0] or (run.start() and to_the_end):
            pieces += (sentence[at : run.start()], "{name}")
            at = run.end()
    if not pieces or len(pieces) > 2 * _MOST:
        return ""
    bare = " ".join([*pieces[::2], sentence[at:]])
    key = fold("".join([*pieces, sentence[at:]]))
    return key if _LETTER.search(bare) and (_ADDRESS.search(bare) or _has_call(key)) else ""


@lru_cache(maxsize=1)
def _names() -> Any:
    """Return the pattern of words with a capital in a row, without those of an address or before a colon."""
    import regex

    word = r"\p{Lu}[\p{L}\p{M}'’-]*+(?!\.\p{Ll}|[/:]\p{Ll}|\s?:)\.?+"
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}@/.]){word}(?:(?:\s?[,/&]\s?|\s){word})*+")


@lru_cache(maxsize=1)
def _calls() -> tuple[dict[str, list[list[str]]], list[str], set[str]]:
    """Return the listed calls: by their first word; those of a script without spaces; those that stand before a colon."""
    by_word: dict[str, list[list[str]]] = {}
    unspaced: list[str] = []
    before_colon: set[str] = set()
    for call in listed("calls"):
        key = fold(call)
        if call.endswith(":"):
            before_colon.add(key)
        elif UNSPACED.search(key):
            unspaced.append(key)
        else:
            words = _WORDS.findall(key)
            by_word.setdefault(words[0], []).append(words)
    return by_word, unspaced, before_colon


def _has_call(key: str) -> bool:
    """Return whether a folded sentence has one of the listed calls."""
    by_word, unspaced, before_colon = _calls()
    words = _WORDS.findall(key)
    for at, word in enumerate(words):
        if any(words[at : at + len(call)] == call for call in by_word.get(word, ())):
            return True
    start, colon, _ = key.partition(":")
    return bool(colon and start.strip() in before_colon) or (
        not key.isascii() and any(call in key for call in unspaced)
    )
