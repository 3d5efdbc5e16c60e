"""What each engine costs beside a plain loop: CPU of the whole process tree, for the same pages.

    pip install -e '.[engines]'
    python benchmarks/engines.py [--step N] [--rounds 3] [--only spark,ray]

Every engine reads ``pages.parquet`` (datatrove: JSON Lines), cleans the column with NEWS and writes the result, as its page in
docs/engines shows. The loop reads and writes with pyarrow. Each is run with two pages and with all of them: the first is what the
engine costs to start, and what comes on top of it is compared with what comes on top in the loop. Engines take turns, round
after round; figures are medians. All processes below this one are looked at 20 times a second, those whose parent has ended
(Spark's Java, Ray's daemons) too: Linux only.
"""

import argparse
import ctypes
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cleanmedia import NEWS

sys.path.append(sys.path.pop(0))  # the package datasets is meant, and not the file of that name beside this one
_PR_SET_CHILD_SUBREAPER = 36
_PAUSE = 0.05  # seconds between two looks at the processes; what a process uses after the last look is not seen


def loop() -> None:
    import pyarrow.parquet as pq

    table = pq.read_table("pages.parquet")
    import pyarrow as pa

    texts = [NEWS(text) for text in table["text"].to_pylist()]
    pq.write_table(table.set_column(table.column_names.index("text"), "text", pa.array(texts)), "clean.parquet")


def pyarrow() -> None:
    import pyarrow.dataset as ds

    pages = ds.dataset("pages.parquet")
    batches = NEWS.on("text").iter(pages.to_batches(batch_size=1024))
    ds.write_dataset(batches, "clean", schema=pages.schema, format="parquet")


def pandas() -> None:
    import pandas as pd

    NEWS.on("text")(pd.read_parquet("pages.parquet")).to_parquet("clean.parquet")


def polars() -> None:
    import polars as pl

    import cleanmedia.engines.polars  # noqa: F401

    pl.scan_parquet("pages.parquet").with_columns(pl.col("text").cleanmedia.clean()).sink_parquet("clean.parquet")


def duckdb() -> None:
    import duckdb

    db = duckdb.connect()
    db.create_function("clean", NEWS.arrow, ["VARCHAR"], "VARCHAR", type="arrow")
    db.sql("COPY (SELECT * REPLACE (clean(text) AS text) FROM 'pages.parquet') TO 'clean.parquet'")


def datasets(processes: int | None = None) -> None:
    from datasets import load_dataset

    pages = load_dataset("parquet", data_files="pages.parquet", split="train", cache_dir="cache")
    pages.map(NEWS.on("text"), batched=True, num_proc=processes).to_parquet("clean.parquet")


def datasets_2() -> None:
    datasets(2)


def dask() -> None:
    import dask.dataframe as dd

    pages = dd.read_parquet("pages.parquet", split_row_groups=True)
    pages.map_partitions(NEWS.on("text"), meta=pages).to_parquet("clean")


def datatrove() -> None:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from cleanmedia.engines.datatrove import Clean

    steps = [JsonlReader("pages"), Clean(), JsonlWriter("clean", compression=None)]
    LocalPipelineExecutor(pipeline=steps, logging_dir="logs", tasks=2).run()


def ray() -> None:
    import ray

    ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False)
    ray.data.read_parquet("pages.parquet").map_batches(NEWS.on("text"), batch_format="pyarrow").write_parquet("clean")
    ray.shutdown()


def spark_session():
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    return SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()


def spark_map_in_arrow() -> None:
    spark = spark_session()
    pages = spark.read.parquet("pages.parquet")
    pages.mapInArrow(NEWS.on("text").iter, pages.schema).write.parquet("clean")
    spark.stop()


def spark_arrow_udf() -> None:
    spark = spark_session()
    from pyspark.sql.functions import arrow_udf

    spark.read.parquet("pages.parquet").withColumn("text", arrow_udf(NEWS.arrow, "string")("text")).write.parquet(
        "clean"
    )
    spark.stop()


ENGINES = {
    function.__name__: function
    for function in (
        loop,
        pyarrow,
        pandas,
        polars,
        duckdb,
        datasets,
        datasets_2,
        dask,
        datatrove,
        ray,
        spark_map_in_arrow,
        spark_arrow_udf,
    )
}


def write_pages(folder: Path, rows: list[dict]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir()
    pq.write_table(pa.Table.from_pylist(rows), folder / "pages.parquet", row_group_size=256)
    (folder / "pages").mkdir()
    for part in range(2):
        with (folder / "pages" / f"{part}.jsonl").open("w") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows[part::2])


def cpu_of(name: str, source: Path) -> float:
    """Seconds of user and system time of the engine's process and all that came of it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "run"
        shutil.copytree(source, folder)
        with (Path(place) / "errors").open("w") as errors:
            process = subprocess.Popen(
                [sys.executable, str(Path(__file__).resolve()), "--run", name],
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env={**os.environ, "RAY_AUTH_MODE": "disabled", "HF_HOME": place},
            )
        used: dict[tuple[str, str], int] = {}
        while process.poll() is None or reaped():  # the orphans too
            used.update(descendants())
            time.sleep(_PAUSE)
        if process.returncode:
            sys.exit(f"{name} failed:\n{(Path(place) / 'errors').read_text()[-2000:]}")
    return sum(used.values()) / os.sysconf("SC_CLK_TCK")


def reaped() -> bool:
    """Let ended children go; whether any are left."""
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    except ChildProcessError:
        return False
    return True


def descendants() -> dict[tuple[str, str], int]:
    """The CPU time so far, in ticks, of every process below this one, by its number and its start."""
    rows = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        rows[path.parent.name] = fields
    below, found = {str(os.getpid())}, {}
    while new := {pid for pid, fields in rows.items() if fields[1] in below} - below:
        below |= new
        found |= {(pid, rows[pid][19]): int(rows[pid][11]) + int(rows[pid][12]) for pid in new}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--step", type=int, default=1, help="every N-th page")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", help="names, with commas between", default=",".join(ENGINES))
    parser.add_argument("--run", choices=ENGINES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        ENGINES[options.run]()
        return

    from pages import pages

    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    rows = [{"id": page["id"], "text": page["text_flat"]} for page in pages(options.step)]
    names = list(dict.fromkeys(["loop", *options.only.split(",")]))
    one: dict[str, list[float]] = {name: [] for name in names}
    all_of_them: dict[str, list[float]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as place:
        write_pages(Path(place) / "one", rows[:1] * 2)
        write_pages(Path(place) / "all", rows)
        for _ in range(options.rounds):
            for name in names:
                one[name].append(cpu_of(name, Path(place) / "one"))
                all_of_them[name].append(cpu_of(name, Path(place) / "all"))
    start = {name: statistics.median(times) for name, times in one.items()}
    work = {name: statistics.median(times) - start[name] for name, times in all_of_them.items()}
    print(
        f"{len(rows)} pages of {sum(len(row['text']) for row in rows) / 1e6:.1f} M characters; {options.rounds} rounds"
    )
    print(f"{'':22}{'start, s':>10}{'work, s':>10}{'beside the loop':>18}")
    for name in names:
        print(f"{name:22}{start[name]:10.2f}{work[name]:10.2f}{work[name] / work['loop'] - 1:+18.1%}")


if __name__ == "__main__":
    main()
