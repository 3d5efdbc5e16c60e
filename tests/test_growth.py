"""Time grows as the length does, on texts that are made of what the package's own patterns look for."""

import pytest

from cleanmedia import ARTICLE, NEWS, REPAIR
from cleanmedia.filters import repeated_titles, site_lines
from tests.support.attacks import grows_too_fast, units

SITE = site_lines(lines=["Home", "Our towns"])


def as_a_title(text):
    repeated_titles(title=text)("The council votes to keep the old bridge\n" + text[:300])


@pytest.mark.heavy
@pytest.mark.parametrize(
    "subject", [REPAIR, NEWS, ARTICLE, SITE, as_a_title], ids=["REPAIR", "NEWS", "ARTICLE", "SITE", "title"]
)
def test_time_grows_in_proportion_to_length(subject):
    subject("warm up “.. &# 171;\n" * 3)
    suspects = [unit for unit in units().values() if grows_too_fast(subject, unit)]
    # Once more, for what else the machine did meanwhile.
    assert {unit[:80]: ratio for unit in suspects if (ratio := grows_too_fast(subject, unit))} == {}


@pytest.mark.heavy
def test_what_grows_with_the_square_of_the_length_is_found():
    assert grows_too_fast(lambda text: [text[at:].upper() for at in range(0, len(text), 2)], "x")
    assert not grows_too_fast(lambda text: text.split("x"), "x")
