"""The presets: named pipelines. The order of filters matters; the comments say why."""

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
    widgets,  # before the next two, so that lines that only a widget separated become neighbours
    repeated_titles,
    repeated_lines,
    whitespace,  # last: it closes the gaps that the others left
)

# For whole pages that are plain text already: also drops what is not the article.
ARTICLE = NEWS.before("widgets", boilerplate)  # before widgets, whose lines tell it what the lines next to them are

PRESETS = {"repair": REPAIR, "news": NEWS, "article": ARTICLE}
PURPOSES = {  # what each is for, in words
    "repair": "Repairs characters, entities, quotation marks and punctuation. It never drops a line.",
    "news": "The default, for news and other articles as extractors or converters return them: repairs the text, and drops"
    " widgets, copies of the headline and repeated lines.",
    "article": "For whole pages that are plain text already: NEWS, and drops what is not the article.",
}


def clean(text: str) -> str:
    """Return the text cleaned by ``NEWS``."""
    return NEWS(text)


def trace(text: str) -> Trace:
    """Return the text cleaned by ``NEWS``, together with every edit that was made."""
    return NEWS.trace(text)
