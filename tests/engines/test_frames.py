"""Engines of one process: pandas, Polars, PyArrow, DuckDB. Each runs the code of its page; outputs are the plain loop's."""

import subprocess
import sys

import pytest

from cleanmedia import ARTICLE, NEWS, REPAIR, filters
from cleanmedia.engines.texts import is_null
from tests.engines.conftest import needs


def test_pandas(pages, recipe):
    pandas = needs("pandas", "pandas")
    names = recipe("pandas.md")
    assert nulls_as_none(names["clean"]["text"]) == pages.clean
    assert nulls_as_none(names["pages"]["text"]) == pages.without_title
    assert names["clean"].dtypes.equals(names["pages"].dtypes)
    assert isinstance(names["clean"], pandas.DataFrame)


def nulls_as_none(series):
    return [None if is_null(value) else value for value in series.astype(object)]


@pytest.mark.parametrize("dtype", [object, "str", "string", "string[python]", "category", "arrow"])
def test_pandas_keeps_types_and_index(dtype):
    pandas = needs("pandas", "pandas")
    if dtype == "arrow":
        dtype = pandas.ArrowDtype(needs("pyarrow", "arrow").large_string())
    texts = pandas.Series(["So..", None, "Fine.", "So..", "So."], index=[5, 5, 3, 1, 0], dtype=dtype)
    frame = pandas.DataFrame({"n": range(5), "text": texts.values}, index=texts.index)
    clean = NEWS.on("text", trace="why")(frame)
    assert [None if pandas.isna(value) else value for value in clean["text"]] == ["So.", None, "Fine.", "So.", "So."]
    assert clean.index.equals(frame.index)
    assert type(clean["text"].dtype) is type(frame["text"].dtype)
    if dtype == "category":
        assert list(clean["text"].cat.categories) == ["So.", "Fine."]
    else:
        assert clean["text"].dtype == frame["text"].dtype
    assert frame["text"].iloc[0] == "So..", "what was given stays as it was"
    assert list(frame.columns) == ["n", "text"]
    assert NEWS.on("text", trace="why")(frame.iloc[:0]).dtypes.astype(str)["why"] == str(clean["why"].dtype)
    with pytest.raises(TypeError, match="not int: 5"):
        NEWS.on("text")(pandas.DataFrame({"text": ["a", 5]}, dtype=object))


def test_polars(pages, recipe):
    pl = needs("polars", "polars")
    names = recipe("polars.md")
    assert pl.read_parquet("clean.parquet").to_dicts() == pages.clean_rows_without_title
    assert names["clean"].to_dicts() == pages.clean_rows
    frame = pl.DataFrame({"text": pages.texts})
    for pipe in (REPAIR, ARTICLE, filters.entities):
        expected = [pipe(text) for text in pages.texts]
        assert frame.select(pl.col("text").cleanmedia.clean(pipe))["text"].to_list() == expected
        assert (
            frame.lazy().select(pl.col("text").cleanmedia.clean(pipe)).collect(engine="streaming")["text"].to_list()
            == expected
        )


def test_polars_keeps_types():
    pl = needs("polars", "polars")
    import cleanmedia.engines.polars  # noqa: F401

    texts = ["So..", None, "Fine.", "So..", "So."]
    for of in (pl.String, pl.Categorical, pl.Enum(["So..", "So.", "Fine."])):
        frame = pl.DataFrame({"n": range(5), "text": pl.Series(texts, dtype=of)})
        for clean in (
            NEWS.on("text")(frame),
            frame.with_columns(pl.col("text").cleanmedia.clean()),
            frame.lazy().with_columns(pl.col("text").cleanmedia.clean()).collect(),
        ):
            assert clean["text"].to_list() == ["So.", None, "Fine.", "So.", "So."]
            assert clean.schema == frame.schema
        lazy = frame.lazy().with_columns(pl.col("text").cleanmedia.clean())
        assert lazy.collect_schema() == frame.schema
    with pytest.raises(TypeError, match="not int: 1"):
        pl.DataFrame({"text": [1]}).select(pl.col("text").cleanmedia.clean())
    assert NEWS.on("text", trace="why")(frame).columns == ["n", "text", "why"]
    assert NEWS.on("text", trace="why")(frame[:0]).schema["why"] == pl.String


def test_polars_expression_goes_to_other_processes(tmp_path):
    pl = needs("polars", "polars")
    needs("cloudpickle", "engines")
    import cleanmedia.engines.polars  # noqa: F401

    lazy = pl.LazyFrame({"text": ["So.."]}).select(pl.col("text").cleanmedia.clean())
    (tmp_path / "plan").write_bytes(lazy.serialize())
    script = "import polars, sys; print(polars.LazyFrame.deserialize(sys.argv[1]).collect().item())"
    result = subprocess.run([sys.executable, "-c", script, tmp_path / "plan"], capture_output=True, text=True)
    assert result.stdout == "So.\n", result.stderr


def test_pyarrow(pages, recipe):
    ds = needs("pyarrow.dataset", "arrow")
    names = recipe("pyarrow.md")
    clean = ds.dataset("clean").to_table()
    assert clean.to_pylist() == pages.clean_rows
    assert clean.schema.equals(names["pages"].schema)
    assert names["array"].to_pylist() == ["So it was.", None]


def test_duckdb(pages, recipe):
    duckdb = needs("duckdb", "duckdb")
    names = recipe("duckdb.md")
    assert duckdb.read_parquet("clean.parquet").to_arrow_table().to_pylist() == pages.clean_rows_without_title
    assert [row for batch in names["clean"] for row in batch.to_pylist()] == pages.clean_rows
