"""The filters, one file each: callable alone as ``str -> str``, with ``.edits(text)``.

This is the list of all filters: ``__all__``, ``cleanmedia --list`` and the report derive from it. To add one, add its line at
the end; its place here is its colour in the report. Presets say which filters they use, in ``presets.py``.
"""

from cleanmedia.core.filter import Filter as _Filter

# isort: off
from cleanmedia.filters.boilerplate import boilerplate as boilerplate
from cleanmedia.filters.characters import characters as characters
from cleanmedia.filters.entities import entities as entities
from cleanmedia.filters.mojibake import mojibake as mojibake
from cleanmedia.filters.punctuation import punctuation as punctuation
from cleanmedia.filters.quotes import quotes as quotes
from cleanmedia.filters.repeated_lines import repeated_lines as repeated_lines
from cleanmedia.filters.repeated_titles import repeated_titles as repeated_titles
from cleanmedia.filters.whitespace import whitespace as whitespace
from cleanmedia.filters.widgets import widgets as widgets
from cleanmedia.filters.site_lines import site_lines as site_lines
from cleanmedia.filters.truncations import truncations as truncations
from cleanmedia.filters.lost_spaces import lost_spaces as lost_spaces
from cleanmedia.filters.credits import credits as credits
from cleanmedia.filters.datelines import datelines as datelines
from cleanmedia.filters.site_sentences import site_sentences as site_sentences
from cleanmedia.filters.links import links as links
from cleanmedia.filters.markup import markup as markup
from cleanmedia.filters.lost_apostrophes import lost_apostrophes as lost_apostrophes
from cleanmedia.filters.tokens import tokens as tokens
from cleanmedia.filters.wrapped_lines import wrapped_lines as wrapped_lines
from cleanmedia.filters.escapes import escapes as escapes

__all__ = [name for name, value in globals().items() if isinstance(value, _Filter)]
