"""CSV, JSON and standard input of any format on the command line, through real processes."""

import gzip
import json
import os
import pty
import re
import subprocess
import sys

import pytest

from cleanmedia import NEWS, REPAIR, Pipeline, Stats
from cleanmedia.filters import quotes
from cleanmedia.specs import provenance
from tests.support.commands import run
from tests.support.files import files, read, write

ROWS = 'id,text,url\r\n1,"So it was..",https://x.org/?a=1&copy=2\r\n2,It&# 39;s over,"a ""b"".."\r\n3,fine,\r\n'
CLEANED = 'id,text,url\r\n1,"So it was.",https://x.org/?a=1&copy=2\r\n2,It\'s over,"a ""b"".."\r\n3,fine,\r\n'


def test_csv_changes_in_its_cells_alone(tmp_path):
    page = write(tmp_path / "PAGES.CSV", ROWS.encode())
    for options in (["--field", "text"], ["--field", "2"], ["-j", "2", "--field", "text", "--title-field", "url"]):
        assert run(*options, page) == (0, CLEANED, "")
    packed = write(tmp_path / "PAGES.CSV.GZ", gzip.compress(ROWS.encode()))
    assert run("--field", "text", packed) == (0, CLEANED, "")
    assert run("--field", "text", packed, "-o", tmp_path / "out.csv.gz") == (0, "", "")
    assert gzip.decompress((tmp_path / "out.csv.gz").read_bytes()).decode() == CLEANED
    assert run("--field", "text", "-i", page) == (0, "", "")
    assert page.read_bytes() == CLEANED.encode()
    table = write(tmp_path / "p.tsv", ROWS.replace(",", "\t").encode())
    assert run("--field", "text", table)[1] == CLEANED.replace(",", "\t")


def test_csv_without_a_field_shows_its_columns(tmp_path):
    page = write(tmp_path / "p.csv", ROWS.encode())
    for arguments in ([page], ["-i", page], [page, "-o", tmp_path / "out.csv"]):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert err == f"cleanmedia: {page}: --field names the columns to clean; there are 1 'id', 2 'text', 3 'url'\n"
    assert files(tmp_path) == ["p.csv"]
    assert page.read_bytes() == ROWS.encode()
    assert run("--format", "text", page)[0] == 0


def test_the_options_for_data_sets_work_on_csv(tmp_path):
    broken = ROWS + '4,"a"b,\r\n5,So..,\r\n'
    page, rejects = write(tmp_path / "in" / "p.csv", broken.encode()), tmp_path / "rejects.jsonl"
    code, out, err = run("--field", "text", page)
    assert (code, err) == (2, f"cleanmedia: {page}:5: cell 2 has a quotation mark inside that is not doubled\n")
    assert run("--field", "text", "--on-error", "pass", "-q", page) == (0, CLEANED + '4,"a"b,\r\n5,So.,\r\n', "")
    arguments = ["--field", "text", tmp_path / "in", "--output-dir", tmp_path / "out", "--rejects", rejects]
    assert run("-j", "2", *arguments, "--stats-json", tmp_path / "stats.json", "--report", tmp_path / "r.html")[0] == 0
    assert (tmp_path / "out" / "p.csv").read_bytes().decode() == CLEANED + "5,So.,\r\n"
    assert json.loads(read(rejects)) == {
        "path": str(page), "record": 5, "error": "cell 2 has a quotation mark inside that is not doubled", "raw": '4,"a"b,\r\n',
    }  # fmt: skip
    assert json.loads(read(tmp_path / "stats.json"))["documents"] == 4
    assert "p.csv:2:text" in read(tmp_path / "r.html")
    assert "1 file done before, 0 to do" in run(*arguments, "--resume")[2]
    code, out, _ = run("--field", "text", "--check", page, "--on-error", "pass")
    assert (code, out.splitlines()) == (1, [f"{page}:{line}:text: would change" for line in (2, 3, 6)])
    assert run("--field", "text", "--diff", page)[1].startswith(f"--- {page}:2:text")
    assert json.loads(run("--field", "text", "--explain", page)[1].splitlines()[0])["record"] == 2
    code, _, err = run("--field", "text", page, page)
    assert (code, err) == (2, "cleanmedia: several files of CSV are not joined; use --output-dir or --in-place\n")


