"""Quotation marks that point the wrong way, stand off from what they enclose, or should be of one style."""

import re
from collections.abc import Iterator

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import finds, gated, settled
from cleanmedia.page.code import is_code
from cleanmedia.page.kinds import LITERAL, Kinds
from cleanmedia.page.lines import SPACES, lines_with
from cleanmedia.page.literal import is_literal, literal_spans
from cleanmedia.page.patterns import pattern
from cleanmedia.page.view import view_of
from cleanmedia.words.lists import listed

__all__ = ["STYLES", "quotes"]

STYLES = {
    "straight": ('"', '"'),
    "cs": ("„", "“"),
    "da": ("»", "«"),
    "de": ("„", "“"),
    "el": ("«", "»"),
    "en": ("“", "”"),
    "es": ("«", "»"),
    "fi": ("”", "”"),
    "fr": ("«\u00a0", "\u00a0»"),
    "hu": ("„", "”"),
    "it": ("«", "»"),
    "ja": ("「", "」"),
    "ko": ("“", "”"),
    "nb": ("«", "»"),
    "nl": ("“", "”"),
    "pl": ("„", "”"),
    "pt": ("“", "”"),
    "ro": ("„", "”"),
    "ru": ("«", "»"),
    "sk": ("„", "“"),
    "sv": ("”", "”"),
    "tr": ("“", "”"),
    "uk": ("«", "»"),
    "zh": ("“", "”"),
}

# A left mark where only a closing one can stand: at the end of the line or before a stop, behind the end of a clause.
_BEHIND_WRONG_WAY = rf"[.,;:!?)\]…]|[{SPACES}]*$|(?<=[.!?…]“)(?=[{SPACES}])"
_MAY_BE_WRONG_WAY = pattern(rf"“(?:{_BEHIND_WRONG_WAY})", re.M)
_WRONG_WAY = pattern(
    rf"(?P<clause>[.!?…,。！？]|[^\W_])(?P<gap>[{SPACES}]*)“(?P<stop>{_BEHIND_WRONG_WAY})",
    re.M,
)
_PAIRS = {
    "“": ("”", pattern(rf"“[{SPACES}]+(?=\S)|(?<=\S)[{SPACES}]+”")),
    "„": ("“”", pattern(rf"„[{SPACES}]+(?=\S)|(?<=\S)[{SPACES}]+[“”]")),
    "«": ("»", pattern(rf"«[{SPACES}]+(?=\S)|(?<=\S)[{SPACES}]+»")),
}
_SPACED = pattern(rf"[“„«\"”»](?:(?<=[“„«\"])[{SPACES}]|(?<=[{SPACES}][”“»\"]))")
_BEFORE_OPENING = "([{–—/>¿¡«„“\"'-"
# A mark with a space on its inner side, or a left one before what follows a closing one. The class of marks comes first: it is
# fast. A left mark behind a space may close after a low one only.
_MISPLACED = (
    rf"(?<=[“„«])(?=[{SPACES}.,;:!?)\]…\n]|\Z)|(?<=[{SPACES}][”»])"
    rf"|(?<=[{SPACES}{re.escape(_BEFORE_OPENING)}\n]\")(?=[{SPACES}])|(?<=\A\")(?=[{SPACES}])"
)
_WORTH_A_LOOK = pattern(rf"[“”„«»\"](?:{_MISPLACED})")
_WORTH_A_LOOK_BEHIND_LOW_MARKS = pattern(rf"[“”„«»\"](?:{_MISPLACED}|(?<=[{SPACES}]“))")
_MARKS = pattern('[“”„«»"]')
_DOUBLE_MARK = pattern("[“”]")
_LOW_MARK = pattern("[„‚,](?:(?<=[„‚])|,)")
_ENGLISH_PAIR = pattern(r"“[^“”„\n]{1,300}”")
_CURLY = pattern("[“”„«»‘’‚‹›]")
_INCHES = pattern(rf"\d[{SPACES}]?$")
_FAR = 400  # code points behind the end of a line in which a mark at that end may be closed
_UNSPACED = pattern("[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uffef]")  # words stand close to marks there
_NO_SPACES_IN_GUILLEMETS = pattern("[\u0370-\u03ff\u0400-\u052f]")  # Greek and Cyrillic


