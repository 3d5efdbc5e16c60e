"""The command line on data sets, through real processes."""

import bz2
import gzip
import json
import lzma
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cleanmedia import NEWS
from tests.support.commands import run
from tests.support.files import files, read, write

DIRTY = "It&# 39;s over..\n\nShare on Facebook\n"
CLEAN = "It's over.\n"
LINES = [
    '{"id": 1.50, "big": 12345678901234567890123, "text": "So it was..", "url": "http:\\/\\/x.org\\/"}\n',
    '{ "text" : "It&# 39;s over" ,\t"n":NaN , "x": {"text": "a.."} }\r\n',
    '{"text":"Nothing to do  \\u00e9","e":1E5}\n',
    "\n",
    '{"text":"„Ja“..","title":"é"}\n',
    '{"text":null,"tags":["a..",1]}\n',
    '{"text":"dup..","text":"last.."}',
]
CLEANED = [
    '{"id": 1.50, "big": 12345678901234567890123, "text": "So it was.", "url": "http:\\/\\/x.org\\/"}\n',
    '{ "text" : "It\'s over" ,\t"n":NaN , "x": {"text": "a.."} }\r\n',
    '{"text":"Nothing to do \\u00e9","e":1E5}\n',
    "\n",
    '{"text":"„Ja“.","title":"é"}\n',
    '{"text":null,"tags":["a..",1]}\n',
    '{"text":"dup..","text":"last."}',
]


@pytest.mark.parametrize("jobs", [1, 2])
def test_json_lines_change_in_their_text_alone(tmp_path, jobs):
    page = write(tmp_path / "pages.jsonl", "".join(LINES))
    assert run("-j", jobs, page) == (0, "".join(CLEANED), "")
    assert run("-j", jobs, "--format", "jsonl", stdin="".join(LINES)) == (0, "".join(CLEANED), "")
    assert run(write(tmp_path / "clean.jsonl", "".join(CLEANED)))[1] == "".join(CLEANED)
    assert run(write(tmp_path / "mark.jsonl", b"\xef\xbb\xbf" + LINES[0].encode()))[1] == "\ufeff" + CLEANED[0]


def test_lone_surrogates_survive(tmp_path):
    line = '{"text": "a \\ud83d b&# 39;s", "é": "\\udc00"}\n'
    page = write(tmp_path / "p.jsonl", line)
    assert run("--only", "entities", page) == (0, line.replace("&# 39;", "'"), "")
    raw = '{"text": "x", "y": "\ud83d"}\n'.encode("utf-8", "surrogatepass")
    write(page, raw)
    assert run("-o", tmp_path / "out.jsonl", page)[0] == 0
    assert (tmp_path / "out.jsonl").read_bytes() == raw


def test_several_fields_and_the_headline(tmp_path):
    title = "Bridge stays open, council says"
    body = f"{title}\n\nIt was a long night in the town hall of the city, as the people say.\n\n{title}\n"
    record = {"headline": "So it was..", "body": "a..", "text": "b.."}
    page = write(tmp_path / "p.jsonl", json.dumps(record) + "\n")
    got = json.loads(run("--field", "headline,body", page)[1])
    assert got == {"headline": "So it was.", "body": "a.", "text": "b.."}
    long = "It was a long night in the town hall of the city, as the people of it say to each other."
    body = f"{long}\n{long.upper()}\nCouncil: the bridge is open\n{long}\n"
    with_title = {"text": "Home\n" * 20 + body, "title": "Council: the bridge is open"}
    write(page, json.dumps(with_title))
    expected = NEWS.replace(NEWS.only("repeated_titles").filters[0](title=with_title["title"]))(with_title["text"])
    assert json.loads(run("--title-field", "title", page)[1])["text"] == expected


BROKEN = [
    "broken\n",
    '{"text": 5}\n',
    '{"other": "x"}\n',
    '{"text": "a"} x\n',
    '{"text": "a"\n',
    '["text"]\n',
    '{"text" "a"}\n',
]
BROKEN += ['{"text": "a\x01"}\n', "{text: 1}\n", '{"text": ' + "[" * 100_000 + "\n"]


