"""Arrow arrays, tables and batches: the same type back, and nothing copied where nothing changed."""

import pickle
import sys

import pytest

from cleanmedia import NEWS, finds
from cleanmedia.core.extras import MissingExtra

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'cleanmedia[arrow]'")

TEXTS = ["So it was..", None, "Fine.", "", "So it was..", "Über&# 171;x&# 187; 😀"]
CLEAN = [NEWS(text) for text in TEXTS]
TYPES = [
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.dictionary(pa.int8(), pa.string()),
    pa.dictionary(pa.int32(), pa.large_string(), ordered=True),
    pa.dictionary(pa.uint16(), pa.string_view()),
]

every_type = pytest.mark.parametrize("of", TYPES, ids=str)


def made(texts, of):
    if not pa.types.is_dictionary(of):
        return pa.array(texts, type=of)
    encoded = pa.array(texts, type=of.value_type).dictionary_encode()
    return pa.DictionaryArray.from_arrays(encoded.indices.cast(of.index_type), encoded.dictionary, ordered=of.ordered)


@every_type
def test_array(of):
    array = made(TEXTS, of)
    clean = NEWS.arrow(array)
    clean.validate(full=True)
    assert (clean.type, clean.to_pylist()) == (of, CLEAN)
    assert NEWS.arrow(array[2:5]).to_pylist() == CLEAN[2:5]
    assert NEWS.arrow(clean) is clean
    assert NEWS.arrow(array[:0]).type == of
    assert NEWS.arrow(made([None, None], of)).to_pylist() == [None, None]


@every_type
def test_chunked_array(of):
    array = pa.chunked_array([made(TEXTS, of), made([], of), made(TEXTS[::-1], of)[1:3], made(["z.."], of)], type=of)
    clean = NEWS.arrow(array)
    clean.validate(full=True)
    assert (clean.type, clean.to_pylist()) == (of, [*CLEAN, *CLEAN[::-1][1:3], "z."])
    assert [len(chunk) for chunk in clean.chunks] == [6, 0, 2, 1]
    assert NEWS.arrow(pa.chunked_array([], type=of)).type == of


def test_a_dictionary_has_each_value_once():
    clean = NEWS.arrow(made(["a.", "a..", "b", None, "a.."], pa.dictionary(pa.int8(), pa.string())))
    assert clean.to_pylist() == ["a.", "a.", "b", None, "a."]
    assert clean.dictionary.to_pylist() == ["a.", "b"]
    chunks = NEWS.arrow(pa.chunked_array([made(["a..", "b"], TYPES[3]), made(["c", "b.."], TYPES[3])])).chunks
    assert chunks[0].dictionary.equals(chunks[1].dictionary)
    inside = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 0], pa.int8()), pa.array(["a..", None]))
    assert NEWS.arrow(inside).to_pylist() == ["a.", None, None, "a."]


def test_a_value_that_comes_again_is_cleaned_once():
    seen = []

    @finds
    def counting(text):
        seen.append(text)
        return ()

    counting.arrow(made(["a", "b", "a", "a"], TYPES[3]))
    assert seen == ["a", "b"]


@pytest.mark.parametrize("of", TYPES[:4], ids=str)
def test_bytes_that_are_not_utf_8(of):
    raw = [b"caf\xe9 so..", None, b"\xff\xfe", "naïve".encode()]
    if pa.types.is_dictionary(of):
        texts = pa.Array.from_buffers(pa.string(), 4, pa.array(raw, pa.binary()).buffers())
        array = pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, 3], of.index_type), texts)
    else:
        binary = {pa.string(): pa.binary(), pa.large_string(): pa.large_binary(), pa.string_view(): pa.binary_view()}
        array = pa.Array.from_buffers(of, 4, pa.array(raw, binary[of]).buffers())
    with pytest.raises(UnicodeDecodeError):
        array.to_pylist()
    clean = NEWS.arrow(array)
    clean.validate(full=True)
    assert clean.type == of
    assert clean.to_pylist() == ["caf\ufffd so.", None, "\ufffd\ufffd", "naïve"]
    traced = NEWS.on("text", title="text", trace="why")(pa.table({"text": array}))
    assert traced["text"].to_pylist() == clean.to_pylist()
    assert '"before": "\\udce9", "after": "\\ufffd"' in traced["why"][0].as_py(), "the byte is told"


@pytest.mark.parametrize(
    "array", [pa.array([1]), pa.array([b"x"]), pa.array([["x"]]), pa.array([1]).dictionary_encode()]
)
def test_other_types_are_refused(array):
    with pytest.raises(TypeError, match="cleans string, large_string, string_view"):
        NEWS.arrow(array)
    with pytest.raises(TypeError):
        NEWS.on("text")(pa.table({"text": array}))


def test_what_is_no_array_is_refused():
    with pytest.raises(TypeError, match="takes an Arrow array or chunked array, not list; batch"):
        NEWS.arrow(["x"])
    assert NEWS.arrow(pa.nulls(2)).equals(pa.nulls(2))


@every_type
def test_tables_and_batches(of):
    field = pa.field("text", of, metadata={"k": "v"})
    other = pa.array([*range(len(TEXTS))])
    schema = pa.schema([pa.field("id", pa.int64()), field], metadata={"m": "n"})
    table = pa.Table.from_arrays([other, made(TEXTS, of)], schema=schema)
    (batch,) = table.to_batches()
    for given in (table, batch, table[:0], batch[:0]):
        clean = NEWS.on("text")(given)
        assert type(clean) is type(given)
        assert clean.schema.equals(schema, check_metadata=True)
        assert clean.column("text").to_pylist() == CLEAN[: given.num_rows]
        assert clean.column("id").equals(given.column("id"))
        traced = NEWS.on("text", trace="why")(given)
        assert traced.schema.names == ["id", "text", "why"]
        assert traced.schema.field("why").type == pa.string()
        assert traced.drop_columns(["why"]).equals(clean)
    assert list(NEWS.on("text").iter(iter([batch, batch]))) == [NEWS.on("text")(batch)] * 2


def test_a_dict_of_arrow_arrays():
    clean = NEWS.on("text")({"text": pa.array(TEXTS, pa.large_string()), "id": 1})
    assert clean["text"].equals(pa.array(CLEAN, pa.large_string()))


def test_a_dict_of_numpy_arrays():
    numpy = pytest.importorskip("numpy", reason="numpy is not installed; most engines bring it")
    clean = NEWS.on("text")({"text": numpy.array(TEXTS, dtype=object)})["text"]
    assert (clean.dtype, clean.tolist()) == (object, CLEAN)
    clean = NEWS.on("text")({"text": numpy.array(["a..", "b"])})["text"]
    assert clean.tolist() == ["a.", "b"]


def test_the_form_itself_pickles():
    assert len(pickle.dumps(NEWS.arrow)) < 700
    assert pickle.loads(pickle.dumps(NEWS.arrow))(pa.array(TEXTS)).to_pylist() == CLEAN


def test_missing_pyarrow_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"pip install 'cleanmedia\[arrow\]'"):
        NEWS.arrow([])
