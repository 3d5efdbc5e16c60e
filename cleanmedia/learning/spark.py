"""Find templates with Spark, by the same query as in ``local``."""

from collections.abc import Iterator
from typing import Any

from cleanmedia.learning.query import Least, query

__all__ = ["learn"]


def learn(frame: Any, *, text: str = "text", host: str = "host", least_pages: int = 5, least_share: float = 0.1) -> Any:
    """Return the templates of a Spark DataFrame of pages, as a DataFrame with the columns of :func:`query`.

    Written as Parquet, the result is a folder that ``site_lines(templates=...)`` and ``site_sentences(templates=...)`` read:
    ``learn(pages).write.parquet("templates")``.

    Args:
        frame: the pages.
        text: the column with a page's text, cleaned by ``REPAIR``.
        host: the column with a page's host or address; pages without one are compared with each other.
        least_pages, least_share: on how many pages of its host a line must appear, and on what share of them.

    Raises:
        ValueError: a number is out of its range.
    """
    lines = frame.select(frame[host].alias("host"), frame[text].alias("text")).mapInArrow(
        _rows,
        "host string, page long, kind string, key string, line string, doubt string, level tinyint, inside tinyint,"
        " before long, after long",
    )
    return frame.sparkSession.sql(query("{lines}", Least(least_pages, least_share)), lines=lines)


def _rows(batches: Iterator[Any]) -> Iterator[Any]:
    """Yield the rows of the pages of each batch, in a worker. Pages without a text are left out; those without a host are of one group."""
    from cleanmedia.learning.rows import table

    for batch in batches:
        hosts, texts = batch.column("host").to_pylist(), batch.column("text").to_pylist()
        yield table([(host or "", text) for host, text in zip(hosts, texts, strict=True) if text is not None])
