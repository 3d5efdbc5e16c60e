"""On: a function that cleans columns of a batch, whatever kind of batch the engine uses."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import Any

from cleanmedia.core.history import Trace
from cleanmedia.engines.kinds import Kind, kind_of
from cleanmedia.engines.texts import Cleaner, are_same

__all__ = ["On"]


@dataclass(frozen=True)
class On:
    """A function that cleans columns of a batch. See :meth:`cleanmedia.core.forms.CallForms.on`.

    Raises:
        TypeError: the name of a column is not a ``str``.
    """

    pipe: Any
    columns: tuple[str, ...]
    title: str | None = None
    host: str | None = None
    trace: str | None = None

    def __post_init__(self) -> None:
        for name in (*self.columns, self.title, self.host, self.trace):
            if name is not None and not isinstance(name, str):
                raise TypeError(f"on() takes names of columns, not {name!r}")

    def __call__(self, batch: Any) -> Any:
        """Return a batch of the same kind with the columns cleaned. The batch that was given is not changed.

        Raises:
            TypeError: the batch is of no known kind, or a value to clean is neither a text nor a null.
            ValueError: a column is missing or occurs twice, or the trace's column is there already.
        """
        kind = kind_of(batch, self.columns[0])
        self._check(kind.names(batch))
        titles, hosts = [
            kind.values(batch, name) if name is not None else repeat(None) for name in (self.title, self.host)
        ]
        clean = _cleaner(self.pipe)
        if self.trace is not None:
            return self._traced(kind, batch, clean, titles, hosts)
        out = batch
        for name in self.columns:
            texts = kind.values(batch, name)
            out = _put(kind, out, name, texts, clean.cleaned(texts, titles, hosts))
        return out

    def iter(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Return an iterator of the cleaned batches. Input is consumed lazily."""
        return map(self, batches)

    def _traced(self, kind: Kind, batch: Any, clean: Cleaner, titles: Iterable[Any], hosts: Iterable[Any]) -> Any:
        """Return the batch cleaned, with the column of the trace: for each row the log of all its columns, as JSON."""
        out = batch
        logs: list[list[dict[str, Any]]] = []
        for name in self.columns:
            texts = kind.values(batch, name)
            traces = clean.traced(texts, titles, hosts)
            logs = logs or [[] for _ in traces]
            for log, trace in zip(logs, traces, strict=True):
                log += _log(name, trace)
            out = _put(kind, out, name, texts, [None if trace is None else trace.text for trace in traces])
        return kind.put(out, str(self.trace), [_json(log) for log in logs])

    def _check(self, names: list[str]) -> None:
        for name in (*self.columns, self.title, self.host):
            if name is not None and name not in names:
                raise ValueError(f"no column {name!r} in the batch; it has {', '.join(map(str, names)) or 'none'}")
            if name is not None and names.count(name) > 1:
                raise ValueError(f"{names.count(name)} columns have the name {name!r}; rename them")
        if self.trace in names:
            raise ValueError(f"a column {self.trace!r} is there already; give the trace another name")


_cleaner = lru_cache(maxsize=16)(Cleaner)


def _put(kind: Kind, batch: Any, name: str, texts: list[Any], cleaned: list[str | None]) -> Any:
    """Return the batch with the cleaned texts in a column; the same object if they are what it has."""
    return batch if are_same(cleaned, texts) else kind.put(batch, name, cleaned)


def _log(column: str, trace: Trace | None) -> list[dict[str, Any]]:
    return [] if trace is None else [{"column": column, **entry._asdict()} for entry in trace.log()]


def _json(log: list[dict[str, Any]]) -> str:
    """Return JSON that can be encoded as UTF-8: with a lone surrogate in it, all that is not ASCII is escaped."""
    text = json.dumps(log, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(log)
    return text
