"""What the documentation shows is what happens: docstrings of filters, and the README."""

import doctest
import re

import pytest

import cleanmedia
from cleanmedia import filters
from tests.support.folders import ROOT, SAMPLES


@pytest.mark.parametrize("name", filters.__all__)
def test_docstring_is_complete_and_true(name):
    found = getattr(filters, name)
    doc = found.__doc__
    for heading in ("Why:", "Keeps:", "Risk:"):
        assert heading in doc
    test = doctest.DocTestParser().get_doctest(doc, {name: found}, name, None, None)
    assert len(test.examples) >= 2, "one example that changes, and one that does not"
    assert doctest.DocTestRunner().run(test).failed == 0


def test_the_table_of_filters_is_complete():
    table = (ROOT / "docs" / "filters" / "README.md").read_text("utf-8")
    listed = re.findall(r"^\| \[`(\w+)`\]", table, re.MULTILINE)
    assert sorted(listed) == sorted(filters.__all__)


PAGES = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs").rglob("*.md"),
    *(ROOT / "benchmarks").glob("*.md"),
    *SAMPLES.rglob("*.md"),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_paths_lead_somewhere(page):
    text = page.read_text("utf-8")
    links = re.findall(r"\]\((?!\w+:|#)([^)#]+)[^)]*\)|(?:src|srcset)=\"([^\":]+)\"", text)
    made_up = "empty_brackets"  # the example of CONTRIBUTING.md
    links = [link for pair in links for link in pair if link and made_up not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []
    paths = re.findall(r"(?<![\w/.-])(?:tests|benchmarks|cleanmedia|samples|docs)/[\w/.-]*[\w/]", text)
    assert [path for path in paths if made_up not in path and not (ROOT / path).exists()] == []


def test_every_benchmark_is_listed():
    listed = (ROOT / "benchmarks" / "README.md").read_text("utf-8")
    assert [path.name for path in (ROOT / "benchmarks").glob("*.py") if path.name not in listed] == []


EXAMPLES = [page for page in PAGES if ">>> " in page.read_text("utf-8") and page.name != "CONTRIBUTING.md"]


@pytest.mark.parametrize("page", EXAMPLES, ids=lambda page: str(page.relative_to(ROOT)))
def test_examples_are_true(page):
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_readme_is_short():
    text = (ROOT / "README.md").read_text("utf-8")
    assert text.count("\n") < 200
    assert text.count(">>> ") > 5


def test_public_names_are_there():
    for name in cleanmedia.__all__:
        assert getattr(cleanmedia, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        cleanmedia.nonsense  # noqa: B018
