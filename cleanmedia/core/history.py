"""Trace: a cleaned text with the record of how it was made from its source."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from cleanmedia.core.edits import Edit, inverse, splice
from cleanmedia.core.forms import NotebookForm
from cleanmedia.core.frozen import Frozen

__all__ = ["Change", "LogEntry", "Step", "Trace"]


class Step(NamedTuple):
    """The edits that one filter made to the text as the steps before it had left it."""

    filter: str  # its name
    edits: tuple[Edit, ...]
    removed: tuple[str, ...]  # for each edit, the text that it replaced

    @classmethod
    def of(cls, filter: str, text: str, edits: tuple[Edit, ...]) -> "Step":
        """Return the step of a filter's edits to ``text``."""
        return cls(filter, edits, tuple([text[start:end] for start, end, _, _ in edits]))


class Change(NamedTuple):
    """A span of the source that differs in the clean text, with the (filter, why) of every edit that contributed."""

    start: int
    end: int
    new: str
    reasons: tuple[tuple[str, str], ...]


class LogEntry(NamedTuple):
    """One edit of one filter: the span of the source that it goes back to, and the text before and after the edit."""

    filter: str
    why: str
    start: int
    end: int
    before: str
    after: str


class Trace(Frozen, NotebookForm):
    """A cleaned text with its history. Offsets are in code points.

    Attributes:
        source: the text before cleaning.
        text: the text after cleaning.
        steps: what led from one to the other, in order; filters that found nothing are left out.
        withheld: steps that were not done. They are those of the dropping filters if the pipeline's guard did not allow them
            (see :meth:`cleanmedia.Pipeline.guard`), and those of all filters if the text kept changing from pass to pass. Their edits refer
            to the text as the steps before each would have left it.
    """

    __slots__ = ("_composed", "source", "steps", "text", "withheld")

    source: Final[str]
    text: Final[str]
    steps: Final[tuple[Step, ...]]
    withheld: Final[tuple[Step, ...]]
    _composed: tuple[tuple[Change, ...], tuple[LogEntry, ...]]  # set when it is first needed

    def __init__(self, source: str, text: str, steps: tuple[Step, ...], withheld: tuple[Step, ...] = ()) -> None:
        self.source = source
        self.text = text
        self.steps = steps
        self.withheld = withheld

    def __reduce__(self) -> tuple[Any, ...]:
        return Trace, (self.source, self.text, self.steps, self.withheld)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Trace) and self.__reduce__() == other.__reduce__()

    def __hash__(self) -> int:
        return hash((self.source, self.text))

    def __repr__(self) -> str:
        counts = ", ".join(f"{step.filter}: {len(step.edits)}" for step in self.steps)
        withheld = ", ".join(dict.fromkeys(step.filter for step in self.withheld))
        return f"<Trace of {len(self.source)} code points, now {len(self.text)}; {counts or 'nothing found'}{withheld and f'; withheld: {withheld}'}>"

    def to_json(self) -> str:
        """Return the trace as JSON in ASCII: ``source``, ``text``, ``steps`` and ``withheld``.

        A step has its ``filter`` and ``edits``, each with ``start``, ``end``, ``new``, ``why`` and ``removed``.

        >>> from cleanmedia import REPAIR
        >>> traced = REPAIR.trace("So it was..")
        >>> Trace.from_json(traced.to_json()) == traced
        True
        """
        import json

        return json.dumps(
            {
                "source": self.source,
                "text": self.text,
                "steps": list(map(_plain_step, self.steps)),
                "withheld": list(map(_plain_step, self.withheld)),
            }
        )

    @classmethod
    def from_json(cls, data: str) -> "Trace":
        """Return the trace that :meth:`to_json` returned. Raises ValueError for anything else."""
        import json

        try:
            values = json.loads(data)
            steps, withheld = [tuple(map(_step, values[key])) for key in ("steps", "withheld")]
            return cls(values["source"], values["text"], steps, withheld)
        except (TypeError, KeyError, AttributeError):
            raise ValueError("this is no trace as to_json() returns it") from None

    def restore(self) -> str:
        """Return the source, rebuilt from the clean text and the steps alone."""
        text = self.text
        for step in reversed(self.steps):
            text = splice(text, inverse(step.edits, step.removed))
        return text

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that ``text[start:end]`` came from.

        Text that an edit put in comes from the whole span that the edit replaced.

        Raises:
            ValueError: not 0 <= start <= end <= len(text).
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start}:{end} is not a span of the clean text, which has {len(self.text)} code points")
        for step in reversed(self.steps):
            start, end = _before(step.edits, start, end)
        return start, end

    def changes(self) -> tuple[Change, ...]:
        """Return all differences as spans of the source: in order, disjoint. Applied to ``source``, they give ``text``."""
        return self._changes_and_log()[0]

    def log(self) -> tuple[LogEntry, ...]:
        """Return every edit of every step, in the order in which they were made, each with its span in the source."""
        return self._changes_and_log()[1]

    def _changes_and_log(self) -> tuple[tuple[Change, ...], tuple[LogEntry, ...]]:
        try:
            return self._composed
        except AttributeError:
            composed = _compose(self.source, self.steps)
            object.__setattr__(self, "_composed", composed)  # two threads may both do this; the values are equal
            return composed


