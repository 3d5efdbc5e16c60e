"""Labels that head a section."""

from cleanmedia.page.body import find_body
from cleanmedia.page.headings import headings
from cleanmedia.page.prose import prose_among

ABOUT = "To share the article on Facebook, tap the blue button and wait until a window opens."
OTHER = "The mayor said that nobody wants to drive around the bay for an hour every day."
MORE = "She spoke to nobody on her way home, and the lights were on until the morning."


def found(lines: list[str], *labels: int) -> set[int]:
    prose = prose_among(lines)
    return headings(lines, prose, find_body(lines, prose), set(labels))


def test_a_label_above_a_paragraph_that_says_its_words_is_a_heading():
    assert found([OTHER, "Share on Facebook", ABOUT], 1) == {1}


def test_a_label_above_another_paragraph_is_none():
    assert found([OTHER, "Share on Facebook", MORE], 1) == set()


def test_a_label_below_another_one_is_none():
    assert found([OTHER, "Print", "Share on Facebook", ABOUT], 1, 2) == set()


def test_two_headings_tell_that_labels_between_paragraphs_are_others():
    lines = ["Share it", ABOUT, MORE, OTHER, "Share on Facebook", ABOUT, MORE, OTHER, "Print", OTHER, MORE]
    assert found(lines, 0, 4, 8) == {0, 4, 8}
    assert found(lines, 4, 8) == {4}


def test_where_each_paragraph_has_a_line_above_it_labels_are_headings():
    lines = ["What to do", MORE, "Share on Facebook", ABOUT, "Print", OTHER, MORE]
    assert found(lines, 2, 4) == {2, 4}


def test_a_line_that_comes_twice_is_none():
    lines = [OTHER, "Share on Facebook", ABOUT, "Share on Facebook", ABOUT, MORE]
    assert found(lines, 1, 3) == set()


def test_a_longer_word_is_told_by_more_of_its_letters():
    lines = [OTHER, "Advertisement", "The weather was adverse, and the ferry did not leave before noon."]
    assert found(lines, 1) == set()
