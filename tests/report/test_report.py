"""The report's data and its file; tests/test_browser.py looks at it in a browser."""

import doctest
import json
import pickle
import re
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given

from cleanmedia import ARTICLE, NEWS, Stats
from cleanmedia.report.collect import Report
from cleanmedia.report.segments import clean_of, source_of
from tests.support.commands import run
from tests.support.folders import SAMPLES
from tests.support.report_file import data_in, texts_of
from tests.support.strategies import texts

DIRTY = "So it was..  Really.\nShare on Facebook\nDownload Adobe Flash Player\n"
HOSTILE = (
    "</script><script>alert(1)</script>\n<!--\n<img src=x onerror=alert(1)>..\n\u2028\u2029 \ud800 &# 171;{style}\x00\n"
)


def report_of(*texts, documents=200, pipeline=NEWS):
    report = Report(documents)
    for number, text in enumerate(texts, 1):
        report.add(f"text {number}", pipeline.trace(text))
    return report


def utf_16(text):
    """As a browser has it: there, two surrogates side by side are one character."""
    return text.encode("utf-16", "surrogatepass")


def test_documents_are_the_most_changed_first():
    report = report_of("Fine.", "a..", DIRTY, documents=2)
    assert [document.name for document in report.shown()] == ["text 3", "text 2"]
    assert report.stats.documents == 3
    assert [document.name for document in report_of("Fine.", "a..", DIRTY, documents=1).shown()] == ["text 3"]
    assert report_of(DIRTY, documents=0).shown() == []
    with pytest.raises(ValueError, match="-1 documents"):
        Report(-1)


def test_documents_that_lost_the_largest_share_are_shown_too():
    long = ("A long article that keeps nearly all of it.. " * 40 + "\n") * 3
    report = report_of(long, long + long, "Share on Facebook\n", documents=1)
    assert [document.name for document in report.shown()] == ["text 3", "text 2"], "the largest share first"
    assert [document.name for document in report.largest_loss] == ["text 3"]


def test_where_a_guard_stepped_in():
    report = report_of(DIRTY, "a..\nb\nc", pipeline=NEWS.guard(0.5))
    assert [(document.name, document.withheld) for document in report.guarded] == [("text 1", (("widgets", 46),))]
    page = data_in(report.html())
    assert page["documents"][page["guarded"][0]]["name"] == "text 1"
    assert page["stats"]["guarded"] == 1


def test_frequent_lines():
    report = report_of(DIRTY, "  • SHARE ON FACEBOOK\nText that stays.\n", "***\n***\nShare on X\n")
    assert [tuple(line) for line in report.frequent_lines(9)] == [
        ("Share on Facebook", 2, "widgets", "text 1"),
        ("Download Adobe Flash Player", 1, "widgets", "text 1"),
        ("Share on X", 1, "widgets", "text 3"),
    ]
    assert report_of(*[DIRTY] * 3).frequent_lines(1)[0].times == 3


def test_a_frequent_line_has_an_example_in_the_report():
    long = "Text.\n" + "Share on X\nSHARE ON FACEBOOK\n" * 9
    data = data_in(report_of("Text.\nShare on Facebook\nShare on X\n" * 2 + "x" * 80, long, long, documents=1).html())
    examples = {line["text"]: line["at"] for line in data["lines"]}
    assert examples["Share on X"][1] == "Share on X"
    place, text = examples["Share on Facebook"]
    assert text == "SHARE ON FACEBOOK"
    assert text in str(data["documents"][place]["row"])


def test_what_is_counted_stays_bounded(monkeypatch):
    monkeypatch.setattr("cleanmedia.report.collect._MOST_LINES", 10)
    report = report_of(*[f"Text.\nShare on Facebook\nFollow us on X\n{n} comments\n" for n in range(30)])
    assert len(report._lines) <= 10
    assert {line.text for line in report.frequent_lines(2)} == {"Share on Facebook", "Follow us on X"}
    assert report.frequent_lines(1)[0].times == 30


def test_reports_of_workers_add_up():
    together = report_of(DIRTY, "a..", "b.. c..")
    apart = Report()
    for number, text in enumerate([DIRTY, "a..", "b.. c.."], 1):
        one = Report()
        one.add(f"text {number}", NEWS.trace(text))
        apart += pickle.loads(pickle.dumps(one))
    assert apart.html() == together.html()
    assert apart.stats == together.stats


