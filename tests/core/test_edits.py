"""Edits: how they are applied, undone and found by comparison."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanmedia import Edit
from cleanmedia.core.edits import changed_lines, compare, inverse, splice


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


@st.composite
def _texts_and_edits(draw):
    text = draw(st.text("ab\n", max_size=40))
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(places[::2], places[1::2], strict=False)
    return text, [Edit(start, end, draw(st.text("x\n", max_size=3))) for start, end in pairs]


@given(_texts_and_edits())
def test_every_other_line_than_the_changed_ones_stood_in_the_text(made):
    text, edits = made
    after = splice(text, edits)
    assert {*after.split("\n")} <= {"", *text.split("\n"), *changed_lines(text, edits, after).split("\n")}


def test_whole_lines_that_are_dropped_change_no_other():
    text = "one\n\ntwo\nthree"
    for edits in ([Edit(0, 4)], [Edit(4, 5)], [Edit(5, 9)], [Edit(9, 14)], [Edit(0, 4), Edit(4, 5), Edit(9, 14)]):
        assert changed_lines(text, edits, splice(text, edits)) == ""
    assert changed_lines(text, [Edit(3, 5)], "one\ntwo\nthree") == "one"
    assert changed_lines(text, [Edit(3, 4), Edit(6, 7, "oo")], "one\ntoo\nthree") == "one\ntoo"
