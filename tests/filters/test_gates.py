"""That what is set aside early, and what is kept for later, changes no result."""

import importlib

import pytest
from hypothesis import given

from cleanmedia import filters
from cleanmedia.filters import widgets
from tests.support.strategies import texts

GATED = ("characters", "entities", "mojibake", "punctuation", "quotes", "whitespace")


@pytest.mark.parametrize("name", GATED)
def test_a_gate_changes_nothing(name):
    module = importlib.import_module(f"cleanmedia.filters.{name}")
    gate = module._can_skip

    @given(text=texts)
    def check(text):
        edits = getattr(filters, name).edits(text)
        module._can_skip = lambda _: False
        try:
            assert getattr(filters, name).edits(text) == edits
        finally:
            module._can_skip = gate

    check()
    assert gate("Plain text.\nOf two lines.")


@given(text=texts, other=texts)
def test_what_came_before_changes_nothing(text, other):
    before = widgets.edits(text)
    widgets(other)
    assert widgets.edits(text) == before
