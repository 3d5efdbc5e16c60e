"""Code: the quick look never misses a line that the pattern finds."""

from hypothesis import given
from hypothesis import strategies as st

from cleanmedia.page import code

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
    assert code.is_code(line) == bool(code._CODE.search(line.strip()))


def test_a_paragraph_with_a_tag_or_an_operator_is_no_code():
    paragraph = "The council voted on Monday to keep the old bridge open, after a debate about its cost. " * 6
    assert not code.is_code(f"<b>Bridge</b>: {paragraph}")
    assert not code.is_code(f"Two marks are compared with == or with != in such a file. {paragraph}")
    assert code.is_code('{"id": 1, "tags": {"a": true}, "list": [{"b": {}}]}' * 12)
