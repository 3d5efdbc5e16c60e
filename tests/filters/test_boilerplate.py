"""The boilerplate filter: its model, its guard, its weights, and what it does to the benchmark's pages."""

import gzip
import sys
from pathlib import Path

import pytest

from cleanmedia import ARTICLE
from cleanmedia.article.judgement import LEAST_CERTAINTY
from cleanmedia.article.model import WEIGHTS
from cleanmedia.filters import boilerplate
from cleanmedia.filters.boilerplate import certainty, judge
from cleanmedia.page.fold import fold
from tests.support.strategies import PROSE

PAGE = "Home\nNews\nSport\n" + "\n".join(PROSE) + "\nShare on Facebook\nPrivacy policy\nTerms of use"


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


def test_weights_of_another_version_are_refused(tmp_path):
    other = tmp_path / "weights.json"
    other.write_text('{"of_line": []}')
    with pytest.raises(ValueError, match="weights do not match"):
        boilerplate(weights=str(other))(PAGE)
    with pytest.raises(OSError, match="missing"):
        boilerplate(weights=str(tmp_path / "missing.json"))(PAGE)
    other.write_bytes(gzip.decompress(Path(WEIGHTS).read_bytes()))
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


@pytest.mark.parametrize("title", ["Lentil soup", "Gazpacho", "Tea for two"])
@pytest.mark.parametrize("tail", ["Print", "Share on Facebook", "Home\nContact us\nPrivacy policy"])
def test_a_short_headline_right_above_the_article_stays(title, tail):
    recipe = (
        f"{title}\n\nIngredients\n200 g red lentils\n1 onion\n2 carrots\n1 l stock\n\nMethod\n"
        "Chop the onion and the carrots. Fry them gently for five minutes.\n"
        "Add the lentils and stock. Simmer for 20 minutes.\n"
    )
    assert ARTICLE(f"{recipe}\n{tail}\n") == recipe
