"""The record of a cleaning: where a piece of the clean text came from, and what changed."""

import pickle

import pytest

from cleanmedia import Edit, Pipeline, clean, replaces, trace
from cleanmedia.core.edits import splice
from tests.support.growth import growth


def test_trace_tells_where_text_came_from():
    source = "Title of some words\n\nIt&# 39;s over..  Really.\nShare on Facebook\n"
    t = trace(source)
    assert t.text == clean(source) == "Title of some words\n\nIt's over. Really.\n"
    at = t.text.index("over")
    start, end = t.origin(at, at + 4)
    assert source[start:end] == "over"
    at = t.text.index("'")
    start, end = t.origin(at, at + 1)
    assert source[start:end] == "&# 39;"
    assert t.restore() == source
    assert {step.filter for step in t.steps} == {"entities", "punctuation", "widgets", "whitespace"}
    entry = next(entry for entry in t.log() if entry.filter == "widgets")
    assert (entry.before, entry.after, source[entry.start : entry.end]) == (
        "Share on Facebook\n",
        "",
        "Share on Facebook\n",
    )
    assert "share (en): Share on {network}" in entry.why
    with pytest.raises(ValueError, match="not a span"):
        t.origin(3, 999)
    assert pickle.loads(pickle.dumps(t)).restore() == source
    assert "widgets: 1" in repr(t)


def test_trace_of_edits_upon_edits():
    pipeline = Pipeline(replaces("one", "b", "XYZ")).then(replaces("two", "aX", "")).then(replaces("three", "Z", "!"))
    t = pipeline.trace("abc")
    assert t.text == "Y!c"
    assert t.restore() == "abc"
    assert splice("abc", [Edit(start, end, new) for start, end, new, _ in t.changes()]) == "Y!c"
    assert t.origin(0, 1) == (1, 2)
    assert t.origin(2, 3) == (2, 3)


@pytest.mark.heavy
def test_the_record_of_many_edits_takes_time_in_proportion_to_their_number():
    pipeline = Pipeline(replaces("one", "b", "c")).then(replaces("two", "ac", "d"))

    assert len(pipeline.trace(("ab" + "x" * 200) * 10).changes()) == 10
    assert not growth(lambda count: pipeline.trace(("ab" + "x" * 200) * count).changes)
