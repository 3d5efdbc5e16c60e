"""The notes of ``--verbose`` on a text."""

from cleanmedia.cli.terminal import note
from cleanmedia.core.pipeline import Pipeline
from cleanmedia.decoding.decode import Decoded
from cleanmedia.presets import REPAIR

__all__ = ["verbose"]


def verbose(path: str, decoded: Decoded, pipeline: Pipeline) -> str:
    """Return lines for standard error: how a file was decoded, and how sure the pipeline is of what is the article."""
    reasons = [f"read as {decoded.encoding}: {decoded.evidence}", *_judgement(pipeline, decoded.text)]
    return "".join([note(f"{path}: {reason}") for reason in reasons])


def _judgement(pipeline: Pipeline, text: str) -> list[str]:
    """Return what ``boilerplate`` thinks of the page, where the pipeline has it."""
    found = next((found for found in pipeline.filters if found.name == "boilerplate"), None)
    if found is None:
        return []
    from cleanmedia.filters.boilerplate import judge

    page = pipeline.without(*[each.name for each in pipeline.filters if each not in REPAIR.filters])(text)
    judged = judge(page, **found.options)
    whole = judged.left_whole
    if not whole and not found.edits(page) and any(not verdict.kept for verdict in judged.verdicts):
        whole = "its verdicts change from pass to pass"
    sure = f"certainty of what is the article: {judged.certainty:.2f}"
    if whole:
        return [f"{sure}; the page is left whole: {whole}"]
    lines = page.split("\n")
    headlines = [f"{lines[verdict.line].strip()!r}: {verdict.why}" for verdict in judged.verdicts if verdict.headline]
    return [sure, *[f"line kept as the headline: {headline}" for headline in headlines]]
