"""Lone surrogates: code points that a ``str`` can hold and UTF-8 cannot."""

import re
from collections.abc import Iterator

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import finds

__all__ = ["surrogates"]


@finds
def surrogates(text: str) -> Iterator[Edit]:
    """Replaces a pair of surrogates by the character that it encodes, and a lone surrogate by U+FFFD.

    Why: Arrow, Parquet, TOML and most engines hold UTF-8 and nothing else. The filter ``characters`` does the same among other
    things; this one is for texts that did not pass it.

    >>> surrogates("a\\ud83d\\ude00 b\\ud83d")
    'a😀 b�'
    >>> surrogates("a😀")
    'a😀'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        for match in re.finditer("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]", text):
            new = match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le") if len(match[0]) == 2 else "\ufffd"
            yield Edit(match.start(), match.end(), new, "surrogate")
