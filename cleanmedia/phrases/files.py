"""The files of the catalogues: their format, and the checks on it.

A catalogue is a plain text file in UTF-8: one phrase a line, under headings that name the kind of widget::

    # A comment.
    [share]
    Share on {network}

    [navigation, in company]
    Home

    [player, glued]
    No media source currently available

A phrase matches a line that contains it and nothing else, as :func:`cleanmedia.page.fold.fold` compares lines. Lines that match a
phrase under a heading with ``in company`` may also be content: they are removed only next to other widget lines, or in a row of
such lines at the head or tail of a page. Under ``between paragraphs`` they are also removed alone, behind a paragraph that ends as
a sentence does, if another one follows or nothing. Phrases under ``glued`` occur in no article: they are also cut from the end or
start of a line, behind or before a closed sentence.

Placeholders match what varies:

=============  ====================================================================
``{n}``        a number: 7, 1,204, 2.5K
``{year}``     a year or a range of years: 2019, 2019-2024
``{date}``     a date, with or without weekday and time, in the catalogued languages
``{time}``     a time of day or a running time: 17:04, 1:02:33
``{network}``  a social network, messenger or sharing service
``{agency}``   a news or picture agency
``{name}``     anything else, of up to six words and 60 code points; up to six times in a phrase
=============  ====================================================================
"""

from typing import NamedTuple

from cleanmedia.page.patterns import pattern

__all__ = [
    "KINDS",
    "LONGEST",
    "PLACEHOLDER",
    "CatalogueError",
    "Phrase",
    "Section",
    "check",
    "is_phrase",
    "read",
    "sections_of",
]

KINDS = frozenset(
    [
        "player",
        "share",
        "follow",
        "clipboard",
        "cookies",
        "newsletter",
        "paywall",
        "login",
        "advertisement",
        "related",
        "more",
        "navigation",
        "skip",
        "search",
        "comments",
        "counts",
        "byline",
        "credits",
        "tags",
        "print",
        "app",
        "feeds",
        "captcha",
        "errors",
        "legal",
        "accessibility",
        "donate",
    ]
)
_IN_COMPANY, _BETWEEN, _GLUED = _MARKS = (", in company", ", between paragraphs", ", glued")
_HEADINGS = {f"[{kind}{mark}]": (kind, mark) for kind in KINDS for mark in ("", *_MARKS)}
LONGEST = 400  # code points; no longer line is a widget's text
_MOST_NAMES = 6  # of one phrase
PLACEHOLDER = pattern(r"\{[^{}]*\}")
_CLOSED = frozenset(("{n}", "{year}", "{date}", "{time}", "{network}", "{agency}"))


class CatalogueError(ValueError):
    """A catalogue that cannot be used; the message names file, line and reason."""


class Phrase(NamedTuple):
    """One line of a catalogue: the phrase, the kind of its widget, its language, and where it stands."""

    text: str
    kind: str
    language: str
    in_company: bool
    between: bool  # in company, or alone between paragraphs
    glued: bool
    source: str  # file:line

    @property
    def why(self) -> str:
        """The phrase as the reason of an edit."""
        return f"{self.kind} ({self.language}): {self.text}"


class Section(NamedTuple):
    """The lines under one heading; ``first`` to ``last`` count through all files, ``offset`` leads to the file's own numbers."""

    first: int
    last: int
    kind: str
    in_company: bool
    between: bool
    glued: bool
    language: str
    name: str
    offset: int


def read(path: str) -> str:
    """Return the text of a phrase file. Raises CatalogueError where it is not UTF-8, and OSError."""
    with open(path, "rb") as file:
        data = file.read()
    try:
        return data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CatalogueError(
            f"{path}:{line}: not UTF-8 (byte {data[error.start]:#04x}); save the file as UTF-8"
        ) from None


def sections_of(text: str, size: int, base: int, language: str, name: str) -> list[Section]:
    """Return the sections of a file of ``size`` lines, which are numbered from ``base``."""
    sections: list[Section] = []
    text = "\n" + text
    first, kind, mark = 0, "", ""
    number, at = 0, 0
    while True:
        found = text.find("\n[", at + bool(kind))
        last = number + text.count("\n", at, found) if found >= 0 else size
        if kind:
            marks = mark in (_IN_COMPANY, _BETWEEN), mark == _BETWEEN, mark == _GLUED
            sections.append(Section(base + first, base + last, kind, *marks, language, name, base))
        if found < 0:
            return sections
        number, at = last, found
        end = text.find("\n", at + 1)
        kind, mark = _heading(text[at + 1 : end if end >= 0 else None], f"{name}:{number + 1}")
        first = number + 1


def _heading(line: str, place: str) -> tuple[str, str]:
    if line not in _HEADINGS:
        known = ", ".join(sorted(KINDS))
        raise CatalogueError(
            f"{place}: unknown heading {line}; it may be [kind], [kind, in company], [kind, between paragraphs] or "
            f"[kind, glued], of these kinds: {known}"
        )
    return _HEADINGS[line]


def is_phrase(line: str) -> bool:
    return bool(line) and line[0] != "#" and not (line[0] == "[" and line[-1] == "]") and not line.isspace()


def check(lines: list[str], sections: list[Section], name: str) -> None:
    """Raise CatalogueError for the first line that could not work."""
    headings = {section.first - section.offset - 1: section for section in sections}
    section: Section | None = None
    for number, phrase in enumerate(lines):
        section = headings.get(number, section)
        if is_phrase(phrase):
            place = f"{name}:{number + 1}"
            if section is None:
                raise CatalogueError(f"{place}: a phrase before the first heading; write one above it, such as [share]")
            fault = _fault(phrase, section.in_company)
            if fault:
                raise CatalogueError(f"{place}: {fault}")


def _fault(phrase: str, in_company: bool) -> str | None:
    """Return what is wrong with a phrase, if anything."""
    for placeholder in PLACEHOLDER.findall(phrase):
        if placeholder != "{name}" and placeholder not in _CLOSED:
            return f"unknown placeholder {placeholder}; there are {', '.join(sorted((*_CLOSED, '{name}')))}"
    rest = PLACEHOLDER.sub("", phrase)
    if "{" in rest or "}" in rest:
        return f"a brace without its partner in {phrase!r}"
    if not any(map(str.isalnum, phrase)):
        return f"{phrase!r} has no letter or digit, and would match every empty line"
    if not any(char.isalnum() or char in "©ⓒ" for char in rest) and ("{name}" in phrase or not in_company):
        hint = "" if "{name}" in phrase else "; it is allowed under a heading with 'in company'"
        return f"{phrase!r} has no fixed word, and would match too much{hint}"
    if "{name}{" in phrase or "}{name}" in phrase or "{name} {name}" in phrase:
        return "{name} needs a fixed word or mark between it and the next placeholder"
    if phrase.count("{name}") > _MOST_NAMES:
        return f"the phrase has {phrase.count('{name}')} times {{name}}; {_MOST_NAMES} are the most"
    if len(phrase) > LONGEST:
        return f"the phrase has {len(phrase)} code points; {LONGEST} are the most"
    if not phrase.replace("\u200c", "").replace("\u200d", "").isprintable():
        return f"an invisible or control character in {phrase!r}"
    return None
