"""A trace as one row of segments: what stayed, what went and what came, each with the filter that did it and why."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from cleanmedia.core.history import Step, Trace

__all__ = ["Kind", "Segment", "clean_of", "rows", "segments", "source_of"]

Kind = Literal["kept", "deleted", "inserted"]


class Segment(NamedTuple):
    """A stretch of text that shared one fate."""

    text: str
    kind: Kind = "kept"
    filter: str = ""  # who deleted or inserted it: the last who had a hand in it
    why: str = ""


def segments(trace: Trace) -> tuple[Segment, ...]:
    """All of the source and all of the clean text, in one row.

    Without the inserted ones they are the source; without the deleted ones, the clean text. What one filter put in and
    another took out again is in neither, and so not here. Takes time in proportion to the edits and the text.

    >>> from cleanmedia import trace
    >>> for segment in segments(trace("So it was..\\nShare on Facebook")):
    ...     print(segment)
    Segment(text='So it was.', kind='kept', filter='', why='')
    Segment(text='.', kind='deleted', filter='punctuation', why='doubled stop')
    Segment(text='\\n', kind='kept', filter='', why='')
    Segment(text='Share on Facebook', kind='deleted', filter='widgets', why='share (en): Share on {network}')
    """
    row = [Segment(trace.source)] if trace.source else []
    for step in trace.steps:
        row = _after(step, row)
    return tuple(_joined(row))


def source_of(row: Iterable[Segment]) -> str:
    """The source again."""
    return "".join([segment.text for segment in row if segment.kind != "inserted"])


def clean_of(row: Iterable[Segment]) -> str:
    """The clean text."""
    return "".join([segment.text for segment in row if segment.kind != "deleted"])


def rows(row: Iterable[Segment]) -> Iterator[list[Segment]]:
    """The segments line by line, a line break at the end of its line.

    A break that was deleted ends a line only where nothing of that line is left: lines that were joined stay one.
    """
    line: list[Segment] = []
    left = False  # whether anything of the line is in the clean text
    for segment in row:
        for text in _lines(segment.text):
            line.append(segment._replace(text=text))
            left = left or segment.kind != "deleted"
            if text.endswith("\n") and (segment.kind != "deleted" or not left):
                yield line
                line, left = [], False
    if line:
        yield line


def _lines(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        yield text[at:end]
        at = end


def _after(step: Step, row: list[Segment]) -> list[Segment]:
    """The segments after one more step, whose edits stand in the clean text of those before it."""
    out: list[Segment] = []
    rest = iter(row)
    segment = next(rest, None)
    used = at = 0  # how much of the segment is in ``out`` already; where that is in the text before the step

    def copy(end: int, past_deleted: bool) -> None:
        """Move what stands before ``end`` to ``out``, and what was deleted there before, if asked."""
        nonlocal segment, used, at
        while segment is not None and (at < end or (past_deleted and segment.kind == "deleted")):
            if segment.kind == "deleted":
                out.append(segment)
            else:
                upto = min(len(segment.text), used + end - at)
                out.append(segment._replace(text=segment.text[used:upto]))
                at += upto - used
                used = upto
                if used < len(segment.text):
                    return
            segment, used = next(rest, None), 0

    for (start, end, new, why), removed in zip(step.edits, step.removed, strict=True):
        copy(start, past_deleted=True)
        first = len(out)
        copy(end, past_deleted=False)
        gone = out[first:]
        del out[first:]
        dropped = not new and not removed.isspace()  # then what was repaired inside it before is dropped with it
        for part in gone:
            if part.kind == "kept" or (part.kind == "deleted" and dropped and "\n" not in part.text):
                out.append(Segment(part.text, "deleted", step.filter, why))
            elif part.kind == "deleted":
                out.append(part)
        if new:
            out.append(Segment(new, "inserted", step.filter, why))
    if segment is not None:
        out.append(segment._replace(text=segment.text[used:]))
        out.extend(rest)
    return out


def _joined(row: list[Segment]) -> Iterator[Segment]:
    """Neighbours that share fate, filter and reason, made one; empty ones left out."""
    texts: list[str] = []
    before: Segment | None = None
    for segment in row:
        if not segment.text:
            continue
        if before is not None and segment[1:] != before[1:]:
            yield before._replace(text="".join(texts))
            texts = []
        texts.append(segment.text)
        before = segment
    if before is not None:
        yield before._replace(text="".join(texts))
