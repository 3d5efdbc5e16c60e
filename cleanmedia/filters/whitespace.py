"""Spaces and blank lines that say nothing."""

from collections.abc import Iterator
from itertools import accumulate

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import finds, settled
from cleanmedia.page.layout import Layout, filled_blocks
from cleanmedia.page.lines import SPACES, has_other_spaces
from cleanmedia.page.patterns import pattern
from cleanmedia.page.view import view_of

__all__ = ["whitespace"]

_GAPS = pattern("[ \t\u00a0\u202f](?:(?<=\t)|(?=[ \t\u00a0\u202f]))[ \t\u00a0\u202f]*")
_LETTERS_APART = pattern(r" *(?:\S +){3,}\S *$")  # "O L D   T O W N": wider gaps are all that parts the words
# A space beside another, or at the edge of a line.
_SPACED = pattern(rf"[{SPACES}](?:(?<=\t)|(?=[{SPACES}\n])|\Z|(?<=\n.)|(?<=\A.))")


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: no space beside another or at a line's edge, no two blank lines in a row."""
    return not (
        "\n\n\n" in text
        or text.startswith("\n")
        or text.endswith("\n\n")
        or not (view_of(text).is_squeezed or not _is_spaced(text, 0, len(text), has_other_spaces(text)))
    )


def _is_spaced(text: str, start: int, end: int, others: bool) -> bool:
    """Whether whole lines of a text have a space beside another or at their edges; ``others`` if it has spaces of other kinds."""
    if others:
        return bool(_SPACED.search(text, start, end))
    return (
        text.find("  ", start, end) >= 0
        or text.find(" \n", start, end) >= 0
        or text.find("\n ", start, end) >= 0
        or text.startswith(" ", start, end)
        or text.endswith(" ", start, end)
    )


@finds
@settled
def whitespace(text: str) -> Iterator[Edit]:
    """Removes trailing and repeated spaces, the indentation of prose, and all but one of several blank lines.

    Why: converters from HTML lay text out with spaces (of 381,654 lines of real page text 26-31 % are blank), and dropped
    lines leave gaps.

    Keeps: line breaks (verse, addresses and tables are not torn); all spaces of code and settings, also over blank lines, of
    tables in aligned or tabbed columns, also of a row alone, and of drawings; the gaps of a line whose letters stand apart (``O L D   T O W N``); relative indentation in verse and in nested
    lists; ``-- `` above a mail's signature; one line break at the end. A text that is laid out by hand (a manual, a book,
    code, a poem, a play) keeps all its spaces but those at the ends of lines.

    Risk: low. Fields of a row alone with fewer than five spaces between them look like prose, and lose their alignment.

    >>> whitespace("  One   word. \\n\\n\\n\\nNext.\\n")
    'One word.\\n\\nNext.\\n'
    >>> whitespace("def f(x):\\n    return x\\n\\n\\ndef g():\\n    pass\\n") == "def f(x):\\n    return x\\n\\n\\ndef g():\\n    pass\\n"
    True
    """
    if _can_skip(text):
        return
    view = view_of(text)
    lines = view.lines
    blocks = filled_blocks(lines)
    layout = Layout(view, blocks)
    others = has_other_spaces(text)
    spaced = _is_spaced(text, 0, len(text), others)
    starts = [0, *accumulate([len(line) + 1 for line in lines])]  # of the lines
    number = 0  # of the first line that was not seen yet
    for place, (first, last) in enumerate(blocks):
        at, begin = starts[number], starts[first]
        may_close = begin - at > 1 or (begin > at and not place)  # it is more than one blank line, or the first
        if may_close and not (layout.keeps_gap(place - 1) or layout.keeps_gap(place)):
            yield from _close_gap(text, at, begin)
        number = last
        if spaced and _is_spaced(text, begin, min(starts[last], len(text)), others):
            yield from _tidy(lines[first:last], begin, layout, place)
    if number < len(lines) and not layout.keeps_gap(len(blocks) - 1):
        yield from _close_gap(text, starts[number], len(text), at_end=True)


def _close_gap(text: str, start: int, end: int, at_end: bool = False) -> Iterator[Edit]:
    """Leave one of the blank lines between two blocks, none at the start of the text, and at its end none but the break."""
    if start >= end:
        return
    lines = text[start:end].split("\n")
    at = start
    keep = 0 if start == 0 or at_end else 1
    # The text between two blocks is whole blank lines; at the end the last may have no break.
    count = len(lines) - 1 if not at_end or lines[-1] == "" else len(lines)
    for number in range(count):
        size = len(lines[number])
        if number < keep:
            if size:
                yield Edit(at, at + size, "", "trailing space")
        else:
            stop = min(at + size + 1, end)
            if stop > at:
                yield Edit(at, stop, "", "blank line")
        at += size + 1


def _tidy(block: list[str], at: int, layout: Layout, place: int) -> Iterator[Edit]:
    for line, (indent, keeps) in zip(block, layout.of(place), strict=True):
        yield from _tidy_line(line, at, indent, keeps)
        at += len(line) + 1


def _tidy_line(line: str, at: int, indent: int, keeps: bool) -> Iterator[Edit]:
    """Edits of a line at a place of the text, which loses so much of its indentation, and keeps its gaps or not."""
    last = len(line.rstrip(SPACES))
    if indent:
        yield Edit(at, at + indent, "", "indentation")
    has_gaps = not (line.isascii() and "\t" not in line and "  " not in line[indent:last])
    if has_gaps and not keeps and not _LETTERS_APART.match(line):
        first = len(line) - len(line.lstrip(SPACES))
        for match in _GAPS.finditer(line, first, last):
            new = " " if match[0].strip("\u00a0\u202f") else match[0][0]
            if new != match[0]:
                yield Edit(at + match.start(), at + match.end(), new, "repeated space")
    if last < len(line) and line != "-- ":
        yield Edit(at + last, at + len(line), "", "trailing space")
