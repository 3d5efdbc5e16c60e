"""The kinds of batches that engines use: how to read a column, and how to replace it.

A kind is recognised without importing its library: if a library has not been imported, the batch is not one of its objects.
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
        """Return the names of the columns."""
        ...

    def values(self, batch: Any, name: str) -> list[Any]:
        """Return the values of a column as plain Python objects."""
        ...

    def put(self, batch: Any, name: str, texts: Texts) -> Any:
        """Return a batch with these texts in that column, of the column's type. The column may be new."""
        ...


def kind_of(batch: Any, column: str) -> Kind:
    """Return the kind of a batch. A dict is one row if its value of ``column`` is a text or a null, else it has columns.

    Raises:
        TypeError: the batch is of no known kind.
    """
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
    """A dict that is one row."""

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
        raise TypeError(f"column {name!r} is neither a text nor a list or array of texts, but {type(column).__name__}")

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
    """An Arrow RecordBatch or Table."""

    def names(self, batch: Any) -> list[str]:
        return batch.schema.names  # type: ignore[no-any-return]

    def values(self, batch: Any, name: str) -> list[Any]:
        return texts_of(batch.column(name))

    def put(self, batch: Any, name: str, texts: Texts) -> Any:
        if name not in batch.schema.names:
            import pyarrow

            return batch.append_column(name, pyarrow.array(texts, type=pyarrow.string()))
        index = batch.schema.get_field_index(name)
        return batch.set_column(index, batch.schema.field(index), arrow_of(texts, batch.column(index)))


class _Pandas:
    """A pandas DataFrame."""

    def names(self, batch: Any) -> list[str]:
        return list(batch.columns)

    def values(self, batch: Any, name: str) -> list[Any]:
        return batch[name].tolist()  # type: ignore[no-any-return]

    def put(self, batch: Any, name: str, texts: Texts) -> Any:
        import pandas

        out = batch.copy(deep=False)
        dtype = batch[name].dtype if name in batch else "str"
        if isinstance(dtype, pandas.CategoricalDtype):
            categories = list(dict.fromkeys([text for text in texts if text is not None]))
            dtype = pandas.CategoricalDtype(categories, dtype.ordered)
        out[name] = pandas.Series(texts, index=batch.index, dtype=dtype)
        return out


class _Polars:
    """A Polars DataFrame."""

    def names(self, batch: Any) -> list[str]:
        return batch.columns  # type: ignore[no-any-return]

    def values(self, batch: Any, name: str) -> list[Any]:
        return batch[name].to_list()  # type: ignore[no-any-return]

    def put(self, batch: Any, name: str, texts: Texts) -> Any:
        import polars

        dtype = batch.schema[name] if name in batch.columns else polars.String
        return batch.with_columns(polars.Series(name, texts, dtype=dtype))


_FRAMES: tuple[tuple[str, str, Kind], ...] = (  # library, class, kind
    ("pyarrow", "RecordBatch", _Arrow()),
    ("pyarrow", "Table", _Arrow()),
    ("pandas", "DataFrame", _Pandas()),
    ("polars", "DataFrame", _Polars()),
)
