"""The report as one HTML file with its data, styles and scripts. It loads nothing from the network."""

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
_ORDER = (  # of filters in the table, which sets their colours: add new ones at the end
    "boilerplate",
    "characters",
    "entities",
    "mojibake",
    "punctuation",
    "quotes",
    "repeated_lines",
    "repeated_titles",
    "whitespace",
    "widgets",
    "site_lines",
)


def html(title: str, values: dict[str, Any]) -> str:
    """Return a report as one self-contained HTML file; ``values`` is what the report shows, for JSON."""
    return assemble(title, values, _STYLES, _SCRIPTS)


def tables(documents: Iterable[Document], names: Iterable[str] = ()) -> dict[str, Any]:
    """Return documents in the form of the renderer: a table of filters, one of reasons, and rows of segments that refer to them.

    A row is a list. A kept text stands alone; a deleted one stands behind the number of its reason, an inserted one behind
    ``-1`` minus that number. The index of a filter in the table sets its colour, the same in every report.
    """
    table = {name: number for number, name in enumerate(dict.fromkeys((*_ORDER, *filters.__all__, *names)))}
    reasons: dict[tuple[int, str], int] = {}

    def row(segments: tuple[Segment, ...]) -> Iterable[str | int]:
        for text, kind, name, why in segments:
            if kind != "kept":
                index = table.setdefault(name, len(table))
                number = reasons.setdefault((index, why), len(reasons))
                yield number if kind == "deleted" else -1 - number
            yield text

    rows = [
        {
            "name": document.name,
            "row": [*row(document.segments)],
            **document.sizes._asdict(),
            "visible": document.visible,
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
    """Return a page made of files of this package, each named ``folder/file``. Its policy allows its own style and script only, by hash."""
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
    """Return JSON for a script element: without ``<``, so that no ``</script>`` or ``<!--`` ends it, and without lone surrogates."""
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
