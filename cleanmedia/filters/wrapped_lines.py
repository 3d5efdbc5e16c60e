"""Paragraphs that were broken into lines at a margin."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import finds, settled_soon
from cleanmedia.page.items import starts_item
from cleanmedia.page.kinds import broken_lines
from cleanmedia.page.lines import SPACES, split
from cleanmedia.page.patterns import pattern
from cleanmedia.page.scripts import UNSPACED
from cleanmedia.page.view import view_of

__all__ = ["wrapped_lines"]

_NARROWEST, _WIDEST = 40, 130  # code points of a margin
_SLACK = 0.1  # of the margin: a word that would have fitted by so little may stand on the next line
_FULL = 0.7  # the share of the lines of a block that reach the margin, of those that may go on
_FIRST_WORD = pattern(r"\S+")
_SENTENCE_END = pattern(r"[.!?…:;。！？।॥۔؟։][\"'”’“»«)\]」』]*(?:\s|\Z)")  # verse may have none
_NO_PARAGRAPH = pattern(r"[ \t]*(?:[>|*#=+~-]{1,3}(?:\s|$)|[A-Z][\w-]{1,20}: \S|-{3,}|={3,})")


@finds
@settled_soon
def wrapped_lines(text: str) -> Iterator[Edit]:
    """Joins the lines of a paragraph that was broken at a margin.

    Why: mails, old wire copy and converters to plain text break paragraphs at 60 to 80 columns (76 % of the texts of Reuters-21578).
    A model reads a line break there as the end of something.

    A line is joined with the next where the next word would not have fitted before the margin. The text around must be
    wrapped: in a third of its lines a sentence goes on in a small letter.

    Keeps: verse, any block without the end of a sentence, lists, tables, code, mail headers, quotations behind ``>``, headings, indented first lines of paragraphs
    (they begin a line of their own), a line that ends well before the margin, and texts laid out by hand.

    Risk: medium: of verse with long lines, or an address of one width, some lines may be joined.

    >>> print(wrapped_lines("The council voted on Monday to keep the old bridge\\nopen, after a debate of five hours about its cost,\\nand it stays.\\n"), end="")
    The council voted on Monday to keep the old bridge open, after a debate of five hours about its cost, and it stays.
    >>> wrapped_lines("Shall I compare thee to a summer’s day?\\nThou art more lovely and more temperate:\\nRough winds do shake")
    'Shall I compare thee to a summer’s day?\\nThou art more lovely and more temperate:\\nRough winds do shake'
    """
    lines = split(text)
    if not broken_lines([*filter(str.strip, lines)]):
        return
    kinds = view_of(text).kinds
    at = number = 0
    for filled, block in groupby(lines, key=lambda line: bool(line.strip())):
        rows = list(block)
        joined = _joined(rows) if filled else []
        for place, row in enumerate(rows):
            if place in joined and kinds.of(number) == "wrapped" == kinds.of(number + 1):
                following = rows[place + 1]
                start = at + len(row.rstrip(SPACES))
                end = at + len(row) + 1 + len(following) - len(following.lstrip(SPACES))
                yield Edit(start, end, _joint(row, following), "line break at a margin")
            at += len(row) + 1
            number += 1


def _joined(rows: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the lines of a block that go on with the next: none, unless most do that could."""
    margin = max(len(row.rstrip()) for row in rows)
    if not _NARROWEST <= margin <= _WIDEST:
        return frozenset()
    could = [number for number, pair in enumerate(pairwise(rows)) if _may_go_on(*pair)]
    full = frozenset(number for number in could if _is_full(rows[number], rows[number + 1], margin))
    return full if len(full) > _FULL * len(could) and any(map(_SENTENCE_END.search, rows)) else frozenset()


def _is_full(line: str, following: str, margin: int) -> bool:
    """Return whether the first word of the next line would not have fitted before the margin."""
    word = _FIRST_WORD.search(following)
    return word is not None and len(line.rstrip()) + 1 + len(word[0]) > margin * (1 - _SLACK)


def _may_go_on(line: str, following: str) -> bool:
    """Return whether the next line may belong to the paragraph of this one, by its shape."""
    indent, next_indent = (len(each) - len(each.lstrip(SPACES)) for each in (line, following))
    if next_indent > indent or starts_item(following) or _NO_PARAGRAPH.match(following) or _NO_PARAGRAPH.match(line):
        return False
    return not line.strip().isupper() or following.strip().isupper()


def _joint(line: str, following: str) -> str:
    """Return what stands between two lines that are joined: a space, but behind a hyphen and between letters that need none."""
    last, first = line.rstrip()[-1:], following.lstrip()[:1]
    if last in "-‐" and line.rstrip()[-2:-1].isalpha() and first.islower():
        return ""
    return "" if UNSPACED.match(last) and UNSPACED.match(first) else " "
