"""Signals at random moments, as benchmarks/signals.py sends them by the hundred."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
try:
    import signals
finally:
    sys.path.pop(0)


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="reads /proc")
def test_signals_at_random_moments():
    codes, failures = signals.run(count=15, busy=1, seed=5)
    assert failures == []
    assert sum(codes.values()) == 15
    assert len({code for _, code in codes} & {129, 130, 143}) == 3, "each kind interrupted a run"
