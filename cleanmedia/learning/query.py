"""The query that finds templates, in SQL that both DuckDB and Spark understand."""

from typing import NamedTuple

__all__ = ["Least", "query"]


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
    """Return the SQL that finds the recurring lines of a table of :class:`cleanmedia.learning.rows.Row`, reading it once.

    Its columns are host, key, line, on_pages (how many pages of the host have the line), pages (how many the host has) and
    prose, ordered by host and then by on_pages, largest first.

    Raises:
        ValueError: a number of ``least`` is out of its range.
    """
    least.check()
    return f"""
        WITH counted AS (
            SELECT host, key, min(line) AS line, count(DISTINCT page) AS on_pages, bool_or(prose) AS prose
            FROM {lines} GROUP BY host, key HAVING count(DISTINCT page) >= {int(least.pages)}
        ), compared AS (
            SELECT *, max(CASE WHEN key = '' THEN on_pages END) OVER (PARTITION BY host) AS pages FROM counted
        )
        SELECT host, key, line, on_pages, pages, prose FROM compared
        WHERE key <> '' AND on_pages >= {float(least.share)!r} * pages
        ORDER BY host, on_pages DESC, key
    """
