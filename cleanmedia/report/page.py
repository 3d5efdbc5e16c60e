"""The report as one HTML file: its data, a style and a script, all inside; nothing is asked of the network."""

import json
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from cleanmedia import filters
from cleanmedia.lines import fold
from cleanmedia.report.collect import Document, Report, dropped_lines
from cleanmedia.segments import Segment

__all__ = ["assemble", "html", "tables"]

_STYLES = ("report/base.css", "report/marks.css", "report/report.css")
_SCRIPTS = ("report/marks.js", "report/report.js")
_PLACES = (  # of filters in the table, which are their colours: a new one goes to the end
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
_FREQUENT = 25  # dropped lines in the summary


def html(report: Report, title: str) -> str:
    """The report as one self-contained HTML file: see :meth:`Report.html`."""
    return assemble(title, data(report), _STYLES, _SCRIPTS)


def data(report: Report) -> dict[str, Any]:
    """All that the report shows, for JSON. See :func:`tables` for the form of the documents."""
    shown = report.shown()
    order = {id(document): number for number, document in enumerate(shown)}
    return {
        **tables(shown, report.stats.filters),
        "stats": report.stats.as_dict(),
        "lines": _frequent_lines(report, shown),
        "losses": [order[id(document)] for document in report.largest_loss],
        "guarded": [order[id(document)] for document in report.guarded],
    }


def _frequent_lines(report: Report, shown: list[Document]) -> list[dict[str, Any]]:
    """The most frequent dropped lines, each with a place in the table of documents where it can be seen."""
    lines = report.frequent_lines(_FREQUENT)
    places = {document.name: number for number, document in reversed(list(enumerate(shown)))}
    seen = {fold(line.text): (places[line.example], line.text) for line in lines if line.example in places}
    wanted = {fold(line.text) for line in lines} - seen.keys()
    for number, document in enumerate(shown if wanted else ()):
        for text, _ in dropped_lines(document.segments):
            if fold(text) in wanted:
                seen.setdefault(fold(text), (number, text))
    return [
        {"text": text, "count": times, "filter": name, "name": example, "at": seen.get(fold(text))}
        for text, times, name, example in lines
    ]


def tables(documents: Iterable[Document], names: Iterable[str] = ()) -> dict[str, Any]:
    """Documents as the renderer takes them: a table of filters, one of reasons, and rows of segments that refer to these.

    A row is a list: a text that was kept stands alone; one that was deleted stands behind the number of its reason, one
    that was inserted behind ``-1 -`` that number. A filter's place in the table is its colour, the same in every report.
    """
    table = {name: number for number, name in enumerate(dict.fromkeys((*_PLACES, *filters.__all__, *names)))}
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
    """A page made of files of this package, each named ``folder/file``. Only its own style and script may run: their hashes stand in its policy."""
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
    """JSON that may stand in a script element: no ``<`` is left in it, so none of ``</script>`` and ``<!--``; no lone surrogate."""
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
