"""Errors that say what to do, and what editors and notebooks show."""

from functools import partial

import pytest

from cleanmedia import (
    ARTICLE,
    NEWS,
    REPAIR,
    Edit,
    Pipeline,
    Trace,
    clean,
    decode,
    drops_lines,
    finds,
    replaces,
    rewrites,
    trace,
)
from cleanmedia.filters import quotes, repeated_titles, site_lines, whitespace, widgets


def test_one_text_is_no_batch():
    for call in (NEWS.batch, NEWS.map, quotes.batch):
        with pytest.raises(TypeError, match="takes many texts"):
            call("one text")


def test_one_file_is_no_list():
    for wrong in (
        lambda: widgets(catalogues="mine.txt"),
        lambda: widgets(languages="en"),
        lambda: site_lines(lines="Our towns"),
    ):
        with pytest.raises(TypeError, match=r"takes a list: \w+=\['"):
            wrong()


def test_what_is_no_text():
    for value, told in (("x", "not str; a str is text already"), (None, "not NoneType")):
        with pytest.raises(TypeError, match=f"decode takes bytes, {told}"):
            decode(value)
    for call in (trace, NEWS.trace):
        with pytest.raises(TypeError, match="a pipeline cleans str, not NoneType"):
            call(None)
    for call in (NEWS, clean, NEWS.guard(0.5), Pipeline()):
        with pytest.raises(
            TypeError, match=r"a pipeline cleans str, not bytes; cleanmedia\.decode turns bytes into text"
        ):
            call(b"x")
    with pytest.raises(TypeError, match=r"not float; for a column with missing values use .batch\(column\)"):
        NEWS(float("nan"))


def test_none_stays_none():
    assert clean(None) is NEWS(None) is quotes(None) is None


@pytest.mark.parametrize(
    ("call", "kind", "told"),
    [
        (lambda: NEWS.replace(clean), TypeError, "a pipeline takes filters, not <function clean"),
        (lambda: NEWS.then(3), TypeError, "a pipeline takes filters, not 3"),
        (lambda: NEWS.guard("x"), TypeError, "max_loss is 'x'; it takes a number from 0 to 1"),
        (lambda: NEWS.guard(2), ValueError, "from 0 to 1"),
        (lambda: NEWS.only(), ValueError, r"only\(\) takes the names of the filters to keep"),
        (lambda: Pipeline.of(3), TypeError, "a pipeline's spec is a mapping, such as a dict, not 3"),
        (lambda: Pipeline.of("news"), TypeError, "a preset is named by {'preset': 'news'}"),
        (lambda: Pipeline.of({"only": []}), ValueError, "takes the names of the filters"),
        (lambda: drops_lines(3), TypeError, "drops_lines takes a function that has a name, .* not 3"),
        (lambda: finds(None), TypeError, "finds takes a function"),
        (lambda: rewrites(partial(str.upper)), TypeError, "rewrites takes a function that has a name"),
        (lambda: replaces("x", "x", None), TypeError, "each a str, not None"),
        (lambda: clean("x", pipeline="article"), TypeError, "pipeline takes a Pipeline, such as cleanmedia.ARTICLE"),
        (lambda: clean("x", title=3), TypeError, "cleans str, not int"),
    ],
)
def test_a_wrong_argument_is_told(call, kind, told):
    with pytest.raises(kind, match=told):
        call()


def test_a_text_with_its_title_and_pipeline():
    title = "Quite another headline here"
    page = (
        "A first line of the page\n\nThe council voted on Monday to keep the bridge open.\n\nQuite another headline here\n\n"
        "And so it went, said the mayor to the paper.\n\nQuite another headline here\n"
    )
    assert clean(page) == NEWS(page)
    assert clean(page, title=title) == NEWS.replace(repeated_titles(title=title))(page) != NEWS(page)
    assert trace(page, title=title).text == clean(page, title=title)
    assert clean(page, pipeline=REPAIR) == trace(page, pipeline=REPAIR).text == REPAIR(page)
    assert clean(page, title="", pipeline=ARTICLE) == ARTICLE(page)


def test_a_filter_of_ones_own_is_given_the_title_and_the_host():
    @finds
    def names(text, *, title="", host=""):
        if text == "So":
            yield Edit(0, 2, f"{title}, {host}", "names")

    about = NEWS.then(names).on("text", title="t", host="h")
    assert about({"text": "So", "t": "A", "h": "b.org"})["text"] == "A, b.org"


@pytest.mark.parametrize("answer", [True, False, 1])
def test_a_judge_of_lines_says_why(answer):
    @drops_lines
    def judge(line):
        return answer

    with pytest.raises(TypeError, match=r"judge returned .*; it returns why the line should go"):
        judge("text")


def test_a_pipeline_is_a_collection_of_filters():
    assert len(NEWS) == len(NEWS.filters) == len(list(NEWS))
    assert tuple(NEWS) == NEWS.filters
    assert ("widgets" in NEWS, widgets in NEWS, "widgets" in REPAIR, quotes(style="de") in NEWS) == (
        True,
        True,
        False,
        False,
    )
    assert NEWS["widgets"] == widgets
    assert NEWS[-1] == NEWS.filters[-1]
    with pytest.raises(KeyError):
        NEWS["wigdets"]
    assert bool(Pipeline())
    assert (
        repr(Pipeline(quotes).then(whitespace, widgets).guard(0.5))
        == "Pipeline(quotes).then(whitespace, widgets).guard(0.5)"
    )
    assert repr(Pipeline()) == "Pipeline()"


def test_a_filter_in_place_of_its_name():
    with pytest.raises(TypeError, match="is not the name of a filter, such as 'quotes'"):
        NEWS.before(whitespace, quotes)
    with pytest.raises(TypeError, match="is not the name of a filter"):
        NEWS.without(whitespace)


def test_pandas_takes_a_pipeline_for_one_function():
    pandas = pytest.importorskip("pandas")
    column = pandas.Series(["So..", "Yes.."])
    assert list(column.apply(NEWS)) == list(column.map(NEWS)) == ["So.", "Yes."]


def test_a_trace_in_a_notebook():
    trace = NEWS.trace("A < B, it was so..\n\nIt&# 39;s \ud800over\n\n\n  • Share on Facebook\n")
    html = trace._repr_html_()
    assert "A &lt; B, it was so." in html
    assert 'title="widgets: share (en): Share on {network}">' in html
    assert "<script" not in html
    html.encode()
    assert "nothing found" in NEWS.trace("Fine.")._repr_html_()


@pytest.mark.parametrize("text", ["", "So it was..\nShare on Facebook\nIt&# 39;s \ud800over", "fine"])
def test_a_trace_as_json(text):
    for traced in (NEWS.trace(text), NEWS.guard(0.01).trace(text)):
        assert Trace.from_json(traced.to_json()) == traced
        assert traced.to_json().isascii()
    for wrong in ("[]", "{}", "x", '{"source": 1, "text": 2, "steps": [1], "withheld": []}'):
        with pytest.raises(ValueError, match=r"\w"):
            Trace.from_json(wrong)
