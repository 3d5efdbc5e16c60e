"""Words without their case: whatever a pattern with IGNORECASE takes for equal is equal."""

import re
import sys

from cleanmedia.page.caseless import caseless, says_any, telling_words


def test_letters_that_ignorecase_takes_for_equal_are_equal():
    letters = "".join(filter(str.isalpha, map(chr, range(sys.maxunicode + 1))))
    for first in filter(str.isalpha, map(chr, range(0x530))):
        for other in re.findall(first, letters, re.IGNORECASE):
            assert caseless(first) == caseless(other), (first, other)


def test_a_text_says_none_of_the_phrases_whose_telling_words_it_lacks():
    words = telling_words(["Photo by", "Getty Images", "saul loeb/AFP", "图片来源"])
    assert words == {"photo", "images", "saul", "图片来源"} or words == {"photo", "images", "loeb", "图片来源"}
    assert says_any("a PHOTO, by Ann", words)
    assert not says_any("a photograph by Ann", words)
