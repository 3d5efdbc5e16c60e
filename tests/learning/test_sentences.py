"""Learning the sentences with which the texts of a site or corpus begin or end."""

import csv
import itertools
import json
import random
from pathlib import Path

import pytest

from cleanmedia import NEWS, learn
from cleanmedia.filters import site_sentences
from cleanmedia.page.sentences import starts_after
from cleanmedia.page.templates import template
from tests.support.commands import run
from tests.support.folders import ROOT
from tests.support.growth import grows_too_fast

pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'cleanmedia[learn]'")
pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install 'cleanmedia[learn]'")
CASES = ROOT.parent / "shared" / "cases" / "cases.tsv"
_WHO = [
    "The mayor",
    "A council member",
    "The engineer",
    "Her neighbour",
    "The head of the school",
    "One of the drivers",
]
_DID = ["opened", "visited", "described", "praised", "sold", "repaired", "photographed", "measured", "left", "bought"]
_WHAT = [
    "the old bridge",
    "two houses",
    "a garden",
    "the new harbour",
    "his boat",
    "the market hall",
    "a letter",
    "the tower",
]
_WHEN = [
    "on Monday",
    "in the winter of 1990",
    "after a long debate",
    "before noon",
    "with great care",
    "for the first time",
]


def article(chance, sentences=8):
    made = [" ".join(chance.choice(words) for words in (_WHO, _DID, _WHAT, _WHEN)) for _ in range(sentences)]
    return ", and so did all others. ".join(made) + f" {chance.randrange(10**6)} times."


@pytest.fixture
def articles():
    chance = random.Random(3)
    return [article(chance) for _ in range(100)]


def learned(texts, folder, host=""):
    path = str(Path(folder) / "t.parquet")
    return learn([(host, text) for text in texts], path), site_sentences(templates=path, host=host)


ENDINGS = [
    " Читайте Новости в Telegram.",
    ".© LAJMI. Të gjitha të drejtat janë të rezervuara.",
    " BACA SELENGKAPNYA>>>>",
    " /Telegrafi/",
    "(Kosova Sot Online)",
    "\nRead the full story at example.org.",
    " Follow us for more.",
    " This text may not be sold in any form; all rights reserved by the Example News Company of Example Town.",
]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_recurring_ending_goes(articles, tmp_path, ending):
    dirty = [text + ending if number % 5 == 0 else text for number, text in enumerate(articles)]
    result, clean = learned(dirty, tmp_path)
    assert result.sentences
    assert [clean(text) for text in dirty] == [
        text + "." if ending[0] == "." and number % 5 == 0 else text for number, text in enumerate(articles)
    ]


def test_an_ending_with_another_name_each_time_goes(articles, tmp_path):
    names = ["Ann Miller", "Bert Stone", "Sri Juliati, Arif Tio", "Tio", "Eve Hill", "Dan Ford", "Mia Lake"]
    for ending in (" (Beritakita.com/{})", " Reporting by {}; editing by Ann Frost.", " Foto: {}"):
        dirty = [text + ending.format(names[n % 6]) for n, text in enumerate(articles[:30])] + articles[30:]
        _, clean = learned(dirty, tmp_path)
        assert [clean(text) for text in dirty] == articles
        assert clean(articles[0] + ending.format(names[6])) == articles[0], "one that was not seen"


@pytest.mark.parametrize(
    "ending",
    [
        " “I did not know,” Smith said.",  # who spoke
        " “Why?” Smith asked.",
        " Police are investigating.",
        " The university was founded in 1901 and has some 30,000 students in twelve faculties.",
        " He is survived by his wife, Ann Miller.",
        "\nServe immediately.",
        " (Applause)",
        " (Laughter and applause)",
        " He spoke to The Post.",
        " 12.",
        " Mr.",
    ],
)
def test_what_may_be_the_article_s_stays(articles, tmp_path, ending):
    dirty = [text + ending if number % 8 == 0 else text for number, text in enumerate(articles)]
    _, clean = learned(dirty, tmp_path)
    assert [clean(text) for text in dirty] == dirty


def test_it_stays_within_a_text(articles, tmp_path):
    call = "Follow us for more."
    dirty = [f"{text} {call}" for text in articles]
    _, clean = learned(dirty, tmp_path)
    within = f"The bridge is open. {call} The mayor was there."
    assert clean(within) is within
    assert clean(everywhere=True)(within) == "The bridge is open. The mayor was there."


