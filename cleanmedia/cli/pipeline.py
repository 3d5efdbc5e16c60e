"""The pipeline, set up from the options."""

import argparse

from cleanmedia import filters
from cleanmedia.core.context import given
from cleanmedia.core.pipeline import Pipeline
from cleanmedia.presets import PRESETS

__all__ = ["pipeline"]


def pipeline(options: argparse.Namespace) -> Pipeline:
    """Return the preset, changed as the options say. Raises ValueError for an unknown filter or value, OSError for a file."""
    made = PRESETS[options.preset]
    if options.only:
        made = made.only(*options.only)
    if options.without:
        made = made.without(*options.without)
    if options.title is not None:
        made = given(made.replace(filters.repeated_titles), title=options.title)
    if options.quotes is not None:
        made = made.replace(filters.quotes(style=options.quotes))
    if options.phrases or options.languages:
        made = made.replace(filters.widgets(catalogues=options.phrases, languages=options.languages))
    if options.templates:
        site = [
            each(templates=options.templates, host=options.host)
            for each in (filters.site_lines, filters.site_sentences)
        ]
        first = next((other.name for other in made.filters if other.drops), None)
        made = made.then(*site) if first is None else made.before(first, *site)
    return made if options.max_loss is None else made.guard(options.max_loss)
