"""The pipeline, set up from the options."""

import argparse

from cleanmedia import filters
from cleanmedia.core.context import given
from cleanmedia.core.pipeline import Pipeline
from cleanmedia.presets import CORPUS, PRESETS

__all__ = ["pipeline"]


def pipeline(options: argparse.Namespace) -> Pipeline:
    """Return the preset, changed as the options say. Raises ValueError for an unknown filter or value, OSError for a file."""
    made = PRESETS[options.preset]
    if options.templates:  # before the next two, which may name these filters
        learned = {"templates": options.templates, "host": options.host, "prose": options.prose}
        site = filters.site_lines(**learned), filters.site_sentences(**learned)
        first = next((other.name for other in made.filters if other.drops), None)
        made = made.then(*site) if first is None else made.before(first, *site)
    for name in options.with_ or ():
        made = _with(made, name)
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
    return made if options.max_loss is None else made.guard(options.max_loss)


def _with(made: Pipeline, name: str) -> Pipeline:
    """Return a pipeline with one more filter, before those that it precedes in ``CORPUS``. Raises ValueError for an unknown name."""
    if name not in filters.__all__:
        raise ValueError(f"--with: no filter {name!r}; there are {', '.join(filters.__all__)}")
    names = [each.name for each in made.filters]
    order = [each.name for each in CORPUS.filters]
    if name in names:
        return made
    found = getattr(filters, name)
    later = order[order.index(name) :] if name in order else []
    before = next((other for other in names if other in later), None)
    return made.then(found) if before is None else made.before(before, found)