def test_a_guessed_encoding_is_not_rewritten(tmp_path):
    data = "id,text\n1,na\xefve..\n".encode("windows-1252")
    page = write(tmp_path / "p.csv", data)
    code, _, err = run("--field", "text", "-i", page)
    assert (code, "weak guess" in err, page.read_bytes()) == (2, True, data)
    assert run("-v", "--field", "text", "--accept-guess", "-i", page)[2].count("\n") == 1
    assert page.read_bytes() == "id,text\n1,na\xefve.\n".encode("windows-1252")


def test_json(tmp_path):
    records = [{"meta": {"text": "So it was.."}, "n": 1.5}, {"meta": {"text": "é.."}}]
    for indent in (None, 2):
        page = write(tmp_path / "p.json", json.dumps(records, indent=indent))
        code, out, err = run("--field", "meta.text", page)
        assert (code, out, err) == (0, json.dumps(records, indent=indent).replace("..", "."), "")
    write(page, "".join(json.dumps(record) + "\n" for record in records))
    assert run("--field", "meta.text", page)[1].count("\n") == 2
    assert run("--field", "meta.text", page, "-o", tmp_path / "out.json")[0] == 0


def test_standard_input_begins_as_a_format():
    for name, data, options, clean in (
        ("JSON Lines", '{"text": "So.."}\n', [], '{"text": "So."}\n'),
        ("JSON", '[\n{"text": "So.."}\n]', [], '[\n{"text": "So."}\n]'),
        ("CSV", ROWS, ["--field", "text"], CLEANED),
        ("TSV", "id\ttext\n1\tSo..\n", ["--field", "text"], "id\ttext\n1\tSo.\n"),
    ):
        code, out, err = run(*options, stdin=data)
        assert (code, out) == (0, clean)
        assert (
            err == f"cleanmedia: standard input begins as {name}, and is read as such; --format text reads it as text\n"
        )
        assert run("-q", *options, stdin=data) == (0, clean, "")
    assert run("-q", stdin=ROWS)[::2] == (
        2, "cleanmedia: standard input: --field names the columns to clean; there are 1 'id', 2 'text', 3 'url'\n",
    )  # fmt: skip
    assert "Parquet goes to a file" in run(stdin=b"PAR1....")[2]
    assert run("-q", stdin="WARC/1.0\r\n")[2] == "cleanmedia: standard input: the file ends in the middle of record 1\n"
    for text in (
        '{sighs}\n"Well.',
        "[1] See the list",
        "Paris, France\nRome, Italy\nOslo, Norway\n",
        "Yes,no\nMaybe,so, he said\n",
    ):
        assert run(stdin=text) == (0, text, "")
    assert "begins as HTML; extract the text first" in run(stdin="<!DOCTYPE html><p>x")[2]
    long = '{"text": "' + "It was a long night in the town. " * 9_000 + 'So it was.."}\n'
    assert run("-q", stdin=long * 3) == (0, long.replace("..", ".") * 3, "")
    assert run(stdin="It was a long night. " * 9_000 + "So..") == (0, "It was a long night. " * 9_000 + "So.", "")


def test_files_named_by_mistake_get_a_hint(tmp_path):
    for name, data, hint in (
        ("p.html", b"<p>x", "cleanmedia cleans text, not HTML; extract the text first"),
        ("P.HTM.GZ", gzip.compress(b"<p>"), "cleanmedia cleans text, not HTML; extract the text first"),
        ("p.zip", b"PK\3\4" + bytes(40), "unpack it first"),
        ("p.docx", b"PK\3\4" + bytes(40), "save it as plain text"),
        ("p.xlsx", b"PK\3\4" + bytes(40), "save it as CSV; --field names the column"),
        ("p.pdf", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "extract its text first, with pdftotext"),
        ("p.dat", gzip.compress(b"x"), "name it .gz"),
    ):
        page = write(tmp_path / name, data)
        code, out, err = run(page)
        assert (code, out, err.count("\n"), hint in err) == (2, "", 1, True), err
    assert run("--format", "text", write(tmp_path / "q.html", "<p>So.."))[0] == 0


