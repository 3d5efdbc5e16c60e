"""Patterns that are compiled at first use."""

import re

import pytest

from cleanmedia.page.patterns import pattern


def test_patterns_are_compiled_when_used():
    broken = pattern("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search("x")
    assert pattern("b").sub("c", "abc") == "acc"
    assert pattern("B", re.I).fullmatch("b")
