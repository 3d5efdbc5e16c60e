"""Regular expressions that are compiled when they are first used: most of the time of a short run goes into those that are not."""

import re
from collections.abc import Callable, Iterable
from typing import Any, cast

__all__ = ["any_of", "pattern"]


class _Pattern:
    """Stands for a compiled pattern; what is asked of it once is at hand from then on."""

    def __init__(self, source: str | Callable[[], str], flags: int) -> None:
        self._source, self._flags = source, flags
        self._compiled: re.Pattern[str] | None = None
        if isinstance(source, str):
            self.pattern = source

    def __getattr__(self, name: str) -> Any:
        if self._compiled is None:
            self._compiled = re.compile(self._source if isinstance(self._source, str) else self._source(), self._flags)
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value


def pattern(source: str | Callable[[], str], flags: int = 0) -> "re.Pattern[str]":
    """Return a regular expression that is compiled when it is first used.

    ``source`` may be a function that returns the source, for patterns made of word lists: it is called then, and once.

    >>> pattern("[aeiou]").sub("*", "hello")
    'h*ll*'
    """
    return cast("re.Pattern[str]", _Pattern(source, flags))


def any_of(words: Iterable[str], space: str = " ") -> str:
    """Return the source of a pattern for any of some words, the longest first; ``space`` stands for the spaces in them.

    >>> any_of(["photo", "photo by"])
    'photo by|photo'
    """
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join([re.escape(word).replace(r"\ ", space) for word in longest_first])