def test_options_that_do_nothing_are_errors(tmp_path):
    page = write(tmp_path / "p.txt", "So..")
    lines = write(tmp_path / "p.jsonl", '{"text": "So.."}\n')
    for arguments, message in (
        (["--only", "", page], "argument --only: takes names, comma-separated"),
        (["--without", ",", page], "argument --without: takes names, comma-separated"),
        (["--field", "text", page], "--field is for csv, json, jsonl, parquet, tsv, and what is to be cleaned is text"),
        (["--title-field", "title", page], "--title-field is for csv,"),
        (["--rejects", tmp_path / "r.jsonl", page], "--rejects is for csv,"),
        (["--no-header", lines], "--no-header is for csv, tsv, and what is to be cleaned is jsonl"),
        (["--host", "x.org", page], "--host needs --templates"),
        (["--host-field", "url", lines], "--host-field needs --templates"),
        (["--report-documents", "3", page], "--report-documents needs --report"),
        (["--title-field", "title", "--only", "quotes", lines], "--title-field is for repeated_titles and boilerplate"),
        (["--title", "x", "--preset", "repair", page], "--title is for repeated_titles and boilerplate"),
        (["--quotes", "de", "--only", "entities", page], "--quotes is for the filter quotes"),
        (["--languages", "de", "--preset", "repair", page], "--languages is for the filter widgets"),
        (["--max-loss", "0.5", "--preset", "repair", page], "--max-loss is for filters that drop text"),
        (
            ["--title-field", "headlin", lines],
            "no record has a headline in 'headlin'; --title-field names another field",
        ),
        (["-v", "-q", page], "not allowed with"),
        (["--verb", page], "there is no option --verb; did you mean '--verbose'?"),
        (["--wihtout=quotes", page], "there is no option --wihtout=quotes; did you mean '--without'?"),
        (["--only", "boilerplate", page], "; --preset article has it"),
        (["--only", "site_lines", page], "; --templates adds it"),
        (["--without", "wigdets", page], "no filter 'wigdets'; cleanmedia --list shows all; did you mean 'widgets'?"),
        (["explain", "wigdets"], "did you mean 'widgets'?"),
        (["explian", "widgets"], "explian: no such file or command; did you mean 'explain'?"),
        (
            ["-o", tmp_path / "no" / "x.txt", page],
            f"{tmp_path}/no: the folder for --output does not exist",
        ),
        (["--stats-json", tmp_path, page], f"{tmp_path}: is a folder; --stats-json takes a file"),
    ):
        code, _, err = run(*arguments)
        assert (code, err.count("\n"), message in err) == (2, 1, True), err
    target = write(tmp_path / "out.jsonl", "as it was")
    assert run("--title-field", "headlin", lines, "-o", target)[0] == 2
    assert read(target) == "as it was"


def test_values_out_of_range_name_the_option(tmp_path):
    page = write(tmp_path / "p.txt", "So..")
    lines = write(tmp_path / "p.jsonl", '{"text": "So.."}\n')
    huge = "9" * 30
    for option, values, arguments in (
        ("--port", ("-1", "70000", huge, "x", "1.5"), ["play", "--no-browser"]),
        ("--jobs", ("-1", "4097", huge, "x"), [page]),
        ("--max-document", ("0", "-5", "5X", "x", "M", "1.5M"), [page]),
        ("--max-loss", ("-1", "2", "nan", "inf", "x"), [page]),
        ("--report-documents", ("-1", "x"), ["--report", tmp_path / "r.html", page]),
        ("--least-pages", ("1", "-3", "x"), ["learn", lines, "-o", tmp_path / "t.parquet"]),
        ("--least-share", ("-1", "2", "nan", "x"), ["learn", lines, "-o", tmp_path / "t.parquet"]),
    ):
        for value in values:
            code, out, err = run(*arguments, f"{option}={value}")
            assert (code, out, err.count("\n")) == (2, "", 1), err
            assert option in err, err
            assert (
                f"takes a {'whole ' if option in ('--port', '--jobs', '--report-documents', '--least-pages') else ''}number"
                in err
            )
            assert f"not {value!r}" in err
    for size in ("100G", huge, huge + "G"):
        assert run("--max-document", size, page) == (0, "So.", ""), "more than there is memory for is no limit"


