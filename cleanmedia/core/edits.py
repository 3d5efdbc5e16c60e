"""Edits, and the only place where text is cut.

An edit says: replace ``text[start:end]`` by ``new``, because of ``why``. A filter returns edits; :func:`splice`
applies them. Offsets are in code points, as Python indexes a ``str``.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``new``; ``why`` names the evidence (the phrase, the rule)."""

    start: int
    end: int
    new: str = ""
    why: str = ""


def splice(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits, which stand in order, do not overlap and lie inside the text.

    >>> splice("one  two..", [Edit(3, 5, " "), Edit(8, 10, ".")])
    'one two.'

    Raises:
        ValueError: the edits are out of order, overlap or lie outside the text.
    """
    pieces: list[str] = []
    at = 0
    for edit in edits:
        if not at <= edit.start <= edit.end <= len(text):
            raise ValueError(f"{edit!r} overlaps the edit before it or lies outside the text")
        pieces += (text[at : edit.start], edit.new)
        at = edit.end
    if not pieces:
        return text
    pieces.append(text[at:])
    return "".join(pieces)


def inverse(edits: Iterable[Edit], removed: Iterable[str]) -> tuple[Edit, ...]:
    """The edits that undo ``edits``; ``removed`` are the pieces of text that each of them replaced.

    >>> inverse([Edit(3, 5, " "), Edit(8, 10, ".")], ["  ", ".."])
    (Edit(start=3, end=4, new='  ', why=''), Edit(start=7, end=8, new='..', why=''))
    """
    out = []
    shift = 0
    for (start, end, new, why), old in zip(edits, removed, strict=True):
        at = start + shift
        out.append(Edit(at, at + len(new), old, why))
        shift += len(new) - (end - start)
    return tuple(out)


_WINDOW = 24  # how far compare() looks for the place where two texts agree again, in code points
_AGREE = 3  # how many equal code points count as agreement


def compare(old: str, new: str, offset: int = 0) -> list[Edit]:
    """Edits that turn ``old`` into ``new``, in time linear in their lengths.

    The edits are small where the texts agree again within a short window, and otherwise one edit covers all
    that differs; they are always exact. ``offset`` is added to every position.

    >>> compare("naÃ¯ve cafÃ©", "naïve café")
    [Edit(start=2, end=4, new='ï', why=''), Edit(start=10, end=12, new='é', why='')]
    """
    end_old, end_new = len(old), len(new)
    while end_old and end_new and old[end_old - 1] == new[end_new - 1]:
        end_old -= 1
        end_new -= 1
    edits: list[Edit] = []
    i = j = 0
    while i < end_old or j < end_new:
        if i < end_old and j < end_new and old[i] == new[j]:
            i += 1
            j += 1
            continue
        skip_old, skip_new = _resync(old, i, end_old, new, j, end_new)
        edits.append(Edit(offset + i, offset + i + skip_old, new[j : j + skip_new]))
        i += skip_old
        j += skip_new
    return edits


def _resync(old: str, i: int, end_old: int, new: str, j: int, end_new: int) -> tuple[int, int]:
    """How much of ``old`` and of ``new`` to pass over until both agree again: the least in sum."""
    for total in range(1, _WINDOW):
        for skip_new in range(total + 1):
            a, b = i + total - skip_new, j + skip_new
            if a > end_old or b > end_new:
                continue
            if (a == end_old and b == end_new) or (
                a < end_old and b < end_new and old[a : min(a + _AGREE, end_old)] == new[b : min(b + _AGREE, end_new)]
            ):
                return a - i, b - j
    return end_old - i, end_new - j
