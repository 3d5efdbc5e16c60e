"""Learning what the pages of a site have in common, on one machine."""

import gzip
import json
import os
import pickle
from collections import Counter, defaultdict

import pytest

from cleanmedia import NEWS, REPAIR, learn
from cleanmedia.filters import site_lines
from cleanmedia.page.fold import fold
from cleanmedia.page.sites import host_of
from cleanmedia.page.templates import Template, template
from tests.learning import planted
from tests.learning.planted import own
from tests.support.commands import run
from tests.support.files import files, read, write

pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'cleanmedia[learn]'")
pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'cleanmedia[learn]'")
pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install 'cleanmedia[learn]'")
PROSE = "The council voted on Monday to keep the old bridge open, after a debate of five hours."


@pytest.fixture(scope="module")
def corpus():
    return list(planted.pages())


def test_the_corpus_is_what_it_should_be(corpus):
    """By a count of its own: which lines stand on 5 and on 10 % of the different pages of a host, and on less."""
    of_host = defaultdict(set)
    for place, text in corpus:
        of_host[host_of(place)].add(text)
    assert (len(of_host), len(corpus)) == (300, 20_000 + 6 * 300)
    for number in (0, 299):
        name = planted.host(number)
        on = Counter(key for text in of_host[name] for key in {fold(line) for line in text.split("\n")})
        often = {key for key, n in on.items() if n >= max(5, 0.1 * len(of_host[name]))}
        assert often - {"12", "ad"} == {key for place, key in planted.expected() if place == name}
        assert (on[fold(f"A lure on four pages of {number}")], on[fold(f"A lure on too few of {number}")]) == (4, 6)
        assert on[fold(f"A lure in copies of {number}")] == 1


def test_exactly_what_was_planted_is_found(corpus, tmp_path):
    learned = learn(corpus, str(tmp_path / "t.parquet"))
    rows = pq.read_table(tmp_path / "t.parquet").to_pylist()
    assert {
        (row["host"], row["key"]): row["kept"] == "prose" for row in rows if row["kind"] == "line"
    } == planted.expected()
    assert learned[:4] == (20_300, 300, 900, 300)
    assert learned.reasons["prose"].lines == 300
    assert "may not be printed" in learned.reasons["prose"].example
    assert files(tmp_path) == ["t.parquet"]
    more = learn(corpus, str(tmp_path / "s.parquet"), least_share=0)
    assert (more.lines, more.reasons["text"].lines) == (900, 600), (
        "those on four and six pages, too, which stand in the text"
    )
    # The same from the command line, by two processes.
    some = corpus[:6_000]
    learn(some, str(tmp_path / "s.parquet"))
    with gzip.open(tmp_path / "c.jsonl.gz", "wt") as file:
        file.writelines(json.dumps({"url": place, "text": text}) + "\n" for place, text in some)
    code, out, err = run("learn", tmp_path / "c.jsonl.gz", "-j", 2, "--by", "url", "-o", tmp_path / "u.parquet")
    assert (code, out) == (0, "")
    assert "pages of 300 hosts have " in err
    assert "600 more recur, and are kept:" in err
    assert (tmp_path / "u.parquet").read_bytes() == (tmp_path / "s.parquet").read_bytes()
    # And each page loses them, but for the prose.
    clean = site_lines(templates=str(tmp_path / "t.parquet"))
    for place, text in corpus[::997]:
        name = host_of(place)
        gone = {key for host, key in planted.expected() if host == name} - {
            fold(planted.notice(int(name[4:].split(".")[0])))
        }
        kept = [line for line in text.split("\n") if fold(line) not in gone]
        assert clean(host=place)(text).removesuffix("\n") == "\n".join(kept)
        assert clean(text) is text


@pytest.fixture
def templates(tmp_path):
    menu = "Our towns\nLetters to us\nAll that is new in our towns today\n"
    pages = [("example.org", f"{menu}{own(n)}\n{PROSE}\nWhat happens now\n") for n in range(8)]
    pages += [("other.org", f"Our ships\n{own(n)}\nText of {n}") for n in range(8)]
    learn(pages, str(tmp_path / "t.parquet"))
    return str(tmp_path / "t.parquet")


