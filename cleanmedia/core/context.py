"""Pass what is known about a page, its title and its host, to the filters of a pipeline that use it."""

from functools import lru_cache

from cleanmedia.core.pipeline import Pipeline

__all__ = ["given"]


@lru_cache(maxsize=64)
def given(pipeline: Pipeline, title: str | None = None, host: str | None = None) -> Pipeline:
    """Return the pipeline with the page's title and its host set for the filters that have an option ``title`` or ``host``.

    The filters of the package that have them are ``repeated_titles`` and ``boilerplate`` (the title), ``site_lines``, ``site_sentences``
    and ``boilerplate`` (the host). A filter with ``templates`` that were not given gets no host, which would be of no use to it.
    A value that is missing or empty changes nothing. The title is first repaired by the pipeline's repairing filters, as the text
    is that it will be compared with.

    >>> from cleanmedia import NEWS
    >>> from cleanmedia.filters import repeated_titles
    >>> given(NEWS, title="The council votes") == NEWS.replace(repeated_titles(title="The council votes"))
    True
    >>> given(NEWS, title="") == given(NEWS, host="example.org") == NEWS
    True
    >>> given(NEWS, title="The council&# 39;s vote") == given(NEWS, title="The council's vote")
    True
    """
    if title:
        title = pipeline.without(*[each.name for each in pipeline.filters if each.drops])(title)
    changed = []
    for each in pipeline.filters:
        has_no_site = "templates" in each.option_names and not each.options.get("templates")
        known = {"title": title, "host": None if has_no_site else host}
        if options := {name: value for name, value in known.items() if value and name in each.option_names}:
            changed.append(each(**options))
    return pipeline.replace(*changed) if changed else pipeline
