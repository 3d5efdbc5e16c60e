"""Spaces and blank lines that say nothing."""

from collections.abc import Iterator

from cleanmedia.core.edits import Edit, splice
from cleanmedia.core.filter import finds
from cleanmedia.page.code import is_code
from cleanmedia.page.items import starts_item
from cleanmedia.page.lines import SPACES
from cleanmedia.page.patterns import pattern

__all__ = ["whitespace"]

_GAPS = pattern("[ \t\u00a0\u202f]{2,}|\t")
# A space beside another, or at the edge of a line.
_SPACED = pattern(rf"[{SPACES}](?:(?<=\t)|(?=[{SPACES}\n])|\Z|(?<=\n.)|(?<=\A.))")
_COLUMN = pattern(r"(?<=\S)(?: {2,}|\t+)(?=\S)")
# What every mojibake has: Ã or Â, or a neighbour beyond ASCII for a character of the single-byte encodings.
_CONFUSED = "\x80-\xffŒœŠšŸŽžƒˆ˜\u2000-\u25ff"
_SUSPICIOUS = pattern(rf"[ÃÂ]|[{_CONFUSED}][^\x00-\x7f]|[^\x00-\x7f][{_CONFUSED}]")
_LONGEST_VERSE = 70  # code points
_MOST_TRIED = 8  # edits of one line


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: no space beside another or at a line's edge, no two blank lines in a row."""
    return not ("\n\n\n" in text or text.startswith("\n") or text.endswith("\n\n") or _SPACED.search(text))


@finds
def whitespace(text: str) -> Iterator[Edit]:
    """Removes trailing and repeated spaces, the indentation of prose, and all but one of several blank lines.

    Why: converters from HTML lay text out with spaces (of 381,654 lines of real page text 26-31 % are blank), and dropped
    lines leave gaps.

    Keeps: line breaks (verse, addresses and tables are not torn), the layout of code, of tables in aligned or tabbed
    columns and of drawings, relative indentation in verse, ``-- `` above a mail's signature, one line break at the end.

    Risk: low. Single lines of a table look like prose, and lose their alignment.

    >>> whitespace("  One   word. \\n\\n\\n\\nNext.\\n")
    'One word.\\n\\nNext.\\n'
    >>> whitespace("def f(x):\\n    return x\\n\\n\\ndef g():\\n    pass\\n") == "def f(x):\\n    return x\\n\\n\\ndef g():\\n    pass\\n"
    True
    """
    if _can_skip(text):
        return
    block: list[str] = []
    before: list[str] = []
    literal_before: bool | None = False  # whether the block before keeps its layout; None: not asked yet
    begin = at = 0  # where the current block and the current line begin
    gap: int | None = 0  # where the blank lines before the current block begin; None when there are none
    for line in (*text.split("\n"), None):
        if line is not None and line and (line[0] not in SPACES or line.strip(SPACES)):
            if not block:
                begin = at
            block.append(line)
        elif block:
            literal = None
            if gap is not None and (begin - gap != 1 or gap == 0):  # not one blank line
                literal_before = _keeps_layout(before) if literal_before is None else literal_before
                literal = None if literal_before else _keeps_layout(block)
                yield from () if literal_before or literal else _close_gap(text, gap, begin)
            if _SPACED.search(text, begin, at):
                literal = _keeps_layout(block) if literal is None else literal
                yield from _tidy(block, begin, literal)
            before, literal_before, block, gap = block, literal, [], at
        if line is not None:
            at += len(line) + 1
    if gap is not None and not (_keeps_layout(before) if literal_before is None else literal_before):
        yield from _close_gap(text, gap, len(text), at_end=True)


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


def _tidy(block: list[str], at: int, literal: bool) -> Iterator[Edit]:
    margin = min(map(_margin, block)) if _is_verse(block) else None
    if margin and any(map(_SUSPICIOUS.search, block)):
        margin = 0
    for line in block:
        edits = [*_tidy_line(line, literal, margin)]
        if edits and _SUSPICIOUS.search(line) and _would_become_mojibake(splice(line, edits)):
            edits = _harmless(line, edits)
        yield from (Edit(at + start, at + end, new, why) for start, end, new, why in edits)
        at += len(line) + 1


def _tidy_line(line: str, literal: bool, margin: int | None) -> Iterator[Edit]:
    first, last = _margin(line), len(line.rstrip(SPACES))
    indent = 0 if literal else first if margin is None else margin
    if indent:
        yield Edit(0, indent, "", "indentation")
    if not literal:
        for match in _GAPS.finditer(line, first, last):
            new = " " if match[0].strip("\u00a0\u202f") else match[0][0]
            if new != match[0]:
                yield Edit(match.start(), match.end(), new, "repeated space")
    if last < len(line) and line != "-- ":
        yield Edit(last, len(line), "", "trailing space")


def _harmless(line: str, edits: list[Edit]) -> list[Edit]:
    """As many of the edits as leave the line free of what ftfy would take for mojibake."""
    chosen: list[Edit] = []
    for _ in edits[:_MOST_TRIED]:
        for edit in edits[:_MOST_TRIED]:
            if edit not in chosen and not _would_become_mojibake(splice(line, sorted([*chosen, edit]))):
                chosen = sorted([*chosen, edit])
                break
        else:
            break
    return chosen


def _would_become_mojibake(line: str) -> bool:
    """Whether the line would be repaired as mojibake, now that its spaces are gone: ftfy takes them for evidence."""
    import ftfy

    return bool(ftfy.fix_encoding(line) != line)


def _keeps_layout(block: list[str]) -> bool:
    """Whether the spaces of a block mean something: it is code, a table or a drawing."""
    if len(block) == 1:
        return (is_code(block[0]) and not block[0][:1].isspace()) or block[0].count("|") > 2
    if sum(map(is_code, block)) * 2 >= len(block):
        return True
    if sum("\t" in line.strip(SPACES) for line in block) * 2 > len(block):
        return True
    columns: frozenset[int] = frozenset()
    drawn = 0
    for before, line in zip((None, *block), block, strict=False):
        if (
            before is not None
            and before.rstrip().endswith((":", "{"))
            and _margin(line) > _margin(before)
            and not starts_item(line)
        ):
            return True
        here = frozenset(match.end() for match in _COLUMN.finditer(line))
        if here & columns:
            return True
        columns = here
        marks = line.strip(SPACES)
        drawn += len(marks) > 1 and sum(map(str.isalnum, marks)) * 2 < len(marks) and not starts_item(line)
    return drawn > 1 and drawn * 2 >= len(block) and len({_margin(line) for line in block}) > 1


def _is_verse(block: list[str]) -> bool:
    return (
        len(block) > 2
        and len({_margin(line) for line in block}) > 1
        and all(len(line.strip()) <= _LONGEST_VERSE and not starts_item(line) for line in block)
    )


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(SPACES))
