"""Files that are inputs and outputs at once, that change, are joined, broken or no files: nothing is lost, nothing is mixed."""

import json
import os
import subprocess
import sys
import time

import pytest

from cleanmedia import decode
from tests.support.commands import CLEAN, DIRTY, run
from tests.support.files import files, read, write

RUSSIAN = "Это обычный текст.. Его читают каждый день, и он понятен."
LINE = '{"text": "So.."}\n'


def refused(*arguments, **more):
    """Run a command that is refused before it writes anything; return its message."""
    code, out, err = run(*arguments, **more)
    assert (code, out, err.count("\n")) == (2, "", 1), (code, out, err)
    return err


def test_a_weak_guess_of_the_encoding_is_not_written_back(tmp_path):
    data = "Это..".encode("koi8-r")
    assert not decode(data).certain
    page = write(tmp_path / "p.txt", data)
    for arguments in (["-i", page], ["-o", page, page], ["-j", 2, "-i", page]):
        assert "--accept-guess" in refused(*arguments)
        assert page.read_bytes() == data
    assert run("-o", tmp_path / "other.txt", page)[0] == 0, "the input stays"
    assert run("-i", "--encoding", "koi8-r", page)[0] == 0
    assert read(page) == "Это."
    assert run("-i", "--accept-guess", write(page, data))[0] == 0
    assert read(page) == "Это."
    assert run("-i", write(page, RUSSIAN.encode("koi8-r")))[0] == 0, "a clear guess"
    assert read(page) == RUSSIAN.replace("..", ".")


@pytest.mark.parametrize(
    ("source", "option", "name"),
    [
        ("p.jsonl", "-o", "out.parquet"),
        ("p.jsonl", "-o", "out.txt"),
        ("p.txt", "-o", "out.jsonl.gz"),
        ("p.txt", "-o", "out.wet"),
        ("p.jsonl", "--rejects", "r.parquet"),
        ("p.jsonl", "--rejects", "r.jsonl.gz"),
        ("p.jsonl", "--report", "r.txt"),
        ("p.jsonl", "--stats-json", "s.json.zst"),
    ],
)
def test_a_name_says_what_is_in_the_file(tmp_path, source, option, name):
    page = write(tmp_path / source, LINE)
    refused(page, option, tmp_path / name)
    assert files(tmp_path) == [source]


