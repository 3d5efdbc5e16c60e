"""Real dirty pages and what they must become: samples/NAME.txt -> samples/NAME.clean.txt."""

import pytest

from cleanmedia import NEWS
from tests.support.folders import SAMPLES

DIRTY = [path for path in sorted(SAMPLES.glob("*.txt")) if not path.name.endswith(".clean.txt")]


@pytest.mark.parametrize("path", DIRTY, ids=lambda path: path.stem)
def test_sample(path):
    expected = path.with_suffix(".clean.txt").read_text("utf-8")
    text = path.read_text("utf-8")
    assert NEWS(text) == expected
    assert NEWS(expected) == expected
    assert NEWS.trace(text).restore() == text


def test_there_are_samples():
    assert len(DIRTY) >= 4
