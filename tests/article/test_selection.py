"""Which lines are kept, from the scores of all."""

from cleanmedia.article.judgement import LEAST_CERTAINTY
from cleanmedia.article.selection import best_expected_f1, smooth


def test_a_change_costs_so_a_weak_line_between_strong_ones_follows_them():
    assert smooth([3, 3, -0.2, 3, 3]) == [True] * 5
    assert smooth([3, 3, -2, 3, 3]) == [True, True, False, True, True]
    assert smooth([-3, -3, 0.2, -3]) == [False] * 4
    assert smooth([-1]) == [False]
    assert smooth([1, -1]) == [True, False]


def test_expected_f1_is_one_for_a_sure_page_and_low_for_an_unsure_one():
    assert best_expected_f1([9, 9, -9], [100, 100, 100]) > 0.99
    assert best_expected_f1([-2, -2, -2], [100, 100, 100]) < LEAST_CERTAINTY
