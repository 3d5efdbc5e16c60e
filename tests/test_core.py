"""Edits, filters, pipelines and traces themselves."""

import gc
import pickle
import re
import time

import pytest

from cleanmedia import NEWS, REPAIR, Edit, Pipeline, clean, drops_lines, filters, finds, replaces, rewrites, trace
from cleanmedia.core.edits import compare, inverse, splice
from cleanmedia.core.filter import SlowPattern, settled_soon


@finds
def doubled_bangs(text):
    at = text.find("!!")
    if at >= 0:
        yield Edit(at, at + 2, "!", "!!")


@finds
def capitals(text, *, mark="!"):
    yield from (Edit(i, i + 1, char.lower() + mark, "capital") for i, char in enumerate(text) if char.isupper())


@drops_lines
def rules(line):
    return "a rule" if line.startswith("---") else None


@rewrites
def lower(text):
    return text.lower()


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


def test_constructors():
    assert doubled_bangs("a!!") == "a!"
    assert rules("a\n---\nb") == "a\nb"
    assert rules("a\n---") == "a\n"
    assert lower("A b C") == "a b c"
    assert lower.edits("A b C") == (Edit(0, 1, "a", "lower"), Edit(4, 5, "c", "lower"))
    assert replaces("edit_marks", r"\[(\w+)\]", r"(\1)")("x[edit]") == "x(edit)"
    assert [found.name for found in (doubled_bangs, rules, lower)] == ["doubled_bangs", "rules", "lower"]


def test_options_make_another_filter():
    marked = capitals(mark="?")
    assert (capitals("Ab"), marked("Ab")) == ("a!b", "a?b")
    assert marked.options == {"mark": "?"}
    assert capitals.options == {}
    assert marked != capitals
    assert marked == capitals(mark="?")
    assert pickle.loads(pickle.dumps(marked)) == marked
    with pytest.raises(TypeError, match="no option 'nonsense'; it has mark"):
        capitals(nonsense=1)
    with pytest.raises(TypeError, match=r"capitals\(text\)"):
        capitals("text", mark="?")
    with pytest.raises(AttributeError, match="immutable"):
        capitals.name = "other"
    with pytest.raises(ValueError, match="no quotation style 'nonsense'"):
        filters.quotes(style="nonsense")


def test_pipelines_are_put_together():
    pipeline = Pipeline(doubled_bangs).then(rules)
    assert pipeline("a!!\n---\nb") == "a!\nb"
    assert [f.name for f in pipeline.filters] == ["doubled_bangs", "rules"]
    assert [f.name for f in NEWS.without("widgets", "entities").filters].count("widgets") == 0
    assert [f.name for f in NEWS.only("quotes", "entities").filters] == ["entities", "quotes"]
    assert NEWS.then(lower)("Abc") == "abc"
    assert NEWS.replace(filters.quotes(style="straight"))("“a”") == '"a"'
    assert Pipeline()("as it was") == "as it was"
    for wrong in (lambda: NEWS.without("nonsense"), lambda: NEWS.only("nonsense"), lambda: NEWS.replace(lower)):
        with pytest.raises(ValueError, match="it has mojibake, characters"):
            wrong()
    with pytest.raises(TypeError, match="takes filters"):
        Pipeline(str.lower)


def test_a_stage_goes_round_until_it_rests():
    assert REPAIR("&Atilde;&copy;") == "é"
    assert REPAIR("&la&#8203;quo;x") == "«x"
    assert REPAIR("&la\u00adquo;x") == "«x"


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


def test_the_record_of_many_edits_takes_time_in_proportion_to_their_number():
    pipeline = Pipeline(replaces("one", "b", "c")).then(replaces("two", "ac", "d"))

    def seconds(count):
        trace = pipeline.trace(("ab" + "x" * 200) * count)
        gc.disable()  # which would go through all that the tests before have left
        start = time.process_time()
        assert len(trace.changes()) == count
        spent = time.process_time() - start
        gc.enable()
        return spent

    seconds(10)
    fewer, more = (min(seconds(count) for _ in range(5)) for count in (4_000, 16_000))  # the machine may be busy
    assert more <= 9 * fewer


def test_a_pattern_that_takes_for_ever_is_stopped_and_named():
    slow = replaces("endless", "(a|a)*$", "")
    assert slow("b aa") == "b "
    started = time.process_time()
    with pytest.raises(SlowPattern, match=r"endless: the pattern '\(a\|a\)\*\$' was stopped after 1\.0 s"):
        Pipeline(slow)("a" * 60 + "!")
    assert time.process_time() - started < 10
    with pytest.raises(re.error, match="missing"):
        replaces("broken", "(", "")


def test_what_does_not_come_to_rest_soon_is_left_as_it_was():
    @finds
    @settled_soon
    def nibbles(text):
        if len(text) > 2:
            yield Edit(len(text) - 1, len(text), "", "a bite")

    assert nibbles("abcde") == "ab"
    assert nibbles("abcdef") == "abcdef"
