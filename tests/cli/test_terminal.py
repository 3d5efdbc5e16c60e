"""What strangers wrote, in keys, names and files, does not control the terminal, forge lines or flood it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanmedia.cli.terminal import json_line, printable
from tests.support.commands import run
from tests.support.files import write

KEY = "\x1b]0;pwned\x07\n\nfake line\x9b1m\u202e"


@given(st.text(), st.integers(20, 200))
def test_no_text_controls_a_terminal(text, longest):
    shown = printable(text, longest)
    assert shown.replace("\u200c", "").replace("\u200d", "").isprintable()
    assert len(shown) <= 10 * (longest + 1)
    shown.encode()


@given(st.text())
def test_a_line_of_json_says_what_it_was_given(text):
    line = json_line({"a": text})
    assert json.loads(line) == {"a": text}
    assert line.count("\n") == 1
    assert not any(0x7F <= ord(char) < 0xA0 or char < " " for char in line[:-1])
    line.encode()


def safe(err, lines):
    assert err.count("\n") == lines
    assert all(char.isprintable() for char in err.replace("\n", ""))
    assert len(err) < 2_000 * lines


def test_keys_of_records(tmp_path):
    page = write(tmp_path / "p.jsonl", json.dumps({KEY: 1}) + "\n" + json.dumps({"k" * 3_000_000: 1}) + "\n")
    code, out, err = run(page, "--on-error", "reject")
    assert (code, out) == (0, "")
    safe(err, 2)
    assert "\\x1b]0;pwned\\x07\\n\\nfake line" in err


def test_names_of_files(tmp_path):
    name = b"na\xefve\x1b[31m\n.txt"
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    try:
        path.write_text("So..")
    except OSError:
        pytest.skip("this file system takes no such names")
    code, out, err = run("--check", tmp_path)
    assert (code, out, err) == (1, f"{tmp_path}/na\\xefve\\x1b[31m\\n.txt: would change\n", "")
    for option in ("--diff", "--explain"):
        out = run(option, tmp_path)[1]
        assert "\x1b" not in out
    assert json.loads(run("--explain", tmp_path)[1])["path"] == str(path)
    path.write_bytes(b"\xff\xff\xff")
    for arguments in (["--encoding", "utf-8", path], ["--verbose", path], [str(path) + "no"], ["--" + str(path)]):
        err = run(*arguments)[2]
        safe(err, 1)
    path.unlink()


def test_names_in_a_folder_that_are_left_out(tmp_path):
    write(tmp_path / "p.txt", "x")
    write(tmp_path / "\x1b[31m.png", "x")
    safe(run(tmp_path)[2], 1)


def test_broken_templates_are_told(tmp_path):
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    from cleanmedia.page.templates import VERSION

    columns = {
        "host": ["a.org"],
        "kind": ["line"],
        "key": ["x"],
        "on_pages": [1],
        "pages": [1],
        "kept": [""],
        "version": [VERSION],
    }
    for wrong in (
        {"host": [1]}, {"key": [1]}, {"kept": [False]}, {"kind": [["line"]]}, {"pages": ["1"]}, {"version": ["x"]}, {"version": [None]},
    ):  # fmt: skip
        pq.write_table(pa.table({**columns, **wrong}), tmp_path / "t.parquet")
        code, _, err = run("--templates", tmp_path / "t.parquet", "--host", "a.org", stdin="So..\n")
        assert (code, "is no file of templates" in err, err.count("\n")) == (2, True, 1)


def test_a_changed_phrase_file_is_read_again(tmp_path):
    from cleanmedia.filters import widgets

    mine = write(tmp_path / "mine.txt", "[share]\nTell your neighbours\n")
    found = widgets(catalogues=[str(mine)])
    assert found("Text.\nTell your neighbours\n") == "Text.\n"
    write(mine, "[share]\nTell your friends\n")
    assert found("Text.\nTell your friends\n") == "Text.\n"


def test_standard_error_that_cannot_be_written_changes_nothing(tmp_path):
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "cleanmedia", "missing.txt"],
            stdout=subprocess.PIPE,
            stderr=full,
            cwd=tmp_path,
            timeout=300,
        )
    assert result.returncode == 2
