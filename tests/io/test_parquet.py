"""Parquet files through the command line."""

import datetime
import json

import pytest

from cleanmedia.io.parquet import Parquet
from tests.support.commands import run
from tests.support.files import read, write

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'cleanmedia[parquet]'")
pq = pytest.importorskip("pyarrow.parquet")

TYPES = [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string()), pa.string_view()]
TEXTS = ["So it was..", None, "It&# 39;s over", "fine", "So it was..", ""] * 500
CLEAN = ["So it was.", None, "It's over", "fine", "So it was.", ""] * 500


def table(kind, texts=TEXTS):
    count = len(texts)
    schema = pa.schema(
        [
            pa.field("id", pa.int32(), nullable=False, metadata={"unit": "none"}),
            pa.field("text", kind),
            pa.field("when", pa.timestamp("us", "UTC")),
            pa.field("nested", pa.struct([("x", pa.list_(pa.float32()))])),
        ],
        metadata={"corpus": "made for a test", "huggingface": "{}"},
    )
    when = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    columns = [range(count), texts, [when] * count, [{"x": [1.5, None]}, None] * (count // 2) + [None] * (count % 2)]
    arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_the_column_changes_and_nothing_else(tmp_path, kind):
    before = table(kind)
    pq.write_table(before, tmp_path / "p.parquet", row_group_size=1_100, compression="zstd")
    assert run("-j", 2, tmp_path / "p.parquet", "-o", tmp_path / "out.parquet") == (0, "", "")
    found = pq.ParquetFile(tmp_path / "out.parquet")
    after = found.read()
    kept = {key: value for key, value in after.schema.metadata.items() if key != b"cleanmedia"}
    assert after.schema.with_metadata(kept).equals(pq.read_schema(tmp_path / "p.parquet"), check_metadata=True)
    assert after["text"].to_pylist() == CLEAN
    assert after.drop_columns("text").equals(before.drop_columns("text"))
    assert [found.metadata.row_group(group).num_rows for group in range(3)] == [1_100, 1_100, 800]
    assert found.metadata.row_group(0).column(1).compression == "ZSTD"
    # One process or several, once or twice: the same bytes.
    assert run(tmp_path / "p.parquet", "--output-dir", tmp_path / "dir") == (0, "", "")
    assert (tmp_path / "dir" / "p.parquet").read_bytes() == (tmp_path / "out.parquet").read_bytes()
    assert run("-i", tmp_path / "out.parquet") == (0, "", "")
    assert (tmp_path / "dir" / "p.parquet").read_bytes() == (tmp_path / "out.parquet").read_bytes()


def test_no_rows(tmp_path):
    pq.write_table(table(pa.string(), []), tmp_path / "p.parquet")
    assert run(tmp_path / "p.parquet", "-o", tmp_path / "out.parquet") == (0, "", "")
    assert pq.read_table(tmp_path / "out.parquet").equals(pq.read_table(tmp_path / "p.parquet"))


def test_broken_rows(tmp_path):
    bad = pa.array([b"a..", b"na\xefve..", b"b.."], pa.binary()).view(pa.string())
    pq.write_table(pa.table({"id": [1, 2, 3], "text": bad}), tmp_path / "p.parquet")
    target = write(tmp_path / "out.parquet", "as it was")
    code, _, err = run(tmp_path / "p.parquet", "-o", target)
    assert (code, err) == (2, f"cleanmedia: {tmp_path / 'p.parquet'}:2: the text in 'text' is not UTF-8\n")
    assert read(target) == "as it was"
    assert run(tmp_path / "p.parquet", "-o", target, "--on-error", "pass")[0] == 0
    assert pq.read_table(target)["text"].cast(pa.binary()).to_pylist() == [b"a.", b"na\xefve..", b"b."]
    assert run(tmp_path / "p.parquet", "-o", target, "--rejects", tmp_path / "rejects")[0] == 0
    assert pq.read_table(target).to_pylist() == [{"id": 1, "text": "a."}, {"id": 3, "text": "b."}]
    told = json.loads((tmp_path / "rejects").read_text())
    assert (told["record"], json.loads(told["raw"])) == (2, {"id": 2, "text": "na\udcefve.."})


def test_broken_files(tmp_path):
    pq.write_table(table(pa.string()), tmp_path / "p.parquet")
    whole = (tmp_path / "p.parquet").read_bytes()
    target = write(tmp_path / "out.parquet", "as it was")
    page = tmp_path / "wrong.parquet"
    for wrong in (b"", b"PAR1", whole[:-100], whole[100:], whole[:500] + bytes(2_000) + whole[2_500:]):
        write(page, wrong)
        code, out, err = run(page, "-o", target)
        assert (code, out, err.count("\n")) == (2, "", 1), err
        assert read(target) == "as it was"
    page = tmp_path / "p.parquet"
    for arguments, told in (
        ([page, "-o", target, "--field", "txt"], "no column 'txt'; it has id, text, when, nested"),
        ([page, "-o", target, "--field", "id"], "the column 'id' holds int32, not text"),
        ([page, "-o", target, "--title-field", "when"], "holds timestamp"),
        ([page], "Parquet goes to a file for each"),
        ([page, page, "-o", target], "Parquet goes to a file for each"),
        ([page, "-o", tmp_path / "out.parquet.gz"], "Parquet is compressed inside"),
        ([write(tmp_path / "p.parquet.gz", whole), "-i"], "Parquet is compressed inside"),
        (["--format", "parquet", "-o", target], "not from a pipe"),
    ):
        code, out, err = run(*arguments, stdin="x")
        assert (code, out, err.count("\n")) == (2, "", 1), err
        assert told in err
        assert read(target) == "as it was"


def test_a_value_that_many_rows_share_is_not_in_memory_for_each(tmp_path):
    """A file of few bytes may hold many gigabytes of texts."""
    rows, texts = 60, pa.array(["So it was.. " * 170_000])
    shared = pa.DictionaryArray.from_arrays(pa.array([0, None] * (rows // 2), pa.int32()), texts)
    for kind in (pa.string(), shared.type):
        columns = {"id": pa.array(range(rows)), "text": shared.cast(kind), "other": shared.cast(pa.binary())}
        pq.write_table(pa.table(columns), tmp_path / "p.parquet", row_group_size=rows)
        assert (tmp_path / "p.parquet").stat().st_size < 1_000_000
        numbers = []
        with open(tmp_path / "p.parquet", "rb") as file:
            for batch in Parquet().read(file):
                assert batch.columns.nbytes < 30 << 20
                assert batch.columns.schema.field("text").type == kind
                assert batch.first == len(numbers) + 1
                numbers += batch.columns["id"].to_pylist()
        assert numbers == list(range(rows))
