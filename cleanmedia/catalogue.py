"""Catalogues: widget phrases as data, and the matcher made of them.

A catalogue is a plain text file in UTF-8: one phrase a line, under headings that name the kind of widget::

    # A comment.
    [share]
    Share on {network}

    [navigation, in company]
    Home

    [player, glued]
    No media source currently available

A phrase matches a line that says it and nothing more, as :func:`cleanmedia.lines.fold` compares lines. Phrases under a
heading with ``in company`` may also be content: they go only beside other widget lines, or with others of their sort
at the head or tail of a page. Those under one with ``glued`` stand in no article: they are also cut from the end or
start of a line.

Placeholders stand for what varies:

=============  ====================================================================
``{n}``        a number: 7, 1,204, 2.5K
``{year}``     a year or a range of years: 2019, 2019-2024
``{date}``     a date, with or without weekday and time, in the catalogued languages
``{time}``     a time of day or a running time: 17:04, 1:02:33
``{network}``  a social network, messenger or sharing service
``{agency}``   a news or picture agency
``{name}``     anything else, of up to six words and 60 code points
=============  ====================================================================
"""

import os
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from cleanmedia.lines import fold, fold_all, squeezed
from cleanmedia.placeholders import PHRASES, generalise, read_headings

__all__ = ["KINDS", "LONGEST", "Catalogue", "CatalogueError", "Phrase", "catalogue", "languages", "parse"]

KINDS = frozenset(
    "player share follow clipboard cookies newsletter paywall login advertisement related more navigation skip search "
    "comments counts byline credits tags print app feeds captcha errors legal accessibility donate".split()
)
LONGEST = 400  # code points; no longer line is a widget's text

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_CLOSED = frozenset(("{n}", "{year}", "{date}", "{time}", "{network}", "{agency}"))
_LONGEST_NAME = 60
_LONGEST_UNSPACED_NAME = 20  # in scripts that put no spaces between words
_MOST_WORDS = 6
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CLAUSE_END = re.compile(r"(?<=\w\w\w\w)[.!?;] ")


class CatalogueError(ValueError):
    """A catalogue that cannot be used; the message names file, line and reason."""


class Phrase(NamedTuple):
    """One line of a catalogue: the phrase, the kind of its widget, its language, and where it stands."""

    text: str
    kind: str
    language: str
    in_company: bool
    glued: bool
    source: str  # file:line

    @property
    def why(self) -> str:
        return f"{self.kind} ({self.language}): {self.text}"


