"""A page's headline."""

from cleanmedia.page.headline import find_headline


def test_the_headline_is_the_line_above_that_says_what_the_article_says():
    lines = [
        "Sport and weather news",
        "The council keeps the bridge",
        "12 May",
        "The council voted to keep the old bridge.",
    ]
    assert find_headline(lines, [False, False, False, True]) == 1
    assert find_headline(lines, [False] * 4) is None
    assert find_headline(lines[:1] + lines[3:], [False, True]) is None