@given(texts)
def test_the_file_holds_source_and_clean_text(text):
    trace = NEWS.trace(text)
    report = Report()
    report.add(text, trace)
    page = report.html()
    page.encode()
    for document in data_in(page)["documents"]:
        assert tuple(map(utf_16, texts_of(document))) == (utf_16(text), utf_16(trace.text))
        assert utf_16(document["name"]) == utf_16(text)


def test_hostile_text_stays_in_its_data():
    report = Report()
    report.add("<b>&name</b> \ud800", NEWS.trace(HOSTILE))
    page = report.html(title="</title><script>alert(1)</script>")
    assert page.encode()
    assert page.count("<script") == page.count("</script>") == 2
    assert "<img" not in page
    assert "<!--" not in page
    assert texts_of(data_in(page)["documents"][0]) == (HOSTILE, NEWS(HOSTILE))
    assert "<title>&lt;/title&gt;" in page


def test_nothing_but_its_own_style_and_script_may_run():
    page = report_of(DIRTY).html()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for element in ("style", "script"):
        inside = re.search(rf"<{element}>(.*?)</{element}>", page, re.S)[1]
        assert b64encode(sha256(inside.encode()).digest()).decode() in policy
    assert not re.search(r"""(src|href)=["'](?!data:,)|url\(|@import|https?://|fetch\(|eval\(|innerHTML""", page)


def test_on_real_pages(real_pages):
    """In the report's own data, as it stands in the file, and light enough."""
    report = Report(documents=1000)
    traces = {}
    for number, page in enumerate(real_pages(60)):
        trace = (NEWS, ARTICLE)[number % 2].trace(page["text_flat"])
        report.add(page["id"], trace)
        traces[page["id"]] = trace
    page = report.html()
    documents = data_in(page)["documents"]
    for document in documents:
        trace = traces[document["name"]]
        assert texts_of(document) == (trace.source, trace.text)
    for document in report.shown():
        assert (source_of(document.segments), clean_of(document.segments)) == (
            traces[document.name].source,
            traces[document.name].text,
        )
    assert len(documents) > 10
    assert len(page.encode()) < 3 * sum(len(traces[document["name"]].source.encode()) for document in documents)


def test_from_the_command_line(tmp_path):
    target = tmp_path / "out.html"
    names = sorted(str(path) for path in SAMPLES.glob("*.txt") if ".clean" not in path.name)
    code, _, err = run("--report", target, "--check", *names)
    assert (code, err) == (1, "")
    one = target.read_text("utf-8")
    data = data_in(one)
    assert sorted(document["name"] for document in data["documents"]) == names
    assert Stats.from_dict(data["stats"]).documents == len(names)
    assert run("--report", target, "--check", "-j", "2", *names)[0] == 1
    assert target.read_text("utf-8") == one, "the same with two processes"
    assert run("--report", target, "--report-documents", "1", *names)[1], "the clean text as well"
    assert len(data_in(target.read_text("utf-8"))["documents"]) == 2, "one, and the one that lost the largest share"


def test_a_report_of_records(tmp_path):
    records, target = tmp_path / "pages.jsonl", tmp_path / "out.html"
    records.write_text(json.dumps({"text": DIRTY}) + "\n" + json.dumps({"text": "a.."}) + "\n")
    assert run("--report", target, "-o", tmp_path / "clean.jsonl", records)[0] == 0
    assert len(data_in(target.read_text("utf-8"))["documents"]) == 2


def test_nowhere_to_write(tmp_path):
    code, out, err = run("--report", tmp_path / "no" / "out.html", stdin=DIRTY)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert run("--report", tmp_path / "out.html", "--report-documents", "-1", stdin=DIRTY)[0] == 2
    assert list(tmp_path.iterdir()) == []


def test_its_page_of_the_docs_is_true():
    result = doctest.testfile(str(SAMPLES.parent / "docs" / "report.md"), module_relative=False)
    assert (result.attempted, result.failed) == (3, 0)


def test_white_space_makes_no_document_important():
    report = report_of("A line.\n" + "\n" * 500 + "Another line.  \n", DIRTY, "Text that stays.\nShare on X\n")
    assert [document.name for document in report.shown()] == ["text 2", "text 3", "text 1"]
    assert [round(document.loss, 2) for document in report.largest_loss] == [0.73, 0.36]
    (spaces,) = (document for document in report.shown() if document.name == "text 1")
    assert (spaces.sizes.deleted, spaces.visible) == (501, (18, 0, 0))
