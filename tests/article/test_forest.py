"""The trees: their score is the sum of their leaves, as a plain walk down each tree finds them."""

import gzip
import json
import random
from pathlib import Path

import pytest

from cleanmedia.article.forest import Forest
from cleanmedia.article.line_features import OF_LINE, of_line
from cleanmedia.article.model import WEIGHTS
from cleanmedia.article.page_features import AGAIN, OF_PAGE, again, of_page
from cleanmedia.article.scored_page import ScoredPage
from cleanmedia.article.vocabulary import Vocabulary, unpacked
from tests.support.strategies import PROSE

PAGE = "Home\nNews\nSport\n" + "\n".join(PROSE) + "\nShare on Facebook\nPrivacy policy\nTerms of use"


def walk(node, row):
    """A tree evaluated node by node: what a Forest must come to."""
    while len(node) == 4:
        node = node[2] if row[node[0]] <= node[1] else node[3]
    return node[0]


def by_itself(forest, row):
    """The score of a row that is asked for alone."""
    return forest.scores([[value] for value in row])[0][0]


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
    rows = [[chance.choice([-2, -1.5, 0, 0.2, 0.25, 0.3, 3, 4]) for _ in range(4)] for _ in range(300)]
    for row, (score, _) in zip(rows, forest.scores([*zip(*rows, strict=True)]), strict=True):
        assert score == pytest.approx(0.5 + sum(walk(tree, row) for tree in trees))
        assert score == by_itself(forest, row)


def test_the_shipped_forests_are_the_sums_of_their_trees():
    data = json.loads(gzip.decompress(Path(WEIGHTS).read_bytes()))
    vocabulary = Vocabulary(unpacked(data["vocabulary"]))

    def sums(step, columns, names):
        """Return the scores of a step, which are the sums of its trees."""
        scores = Forest(data[step]["start"], data[step]["trees"], [reason for _, reason in names]).scores(columns)
        for (score, _), row in zip(scores, zip(*columns, strict=True), strict=True):
            assert score == pytest.approx(data[step]["start"] + sum(walk(tree, row) for tree in data[step]["trees"]))
        return [score for score, _ in scores]

    lines = PAGE.split("\n")
    rows = [of_line(line, vocabulary) for line in lines]
    scores = []
    for row in rows:
        score = by_itself(Forest(data["line"]["start"], data["line"]["trees"], OF_LINE), row)
        assert score == pytest.approx(data["line"]["start"] + sum(walk(tree, row) for tree in data["line"]["trees"]))
        scores.append(score)
    assert all(len(row) == len(OF_LINE) for row in rows)
    page = ScoredPage(lines, rows, scores)
    columns = of_page(page)
    assert [*map(len, columns)] == [len(lines)] * len(OF_PAGE)
    scores = sums("page", columns, OF_PAGE)
    columns = again(page.rescored(scores))
    assert [*map(len, columns)] == [len(lines)] * len(AGAIN)
    sums("again", columns, AGAIN)
