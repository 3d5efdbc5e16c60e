"""What --verbose says of a text."""

from cleanmedia.core.pipeline import Pipeline
from cleanmedia.decoding.decode import Decoded
from cleanmedia.presets import REPAIR

__all__ = ["verbose"]


def verbose(path: str, decoded: Decoded, pipeline: Pipeline) -> str:
    """Lines for standard error: how a file was decoded, and how sure the pipeline is of what is the article."""
    text, encoding, evidence = decoded
    return f"cleanmedia: {path}: read as {encoding}: {evidence}\n" + _certainty(pipeline, path, text)


def _certainty(pipeline: Pipeline, path: str, text: str) -> str:
    """How sure the pipeline is of what is the page's article, where it asks."""
    if all(found.name != "boilerplate" for found in pipeline.filters):
        return ""
    from cleanmedia.filters.boilerplate import LEAST_CERTAINTY, certainty

    sure = certainty(pipeline.only(*[f.name for f in REPAIR.filters if f in pipeline.filters])(text))
    kept = f", under {LEAST_CERTAINTY}: the page is kept whole" if sure < LEAST_CERTAINTY else ""
    return f"cleanmedia: {path}: certainty of what is the article: {sure:.2f}{kept}\n"