def test_empty_names_of_files_name_the_option(tmp_path):
    page = write(tmp_path / "p.txt", "So..")
    for option in (
        "-o", "--output-dir", "--config", "--phrases", "--templates", "--stats-json", "--report", "--rejects",
    ):  # fmt: skip
        code, out, err = run(option, "", page)
        assert (code, out, err.count("\n")) == (2, "", 1), err
        assert re.search(rf"{option}\b.*: takes the name of a file or folder, not an empty one", err), err
    for arguments in ([""], ["survey", ""], ["learn", "", "-o", tmp_path / "t.parquet"]):
        code, _, err = run(*arguments)
        assert (code, err.count("\n"), "takes the name of a file or folder, not an empty one" in err) == (2, 1, True)


def test_short_options_and_presets(tmp_path):
    assert run("-V")[1].startswith("cleanmedia ")
    assert run("-v", "-j", "0", write(tmp_path / "p.txt", "So.."))[1:] == (
        "So.",
        f"cleanmedia: {tmp_path}/p.txt: read as utf-8: ASCII\n",
    )
    assert run("--preset", "REPAIR", tmp_path / "p.txt") == (0, "So.", "")
    for name in ("NEWS", "news"):
        code, out, _ = run("explain", name)
        assert (code, out.startswith("NEWS (--preset news)\n"), "  widgets  " in out) == (0, True, True)
    assert run("--diff", "--exit-zero", tmp_path / "p.txt")[0] == 0
    assert run("--exit-zero", tmp_path / "p.txt")[0] == 2
    assert run(tmp_path / "p.txt", "--check", tmp_path / "p.txt")[0] == 1, "options may stand between files"


def test_at_a_terminal_it_says_what_it_waits_for():
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "cleanmedia"], stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        os.close(theirs)
        os.write(ours, b"So it was..\n\x04")
        out, err = process.communicate(timeout=300)
    os.close(ours)
    assert (process.returncode, out) == (0, b"So it was.\n")
    assert err == b"cleanmedia: reads text from the terminal until Ctrl-D; cleanmedia --help shows what else it reads\n"


def test_the_pipeline_comes_from_a_file_and_is_told_with_the_results(tmp_path):
    page = write(tmp_path / "p.jsonl", '{"text": "“So” it was.."}\n')
    config = write(tmp_path / "cleanmedia.toml", 'preset = "repair"\n[options.quotes]\nstyle = "de"\n')
    clean = '{"text": "„So“ it was."}\n'
    assert run("--config", config, page) == (0, clean, "")
    assert run("--config", config, "--without", "punctuation", page)[1] == clean.replace("was.", "was..")
    project = write(tmp_path / "pyproject.toml", '[tool.cleanmedia]\nonly = ["quotes"]\n')
    assert run("--config", project, page)[1] == read(page)
    stats, report = tmp_path / "s.json", tmp_path / "r.html"
    assert run("--config", config, "--stats-json", stats, "--report", report, "--check", page)[0] == 1
    told = json.loads(read(stats))["cleanmedia"]
    pipeline = NEWS.only(*[each.name for each in REPAIR]).replace(quotes(style="de"))
    assert told == provenance(pipeline)
    assert Pipeline.of(told["pipeline"]) == pipeline
    assert told["sha256"] in read(report)
    assert Stats.from_dict(json.loads(read(stats))).documents == 1
    again = write(tmp_path / "again.json", json.dumps(told))
    assert run("--config", again, page) == (0, clean, "")
    write(config, 'prest = "repair"\n')
    for arguments, message in (
        (["--config", config], "no key 'prest'; it has preset, stages,"),
        (["--config", tmp_path / "none.toml"], "none.toml: No such file"),
        (["--config", config, "--preset", "news"], "leave out --preset"),
    ):
        code, out, err = run(*arguments, page)
        assert (code, out, err.count("\n"), message in err) == (2, "", 1, True), err


def test_parquet_says_how_it_was_cleaned(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    pa = pytest.importorskip("pyarrow")
    schema = pa.schema([("text", pa.string())], metadata={"corpus": "made for a test"})
    parquet.write_table(pa.table({"text": ["So.."]}, schema=schema), tmp_path / "p.parquet")
    assert run(tmp_path / "p.parquet", "-o", tmp_path / "out.parquet") == (0, "", "")
    after = parquet.read_table(tmp_path / "out.parquet")
    assert after.column("text").to_pylist() == ["So."]
    assert after.schema.metadata[b"corpus"] == b"made for a test"
    assert json.loads(after.schema.metadata[b"cleanmedia"]) == provenance(NEWS)
