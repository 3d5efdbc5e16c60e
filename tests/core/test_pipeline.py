"""Edits, filters, pipelines and traces themselves."""

import pytest

from cleanmedia import NEWS, REPAIR, Edit, Pipeline, drops_lines, filters, finds, rewrites


@finds
def doubled_bangs(text):
    at = text.find("!!")
    if at >= 0:
        yield Edit(at, at + 2, "!", "!!")


@drops_lines
def rules(line):
    return "a rule" if line.startswith("---") else None


@rewrites
def lower(text):
    return text.lower()


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
