"""That what is set aside early, and what is kept for later, changes no result."""

import importlib

import pytest
from hypothesis import given

from cleanmedia import filters
from cleanmedia.core.filter import Filter
from cleanmedia.filters import widgets
from cleanmedia.presets import PRESETS
from tests.support.strategies import texts

EVERY = [getattr(filters, name) for name in filters.__all__]
GATED = [each for each in EVERY if each.skips("Plain text.\nOf two lines.")]


def test_the_dearest_filters_have_gates():
    assert {"characters", "entities", "links", "mojibake", "punctuation", "quotes"} <= {each.name for each in GATED}


@pytest.mark.parametrize("each", GATED, ids=lambda each: each.name)
def test_there_is_nothing_to_find_behind_a_closed_gate(each):
    @given(text=texts)
    def check(text):
        assert not each.skips(text) or each.look(text) == ()

    check()


@pytest.mark.parametrize("each", GATED, ids=lambda each: each.name)
def test_a_gate_judges_by_the_line(each):
    @given(one=texts, other=texts)
    def check(one, other):
        assert each.skips(f"{one}\n{other}") == (each.skips(one) and each.skips(other))

    check()


@pytest.mark.parametrize("name", PRESETS)
def test_a_pipeline_finds_the_same_without_gates(name):
    @given(text=texts)
    def check(text):
        trace = PRESETS[name].trace(text)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Filter, "skips", lambda self, text: False)
            assert PRESETS[name].trace(text) == trace

    check()


def test_the_gate_of_a_filter_is_not_that_of_one_with_options():
    assert filters.quotes.skips('"Yes"')
    assert not filters.quotes(style="de").skips('"Yes"')


def test_whitespace_finds_nothing_where_it_looks_at_nothing():
    module = importlib.import_module("cleanmedia.filters.whitespace")

    @given(text=texts)
    def check(text):
        edits = filters.whitespace.edits(text)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "_can_skip", lambda _: False)
            assert filters.whitespace.edits(text) == edits

    check()
    assert module._can_skip("Plain text.\nOf two lines.")


@given(text=texts, other=texts)
def test_what_came_before_changes_nothing(text, other):
    before = widgets.edits(text)
    widgets(other)
    assert widgets.edits(text) == before
