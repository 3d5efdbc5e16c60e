"""The report as one HTML file: its data, a style and a script, all inside; nothing is asked of the network."""

import json
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from cleanmedia import filters
from cleanmedia.report.document import Document
from cleanmedia.report.segments import Segment

__all__ = ["assemble", "html", "tables"]

_STYLES = ("report/base.css", "report/marks.css", "report/report.css")
_SCRIPTS = ("report/marks.js", "report/report.js")


def html(title: str, values: dict[str, Any]) -> str:
    """Return a report as one self-contained HTML file; ``values`` is what the report shows, for JSON."""
    return assemble(title, values, _STYLES, _SCRIPTS)


def tables(documents: Iterable[Document], names: Iterable[str] = ()) -> dict[str, Any]:
    """Documents as the renderer takes them: a table of filters, one of reasons, and rows of segments that refer to these.

    A row is a list: a text that was kept stands alone; one that was deleted stands behind the number of its reason, one
    that was inserted behind ``-1 -`` that number. A filter's place in the table is its colour, the same in every report.
    """
    table = {name: number for number, name in enumerate(dict.fromkeys((*filters.__all__, *names)))}
    reasons: dict[tuple[int, str], int] = {}

    def row(segments: tuple[Segment, ...]) -> Iterable[str | int]:
        for text, kind, name, why in segments:
            if kind != "kept":
                place = table.setdefault(name, len(table))
                number = reasons.setdefault((place, why), len(reasons))
                yield number if kind == "deleted" else -1 - number
            yield text

    rows = [
        {
            "name": document.name,
            "row": [*row(document.segments)],
            **document.sizes._asdict(),
            "visible": document.visible,
            "edits": [[table.setdefault(name, len(table)), count] for name, count in document.edits],
            **({"withheld": document.withheld} if document.withheld else {}),
        }
        for document in documents
    ]
    return {
        "filters": [[name, _first_line(name)] for name in table],
        "reasons": list(reasons),
        "documents": rows,
    }


def assemble(
    title: str, values: dict[str, Any], styles: Iterable[str], scripts: Iterable[str], connect: str = "'none'"
) -> str:
    """Return a page made of files of this package, each named ``folder/file``. Only its own style and script may run: their hashes stand in its policy."""
    style, script = ("".join(map(_static, names)) for names in (styles, scripts))
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        f"connect-src {connect}; base-uri 'none'; form-action 'none'"
    )
    return _static("report/page.html").format(
        title=escape(title).encode("utf-8", "replace").decode(),
        policy=policy,
        style=style,
        data=_json(values),
        script=script,
    )


def _json(values: dict[str, Any]) -> str:
    """Return JSON that may stand in a script element: no ``<`` is left in it, so none of ``</script>`` and ``<!--``; no lone surrogate."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = "".join([f"\\u{ord(char):04x}" if "\ud800" <= char <= "\udfff" else char for char in text])
    return text


def _static(name: str) -> str:
    folder, _, file = name.partition("/")
    return (files("cleanmedia") / folder / "static" / file).read_text("utf-8")


def _hash(text: str) -> str:
    return "'sha256-" + b64encode(sha256(text.encode()).digest()).decode() + "'"


def _first_line(name: str) -> str:
    found = getattr(filters, name, None)
    return (found.__doc__ or "").partition("\n")[0] if found is not None else ""
