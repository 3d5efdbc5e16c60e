"""What is known of sites: the name of a host, and the lines that its pages have in common."""

import os
from functools import lru_cache
from typing import Any, NamedTuple

from cleanmedia.core.extras import need

__all__ = ["host_of", "template"]

_MOST_HOSTS = 1 << 12  # whose lines are kept at once


@lru_cache(maxsize=1 << 12)
def host_of(name: str) -> str:
    """The host of an address, in the form in which hosts are compared: in lower case, without port, user and leading ``www.``.

    >>> host_of("https://www.Example.org:8080/a?b"), host_of("EXAMPLE.org."), host_of("")
    ('example.org', 'example.org', '')
    """
    _, mark, rest = name.strip().partition("://")
    place = (rest if mark else name.strip()).removeprefix("//")
    for end in "/?#":
        place = place.partition(end)[0]
    return place.rpartition("@")[2].partition(":")[0].lower().rstrip(".").removeprefix("www.")


class _Group(NamedTuple):
    """A row group of a file of templates, and the hosts from which to which it has lines."""

    first: str
    last: str
    file: Any
    number: int


def template(path: str, host: str, prose: bool = False) -> frozenset[str]:
    """The lines of a host, folded, from a file or folder that ``learn`` wrote; none for a host that it does not know.

    Lines of prose are withheld, unless asked for.

    Raises:
        OSError: there is no such file.
        ValueError: it is no file of templates.
        MissingExtra: pyarrow is not installed.
    """
    return _template(path, host_of(host), prose, os.stat(path).st_mtime_ns)


@lru_cache(maxsize=_MOST_HOSTS)
def _template(path: str, host: str, prose: bool, changed: int) -> frozenset[str]:
    found: list[str] = []
    for group in _groups(path, changed):
        if group.first <= host <= group.last:
            rows = group.file.read_row_group(group.number, columns=["host", "key", "prose"]).to_pydict()
            found += [
                key
                for its_host, key, is_prose in zip(rows["host"], rows["key"], rows["prose"], strict=True)
                if its_host == host and (prose or not is_prose)
            ]
    return frozenset(found)


@lru_cache(maxsize=4)
def _groups(path: str, _changed: int) -> list[_Group]:
    """The row groups, of which those that have a host are found by their statistics. ``_changed`` is the time of the last change."""
    pq = need("pyarrow.parquet", "parquet", "a file of templates")
    names = [path]
    if os.path.isdir(path):
        names = sorted(os.path.join(path, name) for name in os.listdir(path) if name.endswith(".parquet"))
    groups = []
    for name in names:
        file = pq.ParquetFile(name)
        kinds = {field.name: str(field.type).removeprefix("large_") for field in file.schema_arrow}
        if [kinds.get(column) for column in ("host", "key", "prose")] != ["string", "string", "bool"]:
            raise ValueError(f"{name} is no file of templates; cleanmedia learn makes one")
        at = file.schema_arrow.names.index("host")
        for number in range(file.num_row_groups):
            known = file.metadata.row_group(number).column(at).statistics
            exact = known is not None and known.has_min_max
            groups.append(_Group(known.min if exact else "", known.max if exact else "\U0010ffff", file, number))
    return groups
