"""The case tables: what each filter changes, keeps, and does not manage yet. tests/support/cases.py tells their form."""

from collections import Counter

import pytest

from cleanmedia import filters
from tests.support.cases import KINDS, cases
from tests.support.folders import CASES


def every(kind):
    """The cases of all filters, with an id that begins with the filter's name."""
    return [
        pytest.param(case.found, case.text, case.becomes, id=f"{name}: {case.name}")
        for name in filters.__all__
        for case in cases(name, kind)
    ]


@pytest.mark.parametrize(("found", "text", "becomes"), every("changes"))
def test_changes(found, text, becomes):
    assert text != becomes
    assert found(text) == becomes
    assert found(becomes) == becomes, "and a second pass changes nothing"


@pytest.mark.parametrize(("found", "text", "becomes"), every("keeps"))
def test_keeps(found, text, becomes):
    assert becomes is text, "a case that stays has no other text"
    assert found.edits(text) == ()
    assert found(text) is text


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="a known failure: move it to changes or keeps")
@pytest.mark.parametrize(("found", "text", "becomes"), every("fails"))
def test_known_failures(found, text, becomes):
    assert found(text) == becomes


@pytest.mark.parametrize("name", filters.__all__)
def test_every_filter_has_cases_of_both_kinds_with_names_of_their_own(name):
    assert cases(name, "changes")
    assert cases(name, "keeps")
    names = Counter(case.name for kind in KINDS for case in cases(name, kind))
    assert [name for name, count in names.items() if count > 1] == []


def test_every_file_is_a_filters():
    names = {path.stem for path in CASES.glob("*.toml")} - {"phrases_in_articles"}
    assert names == set(filters.__all__)
