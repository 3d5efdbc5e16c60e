"""Templates on one machine, by DuckDB: rows lie on the disk, and memory is bounded."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from cleanmedia.core.extras import need
from cleanmedia.io.whole import WholeFile
from cleanmedia.learning.query import Least, query
from cleanmedia.learning.rows import table

__all__ = ["Learned", "learn", "learn_tables"]

_PAGES = 256  # that make a batch of rows
_ROWS = 8_192  # of a row group: what is read to look a host up
_COLUMNS = "host, key, line, on_pages, pages, prose"


class Learned(NamedTuple):
    """What was learned: how many pages of how many hosts there were, and how many lines recur on them."""

    pages: int
    hosts: int
    lines: int  # that go
    withheld: int  # that recur as well, and stay, for they are prose
    examples: tuple[str, ...]  # of those that are withheld, the most frequent first


def learn(
    pages: Iterable[tuple[str, str]],
    output: str,
    *,
    least_pages: int = 5,
    least_share: float = 0.1,
    memory: str = "500MB",
    threads: int = 1,
    folder: str | None = None,
) -> Learned:
    """Find the lines that the pages of a host have in common, and write them to a Parquet file for ``site_lines``.

    Args:
        pages: of each page the host or address, and the text, cleaned as it will be when the lines are dropped: by ``REPAIR``.
        output: the file to write, all or nothing.
        least_pages, least_share: on how many pages of its host a line must stand, and on what share of them; each page counts
            once, however many copies of it there are.
        memory: what the engine may use; the rest of its work lies on the disk.
        threads: of the engine.
        folder: where its files lie meanwhile, if not where temporary files do. They take about twice the size of the texts.

    Raises:
        ValueError: a number is out of its range.
        OSError: the output cannot be written.
        cleanmedia.core.extras.MissingExtra: DuckDB or pyarrow is not installed: ``pip install 'cleanmedia[learn]'``.
    """
    need("pyarrow", "learn", "learn")
    given = iter(pages)
    batches: Iterator[list[tuple[str, str]]] = iter(lambda: list(islice(given, _PAGES)), [])
    least = Least(least_pages, least_share)
    return learn_tables(map(table, batches), output, least, memory=memory, threads=threads, folder=folder)


def learn_tables(
    tables: Iterable[Any],
    output: str,
    least: Least,
    *,
    memory: str = "500MB",
    threads: int = 1,
    folder: str | None = None,
) -> Learned:
    """The same from Arrow tables of rows. The engine, and its threads, start when the first table is there."""
    least.check()
    duckdb = need("duckdb", "learn", "learn")
    given = iter(tables)
    first = next(given, table([]))
    with tempfile.TemporaryDirectory(prefix="cleanmedia-", dir=folder) as place, WholeFile(output) as whole:
        engine = duckdb.connect(
            os.path.join(place, "lines.db"),
            config={
                "memory_limit": memory,
                "threads": threads,
                "temp_directory": os.path.join(place, "spilt"),
                "preserve_insertion_order": False,
            },
        )
        try:
            engine.register("batch", first)
            engine.execute("CREATE TABLE lines AS FROM batch")
            for batch in given:
                engine.register("batch", batch)
                engine.execute("INSERT INTO lines FROM batch")
            engine.unregister("batch")
            # Most lines stand on few pages. A count of their rows, which is cheap, leaves them out before pages are compared.
            engine.execute(
                "CREATE VIEW often AS FROM lines SEMI JOIN (SELECT host, key FROM lines "
                f"GROUP BY host, key HAVING count(*) >= {int(least.pages)}) USING (host, key)"
            )
            engine.execute(f"CREATE TABLE templates AS {query('often', least)}")
            learned = _summary(engine)
            _write(engine, place, whole)
        finally:
            engine.close()
        whole.commit()
    return learned


def _write(engine: Any, place: str, whole: WholeFile) -> None:
    """In the order of hosts, in small row groups, so that a host is found fast."""
    path = os.path.join(place, "templates.parquet")
    engine.execute(
        f"COPY (SELECT {_COLUMNS} FROM templates ORDER BY host, on_pages DESC, key) TO $path "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS})",
        {"path": path},
    )
    with open(path, "rb") as file:
        shutil.copyfileobj(file, whole.file)


def _summary(engine: Any) -> Learned:
    pages, hosts = engine.execute(
        "SELECT coalesce(sum(pages), 0)::BIGINT, count(*) FROM "
        "(SELECT count(DISTINCT page) AS pages FROM lines WHERE key = '' GROUP BY host)"
    ).fetchone()
    lines, withheld = engine.execute(
        "SELECT count(*) FILTER (NOT prose), count(*) FILTER (prose) FROM templates"
    ).fetchone()
    examples = engine.execute(
        "SELECT line FROM templates WHERE prose ORDER BY on_pages DESC, host, key LIMIT 5"
    ).fetchall()
    return Learned(pages, hosts, lines, withheld, tuple(line for (line,) in examples))
