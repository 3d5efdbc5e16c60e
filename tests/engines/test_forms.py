"""batch, arrow and on: what they give is what a loop over the texts would."""

import json
import os
import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis.strategies import lists, none

from cleanmedia import ARTICLE, NEWS, REPAIR, Filter, Pipeline, Trace, filters, finds
from cleanmedia.core.edits import Edit, splice
from cleanmedia.core.filter import dropping
from cleanmedia.core.surrogates import surrogates
from cleanmedia.engines.on import On
from tests.support.strategies import texts

TITLE = "The council keeps the old bridge"
PAGE = f"{TITLE}\n\n{TITLE} | Example News\n\nThe council voted on Monday to keep the bridge open, said the mayor..\n"
TEXTS = [
    "So it was..",
    None,
    "Fine.",
    "",
    PAGE,
    "Share on Facebook\n",
    "So it was..",
    "&# 171;x&# 187;\ud83d\ude00 \ud800",
]
CLEAN = [NEWS(text) for text in TEXTS]
ENCODABLE, CLEAN_ENCODABLE = TEXTS[:-1], CLEAN[:-1]
PIPES = [NEWS, ARTICLE.guard(0.3), filters.entities, filters.quotes(style="de"), NEWS.without("characters")]

same_as_loop = pytest.mark.parametrize("pipe", PIPES, ids=str)


def encodes(text):
    return text.encode().decode() == text


@same_as_loop
@pytest.mark.parametrize("processes", [1, 2])
def test_batch(pipe, processes):
    assert pipe.batch(ENCODABLE, processes) == [pipe(text) for text in ENCODABLE]
    assert pipe.batch(iter(ENCODABLE)) == pipe.batch(ENCODABLE)
    assert pipe.batch([]) == []


