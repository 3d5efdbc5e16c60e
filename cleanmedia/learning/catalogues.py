"""Write templates as files to read and to edit: one for each host, in the format of the phrase catalogues."""

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
    """Write the result of ``learn`` as ``<host>.txt`` files, to use with ``--phrases`` on pages of that host.

    What no phrase can say is written as a comment: lines that were withheld, with the reason, and sentences at the head or
    tail of texts.

    Args:
        templates: the Parquet file that ``learn`` wrote.
        folder: where to write; it is made if it does not exist.

    Raises:
        OSError: a file cannot be read or written.
    """
    os.makedirs(folder, exist_ok=True)
    for host, rows in groupby(_rows(templates), key=lambda row: row["host"]):
        entries = list(_entries(host, list(rows)))
        if len(entries) > 1:
            write_whole(os.path.join(folder, _name(host) + ".txt"), ["".join(entries).encode()])


def _rows(templates: str) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(templates).iter_batches():
        yield from batch.to_pylist()


def _entries(host: str, rows: list[dict[str, Any]]) -> Iterator[str]:
    yield f"# {host or 'texts without a host'}: lines that recur on its {rows[0]['pages']:,} pages, and on how many of them\n[navigation]\n"
    for row in [row for row in rows if row["kind"] != "host"]:
        line = row["line"]
        if row["kind"] != "line" and not row["kept"]:
            yield f"# at the {row['kind']}, on {row['on_pages']:,}: {line}\n"
        elif row["kept"]:
            yield f"# withheld ({row['kept']}), on {row['on_pages']:,}: {line}\n"
        elif _is_phrase(line):
            yield f"# {row['on_pages']:,}\n{line}\n"


def _is_phrase(line: str) -> bool:
    """Return whether a line can stand in a phrase file and match itself: one with a brace cannot, for example."""
    if "{" in line or line[:1] in "#[":
        return False
    try:
        Catalogue().add(f"[navigation]\n{line}", "", "")
    except CatalogueError:
        return False
    return True


def _name(host: str) -> str:
    """Return a host as the name of a file. Hosts come from the data and may be any text."""
    return re.sub(r"[^\w.-]", "_", host).lstrip(".")[:200] or "_"
