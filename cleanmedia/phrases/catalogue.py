"""Catalogues: widget phrases as data, and the matcher made of them. :mod:`cleanmedia.phrases.files` has the format."""

import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from cleanmedia.page.fold import fold, fold_all, fold_lines
from cleanmedia.page.lines import squeezed
from cleanmedia.page.memo import Memo
from cleanmedia.page.patterns import pattern
from cleanmedia.page.scripts import UNSPACED
from cleanmedia.phrases.anchors import LONG, Anchors
from cleanmedia.phrases.files import (
    LONGEST,
    Phrase,
    Section,
    check,
    is_phrase,
    read,
    sections_of,
)
from cleanmedia.phrases.placeholders import PHRASES, generalise

__all__ = ["Catalogue", "catalogue", "languages"]

_SLACK = 20  # code points by which a line may be longer than what it says: bullets, marks, references

_LONGEST_NAME, _MOST_WORDS = 60, 6
_LONGEST_UNSPACED_NAME = 20  # in scripts that put no spaces between words
_CLAUSE_END = pattern(r"(?<=\w\w\w\w)[.!?;] ")


class Catalogue:
    """Phrases, arranged so that the look-up of a line is a few dictionary hits, however many they are.

    Adding a file makes keys only; a phrase is put together when a line says it.
    """

    def __init__(self) -> None:
        self.glued: list[Phrase] = []
        self._lines: list[str] = []  # of all files
        self._sections: list[Section] = []
        self._certain: dict[str, int] = {}  # folded phrase -> number of its line
        self._doubtful: dict[str, int] = {}
        # Phrases with names: what stands between these, and the number of the line; by the key's first or last characters.
        self._open: dict[str, list[tuple[list[str], int]]] = {}
        self._calls: dict[str, int] = {}  # what stands before the colon of "Read more: {name}" -> number of its line
        self._anchors = Anchors()
        self._matched = Memo(
            lambda line: self.find(squeezed(line)), lambda lines: self.find_all([*map(squeezed, lines)])
        )

    def add(self, text: str, language: str, name: str, trusted: bool = False) -> None:
        """Add the text of a phrase file. A trusted one is known to be sound, with nothing to fold at its lines' edges.

        Raises:
            CatalogueError: the file is not sound.
        """
        if not trusted:
            text = "\n".join(map(str.strip, text.splitlines()))
        lines = text.split("\n")
        sections = sections_of(text, len(lines), len(self._lines), language, name)
        if trusted:
            keys = fold_all(text)
        else:
            check(lines, sections, name)
            keys = [fold(line) for line in lines]
        base = len(self._lines)
        self._lines += lines
        self._sections += sections
        for section in sections:
            known = self._doubtful if section.in_company else self._certain
            first, last = section.first - base, section.last - base
            known.update(zip(keys[first:last], range(section.first, section.last), strict=True))
            for number in range(first, last):
                key = keys[number]
                if "{" not in key:
                    if len(key) >= LONG - _SLACK:
                        self._anchors.add_long(key)
                    continue
                self._anchors.add(key)
                if "{name}" not in key:
                    continue
                known.pop(key, None)
                parts = key.split("{name}")
                self._open.setdefault(parts[0][:2] or "…" + parts[-1][-2:], []).append((parts, base + number))
                if section.between and parts[0].endswith(": ") and not parts[-1]:
                    self._calls[parts[0].rstrip(": ")] = base + number
            if section.glued:
                self.glued += [self._phrase(n) for n in range(section.first, section.last) if is_phrase(self._lines[n])]

        comments = [key for key in keys if key[:1] == "#"] if "\n#" in text else []
        for key in ("", *comments):
            self._certain.pop(key, None)
            self._doubtful.pop(key, None)

    def match(self, line: str) -> Phrase | None:
        """Return the phrase that a line matches, or None; of several, a certain one. The results for short lines are cached."""
        return self._matched[line]

    def match_all(self, lines: Sequence[str]) -> list[Phrase | None]:
        """:meth:`match` for many lines, and faster."""
        return self._matched.all(lines)

    def call(self, head: str) -> Phrase | None:
        """Return the phrase between paragraphs that has these words and a colon before ``{name}``, or None."""
        number = self._calls.get(fold(head))
        return None if number is None else self._phrase(number)

    def find(self, line: str) -> Phrase | None:
        """Like :meth:`match`, for a line that is squeezed, and a caller that keeps the results itself."""
        return self._found(fold(line)) if self._may_say(line) else None

    def find_all(self, lines: Sequence[str]) -> list[Phrase | None]:
        """:meth:`find` for many lines, and faster."""
        return [
            *map(self._found, fold_lines([line if len(line) <= LONG or self._may_say(line) else "" for line in lines]))
        ]

    def _may_say(self, line: str) -> bool:
        """Return whether a line is short enough to say a phrase, or begins or ends as a long phrase does."""
        size = len(line)
        return size <= LONG or (size <= LONGEST and self._anchors.may_be_long(line))

    def _found(self, key: str) -> Phrase | None:
        if not key:
            return None
        number = self._certain.get(key, self._doubtful.get(key))
        if number is None and self._anchors.may_fit(key):
            number = self._match_general(key)
        return None if number is None else self._phrase(number)

    def _match_general(self, key: str) -> int | None:
        forms = generalise(key)
        for known in (self._certain, self._doubtful):
            for form in forms:
                if form in known:
                    return known[form]
        for form in (key, *forms):
            for anchor in (form[:2], form[:1], "…" + form[-2:]) if len(form) > 1 else (form, "…" + form):
                for parts, number in self._open.get(anchor, ()):
                    if form.startswith(parts[0]) and form.endswith(parts[-1]) and _names_between(parts, form):
                        return number
        return None

    def texts(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the kind of each section, and its phrases as they are written, in the order of the files."""
        for section in self._sections:
            yield section.kind, [*filter(is_phrase, self._lines[section.first : section.last])]

    def phrases(self) -> Iterator[Phrase]:
        """Yield all phrases, in the order of their files."""
        for section in self._sections:
            yield from (self._phrase(n) for n in range(section.first, section.last) if is_phrase(self._lines[n]))

    def _phrase(self, number: int) -> Phrase:
        section = self._sections[bisect_right(self._sections, number, key=lambda section: section.first) - 1]
        _, _, kind, in_company, between, glued, language, name, offset = section
        return Phrase(
            self._lines[number].strip(),
            kind,
            language,
            in_company,
            between,
            glued,
            f"{os.path.basename(name)}:{number - offset + 1}",
        )


def languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue in the package, as the names of their files: BCP 47 tags."""
    return tuple(
        sorted(name[:-4] for name in os.listdir(PHRASES) if name.endswith(".txt") and name != "placeholders.txt")
    )


def catalogue(only: tuple[str, ...] | None = None, more: tuple[str, ...] = ()) -> Catalogue:
    """Return the package's catalogues in these languages (all, for None), and a user's own files.

    Raises:
        CatalogueError: a file is broken; the message names file, line and reason.
        ValueError: there is no catalogue in such a language.
        OSError: a file cannot be read.
    """
    return _loaded(only, more, tuple(map(_state, more)))


def _state(path: str) -> tuple[int, int]:
    """Return what changes when a file does. Raises OSError."""
    found = os.stat(path)
    return found.st_mtime_ns, found.st_size


@lru_cache(maxsize=32)
def _loaded(only: tuple[str, ...] | None, more: tuple[str, ...], _states: tuple[object, ...]) -> Catalogue:
    # The states of the user's files are a part of the key, so that a file that has changed is read again.
    known = languages()
    for language in only or ():
        if language not in known:
            raise ValueError(f"no catalogue for language {language!r}; there are {', '.join(known)}")
    made = Catalogue()
    for language in sorted(
        known if only is None else only, key=lambda language: language == "en"
    ):  # the last one's wording wins
        name = os.path.join(PHRASES, language + ".txt")
        made.add(read(name), language, name, trusted=True)
    for path in more:
        made.add(read(path), os.path.splitext(os.path.basename(path))[0], path)
    return made


def _names_between(parts: Sequence[str], text: str) -> bool:
    """Return whether a text consists of these parts with a name between each two of them.

    All places where a part may end are found from those of the part before: no choice is tried and taken back.
    """
    ends = {len(parts[0])}
    for part in parts[1:-1]:
        ends = {
            at + len(part)
            for end in ends
            for at in _places(text, part, end + 1, end + _LONGEST_NAME)
            if _is_name(text[end:at])
        }
    last = len(text) - len(parts[-1])
    return any(0 < last - end <= _LONGEST_NAME and _is_name(text[end:last]) for end in ends)


def _places(text: str, part: str, first: int, last: int) -> Iterator[int]:
    """Yield the places from ``first`` to ``last`` at which a part of a text begins."""
    at = text.find(part, first, last + len(part))
    while at >= 0:
        yield at
        at = text.find(part, at + 1, last + len(part))


def _is_name(text: str) -> bool:
    if UNSPACED.search(text):
        return len(text) <= _LONGEST_UNSPACED_NAME and not any(mark in text for mark in ",!?;。、")
    return len(text) <= _LONGEST_NAME and text.count(" ") < _MOST_WORDS and not _CLAUSE_END.search(text)
