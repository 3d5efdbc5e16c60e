"""``explain``, ``explain-line`` and ``--list``: what the filters are and do."""

import argparse
import re
from collections.abc import Iterable
from inspect import cleandoc
from textwrap import wrap

from cleanmedia import filters
from cleanmedia.core.hints import did_you_mean
from cleanmedia.page.edges import masked
from cleanmedia.page.fold import fold
from cleanmedia.page.sites import host_of
from cleanmedia.page.templates import template
from cleanmedia.phrases.catalogue import catalogue, languages
from cleanmedia.presets import PRESETS, PURPOSES

__all__ = ["explain", "explain_line", "listing"]


def explain(name: str) -> str:
    """Return the docstring of a filter, or what a preset consists of. Raises ValueError if there is none of this name."""
    if name.lower() in PRESETS:
        return _preset(name.lower())
    if name not in filters.__all__:
        known = (*filters.__all__, *PRESETS)
        raise ValueError(f"no filter or preset {name!r}; there are {', '.join(known)}{did_you_mean(name, known)}")
    text, mark, examples = cleandoc(getattr(filters, name).__doc__ or "").partition("\n>>> ")
    return f"{name}\n\n{_plain(text)}{mark}{examples}\n"


def _preset(name: str) -> str:
    """Return what a preset consists of."""
    rows = [f"{name.upper()} (--preset {name})", "", *wrap(PURPOSES[name], 88), ""]
    for number, stage in enumerate(PRESETS[name].stages, 1):
        rows.append(
            f"Stage {number}, repeated until none of its filters finds anything:"
            if len(stage) > 1
            else f"Stage {number}:"
        )
        rows += _columns((each.name, _summary(each)) for each in stage)
    return "\n".join(rows) + "\n"


def _summary(described: object) -> str:
    """Return the first line of a docstring."""
    return _plain((described.__doc__ or "").partition("\n")[0])


def _columns(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Return names with what is said about each, in two columns."""
    rows = list(rows)
    width = max(len(name) for name, _ in rows) + 2
    return [f"  {name:{width}}{text}" for name, text in rows]


def _plain(docstring: str) -> str:
    """Return a docstring without the markup of reStructuredText.

    >>> _plain("Keeps ``AT&T;``, ```` `` ````; see :meth:`cleanmedia.Pipeline.guard`.")
    'Keeps `AT&T;`, ``; see `cleanmedia.Pipeline.guard`.'
    """
    text = re.sub(r":[a-z]+:`~?([^`]+)`", r"``\1``", docstring)
    return re.sub(r"(?<!`)(``+)(?!`)(.+?)(?<!`)\1(?!`)", _literal, text, flags=re.DOTALL)


def _literal(found: re.Match[str]) -> str:
    return found[2].strip() if "`" in found[2] else f"`{found[2]}`"


def explain_line(options: argparse.Namespace) -> str:
    """Return whether a line would be dropped as a widget's, and why."""
    if options.templates:
        learned = _learned(options)
        if learned:
            return learned
    phrases = catalogue(None if options.languages is None else tuple(options.languages), tuple(options.phrases))
    phrase = phrases.match(options.line)
    if phrase is None:
        return "kept: the line matches no phrase of the catalogues\n"
    when = (
        "removed, whatever the lines around it"
        if not phrase.in_company
        else "removed only next to certain widget lines, or in a row of three at the head or tail of a page"
        + (", or between two paragraphs" if phrase.between else "")
    )
    return (
        f"{when}\n  phrase    {phrase.text}\n  kind      {phrase.kind}\n"
        f"  language  {phrase.language}\n  at        {phrase.source}\n"
    )


def _learned(options: argparse.Namespace) -> str:
    """Return where a line stands in the templates; an empty string if it is not there. Raises ValueError, OSError."""
    key, form = fold(options.line), masked(options.line)
    withheld = template(options.templates, options.host, prose=True)
    dropped = template(options.templates, options.host)
    site = host_of(options.host) or "the texts without a host"
    for kind, by, where in (
        ("lines", "site_lines", "as a line"),
        ("tails", "site_sentences", "at the tail of a text"),
        ("heads", "site_sentences", "at the head of a text"),
    ):
        counts, removed = getattr(withheld, kind), getattr(dropped, kind)
        found = key if key in counts else form
        if found in counts:
            on_pages, pages = counts[found]
            what = "removed" if found in removed else "kept, because it is prose; --prose removes it"
            return f"{what}\n  filter    {by}\n  where     {where}\n  host      {site}\n  on        {on_pages:,} of {pages:,} pages\n"
    return ""


def listing() -> str:
    """Return a list of filters, presets and languages."""
    rows = ["filters"]
    rows += _columns((name, _summary(getattr(filters, name))) for name in filters.__all__)
    rows += ["", "presets"]
    rows += _columns((name, ", ".join(each.name for each in preset.filters)) for name, preset in PRESETS.items())
    rows += ["", "languages of the widget phrases", "  " + " ".join(languages())]
    return "\n".join(rows) + "\n"
