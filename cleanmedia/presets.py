"""The presets: named pipelines. The order of filters matters; the comments say why."""

from typing import overload

from cleanmedia.core.context import given
from cleanmedia.core.history import Trace
from cleanmedia.core.pipeline import Pipeline
from cleanmedia.filters import (
    boilerplate,
    characters,
    credits,
    datelines,
    entities,
    escapes,
    links,
    lost_apostrophes,
    lost_spaces,
    markup,
    mojibake,
    punctuation,
    quotes,
    repeated_lines,
    repeated_titles,
    tokens,
    truncations,
    whitespace,
    widgets,
    wrapped_lines,
)

__all__ = ["ARTICLE", "CORPUS", "NEWS", "PRESETS", "REPAIR", "clean", "trace"]

# Repairs characters and marks; never drops a line.
REPAIR = Pipeline(
    mojibake,  # first: what looks like a soft hyphen or a control to the next filter may be part of a misread letter
    characters,  # before the others, so that they see one kind of line break and no invisible marks
    entities,  # what it decodes may be a control character or mojibake: the repeated stage repairs these too
    quotes,  # before punctuation, which looks for a stop after the closing mark
    punctuation,
)

# Filters that drop lines share a stage with those that repair. A repair may rest on evidence in a line that is dropped later
# (a line with „ shows that “ closes), and a line that goes may leave a gap. The stage is repeated until none of its filters
# finds anything in the text, so a second pass changes nothing.

# The default: for news and other articles, as extractors or converters return them.
NEWS = Pipeline(
    *REPAIR.filters,
    truncations,  # before widgets: what is left of a cookie box that was cut short is a phrase
    widgets,  # before the next two, so that lines that only a widget separated become neighbours
    repeated_titles,
    repeated_lines,
    whitespace,  # last: it closes the gaps that the others left
)

# For whole pages that are plain text already: also drops what is not the article.
ARTICLE = NEWS.before("widgets", boilerplate)  # before widgets, whose lines tell it what the lines next to them are

# For the texts of published corpora and feeds, which also have dirt within sentences. Each of the filters that NEWS does not
# have changes what some readers want to keep (line breaks, datelines, hashtags) or rests on a habit that the text must show, so NEWS
# leaves them out. Take out what you want to keep: CORPUS.without("datelines", "links").
CORPUS = Pipeline(
    mojibake,
    characters,
    escapes,  # first of what reads escapes: they hide line breaks, references and tags from all others
    entities,  # before markup: the tags of a feed may be escaped
    markup,  # before links, which leaves the targets of tags alone
    tokens,  # before quotes and punctuation: it joins the whole text or nothing, and must see it as it came
    wrapped_lines,  # before what judges lines and sentences, and before whitespace, which takes the indentation of paragraphs
    quotes,
    punctuation,
    truncations,
    links,  # before credits: a signature may stand between the last sentence and the credit
    credits,
    widgets,
    repeated_titles,  # before lost_spaces, as a headline that is glued to a sentence is told by the space that it lacks
    repeated_lines,
    datelines,  # behind the filters that drop lines above the report
    lost_spaces,  # behind punctuation, so that a doubled stop is none of a lost space
    lost_apostrophes,
    whitespace,
)

PRESETS = {"repair": REPAIR, "news": NEWS, "article": ARTICLE, "corpus": CORPUS}
PURPOSES = {  # what each is for, in words
    "repair": "Repairs characters, entities, quotation marks and punctuation. It never drops a line.",
    "news": "The default, for news and other articles as extractors or converters return them: repairs the text, and drops"
    " widgets, copies of the headline and repeated lines.",
    "article": "For whole pages that are plain text already: NEWS, and drops what is not the article.",
    "corpus": "For the texts of published corpora and feeds, which also have dirt within sentences: NEWS, and filters for tags,"
    " escapes, links, credits, datelines and lost spaces.",
}


@overload
def clean(text: str, *, title: str | None = None, pipeline: Pipeline = NEWS) -> str: ...
@overload
def clean(text: None, *, title: str | None = None, pipeline: Pipeline = NEWS) -> None: ...
def clean(text: str | None, *, title: str | None = None, pipeline: Pipeline = NEWS) -> str | None:
    """Return the text cleaned; ``None`` for ``None``, so that a column with missing values can be mapped.

    Args:
        text: the text.
        title: the page's headline, if you know it; otherwise the text's own is looked for.
        pipeline: what to clean it with: a preset, or one of your own.

    >>> clean("It&# 39;s over..\\nShare on Facebook")
    "It's over.\\n"
    >>> clean("So it was..\\nShare on Facebook", pipeline=REPAIR)
    'So it was.\\nShare on Facebook'

    Raises:
        TypeError: ``text`` is neither a ``str`` nor ``None``, or another argument is of the wrong type.
    """
    return _about(pipeline, title)(text)


def trace(text: str, *, title: str | None = None, pipeline: Pipeline = NEWS) -> Trace:
    """Return the text cleaned as by :func:`clean`, together with every edit that was made.

    Raises:
        TypeError: ``text`` is not a ``str``, or another argument is of the wrong type.
    """
    return _about(pipeline, title).trace(text)


def _about(pipeline: Pipeline, title: str | None) -> Pipeline:
    """Return the pipeline for a page with this title, or without one. Raises TypeError."""
    if not isinstance(pipeline, Pipeline):
        raise TypeError(f"pipeline takes a Pipeline, such as cleanmedia.ARTICLE, not {pipeline!r}")
    return given(pipeline, title) if title else pipeline
