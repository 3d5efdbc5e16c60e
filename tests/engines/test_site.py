"""The pages of one site, judged together."""

import pytest

from cleanmedia import ARTICLE, NEWS
from cleanmedia.engines.site import FEWEST_PAGES
from cleanmedia.filters import boilerplate

SLOGAN = "Voices of the bay, every day since 1901"


def page(number):
    return "\n".join(
        (
            "Home",
            "News",
            f"Harbour council votes for the {number}th time on the old ferry",
            f"The harbour council voted {number} times on Monday to keep the old ferry running for at least two more years.",
            f"“Nobody wants to drive around the bay for {number} hours,” said the mayor, who had changed her mind.",
            f"The ferry carries some {number} people a day in summer, but fewer than fifty in winter, and it loses money.",
            SLOGAN,
            f"The company that runs it had asked {number} times for a decision, because its contract ends in June.",
            "Privacy policy",
            "Terms of use",
        )
    )


def test_lines_that_pages_share_count_against_themselves():
    site = [page(number) for number in range(2, 8)]
    together = ARTICLE.site(site)
    assert len(together) == len(site)
    for text, alone in zip(together, map(ARTICLE, site), strict=True):
        assert SLOGAN in alone
        assert text == alone.replace(f"{SLOGAN}\n", "")


def with_teaser(number, teaser):
    own = page(number).split("\n")
    return "\n".join([*own[:-2], "Privacy policy", "From our other papers", teaser, "Terms of use"])


def test_what_stands_at_a_place_without_article_on_the_other_pages_goes():
    teaser = "A new bridge for the next town, opened by its mayor on Sunday."
    links = ["Bridge opened", "Rain to come", "A new school", "Fish for sale", "The old tower"]
    site = [with_teaser(number, link) for number, link in enumerate(links, 2)]
    alone = ARTICLE(with_teaser(9, teaser))
    together = ARTICLE.site([*site, with_teaser(9, teaser)])[-1]
    assert teaser in alone
    assert teaser not in together
    assert [
        line for line in alone.split("\n") if line not in (SLOGAN, "From our other papers", teaser)
    ] == together.split("\n")


def test_fewer_pages_than_it_takes_are_judged_each_by_itself():
    pages = [page(number) for number in range(2, 2 + FEWEST_PAGES - 1)]
    assert ARTICLE.site(pages) == [*map(ARTICLE, pages)]
    assert ARTICLE.site(pages * FEWEST_PAGES) == [*map(ARTICLE, pages)] * FEWEST_PAGES  # copies are one page


def test_nulls_and_lines_of_the_caller_stay():
    mine = ARTICLE.replace(boilerplate(lines=(SLOGAN, "Home", "News")))
    pages = [None, page(2), float("nan")]
    cleaned = mine.site(pages)
    assert (cleaned[0], cleaned[2]) == (None, None)
    assert SLOGAN not in cleaned[1]
    assert mine.site(page(number) for number in range(2, 8))[0] == cleaned[1]


@pytest.mark.parametrize(
    ("pipe", "pages", "error", "told"),
    [
        (NEWS, [], ValueError, "boilerplate"),
        (ARTICLE, "Home", TypeError, "one page"),
        (ARTICLE, [7], TypeError, "must be a str or a null"),
    ],
)
def test_errors(pipe, pages, error, told):
    with pytest.raises(error, match=told):
        pipe.site(pages)
