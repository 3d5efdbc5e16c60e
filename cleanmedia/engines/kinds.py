"""The kinds of batches that engines hand over: how to read a column of one, and how to put another in its place.

Nothing here imports an engine: what was never imported is not what a batch is made of.
"""

import sys
from collections.abc import Mapping
from copy import copy
from typing import Any, Protocol

from cleanmedia.engines.arrow import arrow_of, texts_of
from cleanmedia.engines.texts import is_null

__all__ = ["Kind", "kind_of"]

Texts = list[str | None]


class Kind(Protocol):
    """A kind of batch."""

    def names(self, batch: Any) -> list[str]:
        """The names of its columns."""

    def values(self, batch: Any, name: str) -> list[Any]:
        """What stands in a column, as plain Python values."""

    def put(self, batch: Any, name: str, texts: Texts) -> Any:
        """A batch with these texts in that column, of the type that it has there; the column may be new."""


def kind_of(batch: Any, column: str) -> Kind:
    """The kind of a batch; of a dict, ``column`` tells whether it is one row. Raises TypeError for what is none."""
    for library, name, kind in _FRAMES:
        known = getattr(sys.modules.get(library), name, None)
        if known is not None and isinstance(batch, known):
            return kind
    if isinstance(batch, Mapping):
        value = batch.get(column)
        return _Row() if isinstance(value, str) or is_null(value) else _Columns()
    raise TypeError(
        f"on() cleans a dict, an Arrow RecordBatch or Table, or a pandas or Polars frame, not {type(batch).__name__}"
    )


class _Row:
    """A dict of one row."""

    def names(self, batch: Any) -> list[str]:
        return list(batch)

    def values(self, batch: Any, name: str) -> list[Any]:
        return [batch[name]]

    def put(self, batch: Any, name: str, texts: Texts) -> Any:
        out = copy(batch)
        out[name] = texts[0]
        return out


class _Columns:
    """A dict of columns: lists, NumPy arrays, or Arrow arrays."""

    def names(self, batch: Any) -> list[str]:
        return list(batch)

    def values(self, batch: Any, name: str) -> list[Any]:
        column = batch[name]
        if hasattr(column, "to_pylist"):
            return texts_of(column)
        if hasattr(column, "tolist"):
            return column.tolist()  # type: ignore[no-any-return]
        if isinstance(column, list | tuple):
            return list(column)
        raise TypeError(f"column {name!r} is neither a text nor a list or array of them, but {type(column).__name__}")

    def put(self, batch: Any, name: str, texts: Texts) -> Any:
        out = copy(batch)
        like = batch.get(name)
        if hasattr(like, "to_pylist"):
            out[name] = arrow_of(texts, like)
        elif type(like).__module__ == "numpy":
            import numpy

            out[name] = numpy.array(texts, dtype=object)
        else:
            out[name] = texts
        return out


class _Arrow:
    """A RecordBatch or a Table."""

    def names(self, batch: Any) -> list[str]:
        return batch.schema.names  # type: ignore[no-any-return]

    def values(self, batch: Any, name: str) -> list[Any]:
        return texts_of(batch.column(name))

    def put(self, batch: Any, name: str, texts: Texts) -> Any:
        if name not in batch.schema.names:
            import pyarrow

            return batch.append_column(name, pyarrow.array(texts, type=pyarrow.string()))
        at = batch.schema.get_field_index(name)
        return batch.set_column(at, batch.schema.field(at), arrow_of(texts, batch.column(at)))


class _Pandas:
    """A DataFrame of pandas."""

    def names(self, batch: Any) -> list[str]:
        return list(batch.columns)

    def values(self, batch: Any, name: str) -> list[Any]:
        return batch[name].tolist()  # type: ignore[no-any-return]

    def put(self, batch: Any, name: str, texts: Texts) -> Any:
        import pandas

        out = batch.copy(deep=False)
        of = batch[name].dtype if name in batch else "str"
        if isinstance(of, pandas.CategoricalDtype):
            categories = list(dict.fromkeys([text for text in texts if text is not None]))
            of = pandas.CategoricalDtype(categories, of.ordered)
        out[name] = pandas.Series(texts, index=batch.index, dtype=of)
        return out


class _Polars:
    """A DataFrame of Polars."""

    def names(self, batch: Any) -> list[str]:
        return batch.columns  # type: ignore[no-any-return]

    def values(self, batch: Any, name: str) -> list[Any]:
        return batch[name].to_list()  # type: ignore[no-any-return]

    def put(self, batch: Any, name: str, texts: Texts) -> Any:
        import polars

        of = batch.schema[name] if name in batch.columns else polars.String
        return batch.with_columns(polars.Series(name, texts, dtype=of))


_FRAMES: tuple[tuple[str, str, Kind], ...] = (
    ("pyarrow", "RecordBatch", _Arrow()),
    ("pyarrow", "Table", _Arrow()),
    ("pandas", "DataFrame", _Pandas()),
    ("polars", "DataFrame", _Polars()),
)
