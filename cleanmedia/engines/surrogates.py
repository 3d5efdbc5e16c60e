"""Lone surrogates, which UTF-8 cannot hold."""

from collections.abc import Iterator

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import finds
from cleanmedia.page.patterns import pattern

__all__ = ["surrogates"]

_SURROGATES = pattern("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")


@finds
def surrogates(text: str) -> Iterator[Edit]:
    """Puts U+FFFD in the place of a lone surrogate, and the character that a pair stands for in the place of a pair.

    Why: Arrow, Parquet and most engines hold UTF-8 and nothing else. The filter ``characters`` does the same; this one
    stands behind pipelines without it, in the call forms for datasets.

    >>> surrogates("a\\ud83d\\ude00 b\\ud83d")
    'a😀 b�'
    >>> surrogates("a😀")
    'a😀'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        for match in _SURROGATES.finditer(text):
            new = match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le") if len(match[0]) == 2 else "\ufffd"
            yield Edit(match.start(), match.end(), new, "surrogate")
