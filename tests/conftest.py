"""How many examples Hypothesis tries, which tests run, and the benchmark's pages.

A run on your machine tries few examples and leaves out the tests marked ``heavy``, so that it takes about a minute. One with ``CI=true``
in the environment, as ``.ci/run`` is, tries all and runs all. ``pytest -m heavy`` runs only what a local run leaves out.
The long run, fuzzing: ``CLEANMEDIA_EXAMPLES=100000 python -m pytest tests/test_laws.py --hypothesis-profile=thorough``.
"""

import os
import sys

import pytest
from _pytest.doctest import DoctestModule
from hypothesis import HealthCheck, settings

from tests.support.chromium import ARGUMENTS, CHROMIUM
from tests.support.folders import ROOT

_SLOW_DATA = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("default", max_examples=300, deadline=None, suppress_health_check=_SLOW_DATA)
settings.register_profile("local", max_examples=20, deadline=None, suppress_health_check=_SLOW_DATA)
settings.register_profile("quick", max_examples=100, deadline=None, suppress_health_check=_SLOW_DATA)
settings.register_profile(
    "thorough",
    max_examples=int(os.environ.get("CLEANMEDIA_EXAMPLES", 20_000)),
    deadline=None,
    suppress_health_check=_SLOW_DATA,
)
settings.load_profile("default" if os.environ.get("CI") else "local")


def pytest_collection_modifyitems(config, items):
    if not (os.environ.get("CI") or config.option.markexpr):
        for item in items:
            if item.get_closest_marker("heavy"):
                item.add_marker(pytest.mark.skip(reason="heavy: runs with CI=true, or with -m heavy"))


@pytest.hookimpl(wrapper=True)
def pytest_collect_file():
    """Look for doctests in the package alone.

    A module of tests that cannot be imported would be skipped as one of doctests, and then be found empty instead of
    being reported.
    """
    collectors = yield
    return [collector for collector in collectors if not isinstance(collector, DoctestModule)]


@pytest.fixture
def real_pages():
    """Every N-th page of the benchmark, by ``real_pages(N)``; skips the test where the pages are absent."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        from pages import BENCH, pages
    finally:
        sys.path.pop(0)
    if not (BENCH / "dev").is_dir():
        pytest.skip(f"no benchmark pages in {BENCH / 'dev'}; CLEANMEDIA_BENCH names their folder")
    return pages


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium; tests that ask for it are skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install 'cleanmedia[browser]'")
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with playwright.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()
