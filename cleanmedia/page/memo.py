"""A bounded memo of what a function says of a line."""

from collections.abc import Callable
from typing import TypeVar

__all__ = ["Memo"]

T = TypeVar("T")
_LONGEST_KEPT, _MOST_KEPT = 400, 1 << 16  # code points, lines


class Memo(dict[str, T]):
    """What a function says of lines, for those that come again, as they do on the pages of a site: ``memo[line]``.

    It is bounded, keeps short lines only, and changes no result.
    """

    def __init__(self, function: Callable[[str], T]) -> None:
        self.function = function

    def __missing__(self, line: str) -> T:
        value = self.function(line)
        if len(line) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[line] = value
        return value
