"""cleanmedia gives back the article: it repairs scraped text, drops the page's furniture, and remembers every change.

>>> from cleanmedia import clean
>>> clean("It&# 39;s over..\\n\\n  • Share on Facebook\\n")
"It's over.\\n"
"""

__version__ = "0.1.0"

__all__ = [
    "ARTICLE",
    "NEWS",
    "REPAIR",
    "CatalogueError",
    "Change",
    "Decoded",
    "Edit",
    "Filter",
    "Pipeline",
    "Report",
    "SlowPattern",
    "Stats",
    "Trace",
    "clean",
    "decode",
    "drops_lines",
    "finds",
    "learn",
    "replaces",
    "rewrites",
    "trace",
]

TYPE_CHECKING = False  # typing.TYPE_CHECKING without the import: this file is on the way of `cleanmedia --help`
if TYPE_CHECKING:
    from cleanmedia.catalogue import CatalogueError as CatalogueError
    from cleanmedia.decoding import Decoded as Decoded
    from cleanmedia.decoding import decode as decode
    from cleanmedia.edits import Edit as Edit
    from cleanmedia.filter import Filter as Filter
    from cleanmedia.filter import SlowPattern as SlowPattern
    from cleanmedia.filter import drops_lines as drops_lines
    from cleanmedia.filter import finds as finds
    from cleanmedia.filter import replaces as replaces
    from cleanmedia.filter import rewrites as rewrites
    from cleanmedia.history import Change as Change
    from cleanmedia.history import Trace as Trace
    from cleanmedia.learning.local import learn as learn
    from cleanmedia.pipeline import Pipeline as Pipeline
    from cleanmedia.presets import ARTICLE as ARTICLE
    from cleanmedia.presets import NEWS as NEWS
    from cleanmedia.presets import REPAIR as REPAIR
    from cleanmedia.presets import clean as clean
    from cleanmedia.presets import trace as trace
    from cleanmedia.report import Report as Report
    from cleanmedia.stats import Stats as Stats

_HOMES = {
    "catalogue": ("CatalogueError",),
    "decoding": ("Decoded", "decode"),
    "edits": ("Edit",),
    "filter": ("Filter", "SlowPattern", "drops_lines", "finds", "replaces", "rewrites"),
    "history": ("Change", "Trace"),
    "learning.local": ("learn",),
    "pipeline": ("Pipeline",),
    "presets": ("ARTICLE", "NEWS", "REPAIR", "clean", "trace"),
    "report": ("Report",),
    "stats": ("Stats",),
}


def __getattr__(name: str) -> object:
    """Import a public name from its home when it is first asked for (PEP 562)."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module("cleanmedia." + home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'cleanmedia' has no attribute {name!r}")
