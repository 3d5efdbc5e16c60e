"""Labels that running text announces with a colon."""

import pytest

from cleanmedia.page.announced import announced

ABOVE = "The council voted on Monday to keep the old bridge open."
BELOW = "The mayor said that nobody wants to drive around the bay."


@pytest.mark.parametrize(
    ("lines", "labels", "told"),
    [
        ([ABOVE, "A sign on it says:", "Share", BELOW], {2}, {2}),
        ([ABOVE, "A sign on it says:", "Share", "Then she went home."], {2}, {2}),
        (["She read the sign. It said:", "Share", "Save", "Print", BELOW], {1, 2, 3}, {1, 2, 3}),
        ([ABOVE, "The menu has three items:", "Settings", "Share", "Save", BELOW], {3, 4}, {2, 3, 4}),
        ([ABOVE, "The first must say:", "Yes", "The second must say:", "No", BELOW], {2, 4}, {2, 3, 4}),
        (["市议会说按钮上的文字应该是这样的。", "按钮上写着：", "分享", "市长说没有人愿意绕道一个小时。"], {2}, {2}),
    ],
)
def test_labels_behind_a_colon_of_the_text_are_announced(lines, labels, told):
    assert announced(lines, labels) == told


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        ([ABOVE, "Share:", "Facebook", BELOW], {2}),  # too short to be a sentence
        ([ABOVE, "Share this article:", "Facebook", BELOW], {1, 2}),  # a label itself
        (["Home", "The menu of the page:", "Facebook", BELOW], {0, 2}),  # below no sentence
        ([ABOVE, "A sign on it says:", "Share"], {2}),  # the text does not go on
        ([ABOVE, "The menu has these items:", "Soup", "Fish", "Cake", "Share", BELOW], {5}),  # one among others
        ([ABOVE, "The menu has these items:", *["Share"] * 40, BELOW], set(range(2, 42))),
    ],
)
def test_labels_behind_a_label_or_at_the_end_are_not(lines, labels):
    assert not announced(lines, labels)
