"""Statistics, and the guard that they count."""

import pickle

import pytest

from cleanmedia import NEWS, Stats, drops_lines, filters, finds
from cleanmedia.core.edits import Edit
from cleanmedia.core.pipeline import Pipeline
from tests.support.cases import cases

DIRTY = "So it was..  Really.\nShare on Facebook\nDownload Adobe Flash Player\n"


def stats(*texts, pipeline=NEWS):
    counted = Stats()
    for text in texts:
        counted.add(pipeline.trace(text))
    return counted


def test_counts():
    counted = stats(DIRTY, "Fine.", "a..\nb..")
    assert (counted.documents, counted.changed, counted.guarded) == (3, 2, 0)
    assert counted.characters_in == len(DIRTY) + 5 + 7
    assert counted.characters_out == len("So it was. Really.\n") + 5 + 5
    stops, widgets = counted.filters["punctuation"], counted.filters["widgets"]
    assert (stops.documents, stops.edits, stops.lines, stops.dropped, stops.removed) == (2, 3, 3, 0, 3)
    assert (widgets.documents, widgets.edits, widgets.lines, widgets.dropped) == (1, 2, 2, 2)
    assert counted.characters_out - counted.characters_in == sum(
        counts.added - counts.removed for counts in counted.filters.values()
    )


@pytest.mark.parametrize(
    ("text", "edits", "lines", "dropped"),
    [
        ("one two\nthree", [Edit(0, 1), Edit(4, 5), Edit(8, 9, "T")], 2, 0),
        ("one\ntwo\nthree", [Edit(0, 8)], 2, 2),
        ("one\ntwo\nthree", [Edit(4, 13)], 2, 2),
        ("one\ntwo\nthree", [Edit(3, 4, " "), Edit(4, 5)], 2, 0),  # lines as they were before
        ("one\ntwo\nthree", [Edit(1, 9), Edit(10, 11)], 3, 0),
        ("\n\n\nx", [Edit(0, 1), Edit(1, 2)], 2, 2),
        ("one", [Edit(3, 3, "!")], 1, 0),
    ],
)
def test_lines_are_counted_once(text, edits, lines, dropped):
    @finds
    def given(seen):
        return edits if seen == text else ()

    counts = stats(text, pipeline=Pipeline(given)).filters["given"]
    assert (counts.lines, counts.dropped) == (lines, dropped)


def test_stats_of_workers_add_up():
    one, other = stats(DIRTY), stats("a..", "Share on Facebook")
    assert one + other == stats(DIRTY, "a..", "Share on Facebook")
    assert one + Stats() == one == Stats() + one
    assert Stats.from_dict((one + other).as_dict()) == pickle.loads(pickle.dumps(one + other)) == one + other


def test_a_guard_keeps_what_would_lose_too_much():
    guarded = NEWS.guard(max_loss=0.5)
    trace = guarded.trace(DIRTY)
    assert trace.text == guarded(DIRTY) == NEWS.without("widgets", "repeated_titles", "repeated_lines")(DIRTY)
    assert [step.filter for step in trace.withheld] == ["widgets"]
    assert trace.restore() == DIRTY
    assert guarded(trace.text) == trace.text
    assert stats(DIRTY, "Fine.", pipeline=guarded).guarded == 1
    assert guarded("A sentence that is long enough to outweigh it.\nShare on Facebook") == NEWS(
        "A sentence that is long enough to outweigh it.\nShare on Facebook"
    )


def test_a_guard_goes_along():
    guarded = NEWS.guard(0.1)
    assert guarded != NEWS
    assert pickle.loads(pickle.dumps(guarded)) == guarded
    assert guarded.without("quotes").max_loss == guarded.only("widgets").max_loss == guarded.then().max_loss == 0.1
    assert "guard(0.1)" in repr(guarded)
    assert guarded.without("widgets")(DIRTY) == NEWS.without("widgets")(DIRTY)
    for wrong in (-1, 1.5):
        with pytest.raises(ValueError, match="share"):
            NEWS.guard(wrong)


def full_lines(text):
    """The number of lines in which a reader sees something."""
    return sum(any(char.isprintable() and not char.isspace() for char in line) for line in text.split("\n"))


WITHIN_LINES = {"truncations", "links", "datelines"}  # what drops less than a line
JOINERS = {"wrapped_lines", "escapes", "characters"}  # what joins lines, and drops nothing


@pytest.mark.parametrize("name", sorted({*filters.__all__} - WITHIN_LINES - JOINERS))
def test_a_filter_whose_cases_lose_lines_says_that_it_drops(name):
    fewer = [case for case in cases(name, "changes") if full_lines(case.becomes) < full_lines(case.text)]
    assert getattr(filters, name).drops == bool(fewer)


def test_what_drops_within_lines_says_that_it_drops():
    assert all(getattr(filters, name).drops for name in WITHIN_LINES)
    assert not any(getattr(filters, name).drops for name in JOINERS)


def test_what_drops_lines_says_that_it_drops():
    assert drops_lines(lambda line: None).drops


@pytest.mark.parametrize("max_loss", [0, 0.05, 0.2])
def test_a_second_pass_under_a_guard_changes_nothing_on_real_pages(real_pages, max_loss):
    guarded = NEWS.guard(max_loss)
    held = 0
    for page in real_pages(40):
        trace = guarded.trace(page["text_flat"])
        held += bool(trace.withheld)
        assert guarded(trace.text) == trace.text
        assert trace.text == (NEWS.without(*[f.name for f in NEWS.filters if f.drops]) if trace.withheld else NEWS)(
            page["text_flat"]
        )
    assert held
