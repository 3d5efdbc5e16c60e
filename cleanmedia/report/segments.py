"""A trace as one row of segments: kept, deleted and inserted text, each with its filter and reason."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from cleanmedia.core.history import Step, Trace

__all__ = ["Kind", "Segment", "clean_of", "rows", "segments", "source_of"]

Kind = Literal["kept", "deleted", "inserted"]


class Segment(NamedTuple):
    """A stretch of text that was kept, deleted or inserted as one."""

    text: str
    kind: Kind = "kept"
    filter: str = ""  # that deleted or inserted it; the last, if several changed it
    why: str = ""


def segments(trace: Trace) -> tuple[Segment, ...]:
    """Return the source and the clean text as one row of segments.

    Without inserted segments the row is the source; without deleted ones, the clean text. Text that one filter inserted and
    another deleted is in neither, and not in the row. Takes time in proportion to the edits and the text.

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
    """Return the source of a row."""
    return "".join([segment.text for segment in row if segment.kind != "inserted"])


def clean_of(row: Iterable[Segment]) -> str:
    """Return the clean text of a row."""
    return "".join([segment.text for segment in row if segment.kind != "deleted"])


def rows(row: Iterable[Segment]) -> Iterator[list[Segment]]:
    """Yield the segments of each line, with its line break.

    A deleted line break ends a line only if nothing of that line is left: joined lines count as one.
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
    """Return the segments after one more step, whose edits refer to the clean text of ``row``."""
    out: list[Segment] = []
    rest = iter(row)
    segment = next(rest, None)
    used = at = 0  # code points of the segment that are in ``out``; the offset in the text before the step

    def copy(end: int, past_deleted: bool) -> None:
        """Move the segments before ``end`` to ``out``; with ``past_deleted`` also those deleted at ``end``."""
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
        dropped = not new and not removed.isspace()  # then earlier repairs inside it are dropped with it
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
    """Join neighbours with the same kind, filter and reason, and leave out empty segments."""
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
