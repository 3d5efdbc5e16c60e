"""The filters, one file each: callable alone as ``str -> str``, with ``.edits(text)``."""

from cleanmedia.filters.boilerplate import boilerplate as boilerplate
from cleanmedia.filters.characters import characters as characters
from cleanmedia.filters.entities import entities as entities
from cleanmedia.filters.mojibake import mojibake as mojibake
from cleanmedia.filters.punctuation import punctuation as punctuation
from cleanmedia.filters.quotes import quotes as quotes
from cleanmedia.filters.repeated_lines import repeated_lines as repeated_lines
from cleanmedia.filters.repeated_titles import repeated_titles as repeated_titles
from cleanmedia.filters.site_lines import site_lines as site_lines
from cleanmedia.filters.whitespace import whitespace as whitespace
from cleanmedia.filters.widgets import widgets as widgets

__all__ = [
    "boilerplate",
    "characters",
    "entities",
    "mojibake",
    "punctuation",
    "quotes",
    "repeated_lines",
    "repeated_titles",
    "site_lines",
    "whitespace",
    "widgets",
]
