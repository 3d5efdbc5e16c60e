"""Filters, pipelines and traces cannot change, and compare, copy and pickle by value."""

import copy
import pickle
import subprocess
import sys
import weakref

import pytest

from cleanmedia import NEWS, Pipeline, drops_lines, filters, replaces
from cleanmedia.core.frozen import Frozen

FILTERS = [filters.quotes, filters.quotes(style="de"), replaces("edits", r"\[edit\]", "")]
PIPELINES = [NEWS, NEWS.guard(0.5), Pipeline(), NEWS.replace(filters.quotes(style="de"))]
TRACES = [NEWS.trace("So it was.."), NEWS.trace(""), NEWS.guard(0.1).trace("Fine.\nShare on Facebook")]
FROZEN = [*FILTERS, *PIPELINES, *TRACES]


def attributes(frozen):
    return [name for name in frozen.__slots__ if hasattr(frozen, name)]


@pytest.mark.parametrize("frozen", FROZEN, ids=repr)
def test_nothing_can_be_assigned_or_deleted(frozen):
    assert isinstance(frozen, Frozen)
    assert attributes(frozen)
    for name in [*attributes(frozen), "__doc__", "__class__", "another"]:
        before = getattr(frozen, name, None)
        with pytest.raises(AttributeError, match=f"^{type(frozen).__name__} is immutable: cannot assign to '{name}'"):
            setattr(frozen, name, None)
        with pytest.raises(AttributeError, match=f"^{type(frozen).__name__} is immutable: cannot delete '{name}'"):
            delattr(frozen, name)
        assert getattr(frozen, name, None) is before


@pytest.mark.parametrize("frozen", FROZEN, ids=repr)
def test_copies_and_pickles_are_equal(frozen):
    copies = [copy.copy(frozen), copy.deepcopy(frozen)]
    copies += [pickle.loads(pickle.dumps(frozen, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
    for each in copies:
        assert each == frozen
        assert hash(each) == hash(frozen)
        assert repr(each) == repr(frozen)
    assert weakref.ref(frozen)() is frozen


@pytest.mark.parametrize("group", [FILTERS, PIPELINES, TRACES], ids=["filters", "pipelines", "traces"])
def test_different_objects_are_unequal_from_either_side(group):
    for number, one in enumerate(group):
        for other in group[number + 1 :]:
            assert one != other
            assert other != one
        assert one != "something else"


def test_a_filter_has_the_docstring_and_the_place_of_its_function():
    styled = filters.quotes(style="de")
    for each in (filters.quotes, styled):
        assert "Why:" in each.__doc__
        assert (each.__module__, each.__qualname__) == ("cleanmedia.filters.quotes", "quotes")
    assert (styled.name, styled.options, styled.option_names) == ("quotes", {"style": "de"}, ("style",))
    assert filters.widgets.option_names == ("catalogues", "languages")
    assert drops_lines(lambda line: None).option_names == ()


def test_a_filter_with_options_is_never_taken_for_the_one_without():
    for pipeline in (NEWS, NEWS.replace(filters.quotes(style="de"))):  # the first must not decide for the second
        row = pipeline.on("text", title="title")({"text": 'He said "yes".', "title": "A headline"})
        assert row["text"] == pipeline('He said "yes".')


def test_the_pickle_of_a_trace_does_not_grow():
    trace = NEWS.trace("So it was..\nShare on Facebook")
    fresh = pickle.dumps(trace)
    assert trace.changes()
    assert trace.changes() is trace.changes(), "computed once"
    assert pickle.dumps(trace) == fresh
    assert pickle.loads(fresh).changes() == trace.changes()


GOOD = """
from collections.abc import Iterator

from cleanmedia import NEWS, Edit, Pipeline, drops_lines, finds, replaces
from cleanmedia.filters import quotes, widgets

@drops_lines
def datelines(line: str) -> str | None:
    return None

@finds
def marks(text: str, *, mark: str = "!") -> Iterator[Edit]:
    yield Edit(0, 0, mark)

made: Pipeline = NEWS.replace(quotes(style="de"), widgets(languages=["en"])).before("widgets", datelines, marks)
made = Pipeline(quotes, marks(mark="?"), *NEWS.filters).then(replaces("a", "b", "c"))
text: str = quotes("x") + NEWS("x") + NEWS.trace("x").text
none: None = quotes(None)
drops: list[bool] = [each.drops for each in NEWS.filters]
"""
WRONG = """
from cleanmedia import NEWS
from cleanmedia.filters import quotes

quotes.name = "other"
quotes.another = 1
NEWS.stages = ()
NEWS.trace("x").text = "y"
quotes(nonsense=1)
quotes(style=1)
NEWS.then(str.lower)
"""


@pytest.mark.heavy
def test_type_checkers_know_the_public_types(tmp_path):
    pytest.importorskip("mypy", reason="mypy is not installed: pip install 'cleanmedia[dev]'")
    (tmp_path / "good.py").write_text(GOOD)
    (tmp_path / "wrong.py").write_text(WRONG)
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", str(tmp_path / "cache")]
    result = subprocess.run(
        [*command, "good.py", "wrong.py"], cwd=tmp_path, capture_output=True, text=True, timeout=300
    )
    assert not result.stderr
    errors = [line for line in result.stdout.splitlines() if ": error: " in line]
    lines = {line.split(": error: ")[0] for line in errors}
    assert lines == {f"wrong.py:{number}" for number in range(5, 12)}, result.stdout