def test_the_filter(templates):
    found = site_lines(templates=templates)
    text = f"OUR TOWNS\nOur ships\n{PROSE}\nOur towns"
    assert found(text) is text, "no host, no lines"
    assert found(host="example.org")(text) == f"Our ships\n{PROSE}\n"
    assert found(host="http://www.other.org:80/x")(text) == f"OUR TOWNS\n{PROSE}\nOur towns"
    assert found(host="unknown.org")(text) is text
    assert found(host="example.org", prose=True)(text) == "Our ships\n"
    assert found.drops
    assert len(pickle.dumps(found(host="example.org"))) < 500
    assert pickle.loads(pickle.dumps(found(host="example.org")))(text) == found(host="example.org")(text)
    assert found(host="example.org").edits(text)[0].why == "on 8 of 8 pages of the site"


def test_a_headline_that_others_link_to_stays(templates):
    found = site_lines(templates=templates, host="example.org")
    text = (
        f"Our towns\nAll that is new in our towns today\nBy the editor\n{PROSE}\nAll that is new in our towns today\n"
    )
    assert found(text) == f"All that is new in our towns today\nBy the editor\n{PROSE}\n"
    assert found(found(text)) == found(text)


def test_a_subheading_stays(templates):
    found = site_lines(templates=templates, host="example.org")
    text = f"What happens now\n{PROSE}\n\nWhat happens now\n\n{PROSE}\nOur towns\nLetters to us\n{PROSE}\nOur towns\n"
    assert found(text) == f"{PROSE}\n\nWhat happens now\n\n{PROSE}\nOur towns\nLetters to us\n{PROSE}\n"
    assert found(found(text)) == found(text)
    menu = "Our towns\nLetters to us\nWhat happens now\n"
    assert found(f"{PROSE}\n{menu}{PROSE}\n") == f"{PROSE}\n{PROSE}\n"
    few = f"Our towns\n{PROSE}\nLetters to us\n{PROSE}\n"
    assert found(few) == f"{PROSE}\nLetters to us\n{PROSE}\n"


def test_in_a_pipeline(templates):
    found = NEWS.before("widgets", site_lines(templates=templates, host="example.org"))
    assert found(f"Our towns\n{PROSE}.\nLetters to us\nShare on Facebook\n") == f"{PROSE}\n"
    with pytest.raises(ValueError, match="no filter 'nonsense'"):
        NEWS.before("nonsense", found.filters[0])


def test_by_each_record_s_host(tmp_path, templates):
    text = f"Our towns\nOur ships\n{PROSE}\n"
    records = [{"url": f"http://{host}/", "text": text} for host in ("example.org", "other.org", "x.org")]
    page = write(tmp_path / "p.jsonl", "".join(json.dumps(record) + "\n" for record in records))
    code, out, err = run("--templates", templates, "--host-field", "url", "-j", 2, page)
    assert (code, err) == (
        0,
        "cleanmedia: --templates dropped nothing from some texts: it does not know 1 host of 1 document\n",
    )
    assert [json.loads(line)["text"] for line in out.splitlines()] == [
        f"Our ships\n{PROSE}\n", f"Our towns\n{PROSE}\n", text,
    ]  # fmt: skip
    assert run("--templates", templates, "--preset", "repair", "--host-field", "url", page)[1] == out
    code, out, err = run("--templates", templates, page)
    assert (code, out) == (0, read(page))
    assert "no record has a host in 'host'" in err
    text = write(tmp_path / "p.txt", text)
    assert run("--templates", templates, "--host", "other.org", text) == (0, f"Our towns\n{PROSE}\n", "")
    assert "name it with --host" in run("--templates", templates, text)[2]
    assert "no record has a host in 'host'" in run("learn", page, "-o", tmp_path / "x.parquet")[2]


