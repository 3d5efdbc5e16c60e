"""Templates to read and to edit: a file a host, in the format of the phrase catalogues."""

import os
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from cleanmedia.io.whole import write_whole
from cleanmedia.phrases.catalogue import Catalogue
from cleanmedia.phrases.files import CatalogueError

__all__ = ["write_catalogues"]


def write_catalogues(templates: str, folder: str) -> None:
    """Write what ``learn`` found as ``<host>.txt`` files, which ``--phrases`` takes for pages of that host.

    Lines of prose are comments in it. Raises OSError.
    """
    os.makedirs(folder, exist_ok=True)
    for host, rows in groupby(_rows(templates), key=lambda row: row["host"]):
        text = "".join(_text(host, list(rows)))
        write_whole(os.path.join(folder, _name(host) + ".txt"), [text.encode()])


def _rows(templates: str) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(templates).iter_batches():
        yield from batch.to_pylist()


def _text(host: str, rows: list[dict[str, Any]]) -> Iterator[str]:
    yield f"# {host}: lines that recur on its {rows[0]['pages']:,} pages, and on how many of them\n[navigation]\n"
    for row in rows:
        phrase = row["line"]
        if row["prose"]:
            yield f"# withheld, as it is prose, on {row['on_pages']:,}: {phrase}\n"
        elif _is_phrase(phrase):
            yield f"# {row['on_pages']:,}\n{phrase}\n"


def _is_phrase(line: str) -> bool:
    """Whether a line can be a phrase that says itself: not one with a brace, say."""
    if "{" in line or line[:1] in "#[":
        return False
    try:
        Catalogue().add(f"[navigation]\n{line}", "", "")
    except CatalogueError:
        return False
    return True


def _name(host: str) -> str:
    """The host as the name of a file; hosts come from the data, and may be anything."""
    return re.sub(r"[^\w.-]", "_", host).lstrip(".")[:200] or "_"
