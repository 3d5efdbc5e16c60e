"""The features of a line, and of its position on the page: names and values belong together."""

import pytest

from cleanmedia.article.line_features import OF_LINE, of_line
from cleanmedia.article.page_features import AGAIN, OF_PAGE, again, of_page
from cleanmedia.article.scored_page import ScoredPage
from cleanmedia.article.vocabulary import Vocabulary
from tests.support.strategies import PROSE

WORDS = Vocabulary({"ferry": 1.5, "harbour": 0.5, "imprint": -4.0, "sitemap": -2.0})


def of(line):
    return of_line(line, WORDS)


@pytest.mark.parametrize(
    ("feature", "line", "value"),
    [
        ("length", "four", 4),
        ("length", "漢字", 6),
        ("words", "one two three", 3),
        ("ending", "the end.", 3),
        ("ending", "the end", 1),
        ("ending", "”", 7),
        ("ending", "“The end.”", 25),
        ("beginning", "small", 1),
        ("beginning", "Capital", 2),
        ("beginning", "7 days", 3),
        ("beginning", "• a point", 4),
        ("words in small letters", "one TWO three Four", 0.5),
        ("words with a capital", "one TWO three Four", 0.5),
        ("words in capitals", "one TWO three Four", 0.25),
        ("short words in small letters", "one TWO three Four", 0.25),
        ("letters a word", "abc de", 2.5),
        ("commas", "one, two; three", 2),
        ("commas a word", "one, two", 0.5),
        ("sentences inside", "One. Two. Three.", 2),
        ("digits", "ab12", 0.5),
        ("marks", "ab!?", 0.5),
        ("date or time", "at 12:30", 1),
        ("address or link", "see www.example.org", 1),
        ("quotation marks", "“yes”", 1),
        ("separators", "News | Sport / Weather", 2),
        ("copyright sign", "© 2020", 1),
        ("phrase of the catalogues", "Share on Facebook", 2),
        ("script without spaces", "漢字ab", 0.5),
        ("evidence of the words", "Imprint and ferry", -1.25),
        ("least evidence", "Imprint, sitemap, ferry", -4),
        ("second least evidence", "Imprint, sitemap, ferry", -2),
        ("second least evidence", "Imprint", 0),
        ("greatest evidence", "Imprint, sitemap, ferry", 1.5),
        ("all evidence", "Imprint, sitemap, ferry", -4.5),
        ("known words", "Unknown ferry", 0.5),
        ("words of widgets", "Newsletter Ypsilanti", 0.5),
        ("words of offers and notices", "Newsletter Ypsilanti", 0.5),
        ("words of offers and notices", "Реклама Ypsilanti", 0.5),
        ("number of words of offers and notices", "Newsletter, password, Ypsilanti", 2),
    ],
)
def test_a_feature_is_what_its_name_says(feature, line, value):
    assert dict(zip(OF_LINE, of(line), strict=True))[feature] == value
    assert dict(zip(OF_LINE, of("word"), strict=True))[feature] != value or feature in (
        "length",
        "ending",
        "beginning",
        "second least evidence",
    )


def test_the_columns_of_a_page_are_what_their_names_say():
    lines = ["Share on Facebook", *PROSE, "Share on Facebook"]
    scores = [-5.0, *[5.0] * len(PROSE), -5.0]
    names = [name for name, _ in OF_PAGE]
    assert len(set(names)) == len(names)
    page = ScoredPage(lines, [*map(of, lines)], scores)
    columns = dict(zip(names, of_page(page), strict=True))
    assert all(len(column) == len(lines) for column in columns.values())
    assert columns["line"] == scores
    assert columns["in the body"] == [False, *[True] * len(PROSE), False]
    assert columns["copies on the page"] == [2, *[1] * len(PROSE), 2]
    assert columns["phrases near before"][:2] == [0, 0.4]
    assert columns["phrases near after"][-2:] == [0.4, 0]
    assert columns["text before"][0] == columns["sentences after"][-1] == 0
    assert columns["lines of prose"] == [len(PROSE)] * len(lines)
    assert columns["line before"] == [-9.0, *scores[:-1]]
    assert columns["lines"] == [len(lines)] * len(lines)
    assert columns["words of the body"][0] == -1  # of a line that is no text, the words are not read


def test_the_second_look_sees_the_new_scores():
    lines = ["Share on Facebook", *PROSE, "Share on Facebook"]
    page = ScoredPage(lines, [*map(of, lines)], [0.0] * len(lines))
    scores = [-5.0, *[5.0] * len(PROSE), -5.0]
    columns = dict(zip([name for name, _ in AGAIN], again(page.rescored(scores)), strict=True))
    assert columns["line"] == scores
    assert columns["line by itself"] == [0.0] * len(lines)
    assert columns["line before"] == [-9.0, *scores[:-1]]
    assert columns["line after"] == [*scores[1:], -9.0]
    assert columns["in the body"] == [False, *[True] * len(PROSE), False]


HEADLINE = "The council keeps the old ferry"


@pytest.mark.parametrize(
    ("lines", "title", "copies", "since"),
    [
        ([f"{HEADLINE} | Harbour Post", "News", HEADLINE, *PROSE], "", 1, [60, 60, 60, 1, 2]),
        (["Harbour Post", "News", HEADLINE, *PROSE], HEADLINE, 1, [60, 60, 60, 1, 2]),
        (["Share on Facebook", "News", "Share on Facebook", *PROSE], "", 0, [60, 60, 60, 60, 60]),
    ],
    ids=["the first line", "given", "a widget is no title"],
)
def test_the_title_is_found_again(lines, title, copies, since):
    page = ScoredPage(lines, [*map(of, lines)], [0.0] * len(lines), title)
    columns = dict(zip([name for name, _ in OF_PAGE], of_page(page), strict=True))
    assert columns["copies of the title"] == [copies] * len(lines)
    assert columns["lines since the title"][:5] == since
    assert (columns["words of the title"][2] >= 0.5) == bool(copies)


def test_what_stands_between_a_line_and_the_body():
    lines = ["Home", "News", *PROSE, "Sport", "Sports news", "Terms", "Imprint", "Login"]
    labels = [-5.0, -5.0, *[5.0] * len(PROSE), -5.0, 0.0, -5.0, -5.0, -5.0]
    page = ScoredPage(lines, [*map(of, lines)], labels)
    assert page.body == range(2, 2 + len(PROSE))
    columns = dict(zip([name for name, _ in OF_PAGE], of_page(page), strict=True))
    inside = [0] * len(PROSE)
    assert columns["labels between"] == [1, 0, *inside, 0, 1, 1, 2, 3]
    assert columns["labels in a row between"] == [1, 0, *inside, 0, 1, 1, 1, 2]
    assert columns["text between"][-1] == pytest.approx(sum(page.text[2 + len(PROSE) : -1]))
    assert columns["other between"][0] == page.other[1]
