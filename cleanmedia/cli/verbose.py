"""The notes of --verbose about a text."""

from cleanmedia.cli.terminal import note
from cleanmedia.core.pipeline import Pipeline
from cleanmedia.decoding.decode import Decoded
from cleanmedia.presets import REPAIR

__all__ = ["verbose"]


def verbose(path: str, decoded: Decoded, pipeline: Pipeline) -> str:
    """Return how a file was decoded, and how certain the pipeline is of what is the article, as lines for standard error."""
    text, encoding, evidence = decoded
    return note(f"{path}: read as {encoding}: {evidence}") + _certainty(pipeline, path, text)


def _certainty(pipeline: Pipeline, path: str, text: str) -> str:
    """Return how certain the pipeline is of what is the page's article, if it has a filter that asks."""
    if all(found.name != "boilerplate" for found in pipeline.filters):
        return ""
    from cleanmedia.filters.boilerplate import LEAST_CERTAINTY, certainty

    certain = certainty(pipeline.only(*[f.name for f in REPAIR.filters if f in pipeline.filters])(text))
    kept = f", under {LEAST_CERTAINTY}: the page is kept whole" if certain < LEAST_CERTAINTY else ""
    return note(f"{path}: certainty of what is the article: {certain:.2f}{kept}")
