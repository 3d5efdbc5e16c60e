"""Pass what is known about a page, its title and its host, to the filters of a pipeline that use it."""

from functools import lru_cache

from cleanmedia.core.pipeline import Pipeline

__all__ = ["given"]


@lru_cache(maxsize=64)
def given(pipeline: Pipeline, title: str | None = None, host: str | None = None) -> Pipeline:
    """Return the pipeline with the page's title and its host set for the filters that use them.

    ``repeated_titles`` and ``boilerplate`` use the title; ``site_lines``, ``site_sentences`` and ``boilerplate``, if it has
    templates, the host.

    A filter that is not in the pipeline gets nothing, and neither does one whose value is missing or empty. The title is
    first repaired by the pipeline's repairing filters, as the text is that it will be compared with.

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
    options = {
        "repeated_titles": {"title": title},
        "boilerplate": {"title": title, "host": host},
        "site_lines": {"host": host},
        "site_sentences": {"host": host},
    }
    changed = []
    for each in pipeline.filters:
        known = {name: value for name, value in options.get(each.name, {}).items() if value}
        if "host" in known and each.name == "boilerplate" and not each.options.get("templates"):
            del known["host"]  # of no use without templates
        if known:
            changed.append(each(**known))
    return pipeline.replace(*changed) if changed else pipeline
