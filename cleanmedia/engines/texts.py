"""Clean columns of texts as engines hold them: with nulls of many kinds, and sometimes values that are not texts."""

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

_NONE = repeat(None)  # a column without values, of any length


def is_null(value: Any) -> bool:
    """Return whether a value is a null: None, a float NaN, pandas.NA or pandas.NaT."""
    if value is None:
        return True
    kind = type(value).__name__
    return kind in ("NAType", "NaTType") or (kind.startswith("float") and bool(value != value))


def are_same(cleaned: list[str | None], texts: list[Any]) -> bool:
    """Return whether cleaning changed nothing. A null that is not None counts as a change, as it becomes None."""
    return all(new is old or (isinstance(old, str) and new == old) for new, old in zip(cleaned, texts, strict=True))


class Cleaner:
    """Applies a pipeline or a filter to texts and nulls. Nulls become None, and the output can always be encoded as UTF-8."""

    pipeline: Pipeline

    def __init__(self, pipe: Any) -> None:
        self.pipeline = (Pipeline(pipe) if isinstance(pipe, Filter) else pipe).then(surrogates)

    def __call__(self, text: Any) -> str | None:
        """Return the cleaned text. Raises TypeError for a value that is neither a text nor a null."""
        return self.cleaned([text])[0]

    def cleaned(
        self, texts: Iterable[Any], titles: Iterable[Any] = _NONE, hosts: Iterable[Any] = _NONE
    ) -> list[str | None]:
        """Return the cleaned texts, each cleaned for a page of the title and host beside it.

        Rows that occur more than once in a call are cleaned once.

        Raises:
            TypeError: a text, title or host is neither a ``str`` nor a null.
        """
        return self._each(lambda pipeline, text: pipeline(text), texts, titles, hosts)

    def traced(
        self, texts: Iterable[Any], titles: Iterable[Any] = _NONE, hosts: Iterable[Any] = _NONE
    ) -> list[Trace | None]:
        """Do the same, and return a trace for each text."""
        return self._each(Pipeline.trace, texts, titles, hosts)

    def _each(
        self,
        apply: Callable[[Pipeline, str], R],
        texts: Iterable[Any],
        titles: Iterable[Any],
        hosts: Iterable[Any],
    ) -> list[R | None]:
        results: dict[tuple[str, str | None, str | None], R] = {}
        out: list[R | None] = []
        for row in zip(texts, titles, hosts, strict=False):
            text, title, host = map(_text, row)
            if text is None:
                out.append(None)
                continue
            key = text, title, host
            if key not in results:
                results[key] = apply(given(self.pipeline, title, host) if title or host else self.pipeline, text)
            out.append(results[key])
        return out


def _text(value: Any) -> str | None:
    """Return a text, or None for a null."""
    if isinstance(value, str):
        return value
    if is_null(value):
        return None
    hint = "; cleanmedia.decode turns bytes into text" if isinstance(value, bytes | bytearray) else ""
    raise TypeError(f"a text must be a str or a null, not {type(value).__name__}: {shortened(value)}{hint}")


def batch(pipe: Any, texts: Iterable[Any], processes: int = 1) -> list[str | None]:
    """Return the texts cleaned by a pipeline or a filter. See :meth:`cleanmedia.core.forms.CallForms.batch`."""
    clean = Cleaner(pipe)
    return clean.cleaned(texts) if processes == 1 else list(ordered(clean, texts, processes))
