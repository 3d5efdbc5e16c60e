"""Lines of a text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from cleanmedia.page.lines import lines_with


@given(text=st.text("ab\n", max_size=40))
def test_lines_with_a_pattern(text):
    found = [*lines_with(re.compile("ab"), text)]
    assert [line for _, line in found] == [line for line in text.split("\n") if "ab" in line]
    assert all(text[at : at + len(line)] == line and text[at - 1 : at] in ("", "\n") for at, line in found)
