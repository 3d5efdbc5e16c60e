"""Later copies of the headline."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import dropping, finds, settled
from cleanmedia.page.body import find_body
from cleanmedia.page.fold import fold
from cleanmedia.page.items import starts_item
from cleanmedia.page.lines import drop, split
from cleanmedia.page.memo import Memo
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import is_prose, look
from cleanmedia.words.lists import listed

__all__ = ["repeated_titles"]

_LONGEST = 300  # code points; no longer line is a headline
_FEWEST_WORDS, _FEWEST_CHARS, _FEWEST_WIDE = 4, 20, 8
_FIRST_LINES, _LINES_AT_TOP = 3, 10  # of the lines with text: those that lead the page, and its top
_LONGEST_VERSE, _LONGEST_STANZA = 70, 40  # code points, lines

_WORD = pattern(r"[^\W_]+(?:'[^\W\d_]+)*")
_WIDE = pattern("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_ELLIPSIS = pattern(r"\s*(?:…|\.{3,}|[\[(](?:…|\.{3})[\])])\s*$")
_BEFORE_SITE = pattern(r"[\"'”’»)\]?!.]*\s*(?:\s[-–—›»·•:/]{1,2}\s|[|｜_]+)\s*")
_SITE_AT_END = pattern(r"\s*(?:\s[-–—›»·•]\s|[|｜_])[^|｜_–—›»·•]{2,40}$")
_BREADCRUMB = pattern(r"[»›>/]\s*[\"'“„«]?$")
_KICKER = pattern(r"(?:[:：|｜•·]|\s[–—-])\s*[\"'“„«]?$")
_CLOCK = pattern(r"(?=.*\d[:./h]\d|\D*$)[\d\s:.,/|()h–—-]*[\"'“„«]?$")
_COUNTER = pattern(r"\d[\d.,]* [^\W\d]+(?: [^\W\d]+){0,3} [\"“„«‘]$")
_SENTENCE = pattern(r"(?:\S+ ){2,}\S*[.!?…][\"'”’»)]*$|.{10,}[。！？…]$")
_ENDS_IN_MARK = pattern(r"[,.;:!?…]\W*$")


def _denies(word: str) -> bool:
    return word in listed("negations")


def _is_function_word(word: str) -> bool:
    return word in listed("function words") and not _denies(word)


_words = Memo(lambda key: tuple(_WORD.findall(key)))


class _Title(NamedTuple):
    key: str
    words: tuple[str, ...]
    probe: str  # a word, or a stretch of an unspaced script, that every copy has


@finds
@dropping
@settled
def repeated_titles(text: str, *, title: str = "") -> Iterable[Edit]:
    """Drops later copies of the headline, in any variant, and keeps the best of the first.

    Why: a quarter of real pages carry their title twice or more: in the page's title with the site's name, above the
    text, in the share box, the player, the breadcrumb, over the comments, and truncated among the related links.
    A copy may differ in quotation marks, case, spacing and character references, have the name of the site behind
    it or a kicker, a breadcrumb, a time or a counter before it, end in an ellipsis, or have one function word
    more, less or changed. The headline is given (``title=...``), or found among the first lines of the page and above
    its first paragraph.

    Keeps: headlines that differ in a number, a name or a negation; headlines with a second clause; sentences that quote
    the headline; titles of fewer than four words and 20 code points; refrains of verse.

    Risk: low: one copy always stays.

    >>> text = "Oil prices rise after OPEC cut\\n\\n‘Oil prices rise after OPEC cut’ | Example News\\n\\nBrent is up by 4 %."
    >>> repeated_titles(text)
    'Oil prices rise after OPEC cut\\n\\n\\nBrent is up by 4 %.'
    >>> repeated_titles("Oil prices rise by 4 percent\\n\\nOil prices rise by 5 percent")
    'Oil prices rise by 4 percent\\n\\nOil prices rise by 5 percent'
    """
    raw = split(text)
    looked = [*map(look.__getitem__, raw)]
    lines = [line for line, _ in looked]
    filled = [number for number, line in enumerate(lines) if line]
    prose = [looked[number][1] for number in filled]
    if not title and not any(prose) and not any(_SENTENCE.match(lines[number]) for number in filled):
        return ()  # a song, a list, a menu: nothing here is a headline for certain
    body = find_body([lines[number] for number in filled], prose)
    last_of_head = _end_of_head(lines, filled, body)
    may_be_copies = [number for number in filled if len(lines[number]) <= _LONGEST]
    keys = [fold(lines[number]) for number in may_be_copies]
    told = "\n".join(keys)
    starts = [0, *accumulate(len(key) + 1 for key in keys)]
    gone: dict[int, str] = {}
    for candidate, is_first in _candidates(lines, may_be_copies, title, last_of_head):
        copies = [
            number
            for number in (may_be_copies[place] for place in _places(candidate.probe, told, starts))
            if number not in gone and _is_copy(lines[number], candidate)
        ]
        if len(copies) < 2:
            continue
        best = min(copies, key=lambda number: (number > last_of_head, _dirt(lines[number], candidate), number))
        if not is_first:  # an entry of a table of contents, perhaps: what says the same within the text is a subhead
            copies = (
                [number for number in copies if number <= last_of_head or number > filled[body[-1]]] if body else []
            )
        others = _without_verse(lines, filled, [number for number in copies if number != best], candidate, last_of_head)
        gone.update((number, "copy of the headline: " + lines[best]) for number in others)
    return drop(text, raw, sorted(gone.items()))


def _places(probe: str, told: str, starts: list[int]) -> Iterator[int]:
    """The numbers of the lines of ``told`` that hold the probe; ``starts`` says where each begins."""
    at = told.find(probe)
    while at >= 0:
        place = bisect_right(starts, at) - 1
        yield place
        at = told.find(probe, starts[place + 1])


def _end_of_head(lines: list[str], filled: list[int], body: range) -> int:
    """The last line where the headline may stand: above the page's text, or among the first lines of it."""
    if body:
        return filled[min(body[0] + max(5, len(body) // 8), body[-1])]
    return next((number for number in filled if _SENTENCE.match(lines[number])), -1)


def _candidates(lines: list[str], filled: list[int], title: str, last_of_head: int) -> Iterator[tuple[_Title, bool]]:
    """What may be the headline, and whether it is among the page's first lines, or given.

    The others are the rest of the lines at the top, and the last ones above the text.
    """
    above = [lines[number] for number in filled if number < last_of_head]
    first = [title] if title else above[:_FIRST_LINES]
    heads = (
        dict.fromkeys(first, True)
        if title
        else dict.fromkeys(first, True)
        | dict.fromkeys(
            [line for line in above[_FIRST_LINES:_LINES_AT_TOP] + above[-3:] if line not in first],
            False,
        )
    )
    told = "\n".join(map(fold, first))
    for line, is_first in heads.items():
        for part in dict.fromkeys((line, _SITE_AT_END.sub("", line))):
            key = fold(part)
            words = tuple(_WORD.findall(key))
            wide = len(_WIDE.findall(key))
            enough = (
                wide >= _FEWEST_WIDE or len(words) >= _FEWEST_WORDS or (len(key) >= _FEWEST_CHARS and len(words) > 1)
            )
            if enough and (title or not (is_prose(part) and part.endswith((".", "。")))) and words:
                probe = max(words[:3], key=len)
                yield _Title(key, words, probe[:4] if wide else probe), is_first or key in told


def _is_copy(line: str, title: _Title) -> bool:
    key = fold(line)
    if key == title.key:
        return True
    words = _words[key]
    size = len(title.words)
    if words in (title.words, title.words * 2):
        return True
    if ("…" in line or "..." in line) and _ELLIPSIS.search(line):
        start = " ".join(_WORD.findall(_ELLIPSIS.sub("", key)))
        return len(start) >= (_FEWEST_WIDE if _WIDE.search(start) else 15) and " ".join(title.words).startswith(start)
    if len(words) > size:
        return (words[:size] == title.words and _names_site(line, key, size)) or (
            words[-size:] == title.words and _leads_in(line, key, len(words) - size)
        )
    return _differs_in_function_word(words, title.words) or _differs_in_function_word(title.words, words)


def _names_site(line: str, key: str, size: int) -> bool:
    """Whether what stands behind the headline's words is the name of the site: "… | Example News"."""
    ends = [match.end() for match in _WORD.finditer(key)]
    mark = _BEFORE_SITE.match(key, ends[size - 1])
    if not mark:
        return False
    name = _WORD.findall(line)[-(len(ends) - size) :]
    if len(name) > 5 or any(any(map(str.isdigit, word)) for word in name):
        return False
    if "|" in mark[0] or "｜" in mark[0]:
        return True
    return (":" not in mark[0] and all(not word.islower() or _is_function_word(word) for word in name)) or "." in key[
        mark.end() :
    ]


def _leads_in(line: str, key: str, count: int) -> bool:
    """Whether what stands before the headline's words is a kicker, a breadcrumb, a time or a counter."""
    starts = [match.start() for match in _WORD.finditer(key)]
    lead = key[: starts[count]]
    if _CLOCK.match(lead) or _COUNTER.match(lead) or _BREADCRUMB.search(lead):
        return True
    words = _WORD.findall(lead)
    return bool(_KICKER.search(lead)) and len(words) <= 4 and not any(_denies(word) or word.isdigit() for word in words)


def _differs_in_function_word(words: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Whether one function word is missing from ``words``, or stands for another one."""
    if not len(title) >= 5 or len(title) - len(words) not in (0, 1) or words == title:
        return False
    at = next((i for i, (one, other) in enumerate(zip(words, title, strict=False)) if one != other), len(words))
    if not _is_function_word(title[at]):
        return False
    if len(title) > len(words):
        return words[at:] == title[at + 1 :]
    return words[at + 1 :] == title[at + 1 :] and _is_function_word(words[at])


def _dirt(line: str, title: _Title) -> int:
    """How far a copy is from a clean headline; the lowest stays."""
    words = tuple(_WORD.findall(fold(line)))
    return (
        4 * bool(_ELLIPSIS.search(line))
        + 2 * (len(words) > len(title.words))
        + (len(words) < len(title.words))
        + line.isupper()
    )


def _without_verse(
    lines: list[str], filled: list[int], copies: list[int], title: _Title, last_of_head: int
) -> list[int]:
    """The copies that are no verse.

    A refrain stands among short lines. It has a mark at its end that the headline lacks, or is part of a stanza, or comes
    three times.
    """
    marked = bool(_ENDS_IN_MARK.search(title.key))
    above, below = _neighbours(filled, set(copies)), _neighbours(filled[::-1], set(copies))
    refrains = []
    kept = set()
    for number in copies:
        short = [line for line in (lines[above[number]], lines[below[number]]) if line and _may_be_verse(line)]
        if (
            short and not marked and _ENDS_IN_MARK.search(lines[number]) and not _ELLIPSIS.search(lines[number])
        ) or _in_stanza(lines, number):
            kept.add(number)
        elif len(short) == 2 and number > last_of_head and tuple(_WORD.findall(fold(lines[number]))) == title.words:
            refrains.append(number)
    if len(refrains) > 2:
        kept.update(refrains)
    return [number for number in copies if number not in kept]


def _neighbours(filled: list[int], copies: set[int]) -> dict[int, int]:
    """For each copy the line before it that is none; itself, at the edge of the page."""
    found, last = {}, -1
    for number in filled:
        if number in copies:
            found[number] = last if last >= 0 else number
        else:
            last = number
    return found


def _in_stanza(lines: list[str], number: int) -> bool:
    first = last = number
    while first > number - _LONGEST_STANZA and first and lines[first - 1]:
        first -= 1
    while last < number + _LONGEST_STANZA and last + 1 < len(lines) and lines[last + 1]:
        last += 1
    return 4 <= last - first + 1 <= _LONGEST_STANZA and all(map(_may_be_verse, lines[first : last + 1]))


def _may_be_verse(line: str) -> bool:
    return len(line) < _LONGEST_VERSE and not starts_item(line) and not is_prose(line)
