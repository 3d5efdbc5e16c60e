"""Time grows as the length does, on texts that are made of what the package's own patterns look for."""

import time

import pytest

from cleanmedia import ARTICLE, NEWS, REPAIR
from cleanmedia.filters import repeated_titles, site_lines
from tests.support.attacks import units
from tests.support.hostile import long

SMALL, LARGE = 4_000, 32_000  # code points
FLOOR = 0.004  # seconds; below it the clock says more than the text
MOST = 9  # times as long as for the small text, of eight times its size
SITE = site_lines(lines=["Home", "Our towns"])


def seconds(subject, text):
    start = time.process_time()
    subject(text)
    return time.process_time() - start


def grows_too_fast(subject, unit):
    """Whether eight times the text takes more than nine times the time."""
    large = seconds(subject, long(unit, LARGE))
    if large <= MOST * FLOOR:
        return False
    large = min(large, *(seconds(subject, long(unit, LARGE)) for _ in range(2)))
    small = min(seconds(subject, long(unit, SMALL)) for _ in range(3))
    return large > MOST * max(small, FLOOR)


def as_a_title(text):
    repeated_titles(title=text)("The council votes to keep the old bridge\n" + text[:300])


@pytest.mark.parametrize(
    "subject", [REPAIR, NEWS, ARTICLE, SITE, as_a_title], ids=["REPAIR", "NEWS", "ARTICLE", "SITE", "title"]
)
def test_time_grows_in_proportion_to_length(subject):
    subject("warm up “.. &# 171;\n" * 3)
    assert [name for name, unit in units().items() if grows_too_fast(subject, unit)] == []
