"""A page's body: the stretch of lines with the greatest sum."""

from hypothesis import given
from hypothesis import strategies as st

from cleanmedia.page.body import find_body
from cleanmedia.page.prose import is_prose
from cleanmedia.page.scripts import width


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
