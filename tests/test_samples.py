"""Real dirty pages and what they must become, samples/NAME.txt -> samples/NAME.clean.txt; and samples/clean, which stays as it is."""

import pytest

from cleanmedia import NEWS, REPAIR
from tests.support.folders import SAMPLES

DIRTY = [path for path in sorted(SAMPLES.glob("*.txt")) if not path.name.endswith(".clean.txt")]
CLEAN = sorted((SAMPLES / "clean").glob("*.txt"))
PRESETS = {"NEWS": NEWS, "REPAIR": REPAIR}

# Clean texts that a preset still changes, and what it does to them.
FAILS: dict[tuple[str, str], str] = {}


@pytest.mark.parametrize("path", DIRTY, ids=lambda path: path.stem)
def test_sample(path):
    expected = path.with_suffix(".clean.txt").read_text("utf-8")
    text = path.read_text("utf-8")
    assert NEWS(text) == expected
    assert NEWS(expected) == expected
    assert NEWS.trace(text).restore() == text


def clean_texts():
    for path in CLEAN:
        for name in PRESETS:
            reason = FAILS.get((path.stem, name))
            marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)] if reason else []
            yield pytest.param(path, name, id=f"{path.stem}-{name}", marks=marks)


@pytest.mark.parametrize(("path", "name"), [*clean_texts()])
def test_a_clean_text_stays_as_it_is(path, name):
    text = path.read_text("utf-8")
    assert PRESETS[name](text) == text


def test_there_are_samples():
    assert len(DIRTY) >= 4
    assert len(CLEAN) >= 20
    assert {name for name, _ in FAILS} <= {path.stem for path in CLEAN}
