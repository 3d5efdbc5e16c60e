"""Hostile input: nothing crashes or hangs, and what has to stay stays. The texts are in tests/support/hostile.py."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

from cleanmedia import ARTICLE, NEWS, REPAIR
from tests.support.commands import run
from tests.support.folders import ROOT
from tests.support.growth import grows_too_fast
from tests.support.hostile import TEXTS, UNITS, long
from tests.test_laws import FILTERS, SUBJECTS, name_of

SHARED = Path(os.environ.get("CLEANMEDIA_HOSTILE", ROOT.with_name("shared") / "hostile" / "hostile.py"))


@pytest.mark.parametrize("subject", SUBJECTS, ids=name_of)
def test_texts(subject):
    for name, (text, kept) in TEXTS.items():
        once = subject(text)
        assert subject(once) == once, name
        if subject in (REPAIR, NEWS):
            assert kept in once, name
            once.encode()


@pytest.mark.parametrize("subject", SUBJECTS, ids=name_of)
def test_long_runs(subject):
    for name, unit in UNITS.items():
        text = long(unit, 3_000)
        once = subject(text)
        assert subject(once) == once, name
        assert "The end of it." in once, name


def test_the_command_line(tmp_path):
    for number, (text, _) in enumerate([*TEXTS.values(), *((long(unit, 500), "") for unit in UNITS.values())]):
        (tmp_path / f"{number:03}.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
    code, out, err = run("-j", "2", *sorted(tmp_path.iterdir()))
    refused = [line for line in err.splitlines() if "--encoding" in line or "binary" in line]
    assert err.splitlines() == refused, "each in one line"
    assert code == (2 if refused else 0)
    assert out.count("The end of it.") >= len(UNITS) - len(refused)


HEAVY = [pytest.param(pipeline, marks=pytest.mark.heavy) for pipeline in (NEWS, ARTICLE)]


@pytest.mark.parametrize("subject", [*FILTERS, *HEAVY], ids=name_of)
def test_time_grows_in_proportion_to_length(subject):
    subject("warm up “.. &# 171;\n" * 3)
    assert {name: ratio for name, unit in UNITS.items() if (ratio := grows_too_fast(subject, unit))} == {}


@pytest.fixture(scope="module")
def shared():
    """The project's larger collection, which is no part of the repository."""
    if not SHARED.exists():
        pytest.skip(f"no collection of hostile inputs in {SHARED}; CLEANMEDIA_HOSTILE names it")
    spec = importlib.util.spec_from_file_location("shared_hostile", SHARED)
    module = importlib.util.module_from_spec(spec)
    sys.modules["shared_hostile"] = module
    spec.loader.exec_module(module)
    return module


# What the collection asks for and the presets do otherwise, on purpose.
OTHERWISE = {
    "control/c1-all-as-utf8": "controls of Latin-1 are letters of windows-1252, read in the wrong encoding",
    "redos/esc": "the letter is the end of a terminal's escape sequence, which goes whole",
}
LARGEST = 400_000  # bytes, here


@pytest.mark.parametrize("subject", [REPAIR, NEWS, ARTICLE], ids=name_of)
def test_the_shared_collection(shared, subject):
    found = {
        case.name: bad
        for kind in ("text", "str")
        for case in shared.cases(kind)
        if case.size <= LARGEST and case.name not in OTHERWISE and (bad := shared.check(case, subject))
    }
    assert found == {}
