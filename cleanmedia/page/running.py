"""Lines of running text: those of a text in which marks and spaces are no data, for the filters that work within a line."""

import re
from collections.abc import Container, Iterable, Iterator

from cleanmedia.core.edits import Edit
from cleanmedia.page.kinds import LITERAL, Kinds
from cleanmedia.page.lines import lines_with
from cleanmedia.page.view import view_of

__all__ = ["in_running_text", "running_lines"]


def running_lines(gate: "re.Pattern[str]", text: str, spared: Container[str] = LITERAL) -> Iterator[tuple[int, str]]:
    """Yield the lines in which a pattern finds something, each with its place in the text in code points.

    Args:
        gate: finds nothing that reaches over a line break.
        text: the text.
        spared: kinds of text whose lines are left out; see :mod:`cleanmedia.page.kinds`.
    """
    kinds: Kinds | None = None
    for at, line in lines_with(gate, text):
        kinds = kinds or view_of(text).kinds
        if kinds.at(at) not in spared:
            yield at, line


def in_running_text(text: str, edits: Iterable[Edit], spared: Container[str] = LITERAL) -> Iterator[Edit]:
    """Yield those of some edits that begin in running text. The kinds of text are looked up where there is an edit."""
    kinds: Kinds | None = None
    for edit in edits:
        kinds = kinds or view_of(text).kinds
        if kinds.at(edit.start) not in spared:
            yield edit
