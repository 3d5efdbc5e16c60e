"""Stats: what the filters did to many documents, in numbers."""

from collections.abc import Mapping
from typing import Any, ClassVar

from cleanmedia.core.edits import splice
from cleanmedia.core.history import Step, Trace

__all__ = ["Counts", "Stats"]


class _Record:
    """Named numbers with a repr, equality and a dictionary form. (``dataclasses`` would double the time of ``import``.)"""

    _fields: tuple[str, ...] = ()
    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # its numbers change

    def as_dict(self) -> dict[str, Any]:
        """Return plain dictionaries and numbers, for JSON."""
        return {name: getattr(self, name) for name in self._fields}

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.as_dict() == other.as_dict()

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__name__}({fields})"


class Counts(_Record):
    """What one filter did. Characters are code points."""

    _fields = ("documents", "edits", "lines", "dropped", "removed", "added")

    def __init__(
        self, documents: int = 0, edits: int = 0, lines: int = 0, dropped: int = 0, removed: int = 0, added: int = 0
    ) -> None:
        self.documents: int = documents  # that it changed
        self.edits: int = edits
        self.lines: int = lines  # that it changed or dropped, as the filters before it had left them
        self.dropped: int = dropped  # of these, dropped whole
        self.removed: int = removed  # characters that its edits took away
        self.added: int = added  # characters that they put in

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*[getattr(self, name) + getattr(other, name) for name in self._fields])


class Stats(_Record):
    """What a pipeline did to the documents that were added. Statistics of several workers add up.

    >>> from cleanmedia import NEWS, Stats
    >>> one, other = Stats(), Stats()
    >>> one.add(NEWS.trace("So it was..\\nShare on Facebook"))
    >>> other.add(NEWS.trace("Nothing to do."))
    >>> both = one + other
    >>> both.documents, both.changed, both.filters["widgets"].dropped
    (2, 1, 1)
    >>> Stats.from_dict(both.as_dict()) == both
    True
    """

    _fields = ("documents", "changed", "guarded", "characters_in", "characters_out", "filters")

    def __init__(
        self,
        documents: int = 0,
        changed: int = 0,
        guarded: int = 0,
        characters_in: int = 0,
        characters_out: int = 0,
        filters: dict[str, Counts] | None = None,
    ) -> None:
        self.documents: int = documents
        self.changed: int = changed  # of these, how many came out otherwise than they went in
        self.guarded: int = guarded  # and of how many a guard withheld what the dropping filters would have done
        self.characters_in: int = characters_in
        self.characters_out: int = characters_out
        self.filters: dict[str, Counts] = (
            {} if filters is None else filters
        )  # by name, in the order in which they first did something

    def add(self, trace: Trace) -> None:
        """Count a document."""
        self.documents += 1
        self.changed += trace.text != trace.source
        self.guarded += bool(trace.withheld)
        self.characters_in += len(trace.source)
        self.characters_out += len(trace.text)
        text, seen = trace.source, set()
        for step in trace.steps:
            counts = self.filters.setdefault(step.filter, Counts())
            counts.documents += step.filter not in seen
            seen.add(step.filter)
            _count(counts, step, text)
            text = splice(text, step.edits)

    def __add__(self, other: "Stats") -> "Stats":
        filters = {name: counts + other.filters.get(name, Counts()) for name, counts in self.filters.items()}
        return Stats(
            self.documents + other.documents,
            self.changed + other.changed,
            self.guarded + other.guarded,
            self.characters_in + other.characters_in,
            self.characters_out + other.characters_out,
            filters | {name: counts + Counts() for name, counts in other.filters.items() if name not in filters},
        )

    def as_dict(self) -> dict[str, Any]:
        """Return plain dictionaries and numbers, for JSON."""
        return {**super().as_dict(), "filters": {name: counts.as_dict() for name, counts in self.filters.items()}}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Stats":
        """Return the statistics that :meth:`as_dict` returned, or those of ``--stats-json``. Raises TypeError for an unknown key."""
        values = {name: value for name, value in values.items() if name not in ("cleanmedia", "templates")}
        filters = {name: Counts(**counts) for name, counts in values.get("filters", {}).items()}
        return cls(**{**values, "filters": filters})


def _count(counts: Counts, step: Step, text: str) -> None:
    """Add one step of a filter, whose edits refer to ``text``."""
    at = line = 0  # end of the edit before, and the number of the line there
    fresh = 0  # the number of the first line that is not counted yet
    for (start, end, new, _), removed in zip(step.edits, step.removed, strict=True):
        counts.edits += 1
        counts.removed += len(removed)
        counts.added += len(new)
        line += text.count("\n", at, start)
        more = removed.removesuffix("\n").count("\n")
        counts.lines += max(0, line + more + 1 - max(line, fresh))
        fresh = max(fresh, line + more + 1)
        if not new and (start == 0 or text[start - 1] == "\n") and (end == len(text) or removed.endswith("\n")):
            counts.dropped += more + 1
        line += removed.count("\n")
        at = end
