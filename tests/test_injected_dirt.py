"""Dirt that is put into clean articles comes out again, and nothing else does: a short run of benchmarks/injected_dirt.py."""

import sys

import pytest

from cleanmedia import NEWS
from tests.support.folders import ROOT
from tests.support.strategies import PROSE

# Kinds of which a part is left, as nothing in the text tells what is right: docs/quality.md.
LEFT = (
    "“ that closes",
    "space inside",
    "mojibake, windows-1251",
    "mojibake, Mac Roman",
    "title",
    "widget",
    "paragraph",
    "reference to",
)


@pytest.fixture(scope="module")
def injected():
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        import injected_dirt
    finally:
        sys.path.pop(0)
    return injected_dirt


def check(injected, articles):
    outcomes = injected.measure([article._replace(text=NEWS(article.text)) for article in articles], seed=1)
    for kind, outcome in outcomes.items():
        if not kind.startswith(LEFT):
            assert outcome.exact >= 0.98 * (outcome.exact + outcome.left + outcome.damaged) - 1, (kind, str(outcome))
    everything = sum(outcomes.values(), injected.Outcome())
    assert everything.exact >= 0.95 * (everything.exact + everything.left + everything.damaged)
    assert everything.changed <= 1 + everything.size / 1e6
    return outcomes


def test_on_the_samples(injected):
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "samples").glob("*.clean.txt"))]
    texts.append(
        "\n\n".join(
            ["The council votes to keep the “old” bridge open", *PROSE, "It’s the mayor’s “own” bridge, she said."]
        )
        + "\n"
    )
    outcomes = check(injected, [injected.Article(text.split("\n")[0], text, "en") for text in texts])
    assert len(outcomes) > 40


def test_on_real_articles(injected, real_pages):
    check(injected, [article for page in real_pages(20) if (article := injected.article(page))])
