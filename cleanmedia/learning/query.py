"""The one query that finds templates, in the SQL that DuckDB and Spark have in common."""

from typing import NamedTuple

__all__ = ["Least", "query"]


class Least(NamedTuple):
    """On how many pages of its host a line must stand: at least so many, and at least such a share of them."""

    pages: int = 5
    share: float = 0.1

    def check(self) -> None:
        """Raises ValueError."""
        if self.pages < 2:
            raise ValueError(f"the least number of pages is {self.pages}; a line recurs on 2 at least")
        if not 0 <= self.share <= 1:
            raise ValueError(f"the least share of pages is {self.share}; it is from 0 to 1")


def query(lines: str, least: Least) -> str:
    """Of a table of :class:`cleanmedia.learning.rows.Row`, read once: the lines that recur, with how often they do."""
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
