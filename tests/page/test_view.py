"""A view says of a text what the functions say that it asks, and is made once."""

from hypothesis import given

from cleanmedia.page.body import find_body
from cleanmedia.page.by_hand import is_laid_out
from cleanmedia.page.kinds import Kinds
from cleanmedia.page.lines import filled_lines, split, squeezed
from cleanmedia.page.prose import is_prose
from cleanmedia.page.view import _LONGEST_KEPT, view_of
from tests.support.strategies import texts


@given(texts)
def test_a_view_agrees_with_what_it_asks(text):
    view, lines = view_of(text), split(text)
    assert view.lines == lines
    assert view.squeezed == [*map(squeezed, lines)]
    assert view.filled == filled_lines(lines)
    assert view.shown == [squeezed(lines[number]) for number in view.filled]
    assert view.prose == [*map(is_prose, view.shown)]
    assert view.body == find_body(view.shown, view.prose)
    assert view.is_laid_out == is_laid_out(view.shown)
    assert view.kinds.whole == Kinds(lines, spacing=False).whole
    assert view.squeezed_kinds.whole == Kinds(view.squeezed).whole


def test_the_last_view_is_kept_unless_the_text_is_long():
    assert view_of("One.\nTwo.") is view_of("One.\nTwo.")
    long = "x" * (_LONGEST_KEPT + 1)
    assert view_of(long) is not view_of(long)