def test_parquet_is_not_written_under_the_name_of_json_lines(tmp_path):
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"text": ["So.."]}), tmp_path / "p.parquet")
    assert "implies jsonl" in refused(tmp_path / "p.parquet", "-o", tmp_path / "out.jsonl")
    assert "implies jsonl" in refused("learn", tmp_path / "p.parquet", "-o", tmp_path / "out.jsonl")
    assert files(tmp_path) == ["p.parquet"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_joined_json_lines_are_lines(tmp_path, jobs):
    one, two = write(tmp_path / "1.jsonl", LINE.rstrip()), write(tmp_path / "2.jsonl", b"\xef\xbb\xbf" + LINE.encode())
    none = write(tmp_path / "0.jsonl", "")
    clean = LINE.replace("..", ".")
    assert run("-j", jobs, "-o", tmp_path / "out.jsonl", none, one, two, one)[0] == 0
    assert read(tmp_path / "out.jsonl") == clean * 2 + clean.rstrip()
    assert run("-j", jobs, one, none, two, one)[1] == clean * 2 + clean.rstrip()
    assert run(two)[1] == "\ufeff" + clean, "one file stays as it is"


def test_a_byte_order_mark_inside_a_file(tmp_path):
    page = write(tmp_path / "p.jsonl", LINE.encode() + b"\xef\xbb\xbf" + LINE.encode() + b"\xef\xbb\xbf")
    assert run(page) == (0, LINE.replace("..", ".") * 2, "")


def test_two_outputs_are_two_files(tmp_path):
    page = write(tmp_path / "p.jsonl", LINE)
    old = write(tmp_path / "old.jsonl", "as it was")
    os.link(old, tmp_path / "link.jsonl")
    (tmp_path / "folder").symlink_to(tmp_path)
    new = tmp_path / "new.jsonl"
    for arguments in (
        ["-o", new, "--rejects", new],
        ["-o", new, "--stats-json", tmp_path / "folder" / "new.jsonl"],
        ["-o", old, "--rejects", tmp_path / "link.jsonl"],
        ["--rejects", old, "--stats-json", tmp_path / "link.jsonl"],
        ["-o", tmp_path / "x", "--report", tmp_path / "x"],
    ):
        assert "would write over another file" in refused(page, *arguments)
    assert (read(old), read(page)) == ("as it was", LINE)
    assert files(tmp_path) == ["link.jsonl", "old.jsonl", "p.jsonl"]
    assert run(page, "-o", "/dev/null", "--stats-json", "/dev/null", "--rejects", "/dev/null")[0] == 0


def test_no_output_is_a_file_that_the_run_is_set_up_from(tmp_path):
    page, spec = write(tmp_path / "p.jsonl", LINE), write(tmp_path / "spec", '{"preset": "news"}')
    phrases = write(tmp_path / "mine.txt", "[share]\nTell your friends..\n")
    (tmp_path / "link").symlink_to(phrases)
    for arguments, option in (
        (["-i", phrases, "--phrases", phrases], "--phrases"),
        (["-i", tmp_path / "mine.txt", "--phrases", tmp_path / "link"], "--phrases"),
        ([page, "-o", tmp_path / "link", "--phrases", phrases], "--phrases"),
        ([page, "--report", spec, "--config", spec], "--config"),
        ([page, "-o", spec, "--templates", spec], "--templates"),
        ([page, "--output-dir", tmp_path / "x", "--stats-json", spec, "--config", spec], "--config"),
    ):
        assert f"would be written over, but {option} reads it" in refused(*arguments)
    assert (read(spec), read(phrases)) == ('{"preset": "news"}', "[share]\nTell your friends..\n")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_is_named_twice_is_rewritten_once(tmp_path, jobs):
    page = write(tmp_path / "p.jsonl", LINE)
    (tmp_path / "link.jsonl").symlink_to(page)
    assert run("-j", jobs, "-i", page, tmp_path / "link.jsonl", page, tmp_path) == (0, "", "")
    assert read(page) == LINE.replace("..", ".")
    assert (tmp_path / "link.jsonl").is_symlink()


def test_what_a_shell_redirects_is_an_output(tmp_path):
    page = write(tmp_path / "p.jsonl", LINE)
    command = f"{sys.executable} -m cleanmedia p.jsonl"
    for redirected in ("> out.jsonl --stats-json out.jsonl", "2> out.jsonl --stats-json out.jsonl", ">> p.jsonl"):
        result = subprocess.run(f"{command} {redirected}", shell=True, cwd=tmp_path, capture_output=True, timeout=300)
        assert result.returncode == 2
        assert read(page) == LINE


def test_rejects_are_never_emptied(tmp_path):
    page, rejects = write(tmp_path / "p.jsonl", LINE + "broken\n"), tmp_path / "r.jsonl"
    assert run("-i", page, "--rejects", rejects)[0] == 0
    assert read(page) == LINE.replace("..", ".")
    only_copy = read(rejects)
    assert json.loads(only_copy)["raw"] == "broken\n"
    assert "is not empty" in refused("-i", page, "--rejects", rejects)
    assert read(rejects) == only_copy


def test_a_resumed_run_keeps_what_other_runs_rejected(tmp_path):
    page, rejects = write(tmp_path / "p.jsonl", "broken\n"), tmp_path / "r.jsonl"
    other = json.dumps({"path": "other.jsonl", "record": 1, "error": "x", "raw": "y"}) + "\n"
    own = json.dumps({"path": str(page), "record": 1, "error": "x", "raw": "of a killed run"}) + "\n"
    write(rejects, other + own + '{"path": "half')
    assert run(page, "--rejects", rejects, "--output-dir", tmp_path / "out", "--resume")[0] == 0
    lines = read(rejects).splitlines(keepends=True)
    assert lines[0] == other
    assert [json.loads(line)["raw"] for line in lines[1:]] == ["broken\n"]


@pytest.mark.parametrize("content", ["{}\n", "[]\n", "no JSON\n", '{"path": 1}\n', "[" * 100_000 + "\n", "\n"])
def test_what_is_no_file_of_rejects_is_told(tmp_path, content):
    page, rejects = write(tmp_path / "p.jsonl", LINE), write(tmp_path / "r.jsonl", content)
    assert "r.jsonl:1 is not a record" in refused(
        page, "--rejects", rejects, "--output-dir", tmp_path / "o", "--resume"
    )
    assert read(rejects) == content


def test_resume_sees_other_options_and_another_version(tmp_path):
    corpus, out = tmp_path / "c", tmp_path / "out"
    write(corpus / "p.jsonl", LINE)
    phrases = write(tmp_path / "mine.txt", "[share]\nTell your neighbours\n")
    arguments = [corpus, "--output-dir", out, "--phrases", phrases]
    assert run(*arguments)[0] == 0
    before = read(out / "p.jsonl")
    assert "1 file done before, 0 to do" in run(*arguments, "--resume", "-j", 2, "--stats")[2]
    assert "another --preset, --quotes;" in refused(*arguments, "--resume", "--quotes", "de", "--preset", "article")
    write(phrases, "[share]\nTell your friends\n")
    assert "another --phrases;" in refused(*arguments, "--resume")
    record = out / ".cleanmedia.jsonl"
    assert run(*arguments)[0] == 0, "without --resume all is done again"
    write(record, read(record).replace('"version": "', '"version": "0.'))
    assert "another version;" in refused(*arguments, "--resume")
    write(record, "no JSON\n")
    assert "is broken" in refused(*arguments, "--resume")
    assert read(out / "p.jsonl") == before


def test_resume_sees_an_input_that_was_replaced(tmp_path):
    corpus, out = tmp_path / "c", tmp_path / "out"
    page = write(corpus / "p.jsonl", LINE)
    assert run(corpus, "--output-dir", out)[0] == 0
    write(page, '{"text": "No.."}\n')
    os.utime(page, (1, 1))  # older than its output, as a file that was moved here
    assert "0 files done before, 1 to do" in run(corpus, "--output-dir", out, "--resume")[2]
    assert read(out / "p.jsonl") == '{"text": "No."}\n'


def test_resume_sees_an_input_that_was_replaced_while_it_was_read(tmp_path):
    corpus, out = tmp_path / "c", tmp_path / "out"
    page, new = write(corpus / "p.jsonl", LINE * 30_000), write(tmp_path / "new.jsonl", '{"text": "No.."}\n' * 30_000)
    arguments = [corpus, "--output-dir", out]
    process = subprocess.Popen([sys.executable, "-m", "cleanmedia", *arguments])
    while process.poll() is None and not any(path.stat().st_size for path in out.glob(".cleanmedia-*")):
        time.sleep(0.001)
    new.replace(page)
    assert process.wait(300) == 0
    assert run(*arguments, "--resume")[0] == 0
    assert set(read(out / "p.jsonl").splitlines()) == {'{"text": "No."}'}


def test_a_file_that_changes_while_it_is_read_is_not_written_over(tmp_path):
    page = write(tmp_path / "p.jsonl", LINE * 100_000)
    process = subprocess.Popen([sys.executable, "-m", "cleanmedia", "-i", page], stderr=subprocess.PIPE)
    while process.poll() is None and not list(tmp_path.glob(".cleanmedia-*")):
        time.sleep(0.001)
    os.utime(page, (1, 1))
    _, errors = process.communicate(timeout=300)
    assert (process.returncode, b"changed while it was read" in errors) == (2, True)
    assert read(page) == LINE * 100_000
    assert files(tmp_path) == ["p.jsonl"]


def test_pipes_in_a_folder_are_left_out(tmp_path):
    write(tmp_path / "c" / "p.txt", DIRTY)
    os.mkfifo(tmp_path / "c" / "q.txt")
    code, _, err = run(tmp_path / "c", "--output-dir", tmp_path / "out")
    assert (code, files(tmp_path / "out")) == (0, ["p.txt"])
    assert "1 left out that are no files" in err
    assert "only regular files" in refused("-i", tmp_path / "c" / "q.txt")


def test_endings_in_capitals(tmp_path):
    import gzip

    page = write(tmp_path / "P.JSONL.GZ", gzip.compress(LINE.encode()))
    assert run(page) == (0, LINE.replace("..", "."), "")
    assert run("-i", page)[0] == 0
    assert gzip.decompress(page.read_bytes()).decode() == LINE.replace("..", ".")
    assert CLEAN


def test_a_full_disk_leaves_no_half_line_of_rejects(tmp_path):
    from tests.cli.test_faults import mounted

    page = write(tmp_path / "p.jsonl", "".join(f"broken {n}{'x' * 2_000}\n" for n in range(200)))
    with mounted(tmp_path / "small", "size=64k") as small:
        rejects = small / "r.jsonl"
        err = run(page, "--rejects", rejects, "-o", tmp_path / "out.jsonl")[2]
        assert err.splitlines()[-1] == f"cleanmedia: {rejects}: No space left on device"
        assert read(rejects) == ""
        assert not (tmp_path / "out.jsonl").exists()


def test_help_that_cannot_be_written_is_an_error():
    for unbuffered in ("", "1"):
        for option in ("--help", "--version", "--list"):
            with open("/dev/full", "wb") as full:
                result = subprocess.run(
                    [sys.executable, "-m", "cleanmedia", option],
                    stdout=full, stderr=subprocess.PIPE, timeout=300, env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
                )  # fmt: skip
            assert (result.returncode, result.stderr) == (2, b"cleanmedia: standard output: No space left on device\n")
