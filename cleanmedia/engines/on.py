"""On: a pipeline for the columns of a batch, of whatever kind the engine's batches are."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import Any

from cleanmedia.core.history import Trace
from cleanmedia.engines.kinds import kind_of
from cleanmedia.engines.texts import Cleaner, are_same

__all__ = ["On"]


@dataclass(frozen=True)
class On:
    """See :meth:`cleanmedia.core.forms.CallForms.on`."""

    pipe: Any
    columns: tuple[str, ...]
    title: str | None = None
    host: str | None = None
    trace: str | None = None

    def __post_init__(self) -> None:
        for name in (*self.columns, self.title, self.host, self.trace):
            if name is not None and not isinstance(name, str):
                raise TypeError(f"on() takes the names of columns, not {name!r}")

    def __call__(self, batch: Any) -> Any:
        """The batch with its columns cleaned, as another of the same kind; what was given stays as it was.

        Raises:
            TypeError: the batch is of no known kind, or what is to be cleaned is no text.
            ValueError: a column is missing, or there twice, or one has the name that the trace should have.
        """
        kind = kind_of(batch, self.columns[0])
        self._check(kind.names(batch))
        titles, hosts = [
            kind.values(batch, name) if name is not None else repeat(None) for name in (self.title, self.host)
        ]
        clean = _cleaner(self.pipe)
        out, logs = batch, list[list[dict[str, Any]]]()
        for name in self.columns:
            texts = kind.values(batch, name)
            if self.trace is None:
                cleaned = clean.cleaned(texts, titles, hosts)
            else:
                traces = clean.traced(texts, titles, hosts)
                cleaned = [None if trace is None else trace.text for trace in traces]
                logs = logs or [[] for _ in traces]
                for log, trace in zip(logs, traces, strict=True):
                    log += _logged(name, trace)
            if not are_same(cleaned, texts):
                out = kind.put(out, name, cleaned)
        return out if self.trace is None else kind.put(out, self.trace, [*map(_json, logs)])

    def iter(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Every batch, cleaned when it is asked for."""
        return map(self, batches)

    def _check(self, names: list[str]) -> None:
        for name in (*self.columns, self.title, self.host):
            if name is not None and name not in names:
                raise ValueError(f"no column {name!r} in the batch; it has {', '.join(map(str, names)) or 'none'}")
            if name is not None and names.count(name) > 1:
                raise ValueError(f"{names.count(name)} columns have the name {name!r}; rename them")
        if self.trace in names:
            raise ValueError(f"a column {self.trace!r} is there already; give the trace a name of its own")


_cleaner = lru_cache(maxsize=16)(Cleaner)


def _logged(column: str, trace: Trace | None) -> list[dict[str, Any]]:
    return [] if trace is None else [{"column": column, **entry._asdict()} for entry in trace.log()]


def _json(log: list[dict[str, Any]]) -> str:
    """As JSON that encodes to UTF-8; what cannot be encoded is escaped."""
    told = json.dumps(log, ensure_ascii=False)
    try:
        told.encode()
    except UnicodeEncodeError:
        return json.dumps(log)
    return told
