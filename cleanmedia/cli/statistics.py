"""The table of --stats."""

from cleanmedia.report.stats import Stats

__all__ = ["table"]


def table(stats: Stats) -> str:
    """Return the counts of a run, with a line for each filter that did something."""
    lost = stats.characters_in - stats.characters_out
    share = f", {lost / stats.characters_in:.1%} fewer" if stats.characters_in and lost > 0 else ""
    rows = [
        f"{stats.documents:,} documents, {stats.changed:,} of them changed",
        f"{stats.characters_in:,} characters in, {stats.characters_out:,} out{share}",
    ]
    if stats.guarded:
        rows.append(
            f"{stats.guarded:,} documents would have lost more than the guard allows and were only repaired, or kept changing from pass to pass and were left as they were"
        )
    if stats.filters:
        head = ("filter", "documents", "edits", "lines", "dropped", "chars out", "chars in")
        cells = [
            (name, *[f"{n:,}" for n in (c.documents, c.edits, c.lines, c.dropped, c.removed, c.added)])
            for name, c in stats.filters.items()
        ]
        widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
        rows += [
            "  ".join(
                cell.rjust(width) if i else cell.ljust(width)
                for i, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            for row in (head, *cells)
        ]
    return "".join(row + "\n" for row in rows)