def test_a_catalogue_to_read(tmp_path):
    lines = f"Our {{towns}}\nOur ships\n# note\n[share]\n{PROSE}"
    pages = [("..a b\\x", f"{lines}\n{own(n)}") for n in range(8)]
    write(tmp_path / "c.jsonl", "".join(json.dumps({"host": host, "text": text}) + "\n" for host, text in pages))
    arguments = ["learn", tmp_path / "c.jsonl", "-o", tmp_path / "t.parquet", "--catalogues", tmp_path / "sites"]
    assert run(*arguments)[0] == 0
    assert files(tmp_path / "sites") == ["a_b_x.txt"]
    shown = read(tmp_path / "sites" / "a_b_x.txt")
    assert "8 pages" in shown
    assert f"# withheld (prose), on 8: {PROSE}\n" in shown
    text = f"Our ships\n{PROSE}\n"
    assert run("--phrases", tmp_path / "sites" / "a_b_x.txt", stdin=text)[1] == f"{PROSE}\n"


def test_errors(tmp_path, templates):
    target = write(tmp_path / "out.parquet", "as it was")
    good = '{"host": "a.org", "text": "x"}\n'
    page = write(tmp_path / "c.jsonl", good + "broken\n")
    for arguments, told in (
        ([page], f"{page}:2: the line is no JSON object"),
        ([tmp_path / "missing.jsonl"], "No such file"),
        ([write(tmp_path / "p.txt", "x")], "has no field with its page's host"),
        ([write(tmp_path / "p.jsonl.gz", gzip.compress(good.encode())[:-9])], "ends early"),
        ([page, "--least-pages", "1"], "--least-pages: takes a whole number of at least 2"),
        ([page, "--least-share", "2"], "from 0 to 1"),
        ([page, "-j", "-1"], "--jobs"),
        (
            [write(tmp_path / "good.jsonl", good), "--memory", "0MB"],
            "the memory limit '0MB' is too small for these pages",
        ),
    ):
        code, out, err = run("learn", *arguments, "-o", target)
        assert (code, out, err.count("\n")) == (2, "", 1), err
        assert told in err
        assert read(target) == "as it was"
    assert run("learn", page, "--on-error", "pass", "-o", target)[0] == 0
    assert pq.read_table(target).select(["host", "kind"]).to_pylist() == [{"host": "a.org", "kind": "host"}]
    for path in ("missing.parquet", str(page)):
        code, _, err = run("--templates", path, page)
        assert (code, err.count("\n")) == (2, 1)
    pq.write_table(pq.read_table(target).select(["host"]), tmp_path / "wrong.parquet")
    assert "is no file of templates" in run("--templates", tmp_path / "wrong.parquet", page)[2]


def test_a_folder_of_files_and_files_that_change(tmp_path):
    folder = tmp_path / "t"
    folder.mkdir()
    learn([("a.org", f"Our towns\n{n}") for n in range(6)], str(folder / "1.parquet"))
    learn([("b.org", f"Our ships\n{n}") for n in range(6)], str(folder / "2.parquet"))
    assert template(str(folder), "a.org").lines == {"our towns": (6, 6)}
    assert template(str(folder), "b.org").lines == {"our ships": (6, 6)}
    assert template(str(folder / "1.parquet"), "b.org") == Template({}, {}, {})
    learn([("b.org", f"Our seas\n{n}") for n in range(6)], str(folder / "1.parquet"))
    os.utime(folder / "1.parquet", ns=(1, 1))
    assert template(str(folder / "1.parquet"), "b.org").lines == {"our seas": (6, 6)}


def test_lone_surrogates_and_nothing(tmp_path):
    pages = [("a.org", f"Our \ud83d towns\n{n}") for n in range(6)]
    assert learn(pages, str(tmp_path / "t.parquet")).lines == 1
    assert learn([], str(tmp_path / "t.parquet"))[:4] == (0, 0, 0, 0)
    assert REPAIR("x") == "x"


