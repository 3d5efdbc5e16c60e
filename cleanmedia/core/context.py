"""A pipeline for one record: what is known of the page goes to the filters that ask for it."""

from functools import lru_cache

from cleanmedia.core.pipeline import Pipeline

__all__ = ["given"]


@lru_cache(maxsize=64)
def given(pipeline: Pipeline, title: str | None = None, host: str | None = None) -> Pipeline:
    """The pipeline whose ``repeated_titles`` knows the headline, and whose ``site_lines`` knows the host, where it has them.

    The headline is repaired first, by the filters that repair the text that it is compared with.

    >>> from cleanmedia import NEWS
    >>> given(NEWS, title="The council votes") == NEWS.replace(NEWS.only("repeated_titles").filters[0](title="The council votes"))
    True
    >>> given(NEWS, title="") == given(NEWS, host="example.org") == NEWS
    True
    >>> given(NEWS, title="The council&# 39;s vote") == given(NEWS, title="The council's vote")
    True
    """
    if title:
        title = pipeline.without(*[found.name for found in pipeline.filters if found.drops])(title)
    known = {"repeated_titles": {"title": title}, "site_lines": {"host": host}}
    new = [
        found(**known[found.name])
        for found in pipeline.filters
        if found.name in known and all(known[found.name].values())
    ]
    return pipeline.replace(*new) if new else pipeline
