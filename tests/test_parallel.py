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
    until = time.monotonic() + 20
    while any(os.path.exists(f"/proc/{worker}") for worker in workers) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [worker for worker in workers if os.path.exists(f"/proc/{worker}")]


@pytest.mark.parametrize("processes", [0, -1])
def test_the_number_of_processes_is_checked_at_once(processes):
    with pytest.raises(ValueError, match="at least 1"):
        NEWS.map([], processes=processes)


def cli(*arguments, **more):
    return subprocess.run(
        [sys.executable, "-m", "cleanmedia", *map(str, arguments)], capture_output=True, timeout=60, **more
    )


def test_jobs_give_the_same_in_order(tmp_path):
    paths = [tmp_path / f"{number:02}.txt" for number in range(20)]
    for number, path in enumerate(paths):
        path.write_text(f"Page {number}..\nShare on Facebook\n" * (1 + 50 * (number % 3)))
    paths.insert(7, tmp_path / "missing.txt")
    for options in ([], ["--check"], ["--diff"], ["--explain"], ["--verbose"]):
        one, two = cli(*options, *paths), cli("-j", "2", *options, *paths)
        assert (one.returncode, one.stdout, one.stderr) == (two.returncode, two.stdout, two.stderr)
        assert one.returncode == 2
        assert one.stdout
        assert b"missing.txt: No such file" in two.stderr
    del paths[7]
    result = cli("-j", "2", "-o", tmp_path / "all.txt", *paths)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
    assert (tmp_path / "all.txt").read_bytes() == cli(*paths).stdout
    assert cli("-j", "2", "-i", *paths).returncode == 0
    assert b"".join(path.read_bytes() for path in paths) == (tmp_path / "all.txt").read_bytes()
    assert cli("-j", "2", "--check", *paths).returncode == 0


def test_jobs_and_standard_input(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("one..")
    assert cli("-j", "2", path, "-", input=b"two..").stdout == b"one.two."
    for wrong in ("0", "-1", "x"):
        result = cli("-j", wrong, path)
        assert result.returncode == 2
        assert result.stderr.count(b"\n") == 1


def test_no_output_file_where_one_of_many_cannot_be_read(tmp_path):
    path, output = tmp_path / "page.txt", tmp_path / "out.txt"
    path.write_text("one..")
    output.write_text("as it was")
    for jobs in (1, 2):
        assert cli("-j", jobs, "-o", output, path, tmp_path / "missing.txt", path).returncode == 2
        assert output.read_text() == "as it was"
        assert sorted(tmp_path.iterdir()) == [output, path]
