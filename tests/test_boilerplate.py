"""The boilerplate filter: its model, its guard, its weights, and what it does to the benchmark's pages."""

import json
import random
import sys
from pathlib import Path

import pytest

from cleanmedia import ARTICLE
from cleanmedia.article.line_features import OF_LINE, of_line
from cleanmedia.article.page_features import OF_PAGE, of_page
from cleanmedia.article.forest import Forest
from cleanmedia.article.model import WEIGHTS
from cleanmedia.article.selection import best_expected_f1, smooth
from cleanmedia.filters import boilerplate
from cleanmedia.filters.boilerplate import LEAST_CERTAINTY, certainty
from cleanmedia.page.fold import fold
from cleanmedia.page.headline import find_headline
from tests.strategies import PROSE

PAGE = "Home\nNews\nSport\n" + "\n".join(PROSE) + "\nShare on Facebook\nPrivacy policy\nTerms of use"


def walk(node, row):
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


def test_the_shipped_forests_are_the_sums_of_their_trees():
    with open(WEIGHTS, encoding="utf-8") as file:
        data = json.load(file)
    lines = PAGE.split("\n")
    rows = [of_line(line) for line in lines]
    scores = []
    for row in rows:
        score = Forest(data["line"]["start"], data["line"]["trees"], OF_LINE).score(row)
        assert score == pytest.approx(data["line"]["start"] + sum(walk(tree, row) for tree in data["line"]["trees"]))
        scores.append(score)
    assert all(len(row) == len(OF_LINE) for row in rows)
    assert [*map(len, of_page(lines, rows, scores))] == [len(lines)] * len(OF_PAGE)


def test_the_record_names_what_the_weights_were_made_of():
    with open(WEIGHTS, encoding="utf-8") as file:
        record = json.load(file)["record"]
    assert set(record["sources and what a page of each counts"]) == {
        "fundus", "scrapinghub", "zhhand", "wcxb-article", "wcxb-other", "trafilatura",
    }  # fmt: skip
    assert "CC-BY-4.0" in record["licences"]


def test_reasons_name_the_evidence():
    edits = boilerplate.edits(PAGE)
    assert edits
    groups = {group for _, group in OF_PAGE}
    for edit in edits:
        score, _, names = edit.why.partition(": ")
        assert score.startswith("score -")
        assert set(names.split(", ")) <= groups


def test_articles_stay_and_furniture_goes():
    clean = ARTICLE(PAGE)
    assert all(line in clean for line in PROSE)
    assert not any(label in clean.split("\n") for label in ("Home", "Sport", "Privacy policy", "Terms of use"))


def test_a_page_of_which_it_is_not_sure_stays_whole(monkeypatch):
    assert LEAST_CERTAINTY < certainty(PAGE) < 1
    monkeypatch.setattr(sys.modules["cleanmedia.filters.boilerplate"], "LEAST_CERTAINTY", 1.0)
    assert boilerplate(PAGE) is PAGE


def test_a_page_of_few_lines_stays_whole():
    assert boilerplate("Home\nNews\nSport") == "Home\nNews\nSport"


def test_a_change_costs_so_a_weak_line_between_strong_ones_follows_them():
    assert smooth([3, 3, -0.2, 3, 3]) == [True] * 5
    assert smooth([3, 3, -2, 3, 3]) == [True, True, False, True, True]
    assert smooth([-3, -3, 0.2, -3]) == [False] * 4
    assert smooth([-1]) == [False]
    assert smooth([1, -1]) == [True, False]


def test_expected_f1_is_one_for_a_sure_page_and_low_for_an_unsure_one():
    assert best_expected_f1([9, 9, -9], [100, 100, 100]) > 0.99
    assert best_expected_f1([-2, -2, -2], [100, 100, 100]) < LEAST_CERTAINTY


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


def test_weights_of_another_version_are_refused(tmp_path):
    other = tmp_path / "weights.json"
    other.write_text('{"of_line": []}')
    with pytest.raises(ValueError, match="weights of this version"):
        boilerplate(weights=str(other))(PAGE)
    with pytest.raises(OSError, match="missing"):
        boilerplate(weights=str(tmp_path / "missing.json"))(PAGE)
    other.write_text(Path(WEIGHTS).read_text("utf-8"), encoding="utf-8")
    assert boilerplate(weights=str(other))(PAGE) == boilerplate(PAGE)


def test_layout_changes_no_decision():
    spread = "\n\n".join("      " + line.replace(" ", "   ") for line in PAGE.split("\n"))
    kept = [" ".join(line.split()) for line in boilerplate(spread).split("\n") if line.strip()]
    assert kept == [line for line in boilerplate(PAGE).split("\n") if line]


def test_real_pages_are_stable_and_keep_their_articles(real_pages):
    kept = long = 0
    for page in real_pages(25):
        for converter in ("text_flat", "text_inscriptis"):
            trace = ARTICLE.trace(page[converter] or "")
            assert ARTICLE(trace.text) == trace.text, page["id"]
            assert trace.restore() == trace.source
            if page["source"] == "waddle":  # of pages that no weights were trained on
                clean = set(map(fold, trace.text.split("\n")))
                article = {fold(line) for line in page["gold"].split("\n") if len(line) > 80}
                article &= set(map(fold, trace.source.split("\n")))
                kept += len(article & clean)
                long += len(article)
    assert long > 50
    assert kept >= 0.9 * long


def test_a_column_of_numbers_is_no_page():
    column = "0\n" * 1_000 + "12.5\n" * 500
    assert boilerplate(column) is column
