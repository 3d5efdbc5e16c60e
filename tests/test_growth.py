"""Time grows as the length does, on texts that are made of what the package's own patterns look for."""

import pytest

from cleanmedia import ARTICLE, CORPUS, NEWS, REPAIR, Pipeline
from cleanmedia.filters import repeated_titles, site_lines
from tests.support import growth as measured
from tests.support.attacks import units
from tests.support.growth import grows_too_fast, growth

OF_CORPUS = Pipeline(*[each for each in CORPUS.filters if each.name not in {other.name for other in NEWS.filters}])
SITE = site_lines(lines=["Home", "Our towns"])


def as_a_title(text):
    repeated_titles(title=text)("The council votes to keep the old bridge\n" + text[:300])


@pytest.mark.heavy
@pytest.mark.parametrize(
    "subject",
    [REPAIR, NEWS, ARTICLE, OF_CORPUS, SITE, as_a_title],
    ids=["REPAIR", "NEWS", "ARTICLE", "filters of CORPUS", "SITE", "title"],
)
def test_time_grows_in_proportion_to_length(subject):
    subject("warm up “.. &# 171;\n" * 3)
    assert {unit[:80]: ratio for unit in units().values() if (ratio := grows_too_fast(subject, unit))} == {}


@pytest.mark.heavy
def test_what_grows_with_the_square_of_the_length_is_found(monkeypatch):
    monkeypatch.setattr(measured, "_FLOOR", 0.0001)  # such that little work is enough

    def square(size):
        return lambda: sum(1 for _ in range(size) for _ in range(size))

    assert growth(square, small=100)
    assert not growth(lambda size: ("x" * size).upper, small=100_000)
    assert not growth(lambda size: lambda: sorted(range(size), key=str), small=10_000)
