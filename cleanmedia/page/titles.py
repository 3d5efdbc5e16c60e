"""A headline, and which lines are variants of it: with the site's name, a kicker or a counter, truncated, a small word less."""

from collections.abc import Iterator
from typing import NamedTuple

from cleanmedia.page.fold import fold
from cleanmedia.page.memo import Memo
from cleanmedia.page.patterns import pattern
from cleanmedia.page.scripts import UNSPACED
from cleanmedia.words.lists import listed

__all__ = ["Title", "dirt", "is_copy", "is_truncated", "titles_of", "words_of"]

_FEWEST_WORDS, _FEWEST_CHARS, _FEWEST_WIDE = 4, 20, 8
_WORD = pattern(r"[^\W_]+(?:'[^\W\d_]+)*")
_ELLIPSIS = pattern(r"(?:…|(?<!\.)\.{3,}|[\[(](?:…|\.{3})[\])])\s*$")
_BEFORE_SITE = pattern(r"[\"'”’»)\]?!.]*\s*(?:\s[-–—›»·•:/]{1,2}\s|[|｜_]+)\s*")
_SITE_AT_END = pattern(r"(?:\s[-–—›»·•]\s|[|｜_])[^|｜_–—›»·•]{2,40}$")
_LONGEST_SITE = 43  # code points that the pattern above matches
_BREADCRUMB = pattern(r"[»›>/]\s*[\"'“„«]?$")
_KICKER = pattern(r"(?:[:：|｜•·]|\s[–—-])\s*[\"'“„«]?$")
_CLOCK = pattern(r"(?=.*\d[:./h]\d|\D*$)[\d\s:.,/|()h–—-]*[\"'“„«]?$")
_COUNTER = pattern(r"\d[\d.,]* [^\W\d]+(?: [^\W\d]+){0,3} [\"“„«‘]$")

_words = Memo(lambda key: tuple(_WORD.findall(key)))


def words_of(line: str) -> tuple[str, ...]:
    """Return the words of a line, folded."""
    return _words[fold(line)]


def is_truncated(line: str) -> bool:
    """Whether a line ends in an ellipsis."""
    return bool(_ELLIPSIS.search(line))


class Title(NamedTuple):
    """A headline as lines are compared with it."""

    key: str  # see fold()
    words: tuple[str, ...]
    probe: str  # a word, or a stretch of a script without spaces, that every copy has
    last_probe: str  # a word of the last three that every copy has but a truncated one; "" if there is none


def titles_of(line: str) -> tuple[Title, ...]:
    """Return a line as a headline, and once more without the name of the site at its end; nothing where it is too short."""
    return _titles[line.rstrip()]


def _titles_of(line: str) -> Iterator[Title]:
    site = _SITE_AT_END.search(line, max(0, len(line) - _LONGEST_SITE))
    for part in dict.fromkeys((line, line[: site.start()].rstrip() if site else line)):
        key = fold(part)
        words = _words[key]
        wide = len(UNSPACED.findall(key))
        enough = wide >= _FEWEST_WIDE or len(words) >= _FEWEST_WORDS or (len(key) >= _FEWEST_CHARS and len(words) > 1)
        if enough and words:
            probe, last = max(words[:3], key=len), max(words[-3:], key=len)
            yield Title(key, words, probe[:4] if wide else probe, "" if _is_function_word(last) else last)


_titles = Memo(lambda line: tuple(_titles_of(line)))


def is_copy(line: str, title: Title) -> bool:
    key = fold(line)
    if key == title.key:
        return True
    if title.last_probe not in key and "…" not in line and "..." not in line:
        return False
    words = _words[key]
    size = len(title.words)
    if words in (title.words, title.words * 2):
        return True
    if ("…" in line or "..." in line) and _ELLIPSIS.search(line):
        start = " ".join(_WORD.findall(_ELLIPSIS.sub("", key)))
        return len(start) >= (_FEWEST_WIDE if UNSPACED.search(start) else 15) and " ".join(title.words).startswith(
            start
        )
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


def dirt(line: str, title: Title) -> int:
    """How far a copy is from a clean headline; the lowest stays."""
    words = tuple(_WORD.findall(fold(line)))
    return (
        4 * bool(_ELLIPSIS.search(line))
        + 2 * (len(words) > len(title.words))
        + (len(words) < len(title.words))
        + line.isupper()
    )


def _denies(word: str) -> bool:
    return word in listed("negations")


def _is_function_word(word: str) -> bool:
    return word in listed("function words") and not _denies(word)
