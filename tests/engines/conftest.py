"""Each engine runs the very code of its page in docs/engines, on a few pages in a folder of its own."""

import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from cleanmedia import NEWS
from cleanmedia.core.context import given
from tests.support.folders import ROOT, SAMPLES

TITLE = "Quite another headline here"
TEXTS = [
    "So it was..",
    None,
    "It&# 39;s over..\n\n  • Share on Facebook\n",
    "A first line of the page\n\nThe council voted on Monday to keep the bridge open.\n\nQuite another headline here\n\n"
    "And so it went, said the mayor to the paper.\n\nQuite another headline here\n",
    "Fine. 😀 «Всё хорошо»\n",
    *[path.read_text() for path in sorted(SAMPLES.glob("*.txt"))],
]


class Pages:
    """60 pages in ``pages.parquet``, and in two files of JSON Lines in ``pages``; and what a plain loop makes of them."""

    def __init__(self, folder: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self.ids = [f"page {number:02}" for number in range(60)]
        self.texts = [TEXTS[number % len(TEXTS)] for number in range(60)]
        titles = [TITLE if number % 2 else None for number in range(60)]
        self.without_title = [NEWS(text) for text in self.texts]
        self.clean = [given(NEWS, title=title)(text) for title, text in zip(titles, self.texts, strict=True)]

        def rows(texts):
            return [{"id": i, "title": t, "text": x} for i, t, x in zip(self.ids, titles, texts, strict=True)]

        self.clean_rows = rows(self.clean)
        self.clean_rows_without_title = rows(self.without_title)

        table = pa.Table.from_pylist(rows(self.texts))
        pq.write_table(table, folder / "pages.parquet", row_group_size=20)
        (folder / "pages").mkdir()
        for number in range(2):
            lines = [json.dumps(row) + "\n" for row in rows(self.texts)[30 * number : 30 * (number + 1)]]
            (folder / "pages" / f"{number}.jsonl").write_text("".join(lines))


@pytest.fixture
def pages(tmp_path, monkeypatch):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'cleanmedia[engines]'")
    monkeypatch.chdir(tmp_path)
    return Pages(tmp_path)


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    """A local Spark; ``spark.folder`` is where its relative paths begin."""
    needs("pyspark", "spark")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("Spark needs Java 17 or newer; there is none on the path, and no JAVA_HOME")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    folder, before = tmp_path_factory.mktemp("spark"), Path.cwd()
    os.chdir(folder)
    builder = SparkSession.builder.master("local[2]").appName("cleanmedia tests")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.driver.memory": "1g",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
    }.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    os.chdir(before)
    session.sparkContext.setLogLevel("ERROR")
    session.folder = folder
    yield session
    session.stop()


@pytest.fixture
def recipe():
    """Run the code of a page of docs/engines, all blocks in one; gives its names."""

    def run(page):
        blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "engines" / page).read_text(), re.DOTALL)
        names = {"__name__": "recipe"}
        for block in blocks:
            exec(compile(block, page, "exec"), names)
        return names

    return run


def needs(module, extra):
    """Skip the tests of an engine that is not installed."""
    return pytest.importorskip(module, reason=f"{module} is not installed: pip install 'cleanmedia[{extra}]'")