def _plain_step(step: Step) -> dict[str, Any]:
    edits = [{**edit._asdict(), "removed": removed} for edit, removed in zip(step.edits, step.removed, strict=True)]
    return {"filter": step.filter, "edits": edits}


def _step(values: Any) -> Step:
    edits = tuple([Edit(each["start"], each["end"], each["new"], each["why"]) for each in values["edits"]])
    return Step(values["filter"], edits, tuple([each["removed"] for each in values["edits"]]))


def _compose(source: str, steps: tuple[Step, ...]) -> tuple[tuple[Change, ...], tuple[LogEntry, ...]]:
    """Combine the edits of all steps into changes of the source, and list each edit with its span of the source."""
    pieces = [Change(0, len(source), source, ())]
    log: list[LogEntry] = []
    for step in steps:
        pieces = _apply(step, pieces, log)
    changes = tuple([piece for piece in pieces if piece.reasons and piece.new != source[piece.start : piece.end]])
    return changes, tuple(log)


def _before(edits: tuple[Edit, ...], start: int, end: int) -> tuple[int, int]:
    """Map a span of the text after ``edits`` to the span of the text before them that it came from."""
    shift = 0  # what to add to a position after the edits seen so far
    low: int | None = None
    for edit in edits:
        at = edit.start - shift  # where the edit stands in the text after it
        put_end = at + len(edit.new)
        if low is None and (start < at or (start == at and start == end)):
            low = start + shift
        if low is None and start < put_end:
            low = edit.start
        if end <= at:
            return (start + shift if low is None else low), end + shift
        if end <= put_end:
            return (edit.start if low is None else low), edit.end
        shift = edit.end - put_end
    return (start + shift if low is None else low), end + shift


def _apply(step: Step, pieces: list[Change], log: list[LogEntry]) -> list[Change]:
    """Return the pieces of the text after ``step``, given those of the text before it; add its edits to ``log``.

    Pieces cover both the source and the text without a gap. A piece without reasons is a stretch of the source as it was.
    """
    reader = _Reader(pieces)
    out: list[Change] = []
    for (start, end, new, why), removed in zip(step.edits, step.removed, strict=True):
        out += reader.up_to(start)
        replaced = list(reader.up_to(end))
        first, last = (replaced[0].start, replaced[-1].end) if replaced else (reader.origin, reader.origin)
        reasons = dict.fromkeys([reason for piece in replaced for reason in piece.reasons])
        out.append(Change(first, last, new, (*reasons, (step.filter, why))))
        log.append(LogEntry(step.filter, why, first, last, removed, new))
    out += reader.rest()
    return out


class _Reader:
    """Reads pieces in order, up to one position of the text after another, and splits a piece at each position.

    What remains of a split piece is copied once, however often it is split, so that the time is linear in the number of
    pieces and positions and in the length of the text.
    """

    def __init__(self, pieces: list[Change]) -> None:
        self._pieces = iter(pieces)
        self._piece = next(self._pieces)  # the current piece
        self._used = 0  # how many code points of its text have been read
        self._at = 0  # the position in the text of what has not been read
        self.origin = self._piece.start  # the position in the source of what has not been read

    def up_to(self, position: int) -> Iterator[Change]:
        """Yield what has not been read, up to this position of the text."""
        while (left := len(self._piece.new) - self._used) < position - self._at:
            yield self._remainder()
            self._at += left
            self._piece = next(self._pieces)
            self._used, self.origin = 0, self._piece.start
        if self._at < position:
            taken = position - self._at
            end = self._piece.end if self._piece.reasons else self.origin + taken
            yield Change(self.origin, end, self._piece.new[self._used : self._used + taken], self._piece.reasons)
            self._used, self.origin, self._at = self._used + taken, end, position

    def rest(self) -> Iterator[Change]:
        """Yield everything that has not been read."""
        yield self._remainder()
        yield from self._pieces

    def _remainder(self) -> Change:
        _, end, new, reasons = self._piece
        return Change(self.origin, end, new[self._used :], reasons) if self._used else self._piece
