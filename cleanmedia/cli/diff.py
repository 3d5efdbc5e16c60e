"""Changes as a unified diff, for pipes and files. :mod:`cleanmedia.cli.diff_terminal` shows them to people."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from cleanmedia.cli.terminal import printable
from cleanmedia.core.history import Trace
from cleanmedia.report.segments import Segment, clean_of, rows, segments, source_of

__all__ = ["diff"]

_CONTEXT = 3  # unchanged lines around a change, as in git and diff -u


class _Unit(NamedTuple):
    """Whole lines of the source, and what they became."""

    old: list[str]
    new: list[str]
    reasons: list[str]

    @property
    def changed(self) -> bool:
        return self.old != self.new


def diff(trace: Trace, path: str) -> str:
    """Return the changes in the format of ``diff -u``, so that ``patch`` can apply them. The reasons stand behind ``@@``."""
    out: list[str] = []
    old_at = new_at = 1
    for changed, units in _hunks([*_units(segments(trace))]):
        old = [line for unit in units for line in unit.old]
        new = [line for unit in units for line in unit.new]
        if changed:
            reasons = ", ".join(dict.fromkeys(reason for unit in units for reason in unit.reasons))
            out.append(f"@@ -{_span(old_at, len(old))} +{_span(new_at, len(new))} @@ {reasons}\n")
            for unit in units:
                if not unit.changed:
                    out += [_signed(" ", line) for line in unit.old]
                else:
                    out += [_signed("-", line) for line in unit.old] + [_signed("+", line) for line in unit.new]
        old_at += len(old)
        new_at += len(new)
    name = printable(path)
    return f"--- {name}\n+++ {name}\n" + "".join(out) if out else ""


def _units(row: tuple[Segment, ...]) -> Iterator[_Unit]:
    unit: list[Segment] = []
    for line in rows(row):
        unit += line
        old = source_of(unit)
        if not old or old.endswith("\n"):  # not in the middle of a line into which a break was inserted
            yield _unit(unit)
            unit = []
    if unit:
        yield _unit(unit)


def _unit(row: list[Segment]) -> _Unit:
    reasons = [printable(f"{part.filter} ({part.why})") for part in row if part.kind != "kept"]
    return _Unit(_lines(source_of(row)), _lines(clean_of(row)), reasons)


def _lines(text: str) -> list[str]:
    """Return the lines with their line breaks. The last may have none."""
    return [line + "\n" for line in text.split("\n")[:-1]] + [line for line in text.split("\n")[-1:] if line]


def _hunks(units: list[_Unit]) -> Iterator[tuple[bool, list[_Unit]]]:
    """Group the units into stretches that are shown and stretches that are left out, by turns."""
    shown = bytearray(len(units))
    for number, unit in enumerate(units):
        if unit.changed:
            first, last = max(0, number - _CONTEXT), min(len(units), number + _CONTEXT + 1)
            shown[first:last] = b"\1" * (last - first)
    for changed, pairs in groupby(zip(shown, units, strict=True), key=lambda pair: bool(pair[0])):
        yield changed, [unit for _, unit in pairs]


def _span(at: int, lines: int) -> str:
    """Return a range of lines as diff writes it: an empty range names the line before it, a single line has no count."""
    return f"{at}" if lines == 1 else f"{at if lines else at - 1},{lines}"


def _signed(sign: str, line: str) -> str:
    return sign + line if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"
