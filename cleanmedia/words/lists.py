"""The loader of the word lists: :func:`listed`."""

import os
from collections.abc import Iterator
from functools import lru_cache

__all__ = ["HEADINGS", "WORDS", "WordsError", "check", "languages", "listed", "read"]

WORDS = os.path.dirname(__file__)
_SPACES, _CAPITALS = 1, 2  # an entry may be of several words; capitals say something
_HEADINGS = {
    "function words": 0,
    "frequent words": 0,
    "elisions": 0,
    "spaced guillemets": 0,
    "negations": 0,
    "abbreviations": _CAPITALS,
    "titles of persons": _CAPITALS,
    "and": 0,
    "contractions": _CAPITALS,
    "markup words": _SPACES | _CAPITALS,
    "mentioning words": _CAPITALS,
    "mojibake words": 0,
    "months": _CAPITALS,
    "weekdays": _CAPITALS,
    "date words": 0,
    "date units": _CAPITALS,
    "number words": 0,
    "truncation units": 0,
    "lost apostrophes": 0,
    "credit words": _SPACES,
    "credit endings": _SPACES,
    "reporting words": _SPACES,
    "byline words": _SPACES | _CAPITALS,
    "desks": _SPACES | _CAPITALS,
    "dateline places": _SPACES | _CAPITALS,
    "calls": _SPACES,
}
HEADINGS = tuple(_HEADINGS)


class WordsError(ValueError):
    """A word file that cannot be used; the message names file, line and reason."""


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the languages that have a word file, as the names of the files: BCP 47 tags."""
    return tuple(sorted(name[:-4] for name in os.listdir(WORDS) if name.endswith(".txt")))


@lru_cache(maxsize=64)
def listed(heading: str, *only: str) -> frozenset[str]:
    """Return the words under a heading, of these languages, or of all if none is named.

    The files are read when they are first asked for. A language without the heading adds nothing.

    >>> sorted(listed("elisions", "fr"))
    ["d'", "l'"]

    Raises:
        ValueError: there is no such heading, or no file of such a language.
        WordsError: a file is not sound.
    """
    if heading not in HEADINGS:
        raise ValueError(f"no heading {heading!r}; there are {', '.join(HEADINGS)}")
    for language in only:
        if language not in languages():
            raise ValueError(f"no words of language {language!r}; there are {', '.join(languages())}")
    return frozenset([word for language in only or languages() for word in _of(language).get(heading, ())])


@lru_cache(maxsize=64)
def _of(language: str) -> dict[str, list[str]]:
    """Return the words of a language by heading."""
    path = os.path.join(WORDS, language + ".txt")
    found: dict[str, list[str]] = {}
    for _, heading, words in _lines(read(path), path):
        found.setdefault(heading, []).extend(words)
    return found


def read(path: str) -> str:
    """Return the text of a word file.

    Raises:
        WordsError: it is not UTF-8.
        OSError: it cannot be read.
    """
    with open(path, "rb") as file:
        data = file.read()
    try:
        return data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise WordsError(f"{path}:{line}: not UTF-8 (byte {data[error.start]:#04x}); save the file as UTF-8") from None


def _lines(text: str, name: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield the number, the heading and the words of each line that has words."""
    heading = ""
    for number, line in enumerate(text.split("\n"), 1):
        if line[:1] == "[":
            heading = line.strip()[1:-1]
            if line.strip() != f"[{heading}]" or heading not in HEADINGS:
                raise WordsError(f"{name}:{number}: unknown heading {line}; there are [{'], ['.join(HEADINGS)}]")
        elif line[:1] != "#" and (line := line.strip().removesuffix(",")):
            if not heading:
                raise WordsError(
                    f"{name}:{number}: a word before the first heading; write one above it, such as [months]"
                )
            yield number, heading, line.split(", ")


def check(text: str, name: str) -> None:
    """Check the text of a word file, in more ways than loading it does: for the tests, and for whoever edits it.

    Raises:
        WordsError: the file is not sound; the message names the first line that is not.
    """
    seen: dict[tuple[str, str], int] = {}
    headings: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line[:1] == "[" and headings.setdefault(line, number) != number:
            raise WordsError(f"{name}:{number}: {line} is in line {headings[line]} too; put the words together")
        if line != line.strip():
            raise WordsError(f"{name}:{number}: a space at the edge of the line")
    for number, heading, words in _lines(text, name):
        for word in words:
            fault = _fault(word, heading)
            if fault:
                raise WordsError(f"{name}:{number}: {fault}")
            if (first := seen.setdefault((heading, word), number)) != number or words.count(word) > 1:
                raise WordsError(f"{name}:{number}: {word!r} is under [{heading}] in line {first} already")


def _fault(word: str, heading: str) -> str | None:
    """Return what is wrong with a word, or None."""
    if not word.replace("\u200c", "").replace("\u200d", "").isprintable():
        return f"an invisible or control character in {word!r}"
    if not any(map(str.isalpha, word)):
        return f"{word!r} has no letter"
    if "," in word or word != word.strip():
        return f"a comma or space too many at {word!r}; separate words by a comma and one space"
    if "  " in word or (" " in word and not _HEADINGS[heading] & _SPACES):
        return f"a space in {word!r}; separate words by commas"
    if "’" in word:
        return f"{word!r}: write the apostrophe as '"
    if not _HEADINGS[heading] & _CAPITALS and word != word.lower():
        return f"{word!r}: words under [{heading}] are compared in small letters; write {word.lower()!r}"
    if heading == "abbreviations" and not word.endswith("."):
        return f"{word!r}: write an abbreviation with its stop"
    if heading == "lost apostrophes" and "'" not in word:
        return f"{word!r}: write the word with its apostrophe, such as doesn't"
    if heading == "elisions" and not word.endswith("'"):
        return f"{word!r}: write an elision with its apostrophe, such as l'"
    if heading == "contractions" and not word.startswith("'"):
        return f"{word!r}: write a contraction with its apostrophe, such as 's"
    if heading == "date units" and len(word) != 1:
        return f"{word!r}: a unit of a date is one character"
    return None
