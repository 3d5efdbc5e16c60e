"""Parquet: rows, some of whose columns are text.

The schema with its metadata (to which a key ``cleanmedia`` is added, which says how the texts were cleaned), all other columns, the order of rows, the row groups (those above 64 MB are split) and the
codec stay the same.
"""

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any, BinaryIO, NamedTuple

from cleanmedia.io.records import Broken, Clean, Cleaned, Document, FieldOptions, TooLong

__all__ = ["Parquet"]

_BATCH = 1 << 20  # bytes of a batch of rows, in memory
_MOST_ROWS = 1 << 10  # rows of a batch
_LARGEST_PIECE = 16 << 20  # bytes of the values of a batch, each counted as often as it occurs
_LARGEST_GROUP = 64 << 20  # bytes in memory


class _Rows(NamedTuple):
    first: int  # the number of the first row, from 1
    group: int  # of the file's row groups
    codec: str
    columns: Any  # a RecordBatch


class Parquet(FieldOptions):
    """Parquet files, with the names of the columns to clean. Needs pyarrow."""

    __slots__ = ()

    def read(self, file: BinaryIO) -> Iterator[_Rows]:
        """Yield batches of rows. Raises ValueError if the file is not Parquet, or lacks a text column."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        if not file.seekable():
            raise ValueError("Parquet needs a file that can be read from any position, not from a pipe")
        metadata = pq.read_metadata(file)
        schema = metadata.schema.to_arrow_schema()
        for name in (*self.texts, self.title):
            if name is not None and schema.get_field_index(name) < 0:
                raise ValueError(f"no column {name!r}; it has {', '.join([known[:60] for known in schema.names[:20]])}")
            if name is not None and not _is_text(schema.field(name).type):
                raise ValueError(f"the column {name!r} holds {schema.field(name).type}, not text")
        kind = _path(schema, self.host)[1]
        if kind is not None and not _is_text(kind):
            raise ValueError(f"the column {self.host!r} holds {kind}, not text")
        # A file of few bytes may say a long value in many rows. As dictionaries, values are in memory once.
        shared = [field.name for field in schema if _is_text(field.type) or pa.types.is_binary(field.type)]
        file.seek(0)
        source = pq.ParquetFile(file, metadata=metadata, pre_buffer=False, buffer_size=1 << 16, read_dictionary=shared)
        codec = metadata.row_group(0).column(0).compression.lower() if metadata.num_row_groups else "snappy"
        first = 1
        for group in range(metadata.num_row_groups):
            rows, size = metadata.row_group(group).num_rows, metadata.row_group(group).total_byte_size
            of_a_batch = max(1, min(_MOST_ROWS, _BATCH * rows // max(1, size)))
            for rows_as_dictionaries in source.iter_batches(of_a_batch, row_groups=[group], use_threads=False):
                for columns in _pieces(rows_as_dictionaries, schema):
                    yield _Rows(first, group, codec, columns)
                    first += columns.num_rows
        if first == 1:
            yield _Rows(1, 0, codec, _empty(schema))

    def clean(self, batch: _Rows, clean: Clean) -> Cleaned:
        """Return the clean rows, without rejected ones. If a broken row is to stop the run, the rows before it are clean."""
        columns = batch.columns
        titles, hosts = _texts(columns, self.title), _hosts(columns, self.host)
        broken: dict[int, str] = {}
        changed: dict[str, list[bytes | None]] = {}
        for field in self.texts:
            values = _texts(columns, field)
            new = list(values)
            for row, value in enumerate(values):
                if value is None or row in broken:
                    continue
                try:
                    if len(value) > self.longest:
                        raise TooLong(f"the text in {field!r}", self.longest)
                    title = None if field == self.title else _decoded(titles[row])
                    document = Document(value.decode("utf-8"), batch.first + row, field, title, _decoded(hosts[row]))
                    new[row] = clean(document).encode()
                except ValueError as error:
                    not_text = isinstance(error, UnicodeError)
                    broken[row] = f"the text in {field!r} is not UTF-8" if not_text else str(error)
                    if self.on_error == "stop":
                        break
            if new != values:
                changed[field] = new
        for field, new in (
            changed.items() if broken else ()
        ):  # a row that is broken in one column stays unchanged in all
            old = _texts(columns, field)
            for row in broken:
                new[row] = old[row]
        reasons = tuple(Broken(batch.first + row, reason, _row(columns, row)) for row, reason in sorted(broken.items()))
        for field, new in changed.items():
            at = columns.schema.get_field_index(field)
            columns = columns.set_column(at, columns.schema.field(at), _array(new, columns.schema.field(at).type))
        if broken and self.on_error == "reject":
            columns = columns.take([row for row in range(columns.num_rows) if row not in broken])
        return Cleaned(batch._replace(columns=columns), reasons)

    def writer(self, file: BinaryIO, ending: str) -> "_RowGroups":
        """Return a writer of row groups. Raises ValueError if the output's name asks for compression of the whole file."""
        if ending:
            raise ValueError(f"Parquet is compressed inside; name the output without {ending}")
        return _RowGroups(file, self.note)


