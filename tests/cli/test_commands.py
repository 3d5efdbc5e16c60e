"""The command line, through real processes."""

import json
import os
import re
import subprocess
import sys
from inspect import cleandoc
from pathlib import Path

import pytest

from cleanmedia.cli.explain import explain
from tests.support.commands import BUFFERED, CLEAN, DIRTY, HEADLINE_PAGE, run
from tests.support.folders import SAMPLES


@pytest.fixture(params=["", "1"], ids=["buffered", "unbuffered"])
def environment(request):
    return {**BUFFERED, "PYTHONUNBUFFERED": request.param}


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(DIRTY, "utf-8")
    return path


def test_is_a_filter(page):
    assert run(stdin=DIRTY) == (0, CLEAN, "")
    assert run("-", stdin=DIRTY) == (0, CLEAN, "")
    assert run(page) == (0, CLEAN, "")
    assert run(page, "-", stdin="one  two") == (0, CLEAN + "one two", "")
    assert run(stdin="") == (0, "", "")
    assert run(stdin="no break at the end") == (0, "no break at the end", "")


def test_the_sample_page():
    name = "voa-libya"
    assert run(SAMPLES / f"{name}.txt") == (0, (SAMPLES / f"{name}.clean.txt").read_text("utf-8"), "")


def test_locale_does_not_matter():
    for env in ({"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, {"PYTHONUTF8": "0", "LC_ALL": "C"}):
        assert run(stdin="naïve. “.\r\nx", env=env)[1] == "naïve.”\nx"


def test_output_file(page, tmp_path):
    target = tmp_path / "out.txt"
    assert run(page, "-o", target) == (0, "", "")
    assert target.read_text("utf-8") == CLEAN
    assert run(page, "-o", page) == (0, "", "")
    assert page.read_text("utf-8") == CLEAN
    code, _, err = run(page, "-o", tmp_path / "no" / "such" / "folder")
    assert (code, err.count("\n")) == (2, 1)
    assert sorted(os.listdir(tmp_path)) == ["out.txt", "page.txt"], "no temporary file stays"


def test_output_is_not_touched_when_an_input_fails(page, tmp_path):
    target = tmp_path / "out.txt"
    target.write_text("as it was")
    code, out, err = run(page, tmp_path / "missing", "-o", target)
    assert (code, out) == (2, "")
    assert "missing: No such file or directory" in err
    assert target.read_text() == "as it was"


def test_in_place(page, tmp_path):
    page.chmod(0o640)
    other = tmp_path / "other.txt"
    other.write_text("nothing to do\n")
    before = other.stat()
    link = tmp_path / "link.txt"
    link.symlink_to(page)
    assert run("-i", link, other) == (0, "", "")
    assert page.read_text("utf-8") == CLEAN
    assert page.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert other.stat().st_mtime_ns == before.st_mtime_ns
    code, _, err = run("-i", stdin=DIRTY)
    assert (code, err.count("\n")) == (2, 1)
    code, _, err = run("-i", tmp_path / "missing", other)
    assert (code, err.count("\n")) == (2, 1)


def test_in_place_tells_what_is_written_in_another_encoding(tmp_path):
    russian = "Он сказал, что это было так.. И что так будет ещё долго, пока ничего не изменится.\n"
    pages = {
        "1251": russian.encode("cp1251"),
        "utf-16": russian.encode("utf-16"),
        "bom": b"\xef\xbb\xbf" + russian.encode(),
        "stray": russian.encode() + b"caf\xe9..\n",
        "utf-8": russian.encode(),
        "same": russian.replace("..", ".").encode("cp1251"),
    }
    for name, data in pages.items():
        (tmp_path / f"{name}.txt").write_bytes(data)
    code, out, err = run("-i", "--accept-guess", *sorted(tmp_path.glob("*.txt")))
    assert (code, out) == (0, "")
    told = dict(line.removeprefix(f"cleanmedia: {tmp_path}/").split(".txt: ") for line in err.splitlines())
    assert told.keys() == {"1251", "utf-16", "bom", "stray"}
    assert told["1251"] == "windows-1251, written as UTF-8"
    assert told["utf-16"] == "utf-16, written as UTF-8"
    assert told["bom"] == "UTF-8 with a byte-order mark, written as UTF-8"
    assert told["stray"].startswith("UTF-8 (")
    clean = russian.replace("..", ".")
    for name in ("1251", "utf-16", "bom", "utf-8"):
        assert (tmp_path / f"{name}.txt").read_bytes() == clean.encode(), name
    assert (tmp_path / "same.txt").read_bytes() == pages["same"], "a file in which nothing changes stays as it is"
    (tmp_path / "1251.txt").write_bytes(pages["1251"])
    assert run("-q", "-i", "--accept-guess", tmp_path / "1251.txt") == (0, "", "")
    assert run("-i", tmp_path / "1251.txt") == (0, "", ""), "it is UTF-8 now"


def test_each_file_is_rewritten_or_left_by_itself(page, tmp_path):
    image = tmp_path / "image.png"
    image.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    code, _, err = run("-i", page, image)
    assert (code, "image.png" in err) == (2, True)
    assert page.read_text("utf-8") == CLEAN


def test_filters_and_presets(page):
    assert run("--only", "entities", page)[1] == "It's over..\n\nShare on Facebook\n"
    assert run("--without", "widgets,punctuation", page)[1] == "It's over..\n\nShare on Facebook\n"
    assert run("--preset", "repair", page)[1] == "It's over.\n\nShare on Facebook\n"
    assert run("--quotes", "straight", stdin="“x”")[1] == '"x"'
    text = "Bridge stays open, council says\n\nIt was a long night in the town hall of the city.\n\nBridge stays open, council says\n"
    assert run("--title", "Bridge stays open, council says", stdin=text)[1].count("Bridge") == 1
    assert run("--title", "Bridge stays&nbsp;open, council says", stdin=text)[1].count("Bridge") == 1, (
        "it is repaired too"
    )


def test_own_phrases(page, tmp_path):
    mine = tmp_path / "mine.txt"
    mine.write_text("[share]\nTell your neighbours\n", "utf-8")
    assert run("--phrases", mine, stdin="Text.\nTell your neighbours\n") == (0, "Text.\n", "")
    mine.write_text("[share]\n{name}\n", "utf-8")
    code, out, err = run("--phrases", mine, page)
    assert (code, out) == (2, "")
    assert f"{mine}:2: '{{name}}' has no fixed word" in err
    assert run("--languages", "de", stdin="Text.\nShare on Facebook\n")[1] == "Text.\nShare on Facebook\n"


def test_explain(page):
    code, out, err = run("--explain", page)
    assert (code, err) == (0, "")
    edits = [json.loads(line) for line in out.splitlines()]
    assert edits[0] == {
        "path": str(page), "filter": "entities", "why": "&# 39;", "start": 2, "end": 8, "before": "&# 39;", "after": "'"
    }  # fmt: skip
    assert {edit["filter"] for edit in edits} == {"entities", "punctuation", "widgets", "whitespace"}
    assert all(edit["why"] for edit in edits)


def test_names_and_texts_stand_in_columns(page):
    for out in (run("--list")[1], run("explain", "corpus")[1]):
        rows = [line for line in out.split("\n") if line.startswith("  lost_") or line.startswith("  links ")]
        assert len(rows) == 3
        assert all(re.fullmatch(r"  [a-z_]+ {2,}[A-Z].*", row) for row in rows), rows
        assert len({re.search("[A-Z]", row).start() for row in rows}) == 1


def test_explain_shows_no_markup_of_docstrings():
    from cleanmedia import filters

    for name in filters.__all__:
        out = run("explain", name)[1] if name in ("tokens", "widgets") else explain(name)
        prose, mark, examples = out.partition("\n>>> ")
        assert mark
        assert not re.search(r"``\w|:[a-z]+:`", prose), name
        assert examples.strip() in cleandoc(getattr(filters, name).__doc__)


def test_diff(page):
    code, out, err = run("--diff", page)
    assert (code, err) == (1, "")
    assert "-It&# 39;s over..\n+It's over.\n" in out
    assert "entities (&# 39;)" in out
    assert "\x1b" not in out
    assert run("--diff", stdin="clean\n") == (0, "", "")
    assert page.read_text("utf-8") == DIRTY


def test_check(page):
    assert run("--check", page) == (1, f"{page}: would change\n", "")
    assert run("--check", stdin=CLEAN) == (0, "", "")


def test_list_version_and_help():
    code, out, _ = run("--list")
    assert code == 0
    for name in ("entities", "widgets", "news", "repair", " de "):
        assert name in out
    assert run("--version")[1].startswith("cleanmedia ")
    assert "usage:" in run("--help")[1]


def test_explain_commands(tmp_path):
    code, out, _ = run("explain", "widgets")
    assert code == 0
    assert "Keeps:" in out
    assert run("explain", "nonsense")[0] == 2
    code, out, _ = run("explain-line", "  • SHARE ON X")
    assert code == 0
    assert out.startswith("removed, whatever the lines around it\n")
    for part in ("Share on {network}", "share", "en", "en.txt:"):
        assert part in out
    assert run("explain-line", "A sentence of an article")[1].startswith("kept")
    assert "removed only next to certain widget lines" in run("explain-line", "Home")[1]
    assert "or between two paragraphs" in run("explain-line", "Baca juga")[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["--preset", "nonsense"],
        ["--only", "nonsense"],
        ["--without", "nonsense"],
        ["--quotes", "nonsense"],
        ["--languages", "xx"],
        ["--encoding", "nonsense"],
        ["--phrases", "missing.txt"],
        ["missing.txt"],
        ["."],
        ["explain"],
        ["--diff", "--check"],
    ],
)
def test_errors_are_one_line_and_exit_2(arguments, tmp_path):
    code, out, err = run(*arguments, stdin="x", cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith("cleanmedia")
    assert err.count("\n") == 1


def test_encodings(tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes("Да, это так.".encode("koi8-r"))
    assert run("--encoding", "koi8-r", path) == (0, "Да, это так.", "")
    code, out, err = run("--encoding", "utf-8", path)
    assert (code, out) == (2, "")
    assert "--encoding" in err
    code, out, err = run("--verbose", stdin=b"na\xefve")
    assert (code, out) == (0, "naïve")
    assert "read as windows-1252" in err


def test_unreadable_file(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text("x")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user can read everything")
    assert run(path)[0] == 2


def test_a_reader_that_goes_away_is_no_error(environment):
    text = ("A line of text, as long as lines of text are.\n" * 50_000).encode()
    process = subprocess.Popen(
        [sys.executable, "-m", "cleanmedia", "--only", "entities"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
    )  # fmt: skip
    process.stdin.write(text)
    process.stdin.close()
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 141


def test_full_disk(environment):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with open("/dev/full", "wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "cleanmedia"],
            input=DIRTY.encode(),
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment,
            timeout=300,
        )
    assert result.returncode == 2
    assert result.stderr.count(b"\n") == 1
    assert b"No space left" in result.stderr


def test_verbose_says_how_sure_the_article_is(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Home\nNews\nThe council voted, eleven to two, to keep the old bridge open.\nPrivacy policy\n")
    code, out, err = run("--preset", "article", "--verbose", page)
    assert code == 0
    assert "certainty of what is the article: 0." in err
    assert "eleven to two" in out
    assert "certainty" not in run("--verbose", page)[2]


def test_verbose_names_the_headline_and_why_a_page_is_left_whole(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(HEADLINE_PAGE, "utf-8")
    err = run("--preset", "article", "--verbose", page)[2]
    assert "line kept as the headline: 'The council keeps the old bridge': log odds -" in err
    page.write_text("Home\nNews\nThe council voted.\n")
    assert "the page is left whole: fewer than 4 lines" in run("--preset", "article", "--verbose", page)[2]


def test_with_adds_a_filter_where_the_preset_corpus_has_it(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("He did n't say it , she said . (Photo: AFP)\n", "utf-8")
    assert run("--with", "tokens,credits", page)[1] == "He didn't say it, she said.\n"
    assert run("--preset", "corpus", page)[1] == "He didn't say it, she said.\n"
    code, _, error = run("--with", "nonsense", page)
    assert code == 2
    assert "no filter 'nonsense'" in error


def test_survey_counts_what_each_filter_finds(tmp_path):
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(
        '{"text": "So it was..\\u001b[31m"}\n{"text": "She saw the bridge.The mayor said so."}\n', "utf-8"
    )
    code, shown, _ = run("survey", corpus)
    assert code == 0
    assert shown.startswith("2 documents\n")
    assert "lost_spaces                1      500.0        1  --with lost_spaces" in shown
    assert "punctuation                1      500.0        1  by default" in shown
    assert "bridge.{+ +}The mayor" in shown
    assert "\x1b" not in shown, "examples are escaped for the terminal"
    assert run("survey", tmp_path / "missing.jsonl")[0] == 2