def _worth_a_look(text: str) -> "re.Pattern[str]":
    return _WORTH_A_LOOK_BEHIND_LOW_MARKS if "„" in text else _WORTH_A_LOOK


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: no mark has a space on its inner side, and none points the wrong way.

    A low mark makes any space before a left one worth a look, wherever in the text it stands.
    """
    return not any(mark in text for mark in '“”„«»"') or not ("„" in text or _WORTH_A_LOOK.search(text))


@finds
@settled
@gated(_can_skip)
def quotes(text: str, *, style: str = "keep") -> Iterator[Edit]:
    """Turns closing quotation marks that point the wrong way, and removes spaces inside a pair.

    Why: machine translation closes with the mark that opens (``This is nothing new. “.``), and sets marks off with
    spaces. Of 565 real ``“.`` 516 are correct German, though: a mark is turned only where no other closes it, the line has
    no ``„``, and the text does not use it to close its quotations throughout.

    Keeps: the conventions of every language: „German“, „Polish”, ”Swedish”, »Danish«, « French » with its spaces,
    “Chinese”, 「Japanese」, ”so“ in Arabic; a mark that opens at the end of a wrapped line; feet and inches, apostrophes;
    a straight mark that has no partner in its line (a comment of Vim), and strings without a letter (``" | "``); everything
    in tables, code and logs and in backticks.

    Risk: low with ``style="keep"``. A style (``"straight"``, or a language of ``STYLES``) rewrites the double marks of
    every line in which they pair.

    >>> quotes("We meet with everyone. This is nothing new. “.")
    'We meet with everyone. This is nothing new.”'
    >>> quotes("„Wir gehen.“ « Oui » ”Ja”")
    '„Wir gehen.“ « Oui » ”Ja”'

    Raises:
        ValueError: there is no such style.
    """
    if style != "keep":
        if style not in STYLES:
            raise ValueError(f"no quotation style {style!r}; there are keep, {', '.join(STYLES)}")
        yield from _restyled(text, *STYLES[style])
        return
    if not _worth_a_look(text).search(text):
        return
    turns = "“" in text and not _closes_with_left_marks(text)
    english = turns and bool(_ENGLISH_PAIR.search(text))
    kinds: Kinds | None = None
    for at, line in lines_with(_worth_a_look(text), text):
        edits = []
        if turns and "“" in line and not _LOW_MARK.search(line):
            ends_open = line.rstrip(SPACES).endswith("“") and _is_closed_below(text, at + len(line))
            edits = [*_wrong_way(line, ends_open)] or (_second_lefts(line) if english and not ends_open else [])
        edits = edits or [*_gaps(line)]
        if not edits or is_code(line):
            continue
        kinds = kinds or view_of(text).kinds
        if kinds.at(at) in LITERAL:
            continue
        spans = literal_spans(line)
        for edit in edits:
            if not is_literal(spans, edit.start, edit.end):
                yield Edit(edit.start + at, edit.end + at, edit.new, edit.why)


def _closes_with_left_marks(text: str) -> bool:
    """Whether the text keeps the convention of German, Czech and others: low marks open, left marks close."""
    return "„" in text and not _ENGLISH_PAIR.search(text)


def _is_closed_below(text: str, at: int) -> bool:
    """Whether the next double mark of the same paragraph, behind the end of a line, closes: then a mark at that end opens."""
    end = text.find("\n\n", at, at + _FAR)
    mark = _DOUBLE_MARK.search(text, at, end if end >= 0 else at + _FAR)
    return mark is not None and mark[0] == "”"


def _wrong_way(line: str, ends_open: bool) -> Iterator[Edit]:
    before = line.rfind("”")
    last = len(line.rstrip(SPACES)) - 1
    for match in _WRONG_WAY.finditer(line) if _MAY_BE_WRONG_WAY.search(line) else ():
        mark = match.end("gap")
        if mark < before or (ends_open and mark == last):
            continue
        if (
            before >= 0
            and not line[before - 1 : before].strip(SPACES + _BEFORE_OPENING)
            and line[before + 1].strip(SPACES)
        ):
            continue  # ”so“ some texts quote, throughout
        stop = match["stop"] == "." and match["clause"] in ".!?…"
        yield Edit(match.start("gap"), mark + 1 + stop, "”", "wrong-way closing mark")


def _second_lefts(line: str) -> list[Edit]:
    """Left marks that close, in a line whose marks then come in pairs; in a text that closes with right marks elsewhere."""
    found: list[Edit] = []
    opened = False
    margin = len(line) - len(line.lstrip(SPACES))
    for match in _DOUBLE_MARK.finditer(line):
        at = match.start()
        if match[0] == "”":
            if not opened:
                return []
            opened = False
        elif not opened:
            opened = True
        elif _may_close(line, at) and not _UNSPACED.match(line, at + 1) and margin < at:
            start = at
            while line[start - 1] in SPACES:
                start -= 1
            found.append(Edit(start, at + 1, "”", "wrong-way closing mark"))
            opened = False
        else:
            return []
    return [] if opened else found


def _gaps(line: str) -> Iterator[Edit]:
    """Spaces inside a pair of marks, for pairs that close before another opens."""
    if not _SPACED.search(line):
        return
    opened: int | None = None
    closers = ""
    odd = (
        line.count('"') % 2 == 1 or '"""' in line
    )  # one of them is a comment's, an inch's, or has its partner elsewhere
    for match in _MARKS.finditer(line):
        mark, at = match[0], match.start()
        if opened is None:
            if mark == '"':
                opened, closers = (
                    (at, '"')
                    if _may_open(line, at) and not odd and not _INCHES.search(line, max(0, at - 2), at)
                    else (None, "")
                )
                if opened is None:
                    return
            elif mark in _PAIRS:
                opened, closers = at, _PAIRS[mark][0]
        elif mark in closers:
            yield from _inside(line, opened, at)
            opened = None
        elif mark in _PAIRS:
            opened, closers = at, _PAIRS[mark][0]