def test_broken_records(tmp_path):
    good = '{"text": "a.."}\n'
    page = write(tmp_path / "p.jsonl", good + "".join(BROKEN) + good)
    rejects = tmp_path / "rejects.jsonl"
    target = write(tmp_path / "out.jsonl", "as it was")
    code, out, err = run(page, "-o", target)
    assert (code, out, err) == (2, "", f"cleanmedia: {page}:2: the line is no JSON object\n")
    assert read(target) == "as it was"
    code, _, err = run(page, "--on-error", "pass", "-o", target)
    assert code == 0
    assert read(target) == good.replace("..", ".") + "".join(BROKEN) + good.replace("..", ".")
    assert f"{page}:3: the field 'text' holds a number, not text\n" in err
    assert f"{page}:4: no field 'text'; it has other\n" in err
    assert err.count("\n") == len(BROKEN)
    code, _, err = run(page, "--rejects", rejects, "-o", target, "-j", 2)
    assert (code, read(target)) == (0, good.replace("..", ".") * 2)
    told = [json.loads(line) for line in read(rejects).splitlines()]
    assert [entry["raw"] for entry in told] == BROKEN
    assert [entry["record"] for entry in told] == list(range(2, 2 + len(BROKEN)))
    assert {entry["path"] for entry in told} == {str(page)}
    code, out, err = run(page, "--rejects", rejects, "--on-error", "pass")
    assert (code, err.count("\n")) == (2, 1)
    write(page, b'{"text": "\xff.."}\n{"text": "b.."}\n')
    assert run(page, "--on-error", "reject") == (
        0, '{"text": "b."}\n', f"cleanmedia: {page}:1: byte 10 of the line is not UTF-8\n",
    )  # fmt: skip


PACK = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}


