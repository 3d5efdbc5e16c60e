"""The verdicts: every reason that is given is the true one."""

import doctest
import re

import pytest

from cleanmedia import ARTICLE, REPAIR
from cleanmedia.article.judgement import judge
from cleanmedia.article.line_features import of_line
from cleanmedia.article.model import model
from cleanmedia.article.page_features import OF_PAGE, again, of_page
from cleanmedia.article.scored_page import ScoredPage
from cleanmedia.article.selection import best_expected_f1, best_threshold
from cleanmedia.core.context import given
from cleanmedia.filters import boilerplate
from tests.support.commands import HEADLINE_PAGE
from tests.support.folders import ROOT, SAMPLES

WHY = re.compile(r"log odds (-?[\d.]+) (below|above|at) (-?[\d.]+)(, but dropped with its neighbours)?(?:: (.+))?")


def check_reasons(page, second=False):
    """Check the reasons of a page against scores and a threshold that are computed here; return how many neighbours decided."""
    trained, reasons = model(), {reason for _, reason in OF_PAGE}
    lines = [" ".join(line.split()) for line in page.split("\n") if line.strip()]
    features = [of_line(line, trained.vocabulary) for line in lines]
    scored = ScoredPage(lines, features, [score for score, _ in trained.line.scores([*zip(*features, strict=True)])])
    scored = scored.rescored([score for score, _ in trained.page.scores(of_page(scored))])
    scores = [score for score, _ in trained.again.scores(again(scored))]
    wide = [
        len(line) + 2 * len(re.findall("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]", line))
        for line in lines
    ]
    threshold = best_threshold(best_expected_f1(scores, wide))
    judged = judge(page, again=second)
    assert len(judged.verdicts) == len(scores)
    by_neighbours = 0
    for verdict, score in zip(judged.verdicts, scores, strict=True):
        assert (verdict.log_odds, verdict.threshold) == (score, threshold)
        if verdict.kept:
            assert not verdict.evidence
            assert bool(verdict.decided_by) == (score < threshold)
            assert verdict.why.startswith(f"log odds {score:z.1f} ") or abs(score - threshold) < 0.1
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
        for look in range(3 if edits else 0):  # the filter looks again at what it leaves
            by_neighbours += check_reasons(text, second=look > 0)
            gone = [verdict for verdict in judge(text, again=look > 0).verdicts if not verdict.kept]
            dropped += len(gone)
            reasons |= {verdict.why for verdict in gone}
            lines = text.split("\n")
            text = "\n".join(
                line for number, line in enumerate(lines) if number not in {verdict.line for verdict in gone}
            )
        assert {why for edit in edits for why in edit.why.split("; ")} == reasons
    assert 0 < by_neighbours < 0.1 * dropped


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_every_reason_of_a_sample_is_true(sample):
    check_reasons(REPAIR(sample.read_text("utf-8")))


def test_the_headline_is_named():
    (headline,) = [verdict for verdict in judge(HEADLINE_PAGE).verdicts if verdict.headline]
    assert HEADLINE_PAGE.split("\n")[headline.line] == "The council keeps the old bridge"
    assert headline.kept
    assert headline.why.endswith("but kept as the headline")


def test_the_example_of_the_docs_is_true():
    result = doctest.testfile(str(ROOT / "docs" / "article.md"), module_relative=False)
    assert result.attempted > 3
    assert result.failed == 0


TEASERS = (
    "Five beaches to visit this summer: the coast north of the bay has sand and few visitors.",
    "Storm warning for the weekend: owners of small boats are told to stay in port until Sunday.",
    "Library opens its new reading room, which has a hundred seats and looks over the old port.",
    "Minister wants to build a new bridge across the bay, and asks the towns to pay for half of it.",
)
UNDER_A_TITLE = "\n".join(
    (
        *("Home", "News", "Sport", "Fire at Harbour Street school: no one hurt"),
        "A fire broke out in the gym of the Harbour Street school on Tuesday night, and was put out within an hour.",
        "Nobody was hurt, the fire service said. The school stays closed until Monday.",
        *("Share on Facebook", *TEASERS, "Privacy policy", "Terms of use"),
    )
)


def test_a_line_counts_less_where_the_title_is_about_something_else():
    def odds(title):
        judged = judge(UNDER_A_TITLE, title=title).verdicts
        return {UNDER_A_TITLE.split("\n")[verdict.line]: verdict.log_odds for verdict in judged}

    known, unknown = odds("Fire at Harbour Street school: no one hurt"), odds("")
    assert sum(known[teaser] for teaser in TEASERS) < sum(unknown[teaser] for teaser in TEASERS)
    assert known != odds("Storm warning for the weekend")


def test_a_title_goes_to_the_filter_that_asks():
    assert given(ARTICLE, title="The vote&# 39;s over") == given(ARTICLE, title="The vote's over")
    assert given(ARTICLE, title="The vote")["boilerplate"].options["title"] == "The vote"
