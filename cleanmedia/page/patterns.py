"""Regular expressions that are compiled when they are first used: most of the time of a short run goes into those that are not."""

import re
from typing import Any, cast

__all__ = ["pattern"]


class _Pattern:
    """Stands for a compiled pattern; what is asked of it once is at hand from then on."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern, self._flags = source, flags
        self._compiled: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        self._compiled = self._compiled or re.compile(self.pattern, self._flags)
        value = getattr(self._compiled, name)
        setattr(self, name, value)
        return value


def pattern(source: str, flags: int = 0) -> "re.Pattern[str]":
    """A regular expression, compiled when it is first used.

    >>> pattern("[aeiou]").sub("*", "hello")
    'h*ll*'
    """
    return cast("re.Pattern[str]", _Pattern(source, flags))
