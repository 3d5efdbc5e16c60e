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
    assert find_headline(["Menu", "Contact", "Log in", *lines[:1], "12 May", *lines[3:]], [False] * 5 + [True]) is None


def test_a_short_first_line_right_above_the_text_is_the_headline():
    lines = ["Lentil soup", "Serves 4", "200 g red lentils", "Chop the onion."]
    assert find_headline(lines, [False, False, True, True]) == 0
    assert find_headline(lines, [True] * 4) is None
    assert find_headline(lines, [False, False, True, True], is_label=True) is None
    assert find_headline(["12.05.2021", *lines[2:]], [False, True, True]) is None
