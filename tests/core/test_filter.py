"""Filters: their constructors, options, time limit and fixed point."""

import pickle
import re

import pytest

from cleanmedia import Edit, Pipeline, filters, finds, replaces
from cleanmedia.core.filter import SlowPattern, settled_soon
from tests.support.made_filters import doubled_bangs, lower, rules


@finds
def capitals(text, *, mark="!"):
    yield from (Edit(i, i + 1, char.lower() + mark, "capital") for i, char in enumerate(text) if char.isupper())


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


def test_a_pattern_that_takes_for_ever_is_stopped_and_named():
    slow = replaces("endless", "(a|a)*$", "")
    assert slow("b aa") == "b "
    with pytest.raises(SlowPattern, match=r"endless: the pattern '\(a\|a\)\*\$' was stopped after 1\.0 s"):
        Pipeline(slow)("a" * 60 + "!")
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
