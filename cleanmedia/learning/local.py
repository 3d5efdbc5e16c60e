"""Find templates on one machine, with DuckDB: the rows are kept on disk, and memory is bounded."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from cleanmedia.core.extras import need
from cleanmedia.io.whole import WholeFile
from cleanmedia.learning.query import COLUMNS, Least, fewest, merging, query
from cleanmedia.learning.rows import table
from cleanmedia.page.templates import files_of, template

__all__ = ["Learned", "learn", "learn_tables"]

_PAGES = 256  # the pages of one batch of rows
_ROWS = 8_192  # the rows of one row group, which is what is read to look up a host


class Withheld(NamedTuple):
    """What recurs too, but is kept for the same reason: how many lines and sentences, and the most frequent one."""

    lines: int
    example: str


class Learned(NamedTuple):
    """What was learned: how many pages of how many hosts were read, and how many lines and sentences recur on them."""

    pages: int  # different ones
    hosts: int
    lines: int  # that ``site_lines`` will drop
    withheld: int  # that recur too, but are kept
    reasons: dict[str, Withheld]  # why they are kept: see :func:`cleanmedia.learning.query.query`
    sentences: int  # at the head or tail of texts, that ``site_sentences`` will drop
    without_host: int  # pages; they are compared with each other
    small: int  # hosts with fewer pages than a line must appear on, near-copies counted once


def learn(
    pages: Iterable[tuple[str, str]],
    output: str,
    *,
    least_pages: int = 3,
    least_share: float = 0.1,
    memory: str = "500MB",
    threads: int = 1,
    folder: str | None = None,
    update: Sequence[str] = (),
) -> Learned:
    """Find the lines and sentences that the pages of a host have in common, and write them to a Parquet file.

    The filters ``site_lines`` and ``site_sentences`` drop them. Pages whose host is "" are compared with each other.

    Args:
        pages: for each page its host or address, and its text. The text should be cleaned by ``REPAIR``, as it will be when
            ``site_lines`` sees it. Input is consumed lazily.
        output: the file to write. It appears only when it is complete.
        least_pages: on how many pages of its host a line must appear. Identical pages count once.
        least_share: on what share of the pages of its host a line must appear, from 0 to 1.
        memory: how much memory DuckDB may use, such as ``"500MB"``; what exceeds it is kept on disk.
        threads: how many threads DuckDB may use.
        folder: where to keep temporary files; by default where the system does. They take about twice the size of the texts.
        update: files of templates to merge with what is found; pages are added up. ``output`` may be one of them.

    Raises:
        ValueError: a number is out of its range, or ``memory`` is not a size, or too small.
        OSError: the output cannot be written.
        cleanmedia.core.extras.MissingExtra: DuckDB or pyarrow is not installed: ``pip install 'cleanmedia[learn]'``.
    """
    need("pyarrow", "learn", "learn")
    page_iter = iter(pages)
    batches: Iterator[list[tuple[str, str]]] = iter(lambda: list(islice(page_iter, _PAGES)), [])
    least = Least(least_pages, least_share)
    return learn_tables(
        map(table, batches), output, least, memory=memory, threads=threads, folder=folder, update=update
    )


def learn_tables(
    tables: Iterable[Any],
    output: str,
    least: Least,
    *,
    memory: str = "500MB",
    threads: int = 1,
    folder: str | None = None,
    update: Sequence[str] = (),
    accept: Callable[[Learned], None] = lambda learned: None,
) -> Learned:
    """Do what :func:`learn` does, given Arrow tables of rows instead of pages.

    ``accept`` is called before the output is written; if it raises an error, the old file stays.

    DuckDB and its threads start after the first table was read, so that the caller can first start processes that make them.
    """
    least.check()
    for path in update:
        template(path, "")  # which checks what kind of file it is, and of which version
    duckdb = need("duckdb", "learn", "learn")
    table_iter = iter(tables)
    first = next(table_iter, table([]))
    with tempfile.TemporaryDirectory(prefix="cleanmedia-", dir=folder) as scratch, WholeFile(output) as whole:
        config = {
            "memory_limit": memory,
            "threads": threads,
            "temp_directory": os.path.join(scratch, "spilt"),
            "preserve_insertion_order": False,
        }
        try:
            database = duckdb.connect(os.path.join(scratch, "lines.db"), config=config)
        except duckdb.Error:
            raise ValueError(f"the memory limit is {memory!r}; it must be a size such as 500MB or 2GB") from None
        try:
            _load(database, first, table_iter)
            _find_templates(database, least)
            if update:
                _merge(database, update, least)
            learned = _summary(database)
            accept(learned)
            _write(database, scratch, whole)
        except duckdb.OutOfMemoryException as error:
            reason = str(error).partition("\n")[0].removeprefix("Out of Memory Error: ")
            raise ValueError(f"the memory limit {memory!r} is too small for these pages ({reason})") from None
        finally:
            database.close()
        whole.commit()
    return learned


def _load(database: Any, first: Any, others: Iterable[Any]) -> None:
    """Make the table ``lines`` of all Arrow tables."""
    database.register("batch", first)
    database.execute("CREATE TABLE lines AS FROM batch")
    for batch in others:
        database.register("batch", batch)
        database.execute("INSERT INTO lines FROM batch")
    database.unregister("batch")


def _find_templates(database: Any, least: Least) -> None:
    """Make the table ``templates``. Most lines are on few pages: counting rows, which is cheap, first leaves these out."""
    database.execute(
        "CREATE VIEW often AS FROM lines SEMI JOIN (SELECT host, kind, key FROM lines "
        f"GROUP BY host, kind, key HAVING key = '' OR kind = 'copy' OR count(*) >= {fewest(least)}) USING (host, kind, key)"
    )
    database.execute(f"CREATE TABLE templates AS {query('often', least)}")


def _merge(database: Any, update: Sequence[str], least: Least) -> None:
    """Merge the table ``templates`` with those of files."""
    database.execute(
        "CREATE TABLE earlier (host TEXT, kind TEXT, key TEXT, line TEXT, on_pages BIGINT, pages BIGINT, kept TEXT)"
    )
    pq = need("pyarrow.parquet", "learn", "learn")
    for name in [name for path in update for name in files_of(path)]:
        for batch in pq.ParquetFile(name).iter_batches(columns=list(COLUMNS[:-1])):
            database.register("batch", batch)
            database.execute(f"INSERT INTO earlier SELECT {', '.join(COLUMNS[:-1])} FROM batch")
            database.unregister("batch")
    database.execute("ALTER TABLE templates RENAME TO found")
    database.execute(f"CREATE TABLE templates AS {merging('found', 'often', 'earlier', least)}")


def _write(database: Any, scratch: str, whole: WholeFile) -> None:
    """Write the templates ordered by host and in small row groups, so that a host is found fast."""
    path = os.path.join(scratch, "templates.parquet")
    database.execute(
        f"COPY (SELECT {', '.join(COLUMNS)} FROM templates ORDER BY host, kind, on_pages DESC, key) TO $path "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS})",
        {"path": path},
    )
    with open(path, "rb") as file:
        shutil.copyfileobj(file, whole.file)


def _summary(database: Any) -> Learned:
    hosts = "SELECT host, count(DISTINCT page) AS read FROM lines WHERE key = '' GROUP BY host"
    pages, number, without_host, small = database.execute(
        "SELECT coalesce(sum(read), 0)::BIGINT, count(*) FILTER (host <> ''), coalesce(sum(read) FILTER (host = ''), 0)::BIGINT, "
        f"count(*) FILTER (host <> '' AND kept = 'few') FROM ({hosts}) JOIN (FROM templates WHERE kind = 'host') USING (host)"
    ).fetchone()
    lines, sentences = database.execute(
        "SELECT count(*) FILTER (kept = '' AND kind = 'line'), count(*) FILTER (kept = '' AND kind IN ('head', 'tail')) FROM templates"
    ).fetchone()
    kept = database.execute(
        "SELECT kept, count(*), arg_max(line, (on_pages, key)) FROM templates WHERE kept <> '' AND kind <> 'host' "
        "GROUP BY kept ORDER BY count(*) DESC, kept"
    ).fetchall()
    withheld = {reason: Withheld(count, example) for reason, count, example in kept}
    return Learned(
        pages, number, lines, sum(each.lines for each in withheld.values()), withheld, sentences, without_host, small
    )
