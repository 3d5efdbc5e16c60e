"""Edits, filters, pipelines and traces themselves."""

import pytest

from cleanmedia import ARTICLE, NEWS, REPAIR, Edit, Pipeline, filters, finds
from cleanmedia.core.filter import settled
from tests.support.made_filters import doubled_bangs, lower, rules


def test_pipelines_are_put_together():
    pipeline = Pipeline(doubled_bangs).then(rules)
    assert pipeline("a!!\n---\nb") == "a!\nb"
    assert [f.name for f in pipeline.filters] == ["doubled_bangs", "rules"]
    assert [f.name for f in NEWS.without("widgets", "entities").filters].count("widgets") == 0
    assert [f.name for f in NEWS.only("quotes", "entities").filters] == ["entities", "quotes"]
    assert NEWS.then(lower)("Abc") == "abc"
    assert NEWS.replace(filters.quotes(style="straight"))("“a”") == '"a"'
    assert Pipeline()("as it was") == "as it was"
    for wrong in (lambda: NEWS.without("nonsense"), lambda: NEWS.only("nonsense"), lambda: NEWS.replace(lower)):
        with pytest.raises(ValueError, match="it has mojibake, characters"):
            wrong()
    with pytest.raises(TypeError, match="takes filters"):
        Pipeline(str.lower)


def test_a_stage_goes_round_until_it_rests():
    assert REPAIR("&Atilde;&copy;") == "é"
    assert REPAIR("&la&#8203;quo;x") == "«x"
    assert REPAIR("&la\u00adquo;x") == "«x"


@finds
def swings(text):
    yield Edit(0, len(text), "b" if text == "a" else "a", "another letter")


def test_what_does_not_come_to_rest_is_given_back_and_told():
    @finds
    @settled
    def grows(text):
        yield Edit(0, 0, "x", "one more")

    assert grows("text") == "text"
    pipeline = Pipeline(filters.punctuation, grows)
    trace = pipeline.trace("So it was..")
    assert pipeline("So it was..") == trace.text == trace.restore() == "So it was.."
    assert trace.steps == ()
    assert {step.filter for step in trace.withheld} == {"punctuation", "grows"}
    assert "withheld: punctuation, grows" in repr(trace)


def test_a_filter_that_does_not_settle_looks_once():
    assert Pipeline(swings)("a") == "b"


# Each took more rounds than there were, or was changed by a later stage behind the filters that look at it.
NOT_AT_REST = (
    "x&#5&#5&#5&#4&#5&#5&#5&#5&#4&#5&#55;;;;;;;;;;;",
    "＆iuml;" + "¼†iuml;" * 9 + "¼†",
    "a" + "\U000e0041" * 200 + "b",
    " No media source currently availableThe council met on Tuesday evening and voted to keep the old bridge open, said the mayor.",
    "The council met on Tuesday." + " " * 9 + "No media source currently available",
    "The council met on Tuesday. No media  source currently available",
    "Home   World   Sport\n" * 2
    + "The council met on Tuesday evening and voted to keep the old bridge open, said the mayor.",
    "“\u00a0 ,",
)


@pytest.mark.parametrize("text", NOT_AT_REST, ids=range(len(NOT_AT_REST)))
def test_a_second_pass_changes_nothing_of_texts_that_it_once_changed(text):
    for subject in (
        *[getattr(filters, name) for name in filters.__all__],
        REPAIR,
        NEWS,
        ARTICLE,
        NEWS.without("characters"),
    ):
        once = subject(text)
        assert subject(once) == once


def test_tags_stay_behind_a_flag_alone():
    wales = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"
    assert filters.characters("a" + "\U000e0041" * 200 + "b") == "ab"
    assert filters.characters(wales + "\U000e0041" * 200) == wales
    assert filters.characters("\U0001f3f4" + "\U000e0041" * 20) == "\U0001f3f4"
