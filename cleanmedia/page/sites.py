"""What is known of sites: the name of a host, and what its pages have in common."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from cleanmedia.core.extras import need
from cleanmedia.page.fold import VERSION as FOLD_VERSION

__all__ = ["VERSION", "Counts", "Template", "TemplateError", "host_of", "template"]

VERSION = 200 + FOLD_VERSION  # of a file of templates: of its columns, and of the form of the lines in it

_MOST_HOSTS = 1 << 12  # whose lines are kept at once
_COLUMNS = {"host": "string", "key": "string", "prose": "bool"}
_READ = ["host", "kind", "key", "on_pages", "pages", "prose"]


class TemplateError(ValueError):
    """A file of templates that cannot be used; the message names it."""

    names_its_file = True


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


Counts = Mapping[str, tuple[int, int]]  # of folded lines: on how many pages, and of how many


class Template(NamedTuple):
    """What the pages of a host have in common."""

    lines: Counts = MappingProxyType({})
    heads: Counts = MappingProxyType({})
    tails: Counts = MappingProxyType({})


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
        OSError: there is no such file.
        ValueError: it is not a file of templates, or it is damaged, or one of another version; the message names it.
        MissingExtra: pyarrow is not installed.
    """
    known = host_of(host)
    if isinstance(paths, str):
        return _template(paths, known, prose, os.stat(paths).st_mtime_ns)
    first, *others = [_template(path, known, prose, os.stat(path).st_mtime_ns) for path in paths]
    for other in others:
        first = Template(*({**one, **more} for one, more in zip(first, other, strict=True)))
    return first


@lru_cache(maxsize=_MOST_HOSTS)
def _template(path: str, host: str, prose: bool, changed: int) -> Template:
    found: dict[str, dict[str, tuple[int, int]]] = {"line": {}, "head": {}, "tail": {}}
    for group in _groups(path, changed):
        if group.first <= host <= group.last:
            with _named(group.name):
                rows = group.file.read_row_group(group.number, columns=_READ).to_pydict()
            for its_host, kind, key, on_pages, pages, is_prose in zip(*rows.values(), strict=True):
                if its_host == host and (prose or not is_prose) and kind in found:
                    found[kind][key] = on_pages, pages
    return Template(*found.values())


@lru_cache(maxsize=4)
def _groups(path: str, _changed: int) -> list[_Group]:
    """The row groups, of which those that have a host are found by their statistics. ``_changed`` is the time of the last change."""
    pq = need("pyarrow.parquet", "parquet", "a file of templates")
    names = [path]
    if os.path.isdir(path):
        names = sorted(os.path.join(path, name) for name in os.listdir(path) if name.endswith(".parquet"))
    groups = []
    for name in names:
        with _named(name):
            file = pq.ParquetFile(name)
            kinds = {field.name: str(field.type).removeprefix("large_") for field in file.schema_arrow}
            version = _version(file, kinds)
        if any(kinds.get(column) != kind for column, kind in _COLUMNS.items()):
            raise TemplateError(f"{name} is no file of templates; cleanmedia learn makes one")
        if not kinds.keys() >= {*_READ} or version not in (None, VERSION):
            raise TemplateError(f"{name} was made by another version of cleanmedia; make it anew with cleanmedia learn")
        at = file.schema_arrow.names.index("host")
        for number in range(file.num_row_groups):
            known = file.metadata.row_group(number).column(at).statistics
            exact = known is not None and known.has_min_max
            first, last = (known.min, known.max) if exact else ("", "\U0010ffff")
            groups.append(_Group(first, last, name, file, number))
    return groups


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Turn what pyarrow raises about a file that is truncated, random or damaged into an error that names it."""
    try:
        yield
    except FileNotFoundError:
        raise
    except Exception as error:
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise TemplateError(
            f"{name} is no file of templates, or it is damaged ({reason[:120]}); cleanmedia learn makes one"
        ) from None


def _version(file: Any, kinds: dict[str, str]) -> int | None:
    """Return the version of a file of templates; None if it has no rows."""
    if "version" not in kinds:
        return 0
    for number in range(min(1, file.num_row_groups)):
        found = file.read_row_group(number, columns=["version"]).column(0)
        if len(found):
            return int(found[0].as_py())
    return None