def test_no_good_file_is_lost(tmp_path, templates):
    """Without a host, or with the wrong field, nothing is learned that would be of use, and the old file stays."""
    old = (tmp_path / "t.parquet").read_bytes()
    records = [{"url": f"https://a.org/{n}", "meta": {"u": "x"}, "text": f"Our towns\n{own(n)}"} for n in range(8)]
    page = write(tmp_path / "c.jsonl", "".join(json.dumps(record) + "\n" for record in records))
    pq.write_table(pa.Table.from_pylist(records), tmp_path / "c.parquet")
    for source in (page, tmp_path / "c.parquet"):
        for by, told in ((), "such as --by url"), (("--by", "site"), "no record has a host in 'site'"):
            code, out, err = run("learn", source, *by, "-o", templates)
            assert (code, out, err.count("\n")) == (2, "", 1)
            assert told in err
            assert (tmp_path / "t.parquet").read_bytes() == old
        code, _, err = run("learn", source, "--by", "url", "-o", templates)
        assert code == 0
        assert "8 pages of 1 host have 1 line in common" in err
        (tmp_path / "t.parquet").write_bytes(old)
    nothing = write(tmp_path / "n.jsonl", "".join(json.dumps({"text": f"{n} of {n}"}) + "\n" for n in range(8)))
    code, _, err = run("learn", nothing, "-o", templates)
    assert (code, "nothing recurs" in err) == (2, True)
    assert (tmp_path / "t.parquet").read_bytes() == old
    code, _, err = run("learn", page, "--by", "url", "-o", tmp_path / "nodir" / "t.parquet")
    assert (code, err) == (2, f"cleanmedia: {tmp_path / 'nodir'}: the folder for --output does not exist\n")


def test_a_host_in_an_object(tmp_path):
    records = [{"meta": {"url": f"https://a.org/{n}"}, "text": f"Our towns\n{own(n)}"} for n in range(8)]
    page = write(tmp_path / "c.jsonl", "".join(json.dumps(record) + "\n" for record in records))
    pq.write_table(pa.Table.from_pylist(records), tmp_path / "c.parquet")
    results = []
    for source in (page, tmp_path / "c.parquet"):
        target = tmp_path / "t.parquet"
        assert run("learn", source, "--by", "meta.url", "-o", target)[0] == 0
        results.append(target.read_bytes())
        output = tmp_path / f"out{source.suffix}"
        code, _, err = run("--templates", target, "--host-field", "meta.url", source, "-o", output)
        assert (code, err) == (0, "")
        assert b"Our towns" not in output.read_bytes()
        assert "such as --by meta.url" in run("learn", source, "-o", target)[2]
    assert results[0] == results[1]


def test_options(tmp_path, templates):
    page = write(tmp_path / "c.jsonl", '{"host": "example.org", "text": "Our towns\\nThe end.."}\n')
    code, _, err = run("learn", page, "--memory", "lots", "-o", tmp_path / "x.parquet")
    assert (code, err.count("\n"), "'lots'" in err) == (2, 1, True)
    learn([("example.org", f"The end\n{n}") for n in range(6)], str(tmp_path / "more.parquet"))

    def text(*options):
        code, out, err = run("--templates", templates, *options, page)
        assert (code, err) == (0, "")
        return json.loads(out)["text"]

    assert text() == "The end."
    assert text("--templates", tmp_path / "more.parquet") == ""
    assert text("--only", "site_lines") == "The end.."
    assert text("--without", "site_lines") == "Our towns\nThe end."
    prose = write(tmp_path / "p.txt", f"It is open.\n{PROSE}\n")
    assert run("--templates", templates, "--host", "example.org", prose)[1] == f"It is open.\n{PROSE}\n"
    assert run("--templates", templates, "--host", "example.org", "--prose", prose)[1] == "It is open.\n"
    assert run("--prose", prose)[0] == 2
    for _ in range(2):  # the second run has nothing to do
        resumed = run("--templates", templates, page, "--output-dir", tmp_path / "out", "--resume")
        assert (resumed[0], "host" in resumed[2]) == (0, False)
    told = run("explain-line", "OUR TOWNS", "--templates", templates, "--host", "www.example.org")
    assert told[0] == 0
    assert told[1].startswith("removed\n")
    assert "8 of 8 pages" in told[1]
    assert (
        "kept, because it is prose; --prose removes it\n"
        in run("explain-line", PROSE, "--templates", templates, "--host", "example.org")[1]
    )


