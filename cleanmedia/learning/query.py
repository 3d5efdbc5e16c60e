"""The query that finds templates, in SQL that both DuckDB and Spark understand."""

from math import ceil
from typing import NamedTuple

from cleanmedia.page.edges import NAME, PLAIN, SURE
from cleanmedia.page.sites import VERSION

__all__ = ["COLUMNS", "Least", "fewest", "merging", "query"]

COLUMNS = ("host", "kind", "key", "line", "on_pages", "pages", "prose", "version")

# What the sentences at the edges of texts need, as a multiple of what lines need: pages, and share of them.
_SURE = (0.6, 0.02)  # there are many forms of them in a corpus: a notice for each desk, a name for each writer
_NAME = (2.0, 1.0)
_PLAIN = (4.0, 2.5)


class Least(NamedTuple):
    """The minimum number of pages of its host, and the minimum share of them, that a line must appear on."""

    pages: int = 5  # 2 or more
    share: float = 0.1  # from 0 to 1

    def check(self) -> None:
        """Raise ValueError if a number is out of its range."""
        if self.pages < 2:
            raise ValueError(f"the least number of pages is {self.pages}; it must be at least 2")
        if not 0 <= self.share <= 1:
            raise ValueError(f"the least share of pages is {self.share}; it must be from 0 to 1")


def query(lines: str, least: Least) -> str:
    """Return the SQL that finds the recurring lines and edges of a table of :class:`cleanmedia.learning.rows.Row`, reading it once.

    Its columns are host, kind (line, head, tail), key, line, on_pages (how many pages of the host have it), pages (how many the
    host has), prose (whether it is withheld) and version, ordered by host, kind and on_pages, largest first.

    A sentence at an edge that is surely the site's needs fewer pages than a line does. One that shows it less clearly needs more,
    and is withheld if it has the pages of a line only.

    Raises:
        ValueError: a number of ``least`` is out of its range.
    """
    least.check()
    return f"""
        WITH counted AS (
            SELECT host, kind, key, min(line) AS line, count(DISTINCT page) AS on_pages, bool_or(prose) AS prose, max(level) AS level
            FROM {lines} GROUP BY host, kind, key HAVING count(DISTINCT page) >= {fewest(least)}
        ), compared AS (
            SELECT *, max(CASE WHEN key = '' THEN on_pages END) OVER (PARTITION BY host) AS pages FROM counted
        )
        SELECT host, kind, key, line, on_pages, pages,
            prose OR (level = {NAME} AND NOT {_has(least, _NAME)}) OR (level = {PLAIN} AND NOT {_has(least, _PLAIN)}) AS prose,
            {VERSION} AS version
        FROM compared
        WHERE key <> '' AND ({_has(least, (1, 1))} OR (level = {SURE} AND {_has(least, _SURE)}))
        ORDER BY host, kind, on_pages DESC, key
    """


def merging(new: str, lines: str, old: str, least: Least) -> str:
    """Return the SQL that merges templates: the table ``new``, made by :func:`query` of ``lines``, and ``old``, with the number of each row's ``file``.

    Pages are added up, so a page that was read for both counts twice. What was found on few of all these pages is left out, and
    what is withheld in one of them is withheld.
    """
    return f"""
        WITH known AS (
            SELECT host, kind, key, min(line) AS line, sum(on_pages)::BIGINT AS on_pages, bool_or(prose) AS prose
            FROM {old} GROUP BY host, kind, key
        ), pages_before AS (
            SELECT host, sum(pages)::BIGINT AS pages
            FROM (SELECT host, max(pages) AS pages FROM {old} GROUP BY host, file) GROUP BY host
        ), again AS (
            SELECT host, kind, key, count(DISTINCT page) AS on_pages
            FROM {lines} SEMI JOIN known USING (host, kind, key) GROUP BY host, kind, key
        ), pages_now AS (
            SELECT host, count(DISTINCT page) AS pages FROM {lines} WHERE key = '' GROUP BY host
        ), merged AS (
            SELECT host, kind, key, coalesce(new.line, known.line) AS line,
                coalesce(new.on_pages, again.on_pages, 0) + coalesce(known.on_pages, 0) AS on_pages,
                coalesce(pages_now.pages, 0) + coalesce(pages_before.pages, 0) AS pages,
                coalesce(new.prose, false) OR coalesce(known.prose, false) AS prose,
                {VERSION} AS version
            FROM {new} AS new FULL JOIN known USING (host, kind, key) LEFT JOIN again USING (host, kind, key)
            LEFT JOIN pages_before USING (host) LEFT JOIN pages_now USING (host)
        )
        FROM merged WHERE on_pages >= {least.share!r} * CASE WHEN kind = 'line' THEN 1 ELSE {_SURE[1]} END * pages
    """


def fewest(least: Least) -> int:
    """Return the number of pages below which nothing is found."""
    return max(2, ceil(_SURE[0] * least.pages))


def _has(least: Least, times: tuple[float, float]) -> str:
    """Return the condition that a row has so many times the pages and the share that a line needs."""
    pages = max(2, ceil(times[0] * least.pages))
    return f"(on_pages >= {pages} AND on_pages >= {min(1.0, times[1] * least.share)!r} * pages)"
