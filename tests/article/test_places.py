"""What stands above and below the lines of a site."""

import pytest

from cleanmedia.article.places import evidence, places

ARTICLE, OTHER = 5.0, -5.0  # log odds


def page(*lines):
    """Return the lines of a page as places() takes them, all of the same size; the site's are in capitals."""
    return [(line.lower(), line.isupper(), score, 10) for line, score in lines]


PAGE = page(("HOME", OTHER), ("text", ARTICLE), ("MORE", OTHER), ("teaser", OTHER), ("teaser", OTHER), ("TERMS", OTHER))


def test_what_is_between_two_lines_counts_for_both():
    known = places([PAGE] * 3)
    assert [*known] == ["home", "more", "terms"]
    assert known["home"][1] == known["more"][0] > 2
    assert known["more"][1] == known["terms"][0] < -2
    assert known["home"][0] == known["terms"][1] == 0  # the ends of a page tell nothing


def test_few_pages_tell_nothing():
    assert places([PAGE] * 2) == {}
    assert places([]) == {}


def test_a_line_counts_by_its_size():
    mixed = [("home", True, OTHER, 10), ("text", False, ARTICLE, 90), ("label", False, OTHER, 10)]
    assert places([mixed] * 3)["home"][1] > 1


def test_pages_that_differ_tell_little():
    text = page(("HOME", OTHER), ("text", ARTICLE))
    links = page(("HOME", OTHER), ("link", OTHER))
    assert abs(places([text, links, text, links])["home"][1]) < 0.1


def test_the_evidence_is_that_of_the_lines_around_it():
    known = places([PAGE] * 3)
    folded, is_of_site = (
        ["top", "home", "new", "more", "other", "terms", "end"],
        [False, True, False, True, False, True, False],
    )
    told = evidence(folded, is_of_site, known)
    assert [told[place] for place in (0, 1, 3, 5, 6)] == [0] * 5
    assert told[2] > 1
    assert told[4] < -2


@pytest.mark.parametrize("known", [{}, {"elsewhere": (2.0, 2.0)}])
def test_lines_that_tell_nothing_are_no_evidence(known):
    assert evidence(["home", "new"], [True, False], known) == [0, 0]
