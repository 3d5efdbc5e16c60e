"""Edits: how they are applied, undone and found by comparison."""

import pytest

from cleanmedia import Edit
from cleanmedia.core.edits import compare, inverse, splice


def test_splice_refuses_what_overlaps_or_lies_outside():
    for edits in ([Edit(2, 4), Edit(3, 5)], [Edit(4, 5), Edit(1, 2)], [Edit(0, 99)], [Edit(3, 2)], [Edit(-1, 1)]):
        with pytest.raises(ValueError, match="overlaps"):
            splice("abcdef", edits)
    assert splice("abc", []) == "abc"


def test_inverse_undoes():
    edits = [Edit(0, 1, "xyz"), Edit(2, 2, "+"), Edit(3, 6, "")]
    text = "abcdefg"
    after = splice(text, edits)
    assert splice(after, inverse(edits, [text[e.start : e.end] for e in edits])) == text


@pytest.mark.parametrize(
    ("old", "new"),
    [("", "a"), ("a", ""), ("abc", "abc"), ("abcd", "xbcy"), ("a" * 99, "b" * 98), ("ab" * 40, "ba" * 40)],
)
def test_compare_is_exact(old, new):
    assert splice(old, compare(old, new)) == new
