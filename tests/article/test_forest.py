"""The trees: their score is the sum of their leaves, as a plain walk down each tree finds them."""

import gzip
import json
import random
from pathlib import Path

import pytest

from cleanmedia.article.forest import Cascade, Forest
from cleanmedia.article.line_features import OF_LINE, of_line
from cleanmedia.article.model import WEIGHTS, Model
from cleanmedia.article.page_features import AGAIN, OF_PAGE, again, of_page
from cleanmedia.article.scored_page import ScoredPage
from tests.support.strategies import PROSE

PAGE = "Home\nNews\nSport\n" + "\n".join(PROSE) + "\nShare on Facebook\nPrivacy policy\nTerms of use"


def walk(node, row):
    """A tree evaluated node by node: what a Forest must come to."""
    while len(node) == 4:
        node = node[2] if row[node[0]] <= node[1] else node[3]
    return node[0]


def made_up_tree(chance, depth):
    if depth == 0 or chance.random() < 0.2:
        return [round(chance.uniform(-2, 2), 3), chance.randrange(4)]
    return [
        chance.randrange(4),
        chance.choice([-1.5, 0, 0.25, 3]),
        made_up_tree(chance, depth - 1),
        made_up_tree(chance, depth - 1),
    ]


@pytest.mark.parametrize("seed", range(20))
def test_a_forest_is_the_sum_of_its_trees(seed):
    chance = random.Random(seed)
    trees = [made_up_tree(chance, 5) for _ in range(chance.randint(1, 30))]
    forest = Forest(0.5, trees, ["a", "b", "c", "d"])
    rows = [[chance.choice([-2, -1.5, 0, 0.2, 0.25, 0.3, 3, 4]) for _ in range(4)] for _ in range(50)]
    for row, (score, _) in zip(rows, forest.scores([*zip(*rows, strict=True)]), strict=True):
        assert score == pytest.approx(0.5 + sum(walk(tree, row) for tree in trees))
        assert score == forest.score(row)


@pytest.mark.parametrize("seed", range(10))
def test_a_cascade_asks_the_later_trees_for_rows_in_doubt_alone(seed):
    chance = random.Random(seed)
    trees = [made_up_tree(chance, 4) for _ in range(12)]
    cascade = Cascade(0.5, trees, ["a", "b", "c", "d"], early=5, sure=2.0)
    rows = [[chance.choice([-2, 0, 0.2, 0.25, 3, 4]) for _ in range(4)] for _ in range(40)]
    scores = cascade.scores([*zip(*rows, strict=True)])
    sums = [[0.5 + sum(walk(tree, row) for tree in trees[:count]) for count in (5, 12)] for row in rows]
    assert [score for score, _ in scores] == pytest.approx(
        [first if abs(first) >= 2 else whole for first, whole in sums]
    )
    assert {bool(late) for _, (_, late) in scores} == {True, False}
    assert all(set(cascade.reasons(reached)) <= {*"abcd"} for _, reached in scores)


def test_the_shipped_forests_are_the_sums_of_their_trees():
    data = json.loads(gzip.decompress(Path(WEIGHTS).read_bytes()))
    trained = Model(WEIGHTS)

    def sums(step, forest, columns, early=None):
        """Return the scores of a step, which are the sums of its trees, or of the early ones if these are sure."""
        trees = data[step]["trees"]
        scores = [score for score, _ in forest.scores(columns)]
        for score, row in zip(scores, zip(*columns, strict=True), strict=True):
            expected = data[step]["start"] + sum(walk(tree, row) for tree in trees[:early])
            if early and abs(expected) < data["sure"]:
                expected += sum(walk(tree, row) for tree in trees[early:])
            assert score == pytest.approx(expected)
        return scores

    lines = PAGE.split("\n")
    rows = [of_line(line, trained.vocabulary) for line in lines]
    scores = []
    for row in rows:
        score = trained.line.score(row)
        assert score == pytest.approx(data["line"]["start"] + sum(walk(tree, row) for tree in data["line"]["trees"]))
        scores.append(score)
    assert all(len(row) == len(OF_LINE) for row in rows)
    page = ScoredPage(lines, rows, scores)
    columns = of_page(page)
    assert [*map(len, columns)] == [len(lines)] * len(OF_PAGE)
    scores = sums("page", trained.page, columns, data["early"])
    columns = again(page.rescored(scores))
    assert [*map(len, columns)] == [len(lines)] * len(AGAIN)
    sums("again", trained.again, columns)
