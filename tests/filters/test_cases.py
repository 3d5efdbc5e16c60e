"""The case tables: what each filter changes, keeps, and does not manage yet. Adding a case needs no Python."""

import tomllib

import pytest

from cleanmedia import filters
from tests.support.folders import CASES

NAMES = [
    name for name in filters.__all__ if name != "site_lines"
]  # which finds nothing until it is told a site's lines


def cases(kind):
    return [*_cases(kind)]


def _cases(kind):
    for name in NAMES:
        for case in tomllib.loads((CASES / f"{name}.toml").read_text("utf-8")).get(kind, []):
            text, expected = case if isinstance(case, list) else (case, case)
            yield pytest.param(getattr(filters, name), text, expected, id=f"{name}: {text[:50]}")


@pytest.mark.parametrize(("found", "text", "expected"), cases("changes"))
def test_changes(found, text, expected):
    assert found(text) == expected
    assert found(expected) == expected, "and a second pass changes nothing"


@pytest.mark.parametrize(("found", "text", "expected"), cases("keeps"))
def test_keeps(found, text, expected):
    assert found.edits(text) == ()
    assert found(text) is expected


@pytest.mark.xfail(strict=True, reason="a known failure: move the case to changes when it passes")
@pytest.mark.parametrize(("found", "text", "expected"), [*cases("fails")] or [pytest.param(str, "", "none", id="none")])
def test_known_failures(found, text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_filter_has_cases_of_both_kinds(name):
    table = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))
    assert table["changes"]
    assert table["keeps"]
