"""Credits of pictures, reporters and editors, within a line and on one of their own."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import dropping, finds, gated, settled_soon
from cleanmedia.page.abbreviations import ends_in_abbreviation
from cleanmedia.page.caseless import says_any, telling_words
from cleanmedia.page.lines import SPACES, split
from cleanmedia.page.memo import Memo
from cleanmedia.page.patterns import any_of, pattern
from cleanmedia.page.running import in_running_text
from cleanmedia.phrases.placeholders import names
from cleanmedia.words.lists import listed

__all__ = ["credits"]

_LONGEST, _LONGEST_IN_BRACKETS = 110, 900  # code points of a credit
_MOST_NAMES, _SHORTEST_NAME = 8, 4  # words of a name; letters of a word of one that begins in a capital
_BRACKETED = pattern(
    rf"[{SPACES}]{{0,3}}(?:\((?P<round>[^()\n]{{2,{_LONGEST_IN_BRACKETS}}})\)|（(?P<wide>[^（）\n]{{2,60}})）|\[(?P<square>[^\[\]\n]{{2,{_LONGEST}}}))\]?"
)
_SENTENCE_END = pattern(rf"(?P<mark>[.!?…:。！？।۔][\"'”’»)]{{0,2}})(?P<gap>[{SPACES}]+|(?=\([cC]\)|©))")
_NAME = r"(?!\d)\w[\w.'’&-]*"
_ROLE = pattern(
    rf"[{SPACES}]*[^\W\d_][^:\n]{{2,30}}?(?P<mark>:| by)[{SPACES}]{_NAME}(?:[{SPACES}]{_NAME}){{0,5}}[{SPACES}]*$"
)
_OWNER = pattern(r"(?:\([cC]\)|©|[Bb]y )\s?")
_SENTENCES = pattern(r"(?<!\b\w)[.!?…] \w{2}")
_WORD = pattern(r"[^\W\d_][\w'’.-]*")


def _agency() -> str:
    return any_of({*names("agency"), "wireimage", "shutterstock.com", "gettyimages"})


_CREDIT = pattern(lambda: rf"(?P<word>{any_of(listed('credit words'))})(?!\w)\s?(?P<colon>[:：/©]|\([cC]\))?\s?", re.I)
_REPORTING = pattern(lambda: rf"(?:{any_of(listed('reporting words'))})[\s:]", re.I)
_AT_END = pattern(
    lambda: (
        rf"(?:(?P<slash>[/|] ?|^)|(?<!\w))(?P<agency>{_agency()})(?:\s?/\s?[\w .-]{{2,30}})?(?: (?P<ending>{any_of(listed('credit endings'))}))?$"
    ),
    re.I,
)
_AT_START = pattern(lambda: rf"(?:{_agency()})\s?[/|]\s?(?=\w)", re.I)
_PICTURE_AGENCY = pattern(
    r"(?:getty(?: images)?|i?stock(?:photo)?|shutterstock(?:\.com)?|adobe stock|alamy(?: stock photo)?|wireimage)$",
    re.I,
)
_ENDING = pattern(lambda: rf"(?<!\w)(?P<ending>{any_of(listed('credit endings'))})$", re.I)
_HEAD = pattern(
    lambda: (
        rf"\s*(?:{any_of(listed('credit words'))})[ :]+(?:{_agency()})(?: (?:{any_of(listed('credit endings'))})(?!\w))? ?"
    ),
    re.I,
)


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: no line has a credit."""
    return not any(_known.all(split(text)))


