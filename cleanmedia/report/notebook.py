"""A trace as HTML for notebooks: what was deleted struck out, what was inserted underlined, each with filter and reason."""

from html import escape

from cleanmedia.core.history import Trace
from cleanmedia.report.segments import segments

__all__ = ["notebook"]

_COLOURS = ("#3b6ea8", "#a8503b", "#3b8a5c", "#8a5ca8", "#a8833b", "#3b8a94", "#a83b78", "#6b7a33")


def notebook(trace: Trace) -> str:
    """Return a fragment of HTML without scripts, on the notebook's own colours. Point at a mark to see its reason."""
    names = list(dict.fromkeys(step.filter for step in trace.steps))
    colours = {name: _COLOURS[number % len(_COLOURS)] for number, name in enumerate(names)}
    marks = []
    for part in segments(trace):
        text = escape(part.text.encode("utf-8", "replace").decode())
        if part.kind == "kept":
            marks.append(text)
            continue
        tag, line = ("del", "line-through") if part.kind == "deleted" else ("ins", "underline")
        if part.kind == "deleted" and not part.text.strip():
            text = text.replace("\n", "↵\n").replace(" ", "·")
        colour = colours.get(part.filter, _COLOURS[0])
        style = f"text-decoration:{line} {colour};background:{colour}26;border-bottom:2px solid {colour}"
        marks.append(f'<{tag} style="{style}" title="{escape(f"{part.filter}: {part.why}")}">{text}</{tag}>')
    legend = " ".join(f'<span style="border-bottom:2px solid {colours[step]}">{escape(step)}</span>' for step in names)
    head = f"{len(trace.source):,} → {len(trace.text):,} characters {legend or 'nothing found'}"
    return (
        f'<div style="font:0.85em sans-serif;opacity:0.8">{head}</div>'
        '<div style="white-space:pre-wrap;overflow-wrap:anywhere;max-height:40em;overflow:auto" dir="auto">'
        f"{''.join(marks)}</div>"
    )
