"""Parquet: rows, some columns of which are text.

The schema with its metadata, all other columns, the order of rows, the row groups (but for those of more than 64 MB, which become
several) and the codec stay.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, BinaryIO, NamedTuple

from cleanmedia.core.extras import need
from cleanmedia.io.records import LONGEST, Broken, Clean, Cleaned, Document, OnError, TooLong

__all__ = ["Parquet"]

_LOT = 1 << 20  # bytes of rows that make a lot, as they are in memory
_MOST_ROWS = 1 << 10
_LARGEST_GROUP = 64 << 20  # bytes in memory


class _Rows(NamedTuple):
    first: int  # the number of the first row, from 1
    group: int  # of the file's row groups
    codec: str
    batch: Any  # a RecordBatch


@dataclass(frozen=True)
class Parquet:
    """Parquet files, with the names of the columns to clean, and of those that hold the headline and the host or address."""

    fields: tuple[str, ...] = ("text",)
    title: str | None = None
    host: str | None = None
    on_error: OnError = "stop"
    longest: int = LONGEST

    def __post_init__(self) -> None:
        """Raises MissingExtra."""
        need("pyarrow.parquet", "parquet", "Parquet")

    def read(self, file: BinaryIO) -> Iterator[_Rows]:
        """Lots of rows. Raises ValueError for a file that is no Parquet, or lacks a column of text."""
        import pyarrow.parquet as pq

        if not file.seekable():
            raise ValueError("Parquet is read from a file that can be gone back and forth in, not from a pipe")
        source = pq.ParquetFile(file, pre_buffer=False, buffer_size=1 << 16)
        schema, metadata = source.schema_arrow, source.metadata
        for name in (*self.fields, self.title, self.host):
            if name is not None and schema.get_field_index(name) < 0:
                raise ValueError(f"no column {name!r}; it has {', '.join(schema.names[:20])}")
            if name is not None and not _is_text(schema.field(name).type):
                raise ValueError(f"the column {name!r} holds {schema.field(name).type}, not text")
        codec = metadata.row_group(0).column(0).compression.lower() if metadata.num_row_groups else "snappy"
        first = 1
        for group in range(metadata.num_row_groups):
            rows, size = metadata.row_group(group).num_rows, metadata.row_group(group).total_byte_size
            of_a_lot = max(1, min(_MOST_ROWS, _LOT * rows // max(1, size)))
            for batch in source.iter_batches(of_a_lot, row_groups=[group], use_threads=False):
                yield _Rows(first, group, codec, batch)
                first += batch.num_rows
        if first == 1:
            yield _Rows(1, 0, codec, _empty(schema))

    def clean(self, lot: _Rows, clean: Clean) -> Cleaned:
        """The rows, clean; without those that are rejected, and from the first broken one on if that is to stop all."""
        batch = lot.batch
        titles, hosts = _texts(batch, self.title), _texts(batch, self.host)
        broken: dict[int, str] = {}
        columns: dict[str, list[bytes | None]] = {}
        for field in self.fields:
            values = _texts(batch, field)
            new = list(values)
            for row, value in enumerate(values):
                if value is None or row in broken:
                    continue
                try:
                    if len(value) > self.longest:
                        raise TooLong(f"the text in {field!r}", self.longest)
                    title = None if field == self.title else _decoded(titles[row])
                    document = Document(value.decode("utf-8"), lot.first + row, field, title, _decoded(hosts[row]))
                    new[row] = clean(document).encode()
                except ValueError as error:
                    not_text = isinstance(error, UnicodeError)
                    broken[row] = f"the text in {field!r} is not UTF-8" if not_text else str(error)
                    if self.on_error == "stop":
                        break
            if new != values:
                columns[field] = new
        for row in broken:  # a row that is broken in one column stays as it was in all
            for field, new in columns.items():
                new[row] = _texts(batch, field)[row]
        told = tuple(Broken(lot.first + row, reason, _row(batch, row)) for row, reason in sorted(broken.items()))
        for field, new in columns.items():
            at = batch.schema.get_field_index(field)
            batch = batch.set_column(at, batch.schema.field(at), _array(new, batch.schema.field(at).type))
        if broken and self.on_error == "reject":
            batch = batch.take([row for row in range(batch.num_rows) if row not in broken])
        return Cleaned(lot._replace(batch=batch), told)

    def writer(self, file: BinaryIO, ending: str) -> "_RowGroups":
        """Rows in row groups. Raises ValueError for a file that is to be compressed as a whole."""
        if ending:
            raise ValueError(f"Parquet is compressed inside; name the output without {ending}")
        return _RowGroups(file)


class _RowGroups:
    """Writes rows, row group by row group."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting: list[_Rows] = []

    def write(self, output: _Rows, /) -> None:
        """Write what makes a whole row group; keep the rest."""
        waiting = self._waiting
        if waiting and (output.group != waiting[0].group or sum(r.batch.nbytes for r in waiting) > _LARGEST_GROUP):
            self._flush()
        self._waiting.append(output)

    def close(self) -> None:
        """Write the rest, and the end of the file."""
        self._flush()
        self._writer.close()

    @cached_property
    def _writer(self) -> Any:
        import pyarrow.parquet as pq

        first = self._waiting[0]
        return pq.ParquetWriter(self._file, first.batch.schema, compression=first.codec)

    def _flush(self) -> None:
        import pyarrow as pa

        if not self._waiting:
            return
        writer = self._writer
        table = pa.Table.from_batches([rows.batch for rows in self._waiting])
        if table.num_rows:
            writer.write_table(table, row_group_size=table.num_rows)
        self._waiting = []


def _is_text(kind: Any) -> bool:
    import pyarrow.types as t

    kind = kind.value_type if t.is_dictionary(kind) else kind
    return bool(t.is_string(kind) or t.is_large_string(kind) or t.is_string_view(kind))


def _texts(batch: Any, field: str | None) -> list[bytes | None]:
    """The values of a column, as bytes, for a file may hold any; Nones where there is no column."""
    import pyarrow as pa

    if field is None:
        return [None] * batch.num_rows
    column = batch.column(batch.schema.get_field_index(field))
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column.cast(pa.large_binary()).to_pylist()  # type: ignore[no-any-return]


def _array(values: list[bytes | None], kind: Any) -> Any:
    import pyarrow as pa

    array = pa.array(values, pa.large_binary()).view(pa.large_string())  # a view: a broken row that passes is not UTF-8
    if pa.types.is_dictionary(kind):
        return array.cast(kind.value_type).dictionary_encode().cast(kind)
    return array.cast(kind)


def _decoded(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", "replace")


def _empty(schema: Any) -> Any:
    import pyarrow as pa

    return pa.RecordBatch.from_pylist([], schema=schema)


def _row(batch: Any, row: int) -> str:
    """A row as JSON, with what JSON does not know as text."""
    values = {}
    for field in batch.schema:
        one = batch.slice(row, 1)
        text = _texts(one, field.name)[0] if _is_text(field.type) else None
        values[field.name] = (
            one.column(batch.schema.get_field_index(field.name))[0].as_py()
            if text is None
            else text.decode("utf-8", "surrogateescape")
        )
    return json.dumps(values, default=str)
