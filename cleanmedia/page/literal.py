"""Stretches within a line whose marks are data: code between backticks or tags, mathematics between dollar signs."""

import sys
from bisect import bisect_right

from cleanmedia.page.patterns import pattern

__all__ = ["is_literal", "literal_spans"]

_SPAN = pattern(
    r"``[^\s`](?:[^\n]{0,400}?[^\s`])?``|`[^\s`](?:[^`\n]{0,400}[^\s`])?`"
    r"|\$[^\s\d$](?:[^$\n]{0,200}[^\s$])?\$(?!\w)"
    r"|<(?P<tag>code|kbd|pre|samp|script|style|tt|var)\b[^<>\n]{0,200}>[^\n]{0,400}?</(?P=tag)>"
)


def literal_spans(line: str) -> list[tuple[int, int]]:
    """Return the spans of a line, in code points, in which every mark stands as it should.

    >>> literal_spans("Run `git add .` now")
    [(4, 15)]
    """
    if "`" not in line and "$" not in line and "</" not in line:
        return []
    return [match.span() for match in _SPAN.finditer(line)]


def is_literal(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Return whether a stretch lies within one of these spans, which are in order."""
    at = bisect_right(spans, (start, sys.maxsize)) - 1
    return at >= 0 and end <= spans[at][1]
