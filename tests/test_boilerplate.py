"""The boilerplate filter: its model, its guard, its weights, and what it does to the benchmark's pages."""

import doctest
import json
import random
import re
import sys
from pathlib import Path

import pytest

from cleanmedia import ARTICLE, REPAIR
from cleanmedia.article.forest import Forest
from cleanmedia.article.judgement import LEAST_CERTAINTY
from cleanmedia.article.line_features import OF_LINE, of_line
from cleanmedia.article.model import WEIGHTS, model
from cleanmedia.article.page_features import OF_PAGE, of_page
from cleanmedia.article.selection import best_expected_f1, best_threshold, smooth
from cleanmedia.filters import boilerplate
from cleanmedia.filters.boilerplate import certainty, judge
from cleanmedia.page.fold import fold
from cleanmedia.page.headline import find_headline
from tests.strategies import PROSE

PAGE = "Home\nNews\nSport\n" + "\n".join(PROSE) + "\nShare on Facebook\nPrivacy policy\nTerms of use"

HEADLINE_PAGE = """Home
News
The council keeps the old bridge
The council voted on Monday to keep the old bridge open, after a debate of five hours about its cost.
“Nobody wants to drive around the bay for an hour,” said the mayor, who had changed her mind.
The bridge is a hundred years old, and will be painted next year.
Privacy policy
Terms of use"""


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


WHY = re.compile(r"log odds (-?[\d.]+) (below|above|at) (-?[\d.]+)(, but dropped with its neighbours)?(?:: (.+))?")


def check_reasons(page):
    """Check the reasons of a page against scores and a threshold that are computed here; return how many neighbours decided."""
    trained, reasons = model(), {reason for _, reason in OF_PAGE}
    lines = [" ".join(line.split()) for line in page.split("\n") if line.strip()]
    features = [*map(of_line, lines)]
    columns = of_page(lines, features, [*map(trained.line.score, features)])
    scores = [score for score, _ in trained.page.scores(columns)]
    wide = [
        len(line) + 2 * len(re.findall("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]", line))
        for line in lines
    ]
    threshold = best_threshold(best_expected_f1(scores, wide))
    judged = judge(page)
    assert len(judged.verdicts) == len(scores)
    by_neighbours = 0
    for verdict, score in zip(judged.verdicts, scores, strict=True):
        assert (verdict.log_odds, verdict.threshold) == (score, threshold)
        if verdict.kept:
            assert not verdict.evidence
            continue
        shown, relation, against, neighbours, evidence = WHY.fullmatch(verdict.why).groups()
        assert float(shown) == pytest.approx(score, abs=0.051)
        assert float(against) == pytest.approx(threshold, abs=0.051)
        assert (relation == "below") == (score < threshold) == (float(shown) < float(against))
        assert bool(neighbours) == (score >= threshold)
        assert neighbours or set(evidence.split(", ")) <= reasons
        by_neighbours += bool(neighbours)
    return by_neighbours


def test_every_reason_is_true(real_pages):
    by_neighbours = dropped = 0
    for page in real_pages(40):
        text = REPAIR(page["text_flat"] or "")
        edits, reasons = boilerplate.edits(text), set()
        for _ in range(3 if edits else 0):  # the filter looks again at what it leaves
            by_neighbours += check_reasons(text)
            gone = [verdict for verdict in judge(text).verdicts if not verdict.kept]
            dropped += len(gone)
            reasons |= {verdict.why for verdict in gone}
            lines = text.split("\n")
            text = "\n".join(
                line for number, line in enumerate(lines) if number not in {verdict.line for verdict in gone}
            )
        assert {why for edit in edits for why in edit.why.split("; ")} == reasons
    assert 0 < by_neighbours < 0.1 * dropped


@pytest.mark.parametrize("sample", sorted(Path(__file__).parents[1].glob("samples/*.txt")), ids=lambda path: path.stem)
def test_every_reason_of_a_sample_is_true(sample):
    check_reasons(REPAIR(sample.read_text("utf-8")))


def test_the_headline_is_named():
    (headline,) = [verdict for verdict in judge(HEADLINE_PAGE).verdicts if verdict.headline]
    assert HEADLINE_PAGE.split("\n")[headline.line] == "The council keeps the old bridge"
    assert headline.kept
    assert headline.why.endswith("but kept as the headline")


def test_articles_stay_and_furniture_goes():
    clean = ARTICLE(PAGE)
    assert all(line in clean for line in PROSE)
    assert not any(label in clean.split("\n") for label in ("Home", "Sport", "Privacy policy", "Terms of use"))


def test_a_page_of_which_it_is_not_sure_stays_whole(monkeypatch):
    assert LEAST_CERTAINTY < certainty(PAGE) < 1
    monkeypatch.setattr(sys.modules["cleanmedia.article.judgement"], "LEAST_CERTAINTY", 1.0)
    assert boilerplate(PAGE) is PAGE
    judged = judge(PAGE)
    assert judged.left_whole.startswith("certainty 0.")
    assert all(verdict.kept for verdict in judged.verdicts)
    assert judged.verdicts[0].why.endswith("but kept with the whole page")


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
    with pytest.raises(ValueError, match="weights do not match"):
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


def test_the_example_of_the_docs_is_true():
    result = doctest.testfile(str(Path(__file__).parents[1] / "docs/article.md"), module_relative=False)
    assert result.attempted > 3
    assert result.failed == 0