@pytest.mark.parametrize(
    "ending", [".gz", *[pytest.param(more, marks=pytest.mark.heavy) for more in (".bz2", ".xz", ".zst")]]
)
def test_compressed_files(tmp_path, ending):
    if ending == ".zst":
        zstd = pytest.importorskip("backports.zstd")
        pack, unpack = zstd.compress, zstd.decompress
    else:
        pack, unpack = PACK[ending], {".gz": gzip, ".bz2": bz2, ".xz": lzma}[ending].decompress
    content = "".join(
        f'{{"n": {number}, "text": "Page {random.Random(number).random()}.."}}\n' for number in range(3_000)
    )
    packed = pack(content.encode())
    page = write(tmp_path / f"p.jsonl{ending}", packed)
    clean = content.replace('.."', '."')
    assert run(page) == (0, clean, "")
    for _ in range(2):
        assert run(page, "-o", tmp_path / f"out.jsonl{ending}") == (0, "", "")
        assert unpack((tmp_path / f"out.jsonl{ending}").read_bytes()).decode() == clean
    text = write(tmp_path / f"page.txt{ending}", pack(DIRTY.encode()))
    assert run("-i", text) == (0, "", "")
    assert unpack(text.read_bytes()).decode() == CLEAN
    # Cut off, or broken: a clear error, and nothing half-written.
    target = write(tmp_path / "target.jsonl", "as it was")
    for wrong in (
        packed[:-20],
        packed[: len(packed) // 2],
        b"no such data" + packed,
        packed[:2000] + b"\x00" * 50 + packed[2050:],
    ):
        write(page, wrong)
        code, out, err = run(page, "-o", target)
        assert (code, out, err.count("\n")) == (2, "", 1), err
        assert f"{page}: the {ending} data " in err
        assert read(target) == "as it was"
    assert not [name for name in files(tmp_path) if ".cleanmedia" in name]


def test_a_bomb_is_told(tmp_path):
    page = write(tmp_path / "p.jsonl.gz", gzip.compress(b'{"text": "' + b"a" * 5_000_000))
    code, out, err = run(page, "--max-document", "1M")
    assert (code, out) == (2, "")
    assert err == f"cleanmedia: {page}: line 1 is longer than 1,048,576 bytes; --max-document sets the limit\n"
    text = write(tmp_path / "p.txt.gz", gzip.compress(b"a" * 5_000_000))
    code, out, err = run(text, "--max-document", "1M")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert run(text, "--only", "entities")[0] == 0
    short = write(tmp_path / "s.jsonl", '{"text": "a.."}\n{"text": "' + "b.. " * 30 + '"}\n')
    code, out, err = run(short, "--max-document", "100", "--on-error", "pass")
    assert (code, out.count("b.. ")) == (0, 30)
    assert "2: the line is longer than 100 bytes" in err


def tree(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    write(corpus / "b.txt", DIRTY)
    write(corpus / "a" / "one.jsonl", "".join(LINES))
    write(corpus / "a" / "two.jsonl.gz", gzip.compress("".join(LINES).encode()))
    write(corpus / "a" / "picture.png", b"\x89PNG")
    write(corpus / ".hidden" / "x.txt", DIRTY)
    return corpus


def test_a_folder_into_a_folder(tmp_path):
    corpus, out = tree(tmp_path), tmp_path / "out"
    code, stdout, err = run("-j", 2, corpus, "--output-dir", out)
    assert (code, stdout) == (0, "")
    assert "1 of no known format left out, such as picture.png" in err
    assert files(out) == ["a/one.jsonl", "a/two.jsonl.gz", "b.txt"]
    assert read(out / "b.txt") == CLEAN
    assert (
        read(out / "a" / "one.jsonl")
        == gzip.decompress((out / "a" / "two.jsonl.gz").read_bytes()).decode()
        == "".join(CLEANED)
    )
    assert run(corpus / "a" / "one.jsonl", "--output-dir", tmp_path / "flat")[0] == 0
    assert files(tmp_path / "flat") == ["one.jsonl"]
    code, _, err = run(corpus)
    assert (code, "several formats" in err) == (2, True)
    code, _, err = run(corpus, "--output-dir", corpus)
    assert (code, "would write over an input" in err) == (2, True)
    write(tmp_path / "other" / "one.jsonl", "")
    code, _, err = run(corpus / "a", tmp_path / "other", "--output-dir", tmp_path / "clash")
    assert (code, "same place" in err, (tmp_path / "clash").exists()) == (2, True, False)
    code, _, err = run("--output-dir", tmp_path / "x", stdin="x")
    assert (code, err.count("\n")) == (2, 1)
    # The output may lie in the folder itself.
    for _ in range(2):
        assert run(corpus, "--output-dir", corpus / "clean", "--only", "entities")[0] == 0
    assert files(corpus / "clean") == files(out)


def test_one_bad_file_of_many(tmp_path):
    corpus, out = tree(tmp_path), tmp_path / "out"
    write(corpus / "a" / "two.jsonl.gz", gzip.compress("".join(LINES).encode())[:-10])
    code, _, err = run(corpus, "--output-dir", out)
    assert code == 2
    assert "two.jsonl.gz: the .gz data ends early" in err
    assert files(out) == ["a/one.jsonl", "b.txt"]
    write(corpus / "a" / "two.jsonl.gz", gzip.compress("".join(LINES).encode()))
    code, _, err = run(corpus, "--output-dir", out, "--resume")
    assert (code, "2 files done before, 1 to do" in err) == (0, True)
    assert files(out) == ["a/one.jsonl", "a/two.jsonl.gz", "b.txt"]


def test_nothing_is_written_over_what_is_read(tmp_path):
    page = write(tmp_path / "p.jsonl", "".join(LINES))
    (tmp_path / "link").symlink_to(page)
    for arguments in (
        ["--rejects", page], ["--rejects", tmp_path / "link"], ["--stats-json", page],
        ["--rejects", tmp_path / "x", "--stats-json", tmp_path / "x"],
        ["--output-dir", tmp_path / "out", "--rejects", tmp_path / "out" / "p.jsonl"],
    ):  # fmt: skip
        code, out, err = run(page, *arguments)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "would write over another file of this run" in err
        assert read(page) == "".join(LINES)
    code, _, err = run("learn", page, "-o", page)
    assert (code, read(page)) == (2, "".join(LINES))


def test_relative_names(tmp_path):
    corpus = tree(tmp_path)
    assert run("a/one.jsonl", "b.txt", "--output-dir", "out", cwd=corpus) == (0, "", "")
    assert files(corpus / "out") == ["b.txt", "one.jsonl"]
    assert run(".", "--output-dir", "../all", cwd=corpus / "a")[0] == 0
    assert files(corpus / "all") == ["one.jsonl", "two.jsonl.gz"]
    assert run("b.txt", "-o", "new.txt", cwd=corpus) == (0, "", "")
    code, _, err = run("b.txt", "--output-dir", "new.txt", cwd=corpus)
    assert (code, err.count("\n")) == (2, 1)


def test_in_place(tmp_path):
    page = write(tmp_path / "p.jsonl", "".join(LINES))
    clean = write(tmp_path / "c.jsonl", "".join(CLEANED))
    before = clean.stat()
    assert run("-i", page, clean) == (0, "", "")
    assert read(page) == "".join(CLEANED)
    assert clean.stat().st_mtime_ns == before.st_mtime_ns
    write(page, "".join(LINES) + "\nbroken")
    assert run("-i", page)[0] == 2
    assert read(page) == "".join(LINES) + "\nbroken"


def test_what_would_change(tmp_path):
    page = write(tmp_path / "p.jsonl", "".join(LINES))
    code, out, _ = run("--check", page)
    assert (code, out.splitlines()[:2]) == (1, [f"{page}:1:text: would change", f"{page}:2:text: would change"])
    code, out, _ = run("--explain", page)
    first = json.loads(out.splitlines()[0])
    assert (code, first["path"], first["record"], first["field"], first["why"]) == (
        0,
        str(page),
        1,
        "text",
        "doubled stop",
    )
    assert run("--diff", page)[0] == 1


def test_statistics(tmp_path):
    page = write(tmp_path / "p.jsonl", ("".join(LINES) + "\n") * 400)
    code, _, table = run("--stats", "-j", 2, "-o", tmp_path / "o.jsonl", page)
    assert code == 0
    assert table.startswith("2,000 documents, 2,000 changed\n")
    assert [line.split()[:3] for line in table.splitlines() if "punct" in line] == [["punctuation", "1,200", "1,200"]]
    head, row = run("--stats", stdin="So it was..\n")[2].splitlines()[2:]
    assert head.split("  ")[-2:] == ["chars removed", "chars added"]
    assert row.split()[-2:] == ["1", "0"]
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    assert run("--stats-json", one, "-o", tmp_path / "o.jsonl", page)[0] == 0
    assert run("--stats-json", two, "-j", 2, "-o", tmp_path / "o.jsonl", page)[0] == 0
    assert read(one) == read(two)
    assert json.loads(read(one))["filters"]["punctuation"]["edits"] == 1_200


def test_a_bar_where_it_is_asked_for(tmp_path):
    pytest.importorskip("tqdm")
    page = write(tmp_path / "p.jsonl", "".join(LINES))
    code, out, err = run("--progress", page)
    assert (code, out, "/" in err) == (0, "".join(CLEANED), True)
    assert run("--no-progress", page)[2] == run(page)[2] == ""


def test_extras_that_are_missing_are_named(tmp_path):
    page = write(tmp_path / "p.jsonl", "".join(LINES))
    hidden = tmp_path / "hidden"
    for package in ("tqdm", "pyarrow", "backports"):
        write(hidden / package / "__init__.py", "raise ImportError")
    env = {"PYTHONPATH": str(hidden)}
    for arguments, extra in (
        (["--progress", page], "progress"),
        (["--check", "--format", "parquet", page], "parquet"),
        (["-o", tmp_path / "x.jsonl.zst", page], "zstd"),
    ):
        if extra == "zstd" and sys.version_info >= (3, 14):
            continue
        code, _, err = run(*arguments, env=env)
        assert (code, err.count("\n")) == (2, 1)
        assert f"pip install 'cleanmedia[{extra}]'" in err
    assert run(page, env=env) == (0, "".join(CLEANED), "")


@pytest.mark.heavy
def test_killed_and_resumed(tmp_path):
    corpus, out, whole = tmp_path / "corpus", tmp_path / "out", tmp_path / "whole"
    for number in range(40):
        lines = [
            json.dumps({"text": f"Page {number} of {line}..\nShare on Facebook\n" * 20}) + "\n" for line in range(20)
        ]
        lines.insert(number % 20, f"broken {number}\n")
        write(corpus / f"{number:02}.jsonl.gz", gzip.compress("".join(lines).encode()))
    arguments = [corpus, "--rejects"]
    assert run(*arguments, tmp_path / "whole.rejects", "--output-dir", whole)[0] == 0
    rejects = tmp_path / "out.rejects"
    killed = 0
    for wait in (1, 12, 25):
        process = subprocess.Popen(
            [sys.executable, "-m", "cleanmedia", "-j", "2", *map(str, arguments), str(rejects), "--output-dir", str(out), "--resume"],
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        while process.poll() is None and len(list(out.glob("*.gz"))) < wait:
            time.sleep(0.005)
        os.killpg(process.pid, signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        done = list(out.glob("*.gz"))
        assert all(path.read_bytes() == (whole / path.name).read_bytes() for path in done)
    assert killed
    code, _, err = run("-j", 2, *arguments, rejects, "--output-dir", out, "--resume")
    assert code == 0
    assert " done before" in err
    assert files(out) == files(whole), "no temporary file stays"
    assert all((out / name).read_bytes() == (whole / name).read_bytes() for name in files(whole))
    assert read(rejects) == read(tmp_path / "whole.rejects")
    # A file that is newer than what came of it is done again.
    write(corpus / "05.jsonl.gz", gzip.compress(b'{"text": "new.."}\n'))
    assert "39 files done before, 1 to do" in run(*arguments, rejects, "--output-dir", out, "--resume")[2]
    assert gzip.decompress((out / "05.jsonl.gz").read_bytes()) == b'{"text": "new."}\n'
