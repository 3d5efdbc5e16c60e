"""The table of --stats."""

from cleanmedia.cli.terminal import count
from cleanmedia.report.stats import Stats

__all__ = ["table"]


def table(stats: Stats) -> str:
    """Return the counts of a run, with a line for each filter that did something."""
    lost = stats.characters_in - stats.characters_out
    share = f", {lost / stats.characters_in:.1%} fewer" if stats.characters_in and lost > 0 else ""
    rows = [
        f"{count(stats.documents, 'document')}, {stats.changed:,} changed",
        f"{count(stats.characters_in, 'character')} in, {stats.characters_out:,} out{share}",
    ]
    if stats.guarded:
        rows.append(
            f"{count(stats.guarded, 'document')} would have lost more than --max-loss allows and only had repairs made,"
            " or kept changing from pass to pass and stayed as before"
        )
    if stats.filters:
        head = ("filter", "documents", "edits", "lines", "dropped", "chars removed", "chars added")
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
