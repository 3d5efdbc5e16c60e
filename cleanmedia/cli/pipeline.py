"""The pipeline, set up from the options."""

import argparse

from cleanmedia import filters
from cleanmedia.core.context import given
from cleanmedia.core.hints import did_you_mean
from cleanmedia.core.pipeline import Pipeline
from cleanmedia.presets import CORPUS, PRESETS

__all__ = ["pipeline"]


def pipeline(options: argparse.Namespace) -> Pipeline:
    """Return the preset, changed as the options say. Raises ValueError for an unknown filter or value, OSError for a file."""
    made = PRESETS[options.preset] if options.config is None else _configured(options.config)
    if options.templates:  # before the next two, which may name these filters
        learned = {"templates": options.templates, "host": options.host, "prose": options.prose}
        site = filters.site_lines(**learned), filters.site_sentences(**learned)
        # After boilerplate: to it, the lines that a site's pages share are evidence, also about the lines next to them.
        behind = next((place for place, each in enumerate(made.filters, 1) if each.name == "boilerplate"), 0)
        first = next((each.name for each in made.filters[behind:] if each.drops), None)
        if behind:
            made = made.replace(filters.boilerplate(templates=options.templates, host=options.host))
        made = made.then(*site) if first is None else made.before(first, *site)
    for name in options.with_ or ():
        made = _with(made, name)
    for name in (*(options.only or ()), *(options.without or ())):
        _check(name, made)
    if options.only:
        made = made.only(*options.only)
    if options.without:
        made = made.without(*options.without)
    for option, value in (("--title", options.title), ("--title-field", options.title_field)):
        if value is not None and not any("title" in each.option_names for each in made.filters):
            raise ValueError(
                f"{option} is for repeated_titles and boilerplate, neither of which is among the filters to run"
            )
    if options.title is not None:
        made = given(made, title=options.title)
    if options.quotes is not None:
        _needs(made, "--quotes", "quotes")
        made = made.replace(filters.quotes(style=options.quotes))
    if options.phrases or options.languages:
        _needs(made, "--phrases" if options.phrases else "--languages", "widgets")
        made = made.replace(filters.widgets(catalogues=options.phrases, languages=options.languages))
    if options.max_loss is None:
        return made
    if not any(each.drops for each in made.filters):
        raise ValueError("--max-loss is for filters that drop text, and none is among those to run")
    return made.guard(options.max_loss)


def _with(made: Pipeline, name: str) -> Pipeline:
    """Return a pipeline with one more filter, before those that it precedes in ``CORPUS``. Raises ValueError for an unknown name."""
    if name not in filters.__all__:
        raise ValueError(
            f"--with: no filter {name!r}; cleanmedia --list shows all{did_you_mean(name, filters.__all__)}"
        )
    names = [each.name for each in made.filters]
    order = [each.name for each in CORPUS.filters]
    if name in names:
        return made
    found = getattr(filters, name)
    later = order[order.index(name) :] if name in order else []
    before = next((other for other in names if other in later), None)
    return made.then(found) if before is None else made.before(before, found)


def _needs(made: Pipeline, option: str, name: str) -> None:
    """Raise ValueError if the filter that an option is for is not in the pipeline."""
    if name not in made:
        raise ValueError(f"{option} is for the filter {name}, which is not among those to run")


def _configured(path: str) -> Pipeline:
    from cleanmedia.specs import from_file

    return from_file(path)


def _check(name: str, made: Pipeline) -> None:
    """Raise ValueError with a hint for a filter that is not in the pipeline."""
    names = [each.name for each in made.filters]
    if name in names:
        return
    if name in ("site_lines", "site_sentences"):
        raise ValueError(f"no filter {name!r} in this preset; --templates adds it")
    if name not in filters.__all__:
        raise ValueError(f"no filter {name!r}; cleanmedia --list shows all{did_you_mean(name, filters.__all__)}")
    others = [preset for preset, pipeline in PRESETS.items() if any(each.name == name for each in pipeline.filters)]
    where = f"; --preset {others[0]} has it" if others else ""
    raise ValueError(f"no filter {name!r} in this preset, which has {', '.join(names)}{where}")
