"""Work shared among processes: the same results, in order, with little in memory, and clear errors."""

import os
import subprocess
import sys
import time
from itertools import count, islice

import pytest

from cleanmedia import NEWS, REPAIR, Pipeline, rewrites
from cleanmedia.core.parallel import WorkerDied, ordered

TEXTS = ["So it was..", None, "It&# 39;s over", "", "“Yes. “.\n\nShare on Facebook\n"] * 200


@rewrites
def dies(text):
    if text == "die":
        os._exit(3)
    return text


def square(number):
    if number == 1_000:
        raise LookupError("no square")
    return number * number


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_results_are_the_serial_ones_in_order(processes):
    assert list(NEWS.map(TEXTS, processes=processes)) == [NEWS(text) for text in TEXTS]
    assert list(NEWS.map([], processes=processes)) == []
    assert list(ordered(square, range(999), processes)) == [number * number for number in range(999)]


@pytest.mark.parametrize("processes", [1, 2])
def test_texts_are_asked_for_as_results_are_taken(processes):
    asked = []

    def texts():
        for number in count():
            asked.append(number)
            yield f"{number}.." + "x" * 100_000

    results = REPAIR.map(texts(), processes=processes)
    assert asked == []
    assert next(results)[:2] == "0."
    assert len(asked) <= 15, "a few lots of a few texts, not all of them"
    list(islice(results, 20))
    assert len(asked) <= 40
    results.close() if processes > 1 else None


@pytest.mark.parametrize("processes", [1, 2])
def test_an_error_comes_in_its_place(processes):
    results = ordered(square, range(2_000), processes)
    assert list(islice(results, 1_000)) == [number * number for number in range(1_000)]
    with pytest.raises(LookupError, match="no square"):
        next(results)
    with pytest.raises(TypeError, match="cleans str, not bytes"):
        list(NEWS.map([b"bytes"], processes=processes))


def test_a_worker_that_dies_is_told():
    with pytest.raises(WorkerDied, match="a worker process died"):
        list(Pipeline(dies).map(["a", "die"] * 300, processes=2))


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="reads /proc")
def test_workers_die_with_their_parent():
    code = """if True:
        import os, time
        from cleanmedia.core.parallel import ordered
        def slow(number):
            time.sleep(0.2 if number < 2 else 600)
            return os.getpid()
        for worker in ordered(slow, range(4), 2, most=1):
            print(worker, flush=True)
    """
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    workers = {int(process.stdout.readline()) for _ in range(2)}
    process.kill()
    process.wait()
    until = time.monotonic() + 120
    while any(os.path.exists(f"/proc/{worker}") for worker in workers) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [worker for worker in workers if os.path.exists(f"/proc/{worker}")]


@pytest.mark.parametrize("processes", [0, -1])
def test_the_number_of_processes_is_checked_at_once(processes):
    with pytest.raises(ValueError, match="at least 1"):
        NEWS.map([], processes=processes)
