"""What the documentation shows is what happens: docstrings of filters, and the README."""

import doctest

import pytest

import cleanmedia
from cleanmedia import filters
from tests.support.folders import ROOT


@pytest.mark.parametrize("name", filters.__all__)
def test_docstring_is_complete_and_true(name):
    found = getattr(filters, name)
    doc = found.__doc__
    for heading in ("Why:", "Keeps:", "Risk:"):
        assert heading in doc
    test = doctest.DocTestParser().get_doctest(doc, {name: found}, name, None, None)
    assert len(test.examples) >= 2, "one example that changes, and one that does not"
    assert doctest.DocTestRunner().run(test).failed == 0


def test_readme_is_true():
    result = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert result.attempted > 5
    assert result.failed == 0


def test_public_names_are_there():
    for name in cleanmedia.__all__:
        assert getattr(cleanmedia, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        cleanmedia.nonsense  # noqa: B018
