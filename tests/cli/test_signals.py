"""Signals at random moments, as benchmarks/signals.py sends them by the hundred."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
try:
    import signals
finally:
    sys.path.pop(0)


@pytest.mark.heavy
@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="reads /proc")
def test_signals_at_random_moments():
    codes, failures = signals.run(count=15, busy=1, seed=5)
    assert failures == []
    assert sum(codes.values()) == 15
    assert {code for _, code in codes} & {129, 130, 143}, "some interrupted a run"


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="reads /proc")
def test_interrupted_at_the_keyboard():
    process = signals.started([sys.executable, "-m", "cleanmedia"], stdin=subprocess.PIPE)
    process.send_signal(signal.SIGINT)
    assert process.wait(300) == 130
    assert process.stderr.read() == b""
    process.stdin.close()


@pytest.mark.skipif(not hasattr(os, "kill"), reason="sends itself a signal")
def test_what_an_interrupted_step_raises_is_no_failure():
    program = """
import os, signal, sys
import cleanmedia.cli as cli

def interrupted(argv):
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        while True:
            pass
    finally:
        raise AttributeError("not begun yet")

cli._run = interrupted
sys.exit(cli.main([]))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=300)
    assert (run.returncode, run.stderr) == (143, "")
