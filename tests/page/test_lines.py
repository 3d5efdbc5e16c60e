"""Lines of a text."""

import re
import sys

from hypothesis import given
from hypothesis import strategies as st

from cleanmedia.page.lines import _OTHER_SPACES, all_squeezed, lines_with, squeezed


@given(text=st.text("ab\n", max_size=40))
def test_lines_with_a_pattern(text):
    found = [*lines_with(re.compile("ab"), text)]
    assert [line for _, line in found] == [line for line in text.split("\n") if "ab" in line]
    assert all(text[at : at + len(line)] == line and text[at - 1 : at] in ("", "\n") for at, line in found)


@given(text=st.text("ab \n\t\u00a0\u3000\x1c", max_size=20))
def test_lines_are_squeezed_all_at_once_as_each_by_itself(text):
    lines = text.split("\n")
    assert all_squeezed(lines, text) == [squeezed(line) for line in lines] == [" ".join(line.split()) for line in lines]


def test_all_spaces_are_known():
    spaces = {char for char in map(chr, range(sys.maxunicode + 1)) if char.isspace()}
    assert {*_OTHER_SPACES} == spaces - {" ", "\n"}
    assert not any(space.isprintable() for space in spaces - {" "})