def test_a_damaged_file_is_named_and_no_other(tmp_path, templates):
    page = write(tmp_path / "c.jsonl", '{"host": "example.org", "text": "Our towns"}\n')
    good = (tmp_path / "t.parquet").read_bytes()
    middle = bytearray(good)
    middle[40:200] = bytes(160)
    for data in (good[:-100], b"PAR1" + os.urandom(300), b"", bytes(middle)):
        damaged = tmp_path / "damaged.parquet"
        damaged.write_bytes(data)
        code, out, err = run("--templates", damaged, page)
        assert (code, out, err.count("\n")) == (2, "", 1), err
        assert str(damaged) in err
        assert "c.jsonl" not in err


def test_another_version_is_refused(tmp_path, templates):
    page = write(tmp_path / "c.jsonl", '{"host": "example.org", "text": "Our towns"}\n')
    table = pq.read_table(templates)
    other = table.set_column(table.schema.get_field_index("version"), "version", pa.array([1] * len(table), pa.int32()))
    for changed in (other, table.drop_columns(["version"]), table.drop_columns(["kind", "version"])):
        pq.write_table(changed, tmp_path / "old.parquet")
        code, _, err = run("--templates", tmp_path / "old.parquet", page)
        assert (code, "another version" in err) == (2, True)


def test_templates_are_merged(tmp_path):
    def pages(host, numbers, *lines):
        return [(host, "\n".join([*lines, own(n), f"Text of {n}"])) for n in numbers]

    old, new, both = (str(tmp_path / f"{name}.parquet") for name in ("old", "new", "it's"))
    learn(pages("a.org", range(8), "Our towns", "Our ships") + pages("b.org", range(6), "Our seas"), old)
    corpus = pages("a.org", range(8, 100), "Our towns") + pages("c.org", range(9), "Our hills")
    result = learn(corpus, both, update=[old])
    rows = {
        (row["host"], row["line"]): (row["on_pages"], row["pages"])
        for row in pq.read_table(both).to_pylist()
        if row["line"]
    }
    assert rows == {  # "Our ships" is on too few of all pages now
        ("a.org", "Our towns"): (100, 100), ("b.org", "Our seas"): (6, 6), ("c.org", "Our hills"): (9, 9),
    }  # fmt: skip
    assert (result.pages, result.lines) == (101, 3)
    # Without a corpus, files are merged; the output may be one of them.
    learn(corpus, new)
    code, _, err = run("learn", "--update", old, "--update", new, "-o", old)
    assert (code, err) == (0, "cleanmedia: the merged templates have 3 lines, which --templates drops\n")
    assert pq.read_table(old).equals(pq.read_table(both))
    assert run("learn", "-o", old)[0] == 2
    code, _, err = run("learn", "--update", write(tmp_path / "x.parquet", "x"), "-o", old)
    assert (code, "x.parquet" in err, err.count("\n")) == (2, True, 1)
    assert pq.read_table(old).equals(pq.read_table(both))


def test_the_order_of_filters(templates):
    """Menus are evidence for boilerplate, so it runs first."""
    from cleanmedia.cli.arguments import read
    from cleanmedia.cli.pipeline import pipeline

    def names(*options):
        return [found.name for found in pipeline(read(["--templates", templates, *options])).filters]

    article = names("--preset", "article")
    assert article.index("boilerplate") < article.index("site_lines") < article.index("site_sentences")
    assert article.index("site_sentences") < article.index("widgets")
    assert names("--preset", "repair")[-2:] == ["site_lines", "site_sentences"]
    assert "site_sentences" in names("--only", "site_lines,site_sentences")


@pytest.fixture
def crawl(tmp_path):
    folder = tmp_path / "crawl"
    folder.mkdir()
    pages = [
        (f"https://www.a.org/{n}", f"Our towns\nLetters to us\n{own(n)}\n{PROSE}\n{'Ferries' * (n % 2)}\nAbout us")
        for n in range(12)
    ]
    pages += [(f"https://b.org/{n}", f"Our seas\n{own(n + 50)}") for n in range(2)] + [(None, "No host..")]
    lines = [json.dumps({"url": url, "text": text}) + "\n" for url, text in pages]
    write(folder / "1.jsonl", "".join(lines[::2]))
    write(folder / "2.jsonl", "".join(lines[1::2]))
    return folder


