"""What to do about a line that should have been removed, or text that should have been kept: a phrase, or a case for the tests."""

import json
import re
from bisect import bisect_left, bisect_right
from typing import Any, NamedTuple

from cleanmedia.core.edits import Edit, splice
from cleanmedia.core.filter import Filter
from cleanmedia.core.history import Trace
from cleanmedia.core.pipeline import Pipeline
from cleanmedia.core.surrogates import surrogates
from cleanmedia.page.fold import fold
from cleanmedia.phrases.catalogue import Catalogue, catalogue
from cleanmedia.phrases.files import LONGEST, CatalogueError
from cleanmedia.phrases.placeholders import generalise

__all__ = ["Case", "Phrase", "case", "check", "phrase"]

_FEW_WORDS = 3  # a phrase of no more may be content: it had better go in company only


class Phrase(NamedTuple):
    """A line for a phrase file, and what is known of it."""

    text: str
    heading: str  # as it stands in a phrase file, without a kind: "", ", in company"
    known: str  # the phrase of the catalogues that the line says already, and where it stands; or ""
    fault: str  # why it can be no phrase; or ""


class Case(NamedTuple):
    """A known failure for the table of a filter."""

    file: str
    text: str  # TOML


def phrase(line: str) -> Phrase:
    """Return the phrase for a line that should have been removed: what varies in it as placeholders, the bullets at its ends left out.

    >>> phrase("  • 12 Comments").text
    '{n} Comments'
    """
    line = " ".join(line.split())
    if len(line) > LONGEST:
        return Phrase("", "", "", f"the line has {len(line):,} code points; a phrase has {LONGEST} at most")
    key = fold(line)
    forms = generalise(key)
    text = _in_the_case_of(line, forms[-1]) if forms else _without_bullets(line, key)
    found = catalogue().match(line)
    known = f"{found.text} ({found.source}{', in company' if found.in_company else ''})" if found else ""
    heading = ", in company" if len(text.split()) <= _FEW_WORDS else ""
    return Phrase(text, heading, known, check(f"[more{heading}]\n{text}\n", line))


def check(phrases: str, line: str = "") -> str:
    """Return what is wrong with the text of a phrase file, or with the line that it should match; or nothing."""
    made = Catalogue()
    try:
        made.add(phrases, "und", "line")
    except CatalogueError as error:
        return str(error)
    return "no line can be matched by it" if line and made.match(line) is None else ""


def _without_bullets(line: str, key: str) -> str:
    """Return the line from its first letter or digit to its last, if that is all that counts of it."""
    places = [place for place, char in enumerate(line) if char.isalnum()]
    bare = line[places[0] : places[-1] + 1] if places else ""
    return bare if fold(bare) == key else line


def _in_the_case_of(line: str, form: str) -> str:
    """Return a form of the folded line with the letters as they are in the line, where its pieces are found there."""
    lower = line.lower()
    if len(lower) != len(line):
        return form
    out: list[str] = []
    at = 0
    for number, piece in enumerate(form.split("{")):
        name, brace, rest = piece.partition("}") if number else ("", "", piece)
        place = lower.find(rest, at)
        if place < 0:
            return form
        out.append(("{" + name + brace if number else "") + line[place : place + len(rest)])
        at = place + len(rest)
    return "".join(out)


def case(pipeline: Pipeline, trace: Trace, name: str, at: int) -> Case:
    """Return a case for ``tests/cases/<name>.toml``: the smallest piece of the text in which the filter does what it should not.

    ``at`` is the place in the source of what it changed. The case is a known failure, named after the edit's reason.

    Raises:
        ValueError: the filter changed nothing there.
    """
    text, edit = _edit_at(trace, name, at)
    found = next(one for one in pipeline.filters if one.name == name)
    piece, edits, mine = _smallest(found, text, edit)
    wanted = splice(piece, [one for one in edits if one != mine])
    lines = [f"name = {_toml(mine.why)}", f"text = {_toml(piece)}"]
    if wanted != piece:
        lines.append(f"becomes = {_toml(wanted)}")
    return Case(f"tests/cases/{name}.toml", "\n".join(["[[fails]]", *lines, ""]))


def _edit_at(trace: Trace, name: str, at: int) -> tuple[str, Edit]:
    """Return the edit of a filter that goes back to a place in the source, and the text that it stands in."""
    text = trace.source
    log = iter(trace.log())
    for step in trace.steps:
        for edit in step.edits:
            entry = next(log)
            if step.filter == name and entry.start <= at < max(entry.end, entry.start + 1):
                return text, edit
        text = splice(text, step.edits)
    raise ValueError(f"{name} changed nothing at {at}")


def _smallest(found: Filter[Any], text: str, edit: Edit) -> tuple[str, tuple[Edit, ...], Edit]:
    """Return the lines around an edit in which the filter finds it, as few as will do; all its edits there, and this one."""
    starts = [0, *[match.end() for match in re.finditer("\n", text)]]
    if starts[-1] == len(text) > 0:
        starts.pop()
    first, last = bisect_right(starts, edit.start) - 1, bisect_left(starts, max(edit.end, edit.start + 1))
    starts.append(len(text))

    def attempt(first: int, last: int) -> tuple[str, tuple[Edit, ...], Edit] | None:
        begin = starts[first]
        piece = text[begin : starts[last]]
        edits = found.edits(piece)
        mine = next((one for one in edits if (one.start + begin, one.end + begin, one.new) == edit[:3]), None)
        return mine and (piece, edits, mine)

    size = last - first
    done = attempt(first, last)
    while not done and (first, last) != (0, len(starts) - 1):  # twice as much
        first, last = max(0, first - size), min(len(starts) - 1, last + size)
        size = last - first
        done = attempt(first, last)
    for step in [size >> shift for shift in range(1, size.bit_length())]:  # and then less, on either side
        while first + step < last and starts[first + step] <= edit.start and (less := attempt(first + step, last)):
            first, done = first + step, less
        while first < last - step and starts[last - step] >= edit.end and (less := attempt(first, last - step)):
            last, done = last - step, less
    return done or (text, found.edits(text), edit)


def _toml(text: str) -> str:
    """Return a TOML string. A lone surrogate can stand in none, and becomes U+FFFD."""
    return json.dumps(surrogates(text), ensure_ascii=False).replace("\x7f", "\\u007f")
