"""Sentences whose space between them was lost: ``end.Next``."""

import re
from collections.abc import Iterator

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import finds, gated, settled_soon
from cleanmedia.page.lines import lines_with
from cleanmedia.page.literal import is_literal, literal_spans
from cleanmedia.page.patterns import pattern
from cleanmedia.page.running import in_running_text

__all__ = ["lost_spaces"]

# The class of marks comes first: it is fast.
_MARKS = pattern(r"[.!?।۔؟።։“](?:(?<=[^\W_][.!?।۔؟።։])(?=[^\W_])|(?<=[^\W_][.!?]“)(?=[^\W\d_])|(?<=[।۔።])(?=[^\W_]))")
_LETTERS = r"(?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f'’-])"
_BEFORE = pattern(rf"(?:{_LETTERS}|[0-9]){{1,40}}$")
_AHEAD = pattern(rf"{_LETTERS}{{1,40}}")
_LONGEST = 40  # code points of a word
_IN_ADDRESS = pattern(r"[@/\\=&#~_]|www|\w\.\w+\.\w")  # in the token around the mark: no two words
_SITES = frozenset(("com", "net", "org", "info", "biz", "gov", "edu", "js", "tv", "fm", "ru", "ру"))
_ENDS_UNMISTAKABLY = "।።"  # marks that end a sentence wherever they stand
_NUMBER = pattern(r"(?<=[^\W\d_] )(?:(?:1[0-9]|20)\d\d|\d{2})$")  # a year or an age, at a sentence's end


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: no mark stands between two words without a space."""
    return not _MARKS.search(text)


@finds
@settled_soon
@gated(_can_skip)
def lost_spaces(text: str) -> Iterator[Edit]:
    """Puts the space back between two sentences that were glued together.

    Why: some converters join the paragraphs of a page without a space: ``bridge.The mayor`` is in 94 % of the texts of one
    English news corpus and in 82 % of an Albanian one. A model learns such a pair as one word.

    Keeps: ``node.js``, ``Amazon.com`` and ``Tribunnews.Com``, ``ASP.NET``, ``J.R.R.Tolkien``, ``U.S.Army``, ``v2.Next``,
    ``3.5``, ``PrimaMedia.Travel``, ``will.i.am``, ellipses, addresses, file names and handles, ``System.Out.println``, everything
    in tables, code and logs. A word in capitals or of one letter behind the mark (``bridge.NATO``, ``fly.I``), and one with a
    capital inside before it (``DealBook.The``), are split only in a text that has lost spaces beyond doubt, and ``Yahoo!News`` never. In scripts without capitals, only ``।``,
    ``።`` and, between words of some length, ``۔`` are read as the end of a sentence.

    Risk: low to medium: a name of two plain words with a stop between them (``Booking.Holdings``) is split.

    >>> lost_spaces("She saw the bridge.The mayor said so.")
    'She saw the bridge. The mayor said so.'
    >>> lost_spaces("node.js, ASP.NET and J.R.R.Tolkien... v2.Next")
    'node.js, ASP.NET and J.R.R.Tolkien... v2.Next'
    """
    found: dict[Edit, bool] = {}  # whether it is beyond doubt
    for at, line in lines_with(_MARKS, text):
        spans = literal_spans(line)
        for match in _MARKS.finditer(line):
            if not is_literal(spans, match.start(), match.end()):
                place, sure = _place(line, match)
                if place is not None:
                    found[Edit(at + place, at + place, " ", "lost space")] = sure
    edits = [*in_running_text(text, found)]
    if any(found[edit] for edit in edits):
        yield from edits


def _place(line: str, match: "re.Match[str]") -> tuple[int | None, bool]:
    """Return where a space is lost around a mark, if one is, and whether this is beyond doubt."""
    start, end = match.span()
    mark = match[0]
    if mark == "“":
        opens = "„" not in line[max(0, start - 400) : start] and line[end].isupper()
        return (start, False) if opens else (None, False)
    if mark in _ENDS_UNMISTAKABLY:
        return end, True
    if mark not in "۔؟" and not line[end].isupper():
        return None, False
    before, ahead = _BEFORE.search(line, max(0, start - _LONGEST), start), _AHEAD.match(line, end)
    if not before or not ahead:
        return None, False
    one, two = before[0].rsplit("-", 1)[-1], ahead[0]
    if mark in "۔؟":
        return (
            (end, True)
            if len(one) > 3 and len(two) > 1 and line[ahead.end() : ahead.end() + 1] != mark
            else (None, False)
        )
    if _is_address(line, start, end) or line[ahead.end() : ahead.end() + 1] in ("(", "_", "="):
        return None, False
    if one.isdigit():
        if not _NUMBER.search(line, max(0, start - 6), start):
            return None, False
    elif not (one[-2:].islower() and len(one) > 1) or any(map(str.isdigit, one)):
        return None, False
    if not two[0].isupper() or (one[0].isupper() and (mark != "." or two.lower() in _SITES)):
        return None, False
    camel = any(map(str.isupper, one[1:]))  # "PrimaMedia.Travel"
    if two[1:2].islower():
        return end, not camel
    return (end, False) if len(two) > 1 or line[ahead.end() : ahead.end() + 1] == " " else (None, False)


def _is_address(line: str, start: int, end: int) -> bool:
    """Return whether the token around a mark is an address, a file name or the like."""
    left, right = max(0, start - _LONGEST), end + _LONGEST
    token = [*line[left:start].rsplit(None, 1)[-1:], line[start:end], *line[end:right].split(None, 1)[:1]]
    return bool(_IN_ADDRESS.search("".join(token)))
