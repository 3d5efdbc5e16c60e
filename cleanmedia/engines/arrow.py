"""Clean Arrow arrays of text."""

from collections.abc import Callable
from typing import Any

from cleanmedia.core.extras import need
from cleanmedia.engines.texts import are_same

__all__ = ["arrow_of", "clean_array", "texts_of"]


def clean_array(clean: Callable[[list[str | None]], list[str | None]], array: Any) -> Any:
    """Return an Arrow array cleaned by ``clean``, a function of lists. See :meth:`cleanmedia.core.forms.CallForms.arrow`."""
    pa = need("pyarrow", "arrow", "an Arrow array")
    if not isinstance(array, pa.Array | pa.ChunkedArray):
        raise TypeError(
            f"arrow() takes an Arrow array or chunked array, not {type(array).__name__}; batch() takes any iterable"
        )
    value_type = array.type.value_type if pa.types.is_dictionary(array.type) else array.type
    if value_type not in (pa.string(), pa.large_string(), pa.string_view(), pa.null()):
        raise TypeError(
            f"arrow() cleans string, large_string, string_view or a dictionary of one of these, not {array.type}"
        )
    texts = texts_of(array)
    cleaned = clean(texts)
    return array if are_same(cleaned, texts) else arrow_of(cleaned, array)


def texts_of(array: Any) -> list[Any]:
    """Return the values of an Arrow array or chunked array.

    Some engines (Spark) allow bytes that are not UTF-8 in a string. Each such byte becomes a lone surrogate, as in file names
    (PEP 383), so that its repair is an edit like others.
    """
    try:
        return array.to_pylist()  # type: ignore[no-any-return]
    except UnicodeDecodeError:
        pa = need("pyarrow", "arrow", "an Arrow array")
        if pa.types.is_dictionary(array.type):
            array = array.cast(array.type.value_type)
        values = array.cast(pa.large_binary()).to_pylist()
        return [None if value is None else value.decode("utf-8", "surrogateescape") for value in values]


def arrow_of(texts: list[str | None], like: Any) -> Any:
    """Return the texts as an Arrow array of the type of ``like``, with chunks of the same lengths if it has chunks."""
    pa = need("pyarrow", "arrow", "an Arrow array")
    if isinstance(like, pa.Array):
        return _array(texts, like.type)
    chunks, start = [], 0
    for chunk in like.chunks:
        chunks.append(_array(texts[start : start + len(chunk)], like.type))
        start += len(chunk)
    made = pa.chunked_array(chunks, type=like.type)
    return made.unify_dictionaries() if pa.types.is_dictionary(like.type) else made


def _array(texts: list[str | None], kind: Any) -> Any:
    import pyarrow as pa

    if not pa.types.is_dictionary(kind):
        return pa.array(texts, type=kind)
    encoded = pa.array(texts, type=kind.value_type).dictionary_encode()
    indices = encoded.indices.cast(kind.index_type)
    return pa.DictionaryArray.from_arrays(indices, encoded.dictionary, ordered=kind.ordered)
