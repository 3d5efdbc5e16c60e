"""Named pipelines. Order is meaning: it is written down here, once."""

from cleanmedia.core.history import Trace
from cleanmedia.core.pipeline import Pipeline
from cleanmedia.filters import (
    boilerplate,
    characters,
    entities,
    mojibake,
    punctuation,
    quotes,
    repeated_lines,
    repeated_titles,
    whitespace,
    widgets,
)

__all__ = ["ARTICLE", "NEWS", "PRESETS", "REPAIR", "clean", "trace"]

# Repairs characters and marks; never drops a line.
REPAIR = Pipeline(
    mojibake,  # first: what the next filter takes for a soft hyphen or a control may be part of a broken letter
    characters,  # before the others, so that they see one kind of line break and no invisible marks
    entities,  # what it decodes may be a control, or mojibake: the stage comes round again
    quotes,  # before punctuation, which looks for the stop behind the closing mark
    punctuation,
)

# A line that goes may have been evidence for what is said of others: one with „ says that “ closes. So filters that drop lines
# stand in one stage with those that repair, which is gone round until it is at rest: a second pass finds no more.

# For news and other articles, as extractors or converters left them: the default.
NEWS = Pipeline(
    *REPAIR.filters,
    widgets,  # before the next two, so that lines that only a widget kept apart become neighbours
    repeated_titles,
    repeated_lines,
).then(
    whitespace,  # last: it closes the gaps that the others left
)

# For whole pages that are plain text already: drops what is not the article.
ARTICLE = Pipeline(
    *REPAIR.filters,
    boilerplate,  # before the others: a widget is evidence of what its neighbours are
    widgets,
    repeated_titles,
    repeated_lines,
).then(whitespace)

PRESETS = {"repair": REPAIR, "news": NEWS, "article": ARTICLE}


def clean(text: str) -> str:
    """The text, cleaned by ``NEWS``."""
    return NEWS(text)


def trace(text: str) -> Trace:
    """The text, cleaned by ``NEWS``, together with every edit that made it."""
    return NEWS.trace(text)
