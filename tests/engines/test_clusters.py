"""Engines that have processes of their own: Spark, Ray, Dask, datatrove. Each runs the code of its page."""

import json
import os
from pathlib import Path

import pytest

from cleanmedia import ARTICLE, NEWS
from tests.engines.conftest import Pages, needs
from tests.support.folders import SAMPLES

pytestmark = [
    pytest.mark.xdist_group("clusters"),  # on one worker, so that one Spark and one Ray are started
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),  # of the engines' own
]


def in_order(rows):
    return sorted(rows, key=lambda row: row["id"])


def from_spark(frame):
    return in_order([row.asDict() for row in frame.collect()])


def test_spark(spark, recipe, monkeypatch):
    monkeypatch.chdir(spark.folder)
    pages = Pages(spark.folder)
    names = recipe("spark.md")
    assert names["spark"] is spark or names["spark"].sparkContext is spark.sparkContext
    assert from_spark(names["clean"]) == from_spark(spark.read.parquet("clean")) == pages.clean_rows
    assert from_spark(names["texts"]) == from_spark(names["same"]) == pages.clean_rows_without_title
    schema = names["pages"].schema.add("why", "string")
    traced = names["pages"].repartition(3).mapInArrow(NEWS.on("text", title="title", trace="why").iter, schema)
    rows = from_spark(traced)
    assert [row["text"] for row in rows] == pages.clean
    assert json.loads(rows[0]["why"])[0]["filter"] == "punctuation"
    latin_1 = spark.sql("SELECT cast(X'636166E920736F2E2E' AS string) AS text")
    assert [row.text for row in latin_1.mapInArrow(NEWS.on("text").iter, latin_1.schema).collect()] == ["caf\ufffd so."]


@pytest.fixture
def ray(tmp_path):
    os.environ["RAY_AUTH_MODE"] = "disabled"
    ray = needs("ray", "ray")
    needs("ray.data", "ray")
    ray.init(
        address="local", num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=100 * 1024**2
    )
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray
    ray.shutdown()


def test_ray(pages, ray, recipe):
    names = recipe("ray.md")
    assert in_order(needs("pyarrow.parquet", "ray").read_table("clean").to_pylist()) == pages.clean_rows
    by_arrays = names["pages"].map_batches(NEWS.on("text", title="title"))  # NumPy's, as is Ray's default
    assert in_order(by_arrays.take_all()) == pages.clean_rows


def test_dask(pages, recipe):
    needs("dask.dataframe", "dask")
    from tests.engines.test_frames import nulls_as_none

    names = recipe("dask.md")
    import dask.dataframe as dd

    for frame in (names["clean"].compute(scheduler="processes"), dd.read_parquet("clean").compute()):
        assert nulls_as_none(frame["text"]) == pages.clean
        assert list(frame["id"]) == pages.ids


def test_datatrove(pages, recipe):
    needs("datatrove", "datatrove")
    recipe("datatrove.md")
    rows = in_order(
        json.loads(line) for path in Path("clean").glob("*.jsonl") for line in path.read_text().split("\n") if line
    )
    assert [(row["id"], row["text"]) for row in rows] == [
        (row["id"], row["text"]) for row in pages.clean_rows if row["text"]
    ]
    stats = json.loads(Path("logs/stats.json").read_text())
    (ours,) = [step["stats"] for step in stats if "cleanmedia" in step["name"]]
    given = [(old, new) for old, new in zip(pages.texts, pages.clean, strict=True) if old]
    counted = {name: stat["total"] if isinstance(stat, dict) else stat for name, stat in ours.items()}
    assert counted["total"] == len(given)
    assert counted["changed"] == sum(old != new for old, new in given)
    assert counted["characters_removed"] == sum(len(old) - len(new) for old, new in given)


def test_datatrove_metadata():
    needs("datatrove", "datatrove")
    from datatrove.data import Document

    from cleanmedia.engines.datatrove import Clean

    (document,) = Clean(NEWS, title="headline", trace="why").run(iter([Document("So..", "7", metadata={"a": 1})]))
    assert (document.text, document.id, document.metadata["a"]) == ("So.", "7", 1)
    assert json.loads(document.metadata["why"])[0]["filter"] == "punctuation"


def test_a_quality_filter_keeps_the_sample_page_once_it_is_clean():
    needs("datatrove", "datatrove")
    from datatrove.data import Document
    from datatrove.pipeline.filters import FineWebQualityFilter
    from datatrove.utils.word_tokenizers import WordTokenizer

    class Words(WordTokenizer):  # datatrove's own for English needs spaCy
        def word_tokenize(self, text):
            return text.split()

        def sent_tokenize(self, text):
            raise NotImplementedError

        def span_tokenize(self, text):
            raise NotImplementedError

    judge = FineWebQualityFilter(language=Words())
    page = (SAMPLES / "voa-libya.txt").read_text()
    assert judge.filter(Document(text=page, id="page")) == (False, "char_dup_ratio")
    assert judge.filter(Document(text=NEWS(page), id="page")) is True
    assert judge.filter(Document(text=ARTICLE(page), id="page")) is True
