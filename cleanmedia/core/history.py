"""Trace: a cleaned text that remembers where it came from."""

from functools import cached_property
from typing import NamedTuple

from cleanmedia.core.edits import Edit, inverse, splice

__all__ = ["Change", "LogEntry", "Step", "Trace"]


class Step(NamedTuple):
    """What one filter did to the text as the steps before had left it."""

    filter: str
    edits: tuple[Edit, ...]
    removed: tuple[str, ...]  # what stood where each edit is

    @classmethod
    def of(cls, filter: str, text: str, edits: tuple[Edit, ...]) -> "Step":
        return cls(filter, edits, tuple([text[start:end] for start, end, _, _ in edits]))


class Change(NamedTuple):
    """One span of the source that reads otherwise in the clean text, and every (filter, why) that had a part in it."""

    start: int
    end: int
    new: str
    reasons: tuple[tuple[str, str], ...]


class LogEntry(NamedTuple):
    """One edit of one filter: the span of the source that it goes back to, and the text before and after it."""

    filter: str
    why: str
    start: int
    end: int
    before: str
    after: str


class Trace:
    """A cleaned text with its history: ``source`` and ``text``, and the ``steps`` that lead from one to the other.

    Offsets are in code points. Steps are in the order in which they were done, filters that found nothing left out.
    Where the pipeline's guard stepped in, ``withheld`` has the steps of the dropping filters that were not done; the edits
    of each stand in the text as the steps before it would have left it.
    """

    source: str
    text: str
    steps: tuple[Step, ...]
    withheld: tuple[Step, ...]

    def __init__(self, source: str, text: str, steps: tuple[Step, ...], withheld: tuple[Step, ...] = ()) -> None:
        self.__dict__.update(source=source, text=text, steps=steps, withheld=withheld)

    def __setattr__(self, attribute: str, value: object) -> None:
        raise AttributeError("a trace is immutable")

    def __repr__(self) -> str:
        found = ", ".join(f"{step.filter}: {len(step.edits)}" for step in self.steps)
        guarded = "; guarded, nothing dropped" if self.withheld else ""
        return f"<Trace of {len(self.source)} code points, now {len(self.text)}; {found or 'nothing found'}{guarded}>"

    def restore(self) -> str:
        """The source again, made from the clean text and the record of the steps alone."""
        text = self.text
        for step in reversed(self.steps):
            text = splice(text, inverse(step.edits, step.removed))
        return text

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source that ``text[start:end]`` came from.

        Where a piece of the text was put in by an edit, the whole span that the edit replaced counts.

        Raises:
            ValueError: not 0 <= start <= end <= len(text).
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start}:{end} is not a span of the clean text, which has {len(self.text)} code points")
        for step in reversed(self.steps):
            start, end = _before(step.edits, start, end)
        return start, end

    def changes(self) -> tuple[Change, ...]:
        """All that differs, as spans of the source: in order, disjoint; they turn ``source`` into ``text``."""
        return self._composed[0]

    def log(self) -> tuple[LogEntry, ...]:
        """Every edit of every step, in the order in which they were done, each with its span in the source."""
        return self._composed[1]

    @cached_property
    def _composed(self) -> tuple[tuple[Change, ...], tuple[LogEntry, ...]]:
        pieces = [Change(0, len(self.source), self.source, ())]
        log: list[LogEntry] = []
        for step in self.steps:
            pieces = _apply(step, pieces, log)
        source = self.source
        changes = tuple([piece for piece in pieces if piece.reasons and piece.new != source[piece.start : piece.end]])
        return changes, tuple(log)


def _before(edits: tuple[Edit, ...], start: int, end: int) -> tuple[int, int]:
    """A span of the text after ``edits``, as a span of the text before them."""
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
    """The pieces of the text after ``step``, from those before it.

    Pieces cover source and text without a gap; one without reasons is a stretch of the source as it was.
    """
    out: list[Change] = []
    rest = iter(pieces)
    piece = next(rest)
    used = 0  # how much of the current piece is in ``out``: what remains is copied once, however often it is cut
    origin = piece.start  # where what remains of it begins in the source
    at = 0  # and in the text before the step

    def remainder() -> Change:
        return Change(origin, piece.end, piece.new[used:], piece.reasons) if used else piece

    def advance(position: int) -> None:
        """Move all that stands before this position of the text to ``out``, a part of a piece too."""
        nonlocal piece, used, origin, at
        while at + len(piece.new) - used < position:
            out.append(remainder())
            at += len(piece.new) - used
            piece = next(rest)
            used, origin = 0, piece.start
        if at < position:
            upto = used + position - at
            middle = piece.end if piece.reasons else origin + position - at
            out.append(Change(origin, middle, piece.new[used:upto], piece.reasons))
            used, origin, at = upto, middle, position

    for (start, end, new, why), removed in zip(step.edits, step.removed, strict=True):
        advance(start)
        first = len(out)
        advance(end)
        gone = out[first:]
        del out[first:]
        begin, finish = (gone[0].start, gone[-1].end) if gone else (origin, origin)
        reasons = dict.fromkeys([reason for part in gone for reason in part.reasons])
        out.append(Change(begin, finish, new, (*reasons, (step.filter, why))))
        log.append(LogEntry(step.filter, why, begin, finish, removed, new))
    out.append(remainder())
    out.extend(rest)
    return out
