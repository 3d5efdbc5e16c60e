"""Segments: what stayed, went and came, in one row that holds source and clean text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanmedia import ARTICLE, NEWS, Edit, finds
from cleanmedia.core.pipeline import Pipeline
from cleanmedia.report.segments import Segment, clean_of, rows, segments, source_of
from tests.support.strategies import texts


def given_edits(*steps):
    """A pipeline of one filter a step, whose edits stand in the text as the steps before have left it."""

    def filter_of(number, edits):
        def find(text):
            return edits

        find.__name__ = f"f{number}"
        return finds(find)

    pipeline = Pipeline()
    for number, edits in enumerate(steps):
        pipeline = pipeline.then(filter_of(number, edits))
    return pipeline


def shown(row):
    signs = {"kept": "{}", "deleted": "[{}]{}", "inserted": "<{}>{}"}
    return "".join(signs[part.kind].format(part.text, part.filter.removeprefix("f")) for part in row)


@pytest.mark.parametrize(
    ("text", "steps", "expected"),
    [
        ("abc", [], "abc"),
        ("", [], ""),
        ("abc", [[Edit(1, 2)]], "a[b]0c"),
        ("abc", [[Edit(1, 2, "x")]], "a[b]0<x>0c"),
        ("abc", [[Edit(1, 1, "x")]], "a<x>0bc"),
        ("abc", [[Edit(1, 2, "xy")], [Edit(2, 3)]], "a[b]0<x>0c"),  # what came and went again is in neither text
        ("abc", [[Edit(1, 2, "xy")], [Edit(1, 3, "z")]], "a[b]0<z>1c"),
        ("abc", [[Edit(1, 2, "x")], [Edit(0, 3)]], "[abc]1"),  # a repair inside what is dropped is dropped with it
        ("a b\nc", [[Edit(1, 2)], [Edit(2, 3, " ")]], "a[ ]0b[\n]1< >1c"),
        ("a\nb\nc", [[Edit(2, 4)], [Edit(1, 2)]], "a[\n]1[b\n]0c"),  # but not a line whose neighbours are blank
        ("a b c", [[Edit(2, 3)], [Edit(1, 3)]], "a[ ]1[b]0[ ]1c"),
        ("ab", [[Edit(0, 1)], [Edit(0, 0, "x")]], "[a]0<x>1b"),
        ("ab", [[Edit(0, 2, "")], [Edit(0, 0, "x")]], "[ab]0<x>1"),
        ("", [[Edit(0, 0, "x")]], "<x>0"),
    ],
)
def test_a_row_of_segments(text, steps, expected):
    trace = given_edits(*steps).trace(text)
    row = segments(trace)
    assert shown(row) == expected
    assert source_of(row) == text
    assert clean_of(row) == trace.text


def test_reasons_are_those_of_the_filter_that_did_it():
    row = segments(NEWS.trace("&# 171;So it was..&# 187;\nShare on Facebook&# 33;\n"))
    assert Segment("&# 171;", "deleted", "entities", "&# 171;") in row
    assert Segment("«", "inserted", "entities", "&# 171;") in row
    assert Segment(".", "deleted", "punctuation", "doubled stop") in row
    row = segments(NEWS.trace("So it was.\n  • Share on  Facebook\n"))
    assert Segment("  • Share on  Facebook\n", "deleted", "widgets", "share (en): Share on {network}") in row


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([Segment("a\nb")], ["a\n", "b"]),
        ([Segment("a\n")], ["a\n"]),
        ([Segment("a\n\n")], ["a\n", "\n"]),
        ([Segment("a"), Segment("\nb\n", "deleted"), Segment("c")], ["a\nb\nc"]),  # lines that were joined
        ([Segment("a\n"), Segment("b\nc\n", "deleted"), Segment("d")], ["a\n", "b\n", "c\n", "d"]),
        ([Segment("a"), Segment("\n", "inserted"), Segment("b")], ["a\n", "b"]),
        ([Segment("a\u2028b\rc")], ["a\u2028b\rc"]),  # only one character is a line break here
        ([], []),
    ],
)
def test_rows(row, expected):
    assert ["".join([part.text for part in line]) for line in rows(row)] == expected


def check(trace):
    row = segments(trace)
    assert source_of(row) == trace.source
    assert clean_of(row) == trace.text
    assert all(part.text and (part.kind == "kept") == (not part.filter) for part in row)
    lines = list(rows(row))
    assert "".join([part.text for line in lines for part in line]) == "".join([part.text for part in row])
    assert "".join([clean_of(line) for line in lines]) == trace.text
    assert all("\n" not in clean_of(line)[:-1] for line in lines)


@given(texts)
def test_source_and_clean_text_are_in_the_segments(text):
    check(NEWS.trace(text))


@given(st.data(), st.text("ab \n", max_size=12))
def test_any_edits(data, text):
    steps, after = [], text
    for _ in range(3):
        cuts = sorted(data.draw(st.lists(st.integers(0, len(after)), max_size=6)))
        news = [data.draw(st.text("xy\n", max_size=2)) for _ in cuts[::2]]
        edits = [Edit(*span, new) for span, new in zip(zip(cuts[::2], cuts[1::2], strict=False), news, strict=False)]
        steps.append(edits)
        after = given_edits(edits).trace(after).text
    check(given_edits(*steps).trace(text))


def test_on_real_pages(real_pages):
    for number, page in enumerate(real_pages(40)):
        for pipeline in (NEWS, ARTICLE)[number % 4 == 0 :]:
            check(pipeline.trace(page["text_inscriptis"]))
