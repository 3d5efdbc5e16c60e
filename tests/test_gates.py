"""That what is set aside early, and what is kept for later, changes no result."""

import importlib
import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanmedia import filters, lines, placeholders
from cleanmedia.filters import widgets
from cleanmedia.page.body import find_body
from cleanmedia.page.fold import fold
from cleanmedia.page.lines import lines_with
from cleanmedia.page.memo import Memo
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import is_prose
from cleanmedia.page.scripts import width
from cleanmedia.phrases.catalogue import catalogue
from tests.strategies import texts

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


FILLED = {
    "{n}": ("7", "1.2k", "3 m", "12,000+", "٣"),
    "{year}": ("2019", "2019-24"),
    "{date}": (
        "May 5, 2012",
        "Monday 3 June",
        "12.03.2012",
        "2012年3月4日",
        "sexta-feira, 3 de março de 2015",
        "5 мая",
    ),
    "{time}": ("17:04", "5h30", "1:02:33"),
    "{network}": ("Facebook", "QQ空间", "VK", "Twitter/X", "X"),
    "{agency}": ("AP Photo", "Reuters", "РИА Новости", "Getty Images"),
    "{name}": ("Jane Doe", "中国日报"),
}


def test_no_phrase_with_placeholders_is_set_aside():
    found = catalogue()
    tried = 0
    for phrase, number in product(found.phrases(), range(6)):
        if "{" in phrase.text:
            line = re.sub(r"\{\w+\}", lambda place, n=number: FILLED[place[0]][n % len(FILLED[place[0]])], phrase.text)
            key = fold(line)
            if found._can_skip(key):
                assert found._match_general(key) is None, line
            tried += 1
    assert tried > 10_000
    assert found._can_skip("a sentence of an article, in which nothing stands for anything")


@given(text=texts)
def test_dates_stand_in_lines_that_may_hold_one(text):
    for line in text.split("\n"):
        key = fold(line)
        if not placeholders._may_hold_date(key):
            assert placeholders._dates(key) == key


def test_a_memo_is_bounded_and_keeps_short_lines_only(monkeypatch):
    monkeypatch.setattr("cleanmedia.page.lines._MOST_KEPT", 10)
    asked = []
    memo = Memo(lambda line: asked.append(line) or len(line))
    assert [memo["one"], memo["one"], memo["x" * 1_000], memo["x" * 1_000]] == [3, 3, 1_000, 1_000]
    assert asked == ["one", "x" * 1_000, "x" * 1_000]
    for number in range(50):
        assert memo[str(number)] == len(str(number))
        assert len(memo) <= 10


@given(text=texts, other=texts)
def test_what_came_before_changes_nothing(text, other):
    before = widgets.edits(text)
    widgets(other)
    assert widgets.edits(text) == before


@given(
    st.lists(
        st.sampled_from(["x", "A sentence that is long enough to be prose, as it has sixty code points.", "w" * 200])
    )
)
def test_the_body_of_a_page_is_the_stretch_of_the_greatest_sum(page):
    prose = [is_prose(line) for line in page]
    body = find_body(page, prose)
    worth = [min(width(line), 400) if prose[place] else -30 for place, line in enumerate(page)]
    best = max((sum(worth[a:b]) for a in range(len(page)) for b in range(a, len(page) + 1)), default=0)
    assert sum(worth[body.start : body.stop]) == best


CODE = [
    "SELECT a FROM b",
    "f('x')",
    "if x:",
    "for (",
    "a = [",
    "a  =",
    "--- a",
    "x::y",
    "// c",
    "/* c",
    "<b>",
    "\\n",
    "0" * 32,
]
CODE += [
    "$ ls",
    "| a | b |",
    "#!/bin/sh",
    "+++ a",
    "x;",
    "a && b",
    "=>",
    "a/b",
    "a-b",
    "Time: 12:30",
    "(see)",
    "{x}",
    ">>> x",
    "@@",
]


@given(st.lists(st.one_of(st.sampled_from(CODE), st.text(max_size=5), st.just(" ")), max_size=4).map("".join))
def test_no_code_is_set_aside(line):
    assert lines.is_code(line) == bool(lines._CODE.search(line.strip()))


@given(text=st.text("ab\n", max_size=40))
def test_lines_with_a_pattern(text):
    found = [*lines_with(re.compile("ab"), text)]
    assert [line for _, line in found] == [line for line in text.split("\n") if "ab" in line]
    assert all(text[at : at + len(line)] == line and text[at - 1 : at] in ("", "\n") for at, line in found)


def test_patterns_are_compiled_when_used():
    broken = pattern("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search("x")
    assert pattern("b").sub("c", "abc") == "acc"
    assert pattern("B", re.I).fullmatch("b")