@finds
@dropping
@settled_soon
@gated(_can_skip)
def credits(text: str) -> Iterator[Edit]:
    """Removes the credits of pictures, reporters and editors: in brackets, on a line, or behind the last sentence of a line.

    Why: converters keep the credit of a picture within the text, as ``(Photo: AFP)``, ``Image Credit: Getty`` or ``Taqdim
    etilgan rasm Alex Wong/Getty Images orqali``: it is in 59 % of the texts of an Uzbek corpus and 40 % of a Vietnamese one.
    News agencies put ``(Reporting by ...; Editing by ...)`` below theirs.

    Keeps: ``(AFP)`` and other sources, captions (``Photo: The bridge in spring``, ``(Image: left)``), sentences about pictures
    and agencies, ``By Ann Miller``, lists of who did what (``Direction: ...``, ``Photography: ...``), the mentions of an agency within a sentence; everything in tables, code and logs.

    Risk: medium: a name behind ``Photo:`` may be that of the person in the picture.

    >>> credits("The bridge is open. (Photo: Ann Miller/AFP) Nobody came.\\n(Reporting by Ann Miller; editing by Bert Stone)")
    'The bridge is open. Nobody came.\\n'
    >>> credits("Photo: The bridge in spring\\nHe told Reuters (AFP) so.")
    'Photo: The bridge in spring\\nHe told Reuters (AFP) so.'
    """
    return in_running_text(text, _credits(text))


def _credits(text: str) -> Iterator[Edit]:
    at = 0
    lines = split(text)
    known = _known.all(lines)
    for number, (line, edits) in enumerate(zip(lines, known, strict=True)):
        if edits and _is_in_a_list(lines, number, known):
            edits = ()
        first, last = (len(line) - len(line.lstrip()), len(line.rstrip())) if edits else (0, 0)
        for start, end, why in edits:
            whole = start <= first and end >= last
            yield (
                Edit(at, min(at + len(line) + 1, len(text)), "", why) if whole else Edit(at + start, at + end, "", why)
            )
            if whole:
                break
        at += len(line) + 1


def _is_in_a_list(lines: Sequence[str], number: int, known: Sequence[Sequence[object]]) -> bool:
    """Return whether a line says who did what, as those above and below it do, which are no credits: "Direction: Ann Miller"."""
    role = _ROLE.match(lines[number])
    if role is None or not 0 < number < len(lines) - 1 or known[number - 1] or known[number + 1]:
        return False
    around = [_ROLE.match(lines[at]) for at in (number - 1, number + 1)]
    return all(match is not None and match["mark"] == role["mark"] for match in around)


@lru_cache(maxsize=1)
def _telling() -> frozenset[str]:
    """Return words of which every credit has one."""
    lists = (names("agency"), ("wireimage", "shutterstock.com", "gettyimages"))
    headings = ("credit words", "credit endings", "reporting words")
    return telling_words([*chain.from_iterable(lists), *chain.from_iterable(map(listed, headings))])


_known: Memo[tuple[tuple[int, int, str], ...]] = Memo(
    lambda line: tuple(_of_line(line)) if len(line) > 3 and says_any(line, _telling()) else ()
)  # the credits of a line, which comes again as often as the text is looked at


def _of_line(line: str) -> Iterator[tuple[int, int, str]]:
    """Yield the credits of a line: start, end, reason."""
    bare = line.strip()
    if len(bare) <= _LONGEST and (why := _why(bare)):
        yield 0, len(line), why
        return
    last = 0
    if len(bare) <= _LONGEST_IN_BRACKETS and ";" in bare and all(map(_names_reporters, bare.split(";"))):
        yield 0, len(line), "reporters and editors"
        return
    head = _HEAD.match(line) if line.lstrip()[:1].isalpha() and len(line) > 3 else None
    if head and not head[0].rstrip().endswith(":") and (head.end() == len(line) or not line[head.end()].islower()):
        yield 0, head.end(), "picture credit"
        last = head.end()
    for match in _BRACKETED.finditer(line, last) if "(" in line or "[" in line or "（" in line else ():
        content = (match["round"] or match["wide"] or match["square"]).strip()
        if (match["square"] is None or match[0][-1] == "]") and (why := _why(content, bracketed=True)):
            yield match.start(), match.end(), why
            last = match.end()
    for tail in _tails(line, last):
        piece = line[tail:].strip()
        if (why := _why(piece)) and (_names_itself(piece) if line[:tail].rstrip()[-1] == ":" else _is_sure(piece)):
            start = tail
            while start > last and line[start - 1] in SPACES:
                start -= 1
            yield start, len(line), why
            return


