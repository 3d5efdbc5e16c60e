"""What changed, for a terminal: the lines that changed, with deletions and insertions marked inside them."""

from cleanmedia.history import Change, Trace

__all__ = ["diff"]

_RED, _GREEN, _DIM, _END = "\x1b[31m", "\x1b[32m", "\x1b[2m", "\x1b[0m"


def diff(trace: Trace, path: str, colour: bool = False) -> str:
    """The changes of a trace: ``-`` and ``+`` lines under a heading with the number of the source's line and the reasons."""
    source = trace.source
    out: list[str] = []
    changes = list(trace.changes())
    at = 0
    while at < len(changes):
        # All changes that touch the same lines of the source make one piece of the diff.
        first = source.rfind("\n", 0, changes[at].start) + 1
        last = first
        group: list[Change] = []
        while at < len(changes) and (not group or changes[at].start < last):
            group.append(changes[at])
            end = changes[at].end
            newline = source.find("\n", max(end - 1, changes[at].start) if end > changes[at].start else end)
            last = max(last, len(source) if newline < 0 else newline + 1)
            at += 1
        old: list[str] = []
        new: list[str] = []
        cursor = first
        for start, end, put, _ in group:
            old += (source[cursor:start], _mark(source[start:end], _RED, colour))
            new += (source[cursor:start], _mark(put, _GREEN, colour))
            cursor = end
        old.append(source[cursor:last])
        new.append(source[cursor:last])
        reasons = dict.fromkeys(f"{name} ({why})" for change in group for name, why in change.reasons)
        number = source.count("\n", 0, first) + 1
        heading = f"@@ {path}:{number} @@ " + ", ".join(reasons)
        out.append(_DIM + heading + _END if colour else heading)
        out += _lines("-", "".join(old))
        out += _lines("+", "".join(new))
    return "".join(line + "\n" for line in out)


def _mark(text: str, on: str, colour: bool) -> str:
    if not colour or not text:
        return text
    return "\n".join(on + line + _END if line else line for line in text.split("\n"))


def _lines(sign: str, text: str) -> list[str]:
    lines = text.removesuffix("\n").split("\n") if text else []
    return [f"{sign} {line}".rstrip() for line in lines]