class Catalogue:
    """Phrases, arranged so that the look-up of a line is one or two dictionary hits, however many they are."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)
        self._exact: dict[str, Phrase] = {}
        self._open: dict[str, list[tuple[re.Pattern[str] | str, Phrase]]] = {}
        keys = fold_all("\n".join(phrase.text for phrase in self.phrases)) if self.phrases else []
        for key, phrase in zip(keys, self.phrases, strict=True):
            if "{name}" in key:
                prefix, suffix = key.split("{name}")[0], key.split("{name}")[-1]
                self._open.setdefault(prefix[:2] or "…" + suffix[-2:], []).append((key, phrase))
                continue
            self._add(key, phrase)
            if "{n}" in key:  # a number may look like a year
                self._add(key.replace("{n}", "{year}"), phrase)
                if key.count("{n}") > 1:
                    self._add(key.replace("{n}", "{year}", 1), phrase)
                    self._add("{year}".join(key.rsplit("{n}", 1)), phrase)
        self.glued = tuple(phrase for phrase in self.phrases if phrase.glued)

    def _add(self, key: str, phrase: Phrase) -> None:
        known = self._exact.setdefault(key, phrase)
        if known.in_company and not phrase.in_company:
            self._exact[key] = phrase

    def match(self, line: str) -> Phrase | None:
        """The phrase that this line says, or None."""
        if len(line) > LONGEST:
            line = squeezed(line)
        return self.match_key(fold(line)) if len(line) <= LONGEST else None

    def match_key(self, key: str) -> Phrase | None:
        """The phrase that a folded line says, or None."""
        found = self._exact.get(key)
        if found is None and key:
            forms = generalise(key)
            for form in forms:
                found = found or self._exact.get(form)
            for form in (key, *forms):
                found = found or self._match_open(form)
        return found

    def _match_open(self, key: str) -> Phrase | None:
        for anchor in (key[:2], key[:1], "…" + key[-2:]):
            for number, (pattern, phrase) in enumerate(self._open.get(anchor, ())):
                if isinstance(pattern, str):
                    pattern = re.compile("(.+?)".join(map(re.escape, pattern.split("{name}"))))
                    self._open[anchor][number] = (pattern, phrase)
                match = pattern.fullmatch(key)
                if match and all(map(_is_name, match.groups())):
                    return phrase
        return None


def _is_name(text: str) -> bool:
    if _UNSPACED.search(text):
        return len(text) <= _LONGEST_UNSPACED_NAME and not any(mark in text for mark in ",!?;。、")
    return len(text) <= _LONGEST_NAME and text.count(" ") < _MOST_WORDS and not _CLAUSE_END.search(text)


def languages() -> tuple[str, ...]:
    """The languages that have a catalogue in the package, as the names of their files: BCP 47 tags."""
    return tuple(sorted(name[:-4] for name in os.listdir(PHRASES) if name.endswith(".txt") and name != "placeholders.txt"))


@lru_cache(maxsize=32)
def catalogue(only: tuple[str, ...] | None = None, more: tuple[str, ...] = ()) -> Catalogue:
    """The package's catalogues in these languages (all, for None), and a user's own files.

    Raises:
        CatalogueError: a file is broken; the message names file, line and reason.
        ValueError: there is no catalogue in such a language.
        OSError: a file cannot be read.
    """
    known = languages()
    for language in only or ():
        if language not in known:
            raise ValueError(f"no catalogue for language {language!r}; there are {', '.join(known)}")
    phrases: list[Phrase] = []
    for language in known if only is None else only:
        phrases += parse(os.path.join(PHRASES, language + ".txt"), language)
    for path in more:
        phrases += parse(path, os.path.splitext(os.path.basename(path))[0])
    return Catalogue(phrases)


def parse(path: str, language: str) -> list[Phrase]:
    """The phrases of one file. Raises CatalogueError, naming file and line, and OSError."""
    with open(path, "rb") as file:
        data = file.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CatalogueError(f"{path}:{line}: not UTF-8 (byte {data[error.start]:#04x}); save the file as UTF-8") from None
    name = os.path.basename(path)
    phrases = []
    headings: dict[str, tuple[str, bool, bool]] = {}
    for number, heading, phrase in read_headings(text.splitlines()):
        if heading not in headings:
            headings[heading] = _read_heading(heading, f"{path}:{number}")
        kind, in_company, glued = headings[heading]
        _check(phrase, in_company, f"{path}:{number}")
        phrases.append(Phrase(phrase, kind, language, in_company, glued, f"{name}:{number}"))
    return phrases


def _read_heading(heading: str, place: str) -> tuple[str, bool, bool]:
    kind, *marks = [part.strip() for part in heading.split(",")]
    if not heading:
        raise CatalogueError(f"{place}: a phrase before the first heading; write one above it, such as [share]")
    if kind not in KINDS:
        raise CatalogueError(f"{place}: unknown kind {kind!r} in the heading above; the kinds are {', '.join(sorted(KINDS))}")
    if not set(marks) <= {"in company", "glued"} or len(marks) > 1:
        raise CatalogueError(f"{place}: the heading above may be [{kind}], [{kind}, in company] or [{kind}, glued]")
    return kind, "in company" in marks, "glued" in marks


def _check(phrase: str, in_company: bool, place: str) -> None:
    if len(phrase) <= LONGEST and phrase.isascii() and phrase.isprintable() and "{" not in phrase and "}" not in phrase and phrase[0].isalnum():
        return
    for placeholder in _PLACEHOLDER.findall(phrase):
        if placeholder != "{name}" and placeholder not in _CLOSED:
            known = ", ".join(sorted((*_CLOSED, "{name}")))
            raise CatalogueError(f"{place}: unknown placeholder {placeholder}; there are {known}")
    rest = _PLACEHOLDER.sub("", phrase)
    if "{" in rest or "}" in rest:
        raise CatalogueError(f"{place}: a brace without its partner in {phrase!r}")
    if not any(map(str.isalnum, phrase)):
        raise CatalogueError(f"{place}: {phrase!r} has no letter or digit, and would match every empty line")
    fixed = any(char.isalnum() or char in "©ⓒ" for char in rest)
    if not fixed and ("{name}" in phrase or not in_company):
        raise CatalogueError(
            f"{place}: {phrase!r} has no fixed word, and would match too much"
            + ("" if "{name}" in phrase else "; under a heading with 'in company' it may stand")
        )
    if "{name}" in phrase and ("{name}{" in phrase or "}{name}" in phrase or "{name} {name}" in phrase):
        raise CatalogueError(f"{place}: {{name}} needs a fixed word or mark between it and the next placeholder")
    if len(phrase) > LONGEST:
        raise CatalogueError(f"{place}: the phrase has {len(phrase)} code points; {LONGEST} are the most")
    if not phrase.replace("\u200c", "").replace("\u200d", "").isprintable():
        raise CatalogueError(f"{place}: an invisible or control character in {phrase!r}")