def _tails(line: str, last: int) -> list[int]:
    """Return where the last sentence of a line begins, if it is short, and where what stands behind a colon in it does."""
    end = len(line.rstrip())
    sentence, behind_colon = -1, -1
    for match in _SENTENCE_END.finditer(line, max(last, end - _LONGEST - 4), end):
        if match.end() < end and not (match["mark"][0] == "." and ends_in_abbreviation(line, match.start())):
            if match["mark"] == ":":
                behind_colon = match.end()
            else:
                sentence = match.end()
    return [at for at in (sentence, behind_colon) if at >= 0 and at >= sentence]


def _is_sure(piece: str) -> bool:
    """Return whether what stands before a colon in a credit, if there is one, says what it is, and an agency stands behind it.

    ``Third: Ann Miller/AP`` and ``Photo: Ann Miller`` may be entries of a list.
    """
    if ":" not in piece:
        return True
    return _names_itself(piece) and _AT_END.search(piece.rstrip(".")) is not None


def _names_itself(piece: str) -> bool:
    """Return whether a credit says that it is one. A name does not: the words before the colon say what it is."""
    piece = piece.rstrip(".")
    return bool(_CREDIT.match(piece) or _ENDING.search(piece))


def _why(piece: str, *, bracketed: bool = False) -> str | None:
    """Return why a piece of text is a credit, or None."""
    piece = " ".join(piece.rstrip(".").split())
    if bracketed and _names_reporters(piece):
        return "reporters and editors"
    if len(piece) > _LONGEST:
        return None
    begins = _CREDIT.match(piece)
    ends = _AT_END.search(piece)
    if begins:
        rest = piece[begins.end() :]
        middle = rest[: ends.start() - begins.end()] if ends and ends.start() >= begins.end() else rest
        if begins["colon"] and rest and _are_names(middle, allow_none=ends is not None):
            return "picture credit"
        if ends and ends.start() >= begins.end() and _are_names(middle, allow_none=True):
            return "picture credit"
        closing = _ENDING.search(rest)
        if closing and " " in begins["word"] and _are_names(rest[: closing.start()], allow_none=True):
            return "picture credit"
        if " " in begins["word"] and begins["word"].lower().endswith((" by", " of")) and _are_names(rest):
            return "picture credit"
    owner = _OWNER.match(piece)
    names_before = piece[owner.end() if owner else 0 : ends.start()] if ends else ""
    if ends and ends["slash"] and _are_names(names_before, allow_none=bool(owner or ends["ending"])):
        return "picture credit"
    if ends and ends["ending"] and _are_names(names_before, allow_none=True):
        return "picture credit"
    if bracketed and ends and not names_before and _PICTURE_AGENCY.match(piece):
        return "picture credit"
    start = _AT_START.match(piece, owner.end() if owner else 0)
    if start and _are_names(piece[start.end() :]):
        return "picture credit"
    closing = _ENDING.search(piece)
    if closing and closing["ending"].count(" ") > 1 and _are_names(piece[: closing.start()]):
        return "picture credit"
    return None


def _names_reporters(piece: str) -> bool:
    """Return whether a piece begins as a credit of reporters does, with a name behind it."""
    piece = piece.strip()
    begins = _REPORTING.match(piece)
    return begins is not None and not piece[begins.end() :].lstrip()[:1].islower()


def _are_names(words: str, *, allow_none: bool = False) -> bool:
    """Return whether some words are a name or names: longer ones begin in a capital, the first is no article."""
    found = [word for word in _WORD.findall(words) if word not in listed("credit endings")]
    if not found:
        return allow_none
    if len(found) > _MOST_NAMES or found[0].lower() in listed("function words") or _SENTENCES.search(words):
        return False
    if len(found) > 3 and words.isupper():
        return False  # a caption of an old book
    return all(len(word) < _SHORTEST_NAME or not word[0].islower() for word in found) and not found[0][0].islower()
