"""A pipeline as data: what it says is what is run."""

import json
import tomllib

import pytest

from cleanmedia import ARTICLE, NEWS, REPAIR, Pipeline, filters, replaces
from cleanmedia.filters import quotes, site_lines, widgets
from cleanmedia.specs import from_file, provenance

PIPELINES = [
    NEWS,
    REPAIR,
    ARTICLE.guard(0.5),
    Pipeline(),
    NEWS.replace(quotes(style="de"), widgets(languages=["en", "ru"])).without("punctuation"),
    NEWS.before("widgets", site_lines(lines=["Our towns"])).then(replaces("wiki_edit", r"\[edit\]", "")),
    Pipeline(*[getattr(filters, name) for name in filters.__all__]),
]


@pytest.mark.parametrize("pipeline", PIPELINES, ids=range(len(PIPELINES)))
def test_a_spec_makes_an_equal_pipeline(pipeline):
    spec = pipeline.spec()
    assert Pipeline.of(json.loads(json.dumps(spec))) == pipeline
    assert Pipeline.of(spec).spec() == spec
    assert provenance(pipeline)["pipeline"] == spec


def test_the_digest_tells_pipelines_apart():
    assert len({provenance(pipeline)["sha256"] for pipeline in PIPELINES}) == len(PIPELINES)
    assert provenance(NEWS) == provenance(Pipeline.of(NEWS.spec()))


def test_as_people_write_it():
    text = """
        preset = "NEWS"
        without = ["widgets"]
        max_loss = 0.5
        [options.quotes]
        style = "de"
    """
    assert Pipeline.of(tomllib.loads(text)) == NEWS.without("widgets").replace(quotes(style="de")).guard(0.5)
    assert Pipeline.of({"only": ["quotes"]}) == NEWS.only("quotes")
    assert Pipeline.of({}) == NEWS


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ({"presets": "news"}, "no key 'presets'; .* did you mean 'preset'?"),
        ({"preset": "nwes"}, "no preset 'nwes'; .* did you mean 'news'?"),
        ({"preset": "news", "stages": []}, "not both"),
        ({"stages": [["quotse"]]}, "no filter 'quotse'; did you mean 'quotes'?"),
        ({"stages": "quotes"}, "list of lists"),
        ({"stages": ["quotes"]}, "takes a list of names"),
        ({"without": "widgets"}, "takes a list of names"),
        ({"without": ["site_lines"]}, "no filter 'site_lines'"),
        ({"options": {"quote": {}}}, "did you mean 'quotes'?"),
        ({"options": {"quotes": {"stile": "de"}}}, "no option 'stile'"),
        ({"options": {"quotes": {"style": "klingon"}}}, "klingon"),
        ({"options": {"widgets": {"catalogues": "x"}}}, "takes a list"),
        ({"options": {"quotes": "de"}}, "takes keys and values"),
        ({"options": {"widgets": {"catalogues": [1]}}}, r"catalogues of widgets is \[1\]; it takes a list of texts"),
        ({"options": {"repeated_titles": {"title": 5}}}, "title of repeated_titles is 5; it takes a text"),
        ({"stages": [["site_lines"]], "options": {"site_lines": {"prose": "x"}}}, "it takes true or false"),
        ({"max_loss": "much"}, "a number from 0 to 1"),
        ({"max_loss": 2}, "from 0 to 1"),
        ({"stages": [["x"]], "patterns": {"x": {"pattern": "("}}}, "needs the texts"),
        ({"stages": [["x"]], "patterns": {"x": {"pattern": "(", "new": ""}}}, "the pattern 'x': "),
        ({"stages": [], "patterns": {"x": {"pattern": "a", "new": ""}}}, "no stage names the pattern"),
    ],
)
def test_what_is_wrong_is_told(spec, message):
    with pytest.raises(ValueError, match=message):
        Pipeline.of(spec)


def test_filters_of_ones_own_have_no_spec():
    from cleanmedia import drops_lines

    @drops_lines
    def headers(line):
        return None

    with pytest.raises(ValueError, match="headers is a filter of your own"):
        NEWS.then(headers).spec()
    with pytest.raises(ValueError, match="twice"):
        Pipeline(quotes, quotes).spec()


def test_files(tmp_path):
    for name, text in (
        ("cleanmedia.toml", 'preset = "repair"'),
        ("spec.json", json.dumps(REPAIR.spec())),
        ("card.json", json.dumps(provenance(REPAIR))),
        ("pyproject.toml", '[project]\nname = "x"\n[tool.cleanmedia]\npreset = "repair"'),
    ):
        (tmp_path / name).write_text(text)
        assert from_file(str(tmp_path / name)) == REPAIR
    for name, text, message in (
        ("pyproject.toml", "[project]\n", "no table"),
        ("x.toml", "preset = ", "x.toml: "),
        ("x.json", "[]", "is an object"),
        ("x.toml", 'prest = "news"', "no key 'prest'"),
        ("x.json", "[" * 100_000, "x.json: it is nested too deeply"),
        ("x.toml", "a = " + "[" * 100_000, "x.toml: it is nested too deeply"),
    ):
        (tmp_path / name).write_text(text)
        with pytest.raises(ValueError, match=message):
            from_file(str(tmp_path / name))