def _inside(line: str, opening: int, closing: int) -> Iterator[Edit]:
    inner = line[opening + 1 : closing]
    content = inner.strip(SPACES)
    if len(content) == len(inner) or not any(map(str.isalnum, content)):  # " | " is a string
        return
    if content[0] in ")]}" or content.split()[-1].lower() in listed("and"):  # the marks are named: “ and ”
        return
    before = len(inner) - len(inner.lstrip(SPACES))
    after = len(inner) - before - len(content)
    mark = line[opening]
    if (
        mark == "«"
        and not _NO_SPACES_IN_GUILLEMETS.search(content)
        and ((before and after) or "\u00a0" in inner or "\u202f" in inner)
    ):
        return
    if mark == '"' and not (before and after):
        return
    if not (_may_open(line, opening) and _may_close(line, closing)):
        return
    if before:
        yield Edit(opening + 1, opening + 1 + before, "", "space inside quotation marks")
    if after:
        yield Edit(closing - after, closing, "", "space inside quotation marks")


def _may_open(line: str, at: int) -> bool:
    before = line[at - 1 : at].strip(SPACES + _BEFORE_OPENING) if at else ""
    return not before or bool(_UNSPACED.match(before))


def _may_close(line: str, at: int) -> bool:
    after = line[at + 1 : at + 2].strip(SPACES + ".,;:!?)]}-–—/<…»”“\"'")
    return not after or bool(_UNSPACED.match(after))


def _restyled(text: str, opener: str, closer: str) -> Iterator[Edit]:
    at = 0
    for line in text.split("\n"):
        if not line.isascii() or '"' in line:
            marks = [match.start() for match in _MARKS.finditer(line)]
            spans = [] if is_code(line) else [*_paired(line, marks, opener, closer)]
            if opener == '"':
                taken = {start for start, _, _ in spans} | {end - 1 for _, end, _ in spans}
                singles = (match.start() for match in _CURLY.finditer(line) if match.start() not in taken)
                spans = sorted(spans + [(start, start + 1, _straight(line[start])) for start in singles])
            for start, end, new in spans:
                if line[start:end] != new:
                    yield Edit(at + start, at + end, new, "quotation style")
        at += len(line) + 1


def _straight(mark: str) -> str:
    return '"' if mark in "“”„«»" else "'"


def _paired(line: str, marks: list[int], opener: str, closer: str) -> Iterator[tuple[int, int, str]]:
    """Each mark of the line with what should stand for it; nothing where they do not pair."""
    if len(marks) % 2:
        return
    for number, at in enumerate(marks):
        opens = number % 2 == 0
        if line[at] in ("„" if not opens else "") or not (
            _may_open(line, at) if opens else _may_close(line, at) or line[at] != '"'
        ):
            return
    for opening, closing in zip(marks[::2], marks[1::2], strict=True):
        inner = line[opening + 1 : closing]
        if not inner.strip(SPACES):
            continue
        before = len(inner) - len(inner.lstrip(SPACES))
        after = len(inner) - len(inner.rstrip(SPACES))
        yield opening, opening + 1 + before, opener
        yield closing - after, closing + 1, closer
