"""The features of a line, and of its position on the page: names and values belong together."""

import pytest

from cleanmedia.article.line_features import OF_LINE, of_line
from cleanmedia.article.page_features import OF_PAGE, of_page
from tests.support.strategies import PROSE


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
    ],
)
def test_a_feature_is_what_its_name_says(feature, line, value):
    assert dict(zip(OF_LINE, of_line(line), strict=True))[feature] == value
    assert dict(zip(OF_LINE, of_line("word"), strict=True))[feature] != value or feature in (
        "length",
        "ending",
        "beginning",
    )


def test_the_columns_of_a_page_are_what_their_names_say():
    lines = ["Share on Facebook", *PROSE, "Share on Facebook"]
    scores = [-5.0, *[5.0] * len(PROSE), -5.0]
    names = [name for name, _ in OF_PAGE]
    assert len(set(names)) == len(names)
    columns = dict(zip(names, of_page(lines, [*map(of_line, lines)], scores), strict=True))
    assert all(len(column) == len(lines) for column in columns.values())
    assert columns["line"] == scores
    assert [*columns["line before"]] == [-9.0, *scores[:-1]]
    assert [*columns["line after"]] == [*scores[1:], -9.0]
    assert columns["in the body"] == [False, *[True] * len(PROSE), False]
    assert columns["copies on the page"] == [2, *[1] * len(PROSE), 2]
    assert columns["lines above"] == [*range(len(lines))]
    assert columns["phrases near before"][:2] == [0, 0.4]
    assert columns["phrases near after"][-2:] == [0.4, 0]
    assert columns["text before"][0] == columns["sentences after"][-1] == 0
    assert columns["lines of the page"] == [len(lines)] * len(lines)
    assert columns["words of the body"][0] == -1  # of a line that is no text, the words are not read
