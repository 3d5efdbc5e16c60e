"""Errors that say what to do, and what editors and notebooks show."""

import pytest

from cleanmedia import NEWS, REPAIR, Pipeline, Trace, decode, drops_lines
from cleanmedia.filters import quotes, site_lines, whitespace, widgets


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
    with pytest.raises(TypeError, match="this is a str, which is text already"):
        decode("x")
    with pytest.raises(TypeError, match=r"not float; for a column with missing values use .batch\(column\)"):
        NEWS(float("nan"))


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
    for trace in (NEWS.trace(text), NEWS.guard(0.01).trace(text)):
        assert Trace.from_json(trace.to_json()) == trace
        assert trace.to_json().isascii()
    for wrong in ("[]", "{}", "x", '{"source": 1, "text": 2, "steps": [1], "withheld": []}'):
        with pytest.raises(ValueError, match=r"\w"):
            Trace.from_json(wrong)
