"""The query that finds templates, in SQL that both DuckDB and Spark understand."""

from math import ceil
from typing import NamedTuple

from cleanmedia.page.edges import NAME, PLAIN, SURE
from cleanmedia.page.templates import VERSION

__all__ = ["COLUMNS", "Least", "fewest", "merging", "query"]

COLUMNS = ("host", "kind", "key", "line", "on_pages", "pages", "kept", "version")

# What the sentences at the edges of texts need, as a multiple of what lines need: pages, and share of them.
_SURE = (1.0, 0.02)  # there are many forms of them in a corpus: a notice for each desk, a name for each writer
_NAME = (10 / 3, 1.0)
_PLAIN = (20 / 3, 2.5)


class Least(NamedTuple):
    """The minimum number of pages of its host, and the minimum share of them, that a line must appear on."""

    pages: int = 3  # 2 or more
    share: float = 0.1  # from 0 to 1

    def check(self) -> None:
        """Raise ValueError if a number is out of its range."""
        if self.pages < 2:
            raise ValueError(f"the least number of pages is {self.pages}; it must be at least 2")
        if not 0 <= self.share <= 1:
            raise ValueError(f"the least share of pages is {self.share}; it must be from 0 to 1")


def query(lines: str, least: Least) -> str:
    """Return the SQL that finds the recurring lines and edges of a table of :class:`cleanmedia.learning.rows.Row`.

    Its columns are host, kind (line, head, tail, host), key, line, on_pages (how many pages of the host have it), pages (how many
    the host has), kept (why the filters keep it, "" if they drop it) and version, ordered by host, kind and on_pages, largest first.
    Near-copies of a page count once. The row of the kind "host" says how many pages a host has; "few" if they were too few.

    A line is kept that may say something of its own (``doubt``); that stands between lines of the text on half of its pages or more
    ("text"); or next to which other lines stand on each page ("alone"), as next to an ingredient, while a menu stays the same.

    A sentence at an edge that is surely the site's needs fewer pages than a line does. One that shows it less clearly needs more,
    and is withheld if it has the pages of a line only.

    Raises:
        ValueError: a number of ``least`` is out of its range.
    """
    least.check()
    return f"""
        WITH {_pages_told_apart(lines)}, counted AS (
            SELECT host, kind, key, min(line) AS line, count(DISTINCT page) AS on_pages, max(doubt) AS doubt, max(level) AS level,
                count(DISTINCT CASE WHEN inside > 0 THEN page END) AS within,
                count(DISTINCT CASE WHEN inside > 1 THEN page END) AS in_prose,
                count(DISTINCT before) AS before, count(DISTINCT after) AS after
            FROM told_apart GROUP BY host, kind, key HAVING key = '' OR count(DISTINCT page) >= {fewest(least)}
        ), compared AS (
            SELECT *, max(CASE WHEN key = '' THEN on_pages END) OVER (PARTITION BY host) AS pages FROM counted
        )
        SELECT host, CASE WHEN key = '' THEN 'host' ELSE kind END AS kind, key, line, on_pages, pages,
            CASE WHEN key = '' THEN CASE WHEN pages < {fewest_of_line(least)} THEN 'few' ELSE '' END
                WHEN doubt IN ('prose', 'row', 'answer') THEN doubt
                WHEN (level = {NAME} AND NOT {_has(least, _NAME)}) OR (level = {PLAIN} AND NOT {_has(least, _PLAIN)}) THEN 'seldom'
                WHEN kind <> 'line' THEN ''
                WHEN 2 * in_prose >= on_pages THEN 'text'
                WHEN doubt = 'sentence' AND 2 * within >= on_pages THEN doubt
                WHEN 2 * greatest(before, after) <= on_pages THEN ''
                WHEN doubt <> '' THEN doubt
                WHEN 2 * within >= on_pages THEN 'text'
                WHEN 2 * least(before, after) > on_pages THEN 'alone'
                ELSE '' END AS kept,
            {VERSION} AS version
        FROM compared
        WHERE key = '' OR {_has(least, (1, 1))} OR (level = {SURE} AND {_has(least, _SURE)})
        ORDER BY host, kind, on_pages DESC, key
    """


def _pages_told_apart(lines: str) -> str:
    """Return the SQL of the table ``told_apart``: the rows, with the page of which each page is a near-copy in its place."""
    return f"""
        copies AS (
            SELECT host, page, min(earliest) AS copied
            FROM (SELECT host, page, min(page) OVER (PARTITION BY host, key) AS earliest FROM {lines} WHERE kind = 'copy') AS banded
            GROUP BY host, page
        ), told_apart AS (
            SELECT found.host, kind, key, line, doubt, level, inside, before, after, coalesce(copied, found.page) AS page
            FROM {lines} AS found LEFT JOIN copies ON kind = 'line' AND found.host = copies.host AND found.page = copies.page
            WHERE kind <> 'copy'
        )"""


def merging(new: str, lines: str, old: str, least: Least) -> str:
    """Return the SQL that merges templates: the table ``new``, made by :func:`query` of ``lines``, and ``old``.

    Pages are added up, so a page that was read for both counts twice. What was found on few of all these pages is left out, and
    what is withheld in one of them is withheld.
    """
    return f"""
        WITH {_pages_told_apart(lines)}, known AS (
            SELECT host, kind, key, min(line) AS line, sum(on_pages)::BIGINT AS on_pages, max(kept) AS kept
            FROM {old} GROUP BY host, kind, key
        ), again AS (
            SELECT host, kind, key, count(DISTINCT page) AS on_pages
            FROM told_apart SEMI JOIN known USING (host, kind, key) GROUP BY host, kind, key
        ), added AS (
            SELECT host, kind, key, coalesce(new.line, known.line) AS line,
                coalesce(new.on_pages, again.on_pages, 0) + coalesce(known.on_pages, 0) AS on_pages,
                greatest(coalesce(new.kept, ''), coalesce(known.kept, '')) AS kept
            FROM {new} AS new FULL JOIN known USING (host, kind, key) LEFT JOIN again USING (host, kind, key)
        ), merged AS (
            SELECT host, kind, key, line, on_pages, max(CASE WHEN key = '' THEN on_pages END) OVER (PARTITION BY host) AS pages,
                kept, {VERSION} AS version
            FROM added
        )
        SELECT * REPLACE (CASE WHEN key <> '' THEN kept WHEN pages < {fewest_of_line(least)} THEN 'few' ELSE '' END AS kept)
        FROM merged
        WHERE key = '' OR on_pages >= {least.share!r} * CASE WHEN kind = 'line' THEN 1 ELSE {_SURE[1]} END * pages
    """


def fewest_of_line(least: Least) -> int:
    """Return the number of pages of a host below which no line of it is found."""
    return max(2, least.pages)


def fewest(least: Least) -> int:
    """Return the number of pages below which nothing is found."""
    return max(2, ceil(_SURE[0] * least.pages))


def _has(least: Least, times: tuple[float, float]) -> str:
    """Return the condition that a row has so many times the pages and the share that a line needs."""
    pages = max(2, ceil(times[0] * least.pages))
    return f"(on_pages >= {pages} AND on_pages >= {min(1.0, times[1] * least.share)!r} * pages)"