class _RowGroups:
    """Writes rows, one row group at a time."""

    def __init__(self, file: BinaryIO, note: str) -> None:
        self._file, self._note = file, note
        self._waiting: list[_Rows] = []

    def write(self, output: _Rows, /) -> None:
        """Keep the rows until their row group is complete, and write it then."""
        waiting = self._waiting
        if waiting and (
            output.group != waiting[0].group or sum(rows.columns.nbytes for rows in waiting) > _LARGEST_GROUP
        ):
            self._flush()
        self._waiting.append(output)

    def close(self) -> None:
        """Write the last row group and the end of the file."""
        self._flush()
        self._writer.close()

    @cached_property
    def _writer(self) -> Any:
        import pyarrow.parquet as pq

        first = self._waiting[0]
        schema = first.columns.schema
        if self._note:
            schema = schema.with_metadata({**(schema.metadata or {}), b"cleanmedia": self._note.encode()})
        return pq.ParquetWriter(self._file, schema, compression=first.codec)

    def _flush(self) -> None:
        import pyarrow as pa

        if not self._waiting:
            return
        writer = self._writer
        table = pa.Table.from_batches([rows.columns for rows in self._waiting])
        if table.num_rows:
            writer.write_table(table.replace_schema_metadata(writer.schema.metadata), row_group_size=table.num_rows)
        self._waiting = []


def _is_text(kind: Any) -> bool:
    import pyarrow.types as t

    kind = kind.value_type if t.is_dictionary(kind) else kind
    return bool(t.is_string(kind) or t.is_large_string(kind) or t.is_string_view(kind))


def _pieces(columns: Any, schema: Any) -> Iterator[Any]:
    """Split rows into pieces whose values take few bytes in full, and give the columns of each the types of the schema."""
    import pyarrow as pa

    sizes = _sizes(columns)
    start = size = 0
    for row, more in enumerate([*sizes, _LARGEST_PIECE]):
        size += more
        if row > start and size > _LARGEST_PIECE:
            piece = columns.slice(start, row - start)
            arrays = [
                column if column.type == field.type else column.dictionary_decode().cast(field.type)
                for column, field in zip(piece.columns, schema, strict=True)
            ]
            yield pa.RecordBatch.from_arrays(arrays, schema=schema)
            start, size = row, more


def _sizes(columns: Any) -> list[int]:
    """Return how many bytes the values of each row take in those columns that are dictionaries."""
    import pyarrow as pa
    import pyarrow.compute as pc

    sizes = [0] * columns.num_rows
    for column in columns.columns:
        if pa.types.is_dictionary(column.type) and not pa.types.is_primitive(column.type.value_type):
            lengths = pc.binary_length(column.dictionary.cast(pa.large_binary())).to_pylist()
            for row, index in enumerate(column.indices.to_pylist()):
                if index is not None:
                    sizes[row] += lengths[index] or 0
    return sizes


def _texts(columns: Any, field: str | None) -> list[bytes | None]:
    """Return the values of a column as bytes, because a file may hold any; a list of None if ``field`` is None."""
    import pyarrow as pa

    if field is None:
        return [None] * columns.num_rows
    column = columns.column(columns.schema.get_field_index(field))
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column.cast(pa.large_binary()).to_pylist()  # type: ignore[no-any-return]


def _path(schema: Any, name: str | None) -> tuple[list[str], Any]:
    """Return the path of a column that may be in a struct, ``meta.url``, and its type; None as the type if there is none.

    A file need not have the column with the host: it is treated as a record of JSON Lines without it.
    """
    import pyarrow as pa

    if name is None or schema.get_field_index(name) >= 0:
        return [name or ""], None if name is None else schema.field(name).type
    path = name.split(".")
    kind: Any = pa.struct(list(schema))
    for part in path:
        at = kind.get_field_index(part) if pa.types.is_struct(kind) else -1
        if at < 0:
            return path, None
        kind = kind.field(at).type
    return path, kind


def _hosts(columns: Any, name: str | None) -> list[bytes | None]:
    """Return the values of the column with the host, as bytes; a list of None if there is no such column."""
    import pyarrow as pa
    import pyarrow.compute as pc

    path, kind = _path(columns.schema, name)
    if kind is None:
        return [None] * columns.num_rows
    if len(path) == 1:
        return _texts(columns, path[0])
    column = pc.struct_field(columns.column(columns.schema.get_field_index(path[0])), path[1:])
    column = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
    return column.cast(pa.large_binary()).to_pylist()  # type: ignore[no-any-return]


def _array(values: list[bytes | None], kind: Any) -> Any:
    import pyarrow as pa

    array = pa.array(values, pa.large_binary()).view(
        pa.large_string()
    )  # a view does not check for UTF-8, which broken rows are not
    if pa.types.is_dictionary(kind):
        return array.cast(kind.value_type).dictionary_encode().cast(kind)
    return array.cast(kind)


def _decoded(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", "replace")


def _empty(schema: Any) -> Any:
    import pyarrow as pa

    return pa.RecordBatch.from_pylist([], schema=schema)


def _row(columns: Any, row: int) -> str:
    """Return a row as JSON; values of types that JSON lacks as text."""
    values = {}
    one = columns.slice(row, 1)
    for field in columns.schema:
        text = _texts(one, field.name)[0] if _is_text(field.type) else None
        values[field.name] = (
            one.column(columns.schema.get_field_index(field.name))[0].as_py()
            if text is None
            else text.decode("utf-8", "surrogateescape")
        )
    return json.dumps(values, default=str)
