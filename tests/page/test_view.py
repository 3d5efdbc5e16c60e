"""A view says of a text what the functions say that it asks, and is made once."""

from hypothesis import given
from hypothesis import strategies as st

from cleanmedia.core.edits import splice
from cleanmedia.page.body import find_body
from cleanmedia.page.by_hand import is_laid_out
from cleanmedia.page.kinds import Kinds
from cleanmedia.page.lines import filled_lines, split, squeezed
from cleanmedia.page.prose import is_prose
from cleanmedia.page.view import _LONGEST_KEPT, View, view_of
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


def _sizes(lines):
    return [*map(len, lines)]


@given(texts, st.sets(st.integers(0, 20)), texts)
def test_a_view_takes_over_only_what_holds(text, numbers, other):
    for said in (text, other):
        view = view_of(said)
        assert view.told(_sizes) == _sizes(view.shown)
        gone = [(number, "gone") for number in view.filled if number in numbers]
        for after in (splice(said, view.drop(gone)), splice(said, view.drop(gone[1:])), "\n".join(view.squeezed)):
            following, alone = view_of(after), View(after)
            assert (following.squeezed, following.filled, following.shown) == (
                alone.squeezed,
                alone.filled,
                alone.shown,
            )
            assert following.told(_sizes) == _sizes(following.shown)
            assert (following.prose, following.body) == (alone.prose, alone.body)
            assert following.is_laid_out == alone.is_laid_out


def test_a_function_is_not_asked_again_about_lines_that_stay():
    asked = []

    def lengths(lines):
        asked.extend(lines)
        return _sizes(lines)

    view = view_of("One.\nTwo.\n\nThree.")
    assert view.told(lengths) == [4, 4, 6]
    after = splice(view.text, view.drop([(1, "gone")]))
    assert view_of(after).told(lengths) == view_of("One.\n\n  Three.").told(lengths) == [4, 6]
    assert asked == ["One.", "Two.", "Three."]