def test_learn_and_clean_in_one_step(tmp_path, crawl):
    one, two = tmp_path / "one", tmp_path / "two"
    given = ("--learn", "--host-field", "url", crawl, "--output-dir", one)
    code, out, err = run(*given, "-j", 2)
    assert (code, out) == (0, "")
    assert "15 pages of 2 hosts have 4 lines in common" in err
    assert run("learn", crawl, "--by", "url", "-o", tmp_path / "t.parquet")[0] == 0
    assert run("--templates", tmp_path / "t.parquet", "--host-field", "url", crawl, "--output-dir", two)[0] == 0
    for name in ("1.jsonl", "2.jsonl"):
        text = read(one / name)
        assert text == read(two / name)
        assert "Our towns" not in text
        assert PROSE in text
        assert "Our seas" in text or name == "2.jsonl"
    code, out, err = run(*given, "--resume", "-q")
    assert (code, out) == (0, "")
    # A preview: nothing is written, and what would go is listed, the most frequent line first.
    before = files(tmp_path)
    code, out, err = run("--learn", "--host-field", "url", crawl, "--check", "--report", tmp_path / "r.html", "-q")
    assert (code, out.count("would change"), sorted({*files(tmp_path)} - {*before})) == (1, 13, ["r.html"])
    report = read(tmp_path / "r.html")
    assert report.index('{"text":"About us","count":12,"filter":"site_lines"') < report.index(
        '{"text":"Ferries","count":6,'
    )
    assert "learned from the input, sha256 " in report
    assert str(tmp_path) not in report.partition('"templates":')[2]


def test_one_step_errors(tmp_path, crawl):
    text = write(tmp_path / "p.txt", "It was..\n")
    for arguments, told in (
        ((crawl,), "--host-field names the field, such as --host-field url"),
        ((text,), "a text file has no field with its page's host"),
        (("--format", "jsonl"), "standard input can be read once"),
        ((crawl, write(tmp_path / "broken.jsonl", "x\n"), "--host-field", "url", "--output-dir", tmp_path / "o"), "broken.jsonl:1"),
    ):  # fmt: skip
        code, out, err = run("--learn", *arguments, stdin='{"text": "x"}\n')
        assert (code, out, err.count("\n")) == (2, "", 1), err
        assert told in err
    assert not (tmp_path / "o").exists()
    assert run("--host-field", "url", text)[0] == 2


def test_what_happened_is_counted(tmp_path, crawl):
    run("learn", crawl, "--by", "url", "-o", tmp_path / "t.parquet")
    write(crawl / "3.jsonl", json.dumps({"url": "https://c.org/", "text": "Our hills"}) + "\n")
    code, _, err = run(
        "--templates", tmp_path / "t.parquet", "--host-field", "url", crawl, "--output-dir", tmp_path / "out",
        "--stats", "--stats-json", tmp_path / "s.json", "--report", tmp_path / "r.html", "-j", 2,
    )  # fmt: skip
    assert code == 0
    told = (
        "1 known (12 documents), 1 unknown (1 document), 1 with too few pages (2 documents); 1 document without a host"
    )
    assert told in err
    assert "4 learned, 1 withheld (1 prose)" in err
    assert "it does not know 1 host of 1 document; it was learned on too few pages of 1 host of 2 documents" in err
    counts = json.loads(read(tmp_path / "s.json"))["templates"]
    assert counts == {
        "known": {"hosts": 1, "documents": 12}, "unknown": {"hosts": 1, "documents": 1}, "small": {"hosts": 1, "documents": 2},
        "without_host": 1, "lines": {"learned": 4, "withheld": {"prose": 1}},
    }  # fmt: skip
    assert json.dumps(counts, separators=(",", ":")) in read(tmp_path / "r.html")
    from cleanmedia import Stats

    assert Stats.from_dict(json.loads(read(tmp_path / "s.json"))).documents == 16
