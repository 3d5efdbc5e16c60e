"""How many examples Hypothesis tries, and the benchmark's pages.

The long run, fuzzing: ``CLEANMEDIA_EXAMPLES=100000 python -m pytest tests/test_laws.py --hypothesis-profile=thorough``.
"""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

_SLOW_DATA = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile("default", max_examples=1_000, deadline=None, suppress_health_check=_SLOW_DATA)
settings.register_profile("quick", max_examples=100, deadline=None, suppress_health_check=_SLOW_DATA)
settings.register_profile(
    "thorough",
    max_examples=int(os.environ.get("CLEANMEDIA_EXAMPLES", 20_000)),
    deadline=None,
    suppress_health_check=_SLOW_DATA,
)
settings.load_profile("default")


@pytest.fixture
def real_pages():
    """Every N-th page of the benchmark, by ``real_pages(N)``; skips the test where the pages are absent."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
    try:
        from pages import BENCH, pages
    finally:
        sys.path.pop(0)
    if not (BENCH / "dev").is_dir():
        pytest.skip(f"no benchmark pages in {BENCH / 'dev'}; CLEANMEDIA_BENCH names their folder")
    return pages
