"""Templates on Spark: the same as on one machine."""

import pytest

from cleanmedia.filters import site_lines
from cleanmedia.learning import learn
from cleanmedia.learning import spark as on_spark
from tests.learning import planted

pytestmark = [
    pytest.mark.xdist_group("clusters"),  # the Spark of the other tests
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),  # of the engine's own
]


def test_exactly_what_was_planted_is_found(spark, tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    hosts, texts = zip(*planted.pages(), strict=True)
    pq.write_table(pa.table({"url": [*hosts, None, "x.org"], "page": [*texts, "x", None]}), tmp_path / "pages.parquet")
    pages = spark.read.parquet(str(tmp_path / "pages.parquet"))
    on_spark.learn(pages, text="page", host="url").write.parquet(str(tmp_path / "templates"))
    rows = [
        row for path in (tmp_path / "templates").glob("*.parquet") for row in pq.ParquetFile(path).read().to_pylist()
    ]
    lines = [row for row in rows if row["kind"] == "line"]
    assert {(row["host"], row["key"]): row["kept"] == "prose" for row in lines} == planted.expected()
    assert len(lines) == len(planted.expected())
    found = site_lines(templates=str(tmp_path / "templates"), host=planted.host(7))
    assert found("\n".join([*planted.planted(7), *planted.planted(8)])) == "\n".join(planted.planted(8))

    pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'cleanmedia[learn]'")
    learn(planted.pages(), str(tmp_path / "local.parquet"))
    local = pq.ParquetFile(tmp_path / "local.parquet").read().to_pylist()
    rows = [row for row in rows if row["host"] not in ("", "x.org")]  # of which the frame has one page more
    assert sorted(rows, key=lambda row: (row["host"], row["kind"], -row["on_pages"], row["key"])) == local


def test_wrong_numbers(spark):
    with pytest.raises(ValueError, match="from 0 to 1"):
        on_spark.learn(spark.createDataFrame([("a", "b")], "text string, host string"), least_share=2)


def test_sentences_are_the_same_as_on_one_machine(spark, tmp_path):
    import pyarrow.parquet as pq

    pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'cleanmedia[learn]'")
    names = ["Ann Miller", "Bert Stone", "Eve Hill"]
    texts = [
        f"The bridge {n} was opened on the day {n * n} of the year. The mayor {n} left. "
        + ("Follow us for more." if n % 2 else f"(Example.org/{names[n % 3]})")
        for n in range(40)
    ]
    pages = [("" if n % 3 else "a.org", text) for n, text in enumerate(texts)]
    # A live page that was crawled again and again, near-copies, recipes, one line in the text of each page.
    entries = [f"{n} minutes gone, and the ball is in the net of the other side" for n in range(40)]
    pages += [("https://b.org/live", "\n".join(["Home", *entries[30 - n :]])) for n in range(12)]
    pages += [
        ("c.org", "\n".join(["Home", "News", planted.own(7, 12), planted.own(n, 1), "Contact"])) for n in range(12)
    ]
    pages += [
        ("d.org", "\n".join(["Home", planted.own(n), "1 teaspoon salt", "Mix well.", planted.own(-n)]))
        for n in range(12)
    ]
    pages += [
        ("e.org", "\n".join(["Home", planted.own(n), "Verdict", planted.own(-n), "Contact us"])) for n in range(12)
    ]
    pages += [("f.org", "one page")]
    frame = spark.createDataFrame([(text, host or None) for host, text in pages], "text string, host string")
    found = [row.asDict() for row in on_spark.learn(frame).collect()]
    learn(pages, str(tmp_path / "local.parquet"))
    local = pq.ParquetFile(tmp_path / "local.parquet").read().to_pylist()
    assert sorted(found, key=lambda row: (row["host"], row["kind"], -row["on_pages"], row["key"])) == local
    few = {row["host"]: row["on_pages"] for row in local if row["kind"] == "host" and row["kept"] == "few"}
    assert few.keys() == {"b.org", "c.org", "f.org"}
    assert max(few.values()) < 3  # of twelve near-copies each, some may share no key with the others
    assert {row["key"]: row["kept"] for row in local if row["host"] == "e.org" and row["kind"] == "line"} == {
        "home": "", "contact us": "", "verdict": "text",
    }  # fmt: skip
    assert {(row["host"], row["key"]) for row in local} >= {
        ("", "follow us for more"), ("a.org", "follow us for more"), ("", "(example.org/{name})"),
    }  # fmt: skip
