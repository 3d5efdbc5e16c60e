"""A bounded memo of what a function says of a line."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import repeat
from typing import Any, TypeVar

__all__ = ["Memo"]

T = TypeVar("T")
_ABSENT = object()
_LONGEST_KEPT, _MOST_KEPT = 400, 1 << 23  # code points of a line, and of all lines together
_OF_A_LINE = 64  # code points that a line counts for besides its own: what an entry takes in memory


class Memo(dict[str, T]):
    """What a function says of lines, for those that come again, as they do on the pages of a site: ``memo[line]``.

    It keeps short lines only, forgets all of them once they are too much, and changes no result.
    """

    def __init__(self, function: Callable[[str], T], of_many: Callable[[list[str]], Iterable[T]] | None = None) -> None:
        """Take the function, and one that says the same of many lines at once, if that is faster."""
        self.function = function
        self._of_many = of_many or partial(map, function)
        self._size = 0  # code points

    def __missing__(self, line: str) -> T:
        value = self.function(line)
        if len(line) <= _LONGEST_KEPT:
            if self._size > _MOST_KEPT:
                self.clear()
            self._size += len(line) + _OF_A_LINE
            self[line] = value
        return value

    def all(self, lines: Sequence[str]) -> list[T]:
        """Return what the function says of each of some lines, as ``[memo[line] for line in lines]`` does, and faster."""
        found: list[Any] = [*map(self.get, lines, repeat(_ABSENT))]
        new = [*{line for line, value in zip(lines, found, strict=True) if value is _ABSENT}]
        if not new:
            return found
        if self._size > _MOST_KEPT:
            self.clear()
        said = dict(zip(new, self._of_many(new), strict=True))
        short = {line: value for line, value in said.items() if len(line) <= _LONGEST_KEPT}
        self._size += sum(map(len, short)) + _OF_A_LINE * len(short)
        self.update(short)
        return [said[line] if value is _ABSENT else value for line, value in zip(lines, found, strict=True)]

    def clear(self) -> None:
        """Forget all lines."""
        super().clear()
        self._size = 0
