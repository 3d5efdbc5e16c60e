"""What the pages of each site have in common, read from the files that ``cleanmedia learn`` writes.

The filters need it, so it is in this layer, below those that read and write data sets. pyarrow is imported when a file is read.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from errno import EIO
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from cleanmedia.core.extras import need
from cleanmedia.page.fold import VERSION as FOLD_VERSION
from cleanmedia.page.sites import host_of

__all__ = ["VERSION", "PageCounts", "Template", "files_of", "summary", "template"]

VERSION = 300 + FOLD_VERSION  # of a file of templates: of its columns, and of the form of the lines in it

_MOST_HOSTS = 1 << 12  # whose lines are kept at once
_COLUMNS = {"host": "string", "key": "string"}
_READ = {"host": "string", "kind": "string", "key": "string", "on_pages": "int", "pages": "int", "kept": "string"}

PageCounts = Mapping[str, tuple[int, int]]  # of folded lines: on how many pages, and of how many


class Template(NamedTuple):
    """What the pages of a host have in common."""

    lines: PageCounts = MappingProxyType({})
    heads: PageCounts = MappingProxyType({})
    tails: PageCounts = MappingProxyType({})
    pages: int = 0  # that were read; 0 if the host is not known
    few: bool = False  # whether they are too few to learn from


class _Group(NamedTuple):
    """A row group of a file of templates, and the hosts from which to which it has lines."""

    first: str
    last: str
    name: str
    file: Any
    number: int


def template(paths: str | Sequence[str], host: str, prose: bool = False) -> Template:
    """Return what the pages of a host share, from files or folders that ``learn`` wrote; nothing for a host that they do not know.

    The host "" stands for the pages that had none. What is withheld is left out, unless ``prose`` asks for it. If several files
    have a line, the count of the last one is returned.

    Raises:
        OSError: there is no such file, or it is damaged.
        ValueError: it is not a file of templates, or one of another version; the message names it.
        MissingExtra: pyarrow is not installed.
    """
    known = host_of(host)
    if isinstance(paths, str):
        return _template(paths, known, prose, os.stat(paths).st_mtime_ns)
    found = [_template(path, known, prose, os.stat(path).st_mtime_ns) for path in paths]
    pages = sum(each.pages for each in found)
    return Template(
        _united([each.lines for each in found]),
        _united([each.heads for each in found]),
        _united([each.tails for each in found]),
        pages,
        pages > 0 and all(each.few or not each.pages for each in found),
    )


def _united(counts: Sequence[PageCounts]) -> PageCounts:
    return {key: value for each in counts for key, value in each.items()}


@lru_cache(maxsize=_MOST_HOSTS)
def _template(path: str, host: str, prose: bool, changed: int) -> Template:
    found: dict[str, dict[str, tuple[int, int]]] = {"line": {}, "head": {}, "tail": {}}
    host_pages, few = 0, True
    for group in _groups(path, changed):
        if group.first <= host <= group.last:
            with _named(group.name):
                rows = group.file.read_row_group(group.number, columns=[*_READ]).to_pydict()
                for its_host, kind, key, on_pages, pages, kept in zip(*rows.values(), strict=True):
                    if its_host != host:
                        continue
                    if kind == "host":
                        host_pages, few = host_pages + pages, few and kept == "few"
                    elif kind in found and (not kept or (prose and kept == "prose")):
                        found[kind][key] = on_pages, pages
    return Template(found["line"], found["head"], found["tail"], host_pages, few and host_pages > 0)


def summary(paths: Sequence[str]) -> tuple[int, dict[str, int]]:
    """Return how many lines and sentences of all hosts the filters drop, and how many they keep, by the reason.

    Raises OSError, ValueError: see :func:`template`.
    """
    learned, kept = 0, Counter[str]()
    for path in paths:
        for group in _groups(path, os.stat(path).st_mtime_ns):
            with _named(group.name):
                rows = group.file.read_row_group(group.number, columns=["kind", "kept"]).to_pydict()
            reasons = Counter(reason for kind, reason in zip(*rows.values(), strict=True) if kind != "host")
            learned += reasons.pop("", 0)
            kept += reasons
    return learned, dict(kept.most_common())


def files_of(path: str) -> list[str]:
    """Return the Parquet files of a folder, or the file itself. Raises OSError."""
    if not os.path.isdir(path):
        return [path]
    return sorted(os.path.join(path, name) for name in os.listdir(path) if name.endswith(".parquet"))


@lru_cache(maxsize=4)
def _groups(path: str, _changed: int) -> list[_Group]:
    """Return the row groups; those that have a host are found by their statistics. ``_changed`` is the time of the last change."""
    pq = need("pyarrow.parquet", "parquet", "a file of templates")
    groups = []
    for name in files_of(path):
        with _named(name):
            file = pq.ParquetFile(name)
            kinds = {field.name: str(field.type).removeprefix("large_") for field in file.schema_arrow}
            version = _version(file, kinds)
        if any(kinds.get(column) != kind for column, kind in _COLUMNS.items()):
            raise ValueError(f"{name} is no file of templates; cleanmedia learn makes one")
        if not kinds.keys() >= _READ.keys() or version not in (None, VERSION):
            raise ValueError(f"{name} was made by another version of cleanmedia; make it anew with cleanmedia learn")
        if not all(kinds[column].startswith(kind) for column, kind in _READ.items()):
            raise ValueError(f"{name} is no file of templates; cleanmedia learn makes one")
        at = file.schema_arrow.names.index("host")
        for number in range(file.num_row_groups):
            known = file.metadata.row_group(number).column(at).statistics
            exact = known is not None and known.has_min_max
            first, last = (known.min, known.max) if exact else ("", "\U0010ffff")
            groups.append(_Group(first, last, name, file, number))
    return groups


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Turn what pyarrow raises about a file that is truncated, random or damaged into an OSError that names it.

    It is no ValueError, which would be the fault of the record that is being cleaned.
    """
    try:
        yield
    except FileNotFoundError:
        raise
    except Exception as error:
        reason = str(error).partition("\n")[0][:120] or type(error).__name__
        told = f"it is no file of templates, or it is damaged ({reason}); cleanmedia learn makes one"
        raise OSError(EIO, told, name) from None


def _version(file: Any, kinds: dict[str, str]) -> int | None:
    """Return the version of a file of templates; None if it has no rows."""
    if "version" not in kinds:
        return 0
    for number in range(min(1, file.num_row_groups)):
        found = file.read_row_group(number, columns=["version"]).column(0)
        if len(found):
            return int(found[0].as_py())
    return None
