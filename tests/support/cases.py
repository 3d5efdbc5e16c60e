"""The case tables in tests/cases, one file a filter. Adding a case needs no Python.

A case is a table under ``changes`` (text, and what it becomes), ``keeps`` (text that looks like dirt and stays) or
``fails`` (a known failure: text, and what it should become; without ``becomes`` it should stay). Each has a ``name``,
which says what the case shows, and may have ``options`` for the filter.
"""

import tomllib
from typing import NamedTuple

from cleanmedia import Filter, filters
from tests.support.folders import CASES

KINDS = ("changes", "keeps", "fails")


class Case(NamedTuple):
    """A case: the filter with its options, a text, and what it becomes."""

    name: str
    found: Filter
    text: str
    becomes: str


def cases(name: str, kind: str) -> list[Case]:
    """Return the cases of one kind from the file of a filter."""
    return list(_read(name)[kind])


def _read(name: str) -> dict[str, list[Case]]:
    tables = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))
    assert set(tables) <= set(KINDS), f"{name}.toml: unknown table in {sorted(tables)}"
    return {kind: [_case(getattr(filters, name), **table) for table in tables.get(kind, [])] for kind in KINDS}


def _case(found: Filter, *, name: str, text: str, becomes: str | None = None, options: dict | None = None) -> Case:
    return Case(name, found(**options) if options else found, text, text if becomes is None else becomes)
