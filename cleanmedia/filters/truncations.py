"""What an interface says of the text that it left out: ``[+1591 chars]``."""

import re
from collections.abc import Iterator

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import dropping, finds, gated
from cleanmedia.page.lines import SPACES
from cleanmedia.page.patterns import any_of, pattern
from cleanmedia.page.running import running_lines
from cleanmedia.words.lists import listed

__all__ = ["truncations"]

_GATE = pattern(rf"\[[{SPACES}]?\+?[{SPACES}]?\d")


def _source() -> str:
    """Return the source of a pattern for counts at the end of a line, in a row if a cut text was cut once more."""
    units = any_of(listed("truncation units"))
    number = rf"\d{{1,9}}(?:[.,]\d{{3}}){{0,3}}[{SPACES}]?(?:more[{SPACES}])?(?:{units})"
    count = rf"(?:(?:(?<=…)|(?<=\.\.\.)|(?<=…[{SPACES}])|(?<=\.\.\.[{SPACES}]))\[{number}|\[[{SPACES}]?\+[{SPACES}]?{number})[{SPACES}]?\]"
    return rf"(?:[{SPACES}]{{0,3}}{count})+(?=[{SPACES}]*$)"


_COUNT = pattern(_source, re.I | re.M)


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: no number stands behind a bracket."""
    return not _GATE.search(text)


@finds
@dropping
@gated(_can_skip)
def truncations(text: str) -> Iterator[Edit]:
    """Removes the count of what was left out from the end of a cut text, and keeps the ellipsis.

    Why: news APIs cut their articles and append by how much: 93 % of the records of a NewsAPI corpus end in
    ``… [+1591 chars]``, others in ``... [1591 chars]``.

    Keeps: a count within a line, one of a unit that is not known, ``[1591 chars]`` without an ellipsis before it, ``[…]``
    and ``[+44 20]``; everything in tables, code and logs.

    Risk: low.

    >>> truncations("The premier met the ministers of his… [+1591 chars]")
    'The premier met the ministers of his…'
    >>> truncations("It puts “[+12 chars]” behind a text. He left […]")
    'It puts “[+12 chars]” behind a text. He left […]'
    """
    for at, line in running_lines(_GATE, text):
        for match in _COUNT.finditer(line):
            yield Edit(at + match.start(), at + match.end(), "", "count of what was cut off")
