"""That filters which drop lines see these as they look once their spaces are tidied: one pass finds all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanmedia import NEWS
from cleanmedia.filters import whitespace
from tests.support.strategies import PROSE, outlines, pages, stretched

CAPTION = "The bridge on the day of its opening, seen from the south bank of the river Elbe, in May 1901."


@pytest.mark.parametrize(
    "text",
    [
        f" No media source currently available{PROSE[0]}",
        f"{PROSE[0]}         No media source currently available",
        f"{PROSE[0]} No media  source currently available",
        "\n\n".join([PROSE[0], CAPTION.replace(" on", "\ton"), CAPTION.replace(" on", "\ton"), PROSE[1], PROSE[2]]),
        "\n".join(["Home   World   Sport", "Contact us", "Privacy policy", *PROSE]),
    ],
    ids=[
        "a space before a phrase",
        "nine spaces",
        "two spaces within a phrase",
        "a tab in a caption",
        "labels in a row",
    ],
)
def test_one_pass_finds_all(text):
    once = NEWS(text)
    assert NEWS(once) == once


@given(text=st.one_of(pages, st.lists(stretched, max_size=8).map("\n".join)))
def test_one_pass_over_stretched_lines_finds_all(text):
    once = NEWS(text)
    assert NEWS(once) == once


@given(text=st.one_of(pages, outlines, st.lists(stretched, max_size=8).map("\n\n".join)))
def test_layout_is_judged_the_same_once_it_is_tidied(text):
    once = whitespace(text)
    assert whitespace(once) == once
