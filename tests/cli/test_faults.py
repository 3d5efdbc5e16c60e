"""What happens when the system fails, or somebody ends the process: through real processes. No output is ever half there."""

import os
import resource
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.commands import BUFFERED, CLEAN, DIRTY

COMMAND = [sys.executable, "-m", "cleanmedia"]
BIG = ("It&# 39;s over, said the mayor of the town..\n\nShare on Facebook\n" * 40_000).encode()


def run(*arguments, **more):
    result = subprocess.run([*COMMAND, *map(str, arguments)], stderr=subprocess.PIPE, timeout=300, env=BUFFERED, **more)
    assert b"Traceback" not in result.stderr
    return result.returncode, result.stderr.decode()


def shell(command):
    result = subprocess.run(["/bin/sh", "-c", command], capture_output=True, timeout=300, env=BUFFERED)
    assert b"Traceback" not in result.stderr
    return result.returncode, result.stdout.decode(), result.stderr.decode()


def leftovers(folder):
    return [path.name for path in folder.iterdir() if path.name.startswith(".cleanmedia")]


def begun(folder, *arguments):
    """A process that has begun to write its output file."""
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=BUFFERED,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),  # under nohup it would be ignored
    )
    end = time.monotonic() + 300
    while not leftovers(folder) and process.poll() is None and time.monotonic() < end:
        time.sleep(0.005)
    assert process.poll() is None, "the process ended before it could be"
    return process


@pytest.mark.heavy
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_who_is_ended_leaves_the_old_output_and_no_temporary_file(tmp_path, number, code):
    source, output = tmp_path / "in.txt", tmp_path / "out.txt"
    source.write_bytes(BIG)
    output.write_text("old\n")
    process = begun(tmp_path, "-o", output, *[source] * 12)
    process.send_signal(number)
    _, errors = process.communicate(timeout=300)
    assert (process.returncode, errors) == (code, b"")
    assert output.read_text() == "old\n"
    assert leftovers(tmp_path) == []


@pytest.mark.heavy
def test_who_is_killed_leaves_the_old_output(tmp_path):
    source, output = tmp_path / "in.txt", tmp_path / "out.txt"
    source.write_bytes(BIG)
    output.write_text("old\n")
    process = begun(tmp_path, "-o", output, source, source)
    process.kill()
    process.wait(60)
    assert output.read_text() == "old\n"


@pytest.mark.heavy
def test_a_worker_that_is_killed_ends_the_run(tmp_path):
    if not Path("/proc/self/task").exists():
        pytest.skip("no /proc here, to find the worker in")
    output = tmp_path / "out.txt"
    output.write_text("old\n")
    sources = [tmp_path / f"{number}.txt" for number in range(8)]
    for source in sources:
        source.write_bytes(BIG)
    process = begun(tmp_path, "-j", "2", "-o", output, *sources)
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(int(workers[0]), signal.SIGKILL)
    _, errors = process.communicate(timeout=300)
    assert process.returncode == 2
    assert errors.count(b"\n") == 1
    assert b"a worker process died" in errors
    assert output.read_text() == "old\n"
    assert leftovers(tmp_path) == []


@pytest.mark.heavy
@pytest.mark.parametrize("way", ["-o", "-i"])
def test_a_file_that_grows_too_large_leaves_the_old_one(tmp_path, way):
    source, output = tmp_path / "in.txt", tmp_path / "out.txt"
    source.write_bytes(BIG)
    output.write_text("old\n")
    arguments = ["-o", output, source] if way == "-o" else ["-i", source]
    code, errors = run(*arguments, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)))
    assert code == 2
    assert errors.count("\n") == 1
    assert "File too large" in errors
    assert (source.read_bytes(), output.read_text()) == (BIG, "old\n")
    assert leftovers(tmp_path) == []


@contextmanager
def mounted(folder, options):
    """A file system in memory, where we may make one."""
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True).returncode:
        pytest.skip("no right to mount a file system here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.heavy
def test_a_full_disk_leaves_the_old_output(tmp_path):
    source = tmp_path / "in.txt"
    source.write_bytes(BIG)
    with mounted(tmp_path / "small", "size=256k") as small:
        (small / "out.txt").write_text("old\n")
        code, errors = run("-o", small / "out.txt", source)
        assert code == 2
        assert errors.count("\n") == 1
        assert "No space left" in errors
        assert (small / "out.txt").read_text() == "old\n"
        assert leftovers(small) == []


def test_a_read_only_file_system_is_an_error(tmp_path):
    source = tmp_path / "in.txt"
    source.write_text(DIRTY)
    with mounted(tmp_path / "fixed", "ro") as fixed:
        code, errors = run("-o", fixed / "out.txt", source)
        assert code == 2
        assert errors.count("\n") == 1
        assert "Read-only file system" in errors


def test_what_cannot_be_read_is_an_error(tmp_path):
    good = tmp_path / "good.txt"
    good.write_text(DIRTY)
    for bad in (tmp_path / "none.txt", "/proc/self/mem"):
        code, errors = run(bad, good, "-o", tmp_path / "out.txt")
        assert code == 2
        assert errors.count("\n") == 1
        assert str(bad) in errors
        assert not (tmp_path / "out.txt").exists()
    if os.geteuid():
        good.chmod(0)
        assert run(good)[0] == 2
        tmp_path.chmod(0o500)
        assert run("-o", tmp_path / "out.txt", __file__)[0] == 2
        tmp_path.chmod(0o700)


def test_closed_streams(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(DIRTY)
    command = " ".join(COMMAND)
    assert shell(f"{command} {page} >&-") == (2, "", "cleanmedia: standard output: Bad file descriptor\n")
    assert shell(f"{command} <&-")[::2] == (2, "cleanmedia: standard input: Bad file descriptor\n")
    assert shell(f"{command} {page} 2>&-") == (0, CLEAN, "")
    assert shell(f"{command} -o {tmp_path}/out.txt {page} >&- 2>&- <&-")[0] == 0
    assert (tmp_path / "out.txt").read_text() == CLEAN


def test_a_pipe_with_a_name(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["/bin/sh", "-c", f"printf 'So..' > {pipe}"]):
        assert shell(f"{' '.join(COMMAND)} {pipe}") == (0, "So.", "")


def test_too_little_memory_is_said(tmp_path):
    page = tmp_path / "page.txt"
    page.write_bytes(b"word " * 20_000_000)
    code, errors = run(
        "--max-document",
        "256M",
        page,
        "-o",
        tmp_path / "out.txt",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (300 << 20,) * 2),
    )
    assert code == 2
    assert errors.startswith("cleanmedia: out of memory")
    assert not (tmp_path / "out.txt").exists()