def test_versions_of_an_article_teach_nothing(articles, tmp_path):
    end = " It was the last time that he went to the harbour. Follow us into the future of the town."
    versions = [
        f"{text} The council met on Monday and voted on the bridge, eleven to two.{end}" for text in articles[:20]
    ]
    result, clean = learned(versions + articles[20:], tmp_path)
    assert (result.sentences, clean(versions[0])) == (0, versions[0])


def test_what_is_withheld_is_told(articles, tmp_path):
    standing = "The university was founded in 1901 and has some 30,000 students in twelve faculties."
    result, _ = learned([f"{text} {standing}" for text in articles], tmp_path)
    assert (result.sentences, result.reasons) == (0, {"prose": (1, standing)})


def test_by_host(articles, tmp_path):
    pages = [("a.org", f"{text} Follow us for more.") for text in articles[:20]]
    pages += [("b.org", text) for text in articles[20:40]] + [("", f"{text} Read more.") for text in articles[40:]]
    result = learn(pages, str(tmp_path / "t.parquet"))
    assert (result.hosts, result.without_host, result.sentences) == (2, 60, 2)
    found = site_sentences(templates=str(tmp_path / "t.parquet"))
    text = "It is open. Follow us for more."
    assert found(host="a.org")(text) == "It is open."
    assert found(host="b.org")(text) == found(text) == found(host="c.org")(text) == text
    assert found("It is open. Read more.") == "It is open."


def test_the_given_cases(articles, tmp_path):
    if not CASES.exists():
        pytest.skip("the shared cases are not there")
    with CASES.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["filter"] == "learn"]
    assert rows
    endings = []
    for row in rows:
        assert row["input"].startswith(row["expected"])
        endings.append(row["input"].removeprefix(row["expected"]))
    dirty = [text + endings[n % len(endings)] if n % 2 else text for n, text in enumerate(articles)]
    dirty = [text.replace("Nama Penulis", f"Nama {chr(65 + n % 7)}ita") for n, text in enumerate(dirty)]
    source = tmp_path / "c.jsonl"
    texts = dirty + [row["input"] for row in rows]
    source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    code, _, err = run("learn", source, "-o", tmp_path / "t.parquet")
    assert code == 0
    assert "103 pages without a host" in err
    code, out, err = run("--templates", tmp_path / "t.parquet", source)
    assert (code, err) == (0, "")
    assert [json.loads(line)["text"] for line in out.splitlines()] == [
        *map(NEWS, articles), *(row["expected"] for row in rows),
    ]  # fmt: skip


def test_the_key_is_the_same_in_the_file_and_in_the_text(articles, tmp_path):
    _, clean = learned([f"{text} (Site.com/Ann Hill)" for text in articles], tmp_path)
    assert set(template(clean.options["templates"], "").tails) == {"(site.com/{name})", "(site.com/ann hill)"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It rained. He left.", ["It rained. ", "He left."]),
        ("He met Mr. Hill. She left.", ["He met Mr. Hill. ", "She left."]),
        ("J. Hill left. U.S. No. 5 is here.", ["J. Hill left. ", "U.S. No. 5 is here."]),
        ("It cost 3.5 million. 12 left.", ["It cost 3.5 million. ", "12 left."]),
        ("Read example.org now. Yes.", ["Read example.org now. ", "Yes."]),
        ("“Why?” he said. “No!” Ann said.", ["“Why?” he said. ", "“No!” Ann said."]),
        ("It is over.Read on.", ["It is over.", "Read on."]),
        ("It is over.(Agency) more", ["It is over.", "(Agency) more"]),
        ("यह सच है। वह गया।", ["यह सच है। ", "वह गया।"]),
        ("他走了。她也走了。", ["他走了。", "她也走了。"]),
        ("one\n two\n\nthree", ["one\n ", "two\n\n", "three"]),
        ("etc. and so on... and on", ["etc. and so on... and on"]),
        ("", [""]),
    ],
)
def test_sentences(text, parts):
    places = [0, *starts_after(text), len(text)]
    assert [text[at:to] for at, to in itertools.pairwise(places)] == parts


def test_time_grows_with_length():
    subject = site_sentences(sentences=["Read on.", "(Example.org/Ann)"])
    for piece in ("Read on. ", "(Example.org/Ann) ", ". ", "A", " ", "(", "Ann Hill, ", "a.B", "{name}"):
        assert not grows_too_fast(subject, piece), piece
