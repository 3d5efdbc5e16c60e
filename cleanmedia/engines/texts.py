"""Texts as engines hand them over: nulls in many forms, and what is no text at all."""

from collections.abc import Callable, Iterable
from itertools import repeat
from reprlib import repr as shortened
from typing import Any, TypeVar

from cleanmedia.core.context import given
from cleanmedia.core.filter import Filter
from cleanmedia.core.history import Trace
from cleanmedia.core.parallel import ordered
from cleanmedia.core.pipeline import Pipeline
from cleanmedia.core.surrogates import surrogates

__all__ = ["Cleaner", "are_same", "batch", "is_null"]

R = TypeVar("R")


def is_null(value: Any) -> bool:
    """Whether it stands for no text: None, a float that is not a number, pandas.NA, pandas.NaT."""
    if value is None:
        return True
    kind = type(value).__name__
    return kind in ("NAType", "NaTType") or (kind.startswith("float") and bool(value != value))


def are_same(cleaned: list[str | None], texts: list[Any]) -> bool:
    """Whether nothing changed; nulls that are not None count as a change."""
    return all(new is old or (isinstance(old, str) and new == old) for new, old in zip(cleaned, texts, strict=True))


class Cleaner:
    """A pipeline, or a filter, for texts as they come: nulls give None, and the output always encodes to UTF-8."""

    pipeline: Pipeline

    def __init__(self, pipe: Any) -> None:
        self.pipeline = (Pipeline(pipe) if isinstance(pipe, Filter) else pipe).then(surrogates)

    def __call__(self, text: Any) -> str | None:
        """The cleaned text. Raises TypeError for what is neither a text nor a null."""
        return self.cleaned([text])[0]

    def cleaned(
        self, texts: Iterable[Any], titles: Iterable[Any] = repeat(None), hosts: Iterable[Any] = repeat(None)
    ) -> list[str | None]:
        """The texts cleaned, each for a page of that title and host; what comes again in the same call is cleaned once."""
        return self._each(lambda pipeline, text: pipeline(text), texts, titles, hosts)

    def traced(
        self, texts: Iterable[Any], titles: Iterable[Any] = repeat(None), hosts: Iterable[Any] = repeat(None)
    ) -> list[Trace | None]:
        """The same with their histories."""
        return self._each(Pipeline.trace, texts, titles, hosts)

    def _each(self, work: Callable[[Pipeline, str], R], *columns: Iterable[Any]) -> list[R | None]:
        known: dict[tuple[str | None, ...], R] = {}
        out: list[R | None] = []
        for row in zip(*columns, strict=False):
            text, title, host = key = tuple([_text(value) for value in row])
            if text is None:
                out.append(None)
                continue
            if key not in known:
                known[key] = work(given(self.pipeline, title, host) if title or host else self.pipeline, text)
            out.append(known[key])
        return out


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    if is_null(value):
        return None
    hint = "; cleanmedia.decode turns bytes into text" if isinstance(value, bytes | bytearray) else ""
    raise TypeError(f"a text is a str or null, not {type(value).__name__}: {shortened(value)}{hint}")


def batch(pipe: Any, texts: Iterable[Any], processes: int = 1) -> list[str | None]:
    """See :meth:`cleanmedia.core.forms.CallForms.batch`."""
    clean = Cleaner(pipe)
    return clean.cleaned(texts) if processes == 1 else list(ordered(clean, texts, processes))
