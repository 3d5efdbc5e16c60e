"""cleanmedia repairs scraped text, drops what is not the article, and records every change.

>>> from cleanmedia import clean
>>> clean("It&# 39;s over..\\n\\n  • Share on Facebook\\n")
"It's over.\\n"
"""

__version__ = "0.1.0"

__all__ = [
    "ARTICLE",
    "CORPUS",
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

TYPE_CHECKING = False  # like typing.TYPE_CHECKING, without the import, which would slow down `cleanmedia --help`
if TYPE_CHECKING:
    from cleanmedia.core.edits import Edit as Edit
    from cleanmedia.core.filter import Filter as Filter
    from cleanmedia.core.filter import SlowPattern as SlowPattern
    from cleanmedia.core.filter import drops_lines as drops_lines
    from cleanmedia.core.filter import finds as finds
    from cleanmedia.core.filter import replaces as replaces
    from cleanmedia.core.filter import rewrites as rewrites
    from cleanmedia.core.history import Change as Change
    from cleanmedia.core.history import Trace as Trace
    from cleanmedia.core.pipeline import Pipeline as Pipeline
    from cleanmedia.decoding.decode import Decoded as Decoded
    from cleanmedia.decoding.decode import decode as decode
    from cleanmedia.learning.local import learn as learn
    from cleanmedia.phrases.files import CatalogueError as CatalogueError
    from cleanmedia.presets import ARTICLE as ARTICLE
    from cleanmedia.presets import CORPUS as CORPUS
    from cleanmedia.presets import NEWS as NEWS
    from cleanmedia.presets import REPAIR as REPAIR
    from cleanmedia.presets import clean as clean
    from cleanmedia.presets import trace as trace
    from cleanmedia.report.collect import Report as Report
    from cleanmedia.report.stats import Stats as Stats

_MODULES = {  # the module of each public name
    "core.edits": ("Edit",),
    "core.filter": ("Filter", "SlowPattern", "drops_lines", "finds", "replaces", "rewrites"),
    "core.history": ("Change", "Trace"),
    "core.pipeline": ("Pipeline",),
    "decoding.decode": ("Decoded", "decode"),
    "learning.local": ("learn",),
    "phrases.files": ("CatalogueError",),
    "presets": ("ARTICLE", "CORPUS", "NEWS", "REPAIR", "clean", "trace"),
    "report.collect": ("Report",),
    "report.stats": ("Stats",),
}


def __getattr__(name: str) -> object:
    """Import a public name from its module when it is first used (PEP 562)."""
    from importlib import import_module

    for module, names in _MODULES.items():
        if name in names:
            value = getattr(import_module("cleanmedia." + module), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'cleanmedia' has no attribute {name!r}")
