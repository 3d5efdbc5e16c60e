"""Docstrings for the site: their doctests become blocks of code, their roles and double backticks plain code.

mkdocstrings loads this file as an extension of Griffe (see ``zensical.toml``); ``build_site.py`` uses it for the pages of filters.
"""

import re

import griffe

__all__ = ["Docstrings", "examples_as_blocks"]


class Docstrings(griffe.Extension):
    """Rewrites every docstring before it is parsed."""

    def on_object(self, *, obj: griffe.Object, **_: object) -> None:
        if obj.docstring:
            obj.docstring.value = examples_as_blocks(obj.docstring.value)


def examples_as_blocks(text: str) -> str:
    """Return a docstring whose doctests are blocks of code."""
    out: list[str] = []
    inside = False
    for line in text.split("\n"):
        if inside and not line.strip():
            out.append("```")
            inside = False
        elif not inside and line.startswith(">>> "):
            out += ["", "```pycon"]
            inside = True
        out.append(line if inside else plain(line))
    return "\n".join([*out, "```"] if inside else out)


def plain(line: str) -> str:
    """Return a line of reStructuredText with code as Markdown has it."""
    return re.sub(r":\w+:`~?([^`]+)`", r"`\1`", line).replace("``", "`")
