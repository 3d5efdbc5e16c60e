"""Arrow arrays of text."""

from collections.abc import Callable
from typing import Any

from cleanmedia.core.extras import need
from cleanmedia.engines.texts import are_same

__all__ = ["arrow_of", "clean_array", "texts_of"]


def clean_array(clean: Callable[[list[str | None]], list[str | None]], array: Any) -> Any:
    """See :meth:`cleanmedia.core.forms.CallForms.arrow`; ``clean`` takes the texts as a list."""
    pa = need("pyarrow", "arrow", "an Arrow array")
    if not isinstance(array, pa.Array | pa.ChunkedArray):
        raise TypeError(
            f"arrow() takes an Arrow array or chunked array, not {type(array).__name__}; batch() takes any iterable"
        )
    of = array.type
    text = of.value_type if pa.types.is_dictionary(of) else of
    if text not in (pa.string(), pa.large_string(), pa.string_view(), pa.null()):
        raise TypeError(f"arrow() cleans string, large_string, string_view or a dictionary of one of these, not {of}")
    texts = texts_of(array)
    cleaned = clean(texts)
    return array if are_same(cleaned, texts) else arrow_of(cleaned, array)


def texts_of(array: Any) -> list[Any]:
    """The values of an Arrow array or chunked array.

    Some engines (Spark) let bytes that are not UTF-8 stand in a string. Each comes as a lone surrogate, as in file names
    (PEP 383): so what becomes of it is an edit like others.
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
    """The texts as an Arrow array of the type of ``like``, in chunks of the same lengths where it has chunks."""
    pa = need("pyarrow", "arrow", "an Arrow array")
    if isinstance(like, pa.Array):
        return _array(texts, like.type)
    chunks, at = [], 0
    for chunk in like.chunks:
        chunks.append(_array(texts[at : at + len(chunk)], like.type))
        at += len(chunk)
    made = pa.chunked_array(chunks, type=like.type)
    return made.unify_dictionaries() if pa.types.is_dictionary(like.type) else made


def _array(texts: list[str | None], of: Any) -> Any:
    import pyarrow as pa

    if not pa.types.is_dictionary(of):
        return pa.array(texts, type=of)
    encoded = pa.array(texts, type=of.value_type).dictionary_encode()
    return pa.DictionaryArray.from_arrays(encoded.indices.cast(of.index_type), encoded.dictionary, ordered=of.ordered)