def test_nulls_of_any_kind_are_none():
    assert NEWS.batch([None, float("nan"), "a.."]) == [None, None, "a."]
    pandas = pytest.importorskip("pandas")
    assert NEWS.batch(pandas.Series(["a..", None, float("nan"), pandas.NA, pandas.NaT], dtype=object)) == [
        "a.",
        None,
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(("wrong", "told"), [(5, "int: 5"), (b"x", "decode"), (["x"], "list"), (1.5, "float: 1.5")])
def test_what_is_no_text_is_not_lost_in_silence(wrong, told):
    for clean in (NEWS.batch, lambda texts: NEWS.on("text")({"text": texts})):
        with pytest.raises(TypeError, match=told):
            clean(["a", wrong])
    with pytest.raises(ValueError, match="at least 1"):
        NEWS.batch([], processes=0)


def test_output_always_encodes():
    for pipe in (*PIPES, filters.whitespace, Pipeline()):
        for text in (*TEXTS, "\udc80a\ud83d", "\udc00\ud800"):
            for out in (*pipe.batch([text]), pipe.on("text")({"text": text})["text"]):
                assert out is None or encodes(out)
    for preset in (NEWS, REPAIR, ARTICLE):
        assert encodes(preset("\ud83d\ude00 \ud800"))
    assert filters.whitespace("\ud800") == "\ud800", "a filter alone leaves what is none of its business"
    assert filters.whitespace.batch(["\ud800 \ud83d\ude00"]) == ["\ufffd 😀"]


def test_nothing_becomes_of_a_surrogate_in_silence():
    row = filters.whitespace.on("text", trace="why")({"text": "a\ud800b"})
    assert row["text"] == "a\ufffdb"
    assert encodes(row["why"])
    (entry,) = json.loads(row["why"])
    assert (entry["filter"], entry["before"], entry["after"]) == ("surrogates", "\ud800", "\ufffd")


@given(text=texts)
def test_surrogates_keep_the_laws(text):
    for dirty in (text, text + "\ud83d\ude00", text + "\ude00\ud83d" + text, "\ud800"):
        out = surrogates(dirty)
        assert splice(dirty, surrogates.edits(dirty)) == out == surrogates(out)
        assert encodes(out)
        assert Pipeline(surrogates).trace(dirty).restore() == dirty


@given(pages=lists(none() | texts, max_size=5))
def test_all_forms_are_the_loop_on_any_text(pages):
    for pipe in (NEWS.only("entities", "punctuation", "quotes", "whitespace"), filters.mojibake):
        loop = [surrogates(pipe(text)) for text in pages]
        assert pipe.batch(pages) == loop
        assert pipe.on("text")({"text": pages})["text"] == loop


@same_as_loop
def test_pickle_is_small_and_stable(pipe):
    on = pipe.on("text", title="title", host="host", trace="why")
    assert len(pickle.dumps(pipe)) < 700
    assert len(pickle.dumps(on)) < 900
    fresh = pickle.dumps(on)
    on({"text": "Used..", "title": "x", "host": "y"})
    assert pickle.dumps(on) == fresh
    assert pickle.loads(fresh) == on
    assert hash(pickle.loads(fresh)) == hash(on)


def test_pickles_are_the_same_in_every_process():
    script = """
import pickle, sys
from cleanmedia import ARTICLE, NEWS, filters
pipe = NEWS.replace(filters.quotes(style="de"), filters.widgets(languages=["en", "de"])).guard(0.3)
sys.stdout.buffer.write(pickle.dumps([ARTICLE.on("text", title="title"), pipe.on("text"), pipe.batch]))"""
    one, other = [
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert one == other
    assert len(pickle.loads(one)) == 3


def test_options_in_any_order_pickle_as_the_same():
    one = filters.widgets(languages=["en"], catalogues=())
    assert pickle.dumps(one) == pickle.dumps(filters.widgets(catalogues=(), languages=("en",)))
    assert pickle.dumps(one) == pickle.dumps(filters.widgets(catalogues=[])(languages=["en"]))


@same_as_loop
def test_on_a_row_and_columns(pipe):
    on = pipe.on("text", "more")
    expected = [pipe(text) for text in ENCODABLE]
    numbers = [*range(len(ENCODABLE))]
    columns = {"id": numbers, "text": ENCODABLE, "more": ENCODABLE[::-1], "title": ["x"] * len(numbers)}
    before = pickle.dumps(columns)
    assert on(columns) == {**columns, "text": expected, "more": expected[::-1]}
    assert [*on({**columns, "text": tuple(ENCODABLE)})["text"]] == expected
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    cleaned = [on(row) for row in rows]
    assert [row["text"] for row in cleaned] == expected
    assert [row["id"] for row in cleaned] == numbers
    assert list(on.iter(iter(rows))) == cleaned
    assert pickle.dumps(columns) == before, "what was given stays as it was"


def test_title_and_host_go_to_the_filters_that_ask():
    page = "News\nSport\nMore\n\n" + PAGE
    titles = [TITLE, None, float("nan"), ""]
    on = NEWS.on("text", title="title")
    told = NEWS.replace(filters.repeated_titles(title=TITLE))(page)
    assert on({"text": [page] * 4, "title": titles})["text"] == [told, *[NEWS(page)] * 3]
    assert on({"text": page, "title": TITLE})["text"] == told
    plain = REPAIR.on("text", title="title", host="host")
    assert plain({"text": page, "title": TITLE, "host": "example.org"})["text"] == REPAIR(page)


@finds
@dropping
def site_lines(text, *, host=""):
    """Drops the name of the host: what the filter of that name takes is a host."""
    at = text.find(host)
    if host and at >= 0:
        yield Edit(at, at + len(host), "", "site")


def test_host_goes_to_the_filter_that_asks():
    on = NEWS.then(site_lines, filters.whitespace).on("text", title="title", host="host")
    rows = {"text": ["one.org x..", "two.org x", "one.org", None], "host": ["one.org", None, float("nan"), "x"]}
    assert on({**rows, "title": [None, "x", None, "x"]})["text"] == ["x.", "two.org x", "one.org", None]


@pytest.mark.parametrize(
    "title",
    [
        "The mayor’s “new” bridge is open",
        'The mayor\'s "new" bridge is open',
        "The mayor&# 39;s &# 171; new&# 187; bridge is open",
        "The mayorâ€™s â€œnewâ€\x9d bridge is open | Example News",
    ],
)
def test_a_title_as_it_comes_is_used(title):
    headline = "The mayor’s “new” bridge is open"
    page = f"A first line of the page\n\nThe council voted on Monday to keep it.\n\n{headline}\n\nAnd so it went, said the mayor.\n\n{headline}"
    assert NEWS(page).count(headline) == 2
    for pipe, times in ((NEWS, 1), (NEWS.guard(0.5), 1), (NEWS.guard(0.01), 2)):
        text = pipe.on("text", title="title")({"text": page, "title": title})["text"]
        assert text.count(headline) == times


def test_trace_tells_every_edit():
    on = NEWS.on("text", "title", trace="why")
    rows = on({"text": ["So..", None, "Fine."], "title": ["a  b", "x", None]})
    assert rows["text"] == ["So.", None, "Fine."]
    first, second, third = map(json.loads, rows["why"])
    assert [(e["column"], e["filter"], e["start"], e["end"], e["before"], e["after"]) for e in first] == [
        ("text", "punctuation", 3, 4, ".", ""),
        ("title", "whitespace", 1, 3, "  ", " "),
    ]
    assert second == third == []
    assert json.loads(on({"text": "So..", "title": None})["why"]) == first[:1]


@pytest.mark.parametrize(
    ("make", "batch", "error", "told"),
    [
        (lambda: NEWS.on("text"), {"body": "x"}, ValueError, "no column 'text' in the batch; it has body"),
        (lambda: NEWS.on("text", title="t"), {"text": "x"}, ValueError, "no column 't'"),
        (lambda: NEWS.on("text", trace="why"), {"text": "x", "why": 1}, ValueError, "give the trace another name"),
        (lambda: NEWS.on("text", trace="text"), {"text": "x"}, ValueError, "give the trace another name"),
        (lambda: NEWS.on("text"), "a text", TypeError, "on\\(\\) cleans a dict"),
        (lambda: NEWS.on("text"), {"text": object()}, TypeError, "neither a text nor a list"),
        (lambda: NEWS.on(7), {}, TypeError, "names of columns, not 7"),
        (lambda: NEWS.on("text", title="t"), {"text": "x", "t": 7}, TypeError, "not int: 7"),
    ],
)
def test_errors(make, batch, error, told):
    with pytest.raises(error, match=told):
        make()(batch)


def test_the_core_imports_no_engine():
    script = "import cleanmedia, sys; cleanmedia.NEWS('a..'); print([m for m in sys.modules if 'cleanmedia.engines' in m or m in ('json', 'pyarrow', 'pandas')])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout.strip() == "[]"


def test_public_types():
    assert isinstance(NEWS.on("text"), On)
    assert isinstance(filters.widgets, Filter)
    assert isinstance(NEWS.trace("x"), Trace)
