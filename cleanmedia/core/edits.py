"""Edits, and the only function that applies them to a text.

An edit says: replace ``text[start:end]`` by ``new``, because of ``why``. A filter returns edits; :func:`splice`
applies them. Offsets are in code points, as Python indexes a ``str``.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

__all__ = ["Edit", "changed_lines", "compare", "compare_lines", "inverse", "splice"]

_WINDOW = 24  # how far compare() looks for the place where two texts agree again, in code points
_AGREE = 3  # how many equal code points count as agreement


class Edit(NamedTuple):
    """Replace ``text[start:end]`` by ``new``; ``why`` names the evidence, such as the phrase or the rule."""

    start: int
    end: int
    new: str = ""
    why: str = ""


def splice(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with edits applied. They must be in order, disjoint and inside the text.

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


def changed_lines(before: str, edits: Iterable[Edit], after: str) -> str:
    """Return the lines of a text that edits have changed or made, in order; none where they dropped whole lines.

    ``before`` is the text before the edits, ``after`` the text after them.

    >>> changed_lines("One.\\nTwo..\\nThree.", [Edit(0, 5), Edit(8, 9)], "Two.\\nThree.")
    'Two.'
    """
    found: list[str] = []
    done = shift = 0  # where the last line found ends; how much longer the text has become
    for start, end, new, _ in edits:
        at = start + shift
        shift += len(new) - (end - start)
        starts_line = at == 0 or after[at - 1] == "\n"
        if not new and starts_line and (at == len(after) or before[end - 1 : end] == "\n"):
            continue
        put_end = at + len(new)
        if put_end > done or not found:
            first = after.rfind("\n", done, at) + 1 or done
            done = after.find("\n", put_end)
            done = len(after) if done < 0 else done
            found.append(after[first:done])
    return "\n".join(found)


def inverse(edits: Iterable[Edit], removed: Iterable[str]) -> tuple[Edit, ...]:
    """Return the edits that undo ``edits``; ``removed`` has the text that each of them replaced.

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


def compare(old: str, new: str, offset: int = 0) -> list[Edit]:
    """Return edits that turn ``old`` into ``new``, in time linear in their lengths.

    The edits are always exact. They are small where the texts agree again within a short window; otherwise one edit covers
    everything that differs. ``offset`` is added to every position.

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


def compare_lines(old: str, new: str) -> Iterator[Edit]:
    """Yield edits that turn ``old`` into ``new``, compared line by line if they have the same number of lines."""
    old_lines, new_lines = old.split("\n"), new.split("\n")
    if len(old_lines) != len(new_lines):
        yield from compare(old, new)
        return
    at = 0
    for before, after in zip(old_lines, new_lines, strict=True):
        if before != after:
            yield from compare(before, after, at)
        at += len(before) + 1


def _resync(old: str, i: int, end_old: int, new: str, j: int, end_new: int) -> tuple[int, int]:
    """Return how much of ``old`` and ``new`` to skip until they agree again, with the smallest sum."""
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
