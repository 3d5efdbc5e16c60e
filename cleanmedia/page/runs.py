"""The runs of characters beyond ASCII in a text, from which a filter tells at once that it has nothing to find."""

from functools import lru_cache

__all__ = ["runs"]

_NO_ASCII = bytes([0x20 if byte < 0x80 else byte for byte in range(256)])


@lru_cache(maxsize=2)
def runs(text: str) -> frozenset[bytes]:
    """Return the different runs of characters beyond ASCII, in UTF-8.

    Those of real text are few and come again: a filter tells from them at once that there is nothing to find. The filters of a
    pipeline ask one after the other for the same text, which is what the cache is for.
    """
    return frozenset(text.encode("utf-8", "surrogatepass").translate(_NO_ASCII).split())
