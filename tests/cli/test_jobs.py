"""The option --jobs: the same output in the same order, through real processes."""

import subprocess
import sys

import pytest


def cli(*arguments, **more):
    return subprocess.run(
        [sys.executable, "-m", "cleanmedia", *map(str, arguments)], capture_output=True, timeout=300, **more
    )


@pytest.mark.heavy
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
    assert cli("-j", "0", path, "-", input=b"two..").stdout == b"one.two.", "one for each processor"
    for wrong in ("-1", "x"):
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
