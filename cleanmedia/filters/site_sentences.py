"""Sentences that the texts of a site or corpus have in common."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import dropping, finds, settled
from cleanmedia.page.edges import heads, masked, tails
from cleanmedia.page.fold import fold
from cleanmedia.page.sentences import starts_after
from cleanmedia.page.sites import Template, template

__all__ = ["site_sentences"]

_WHY = "at the {} of many texts of the site"


@finds
@dropping
@settled
def site_sentences(
    text: str,
    *,
    templates: str | None = None,
    host: str | None = None,
    sentences: Sequence[str] = (),
    everywhere: bool = False,
) -> Iterator[Edit]:
    """Drops the sentences with which many texts of the site begin or end, as ``cleanmedia learn`` found them.

    Why: in data sets, a site's call to follow it, its credit or its notice of rights is glued to the last sentence of the
    article, with the name of another writer each time. ``templates`` is the file that ``learn`` wrote, ``host`` the page's
    host or address; for a text without one, what the texts without a host have in common. ``sentences`` are further ones, for
    a site that you know.

    Keeps: the same sentence within the text, unless ``everywhere`` is true; a part of a sentence; a sentence that may say
    something of its own, which ``learn`` withholds; a text that has nothing else.

    Risk: low: a sentence that ends many articles of a site and looks like a call goes even if the site means it.

    >>> drop = site_sentences(sentences=["Read us in the app.", "(Example.org/Ann Miller)"])
    >>> drop("The bridge is open. Read us in the app. (Example.org/Bert Stone)")
    'The bridge is open.'
    >>> drop("“Read us in the app.” is what it says. The bridge is open.")
    '“Read us in the app.” is what it says. The bridge is open.'
    """
    known = Template() if templates is None else template(templates, host or "")
    if sentences:
        keys = frozenset(map(fold, sentences)) | frozenset(filter(None, map(masked, sentences)))
        known = known._replace(heads=known.heads | keys, tails=known.tails | keys)
    if not (known.heads or known.tails):
        return
    first, end = len(text) - len(text.lstrip()), len(text.rstrip())
    start = _behind_heads(text, first, end, known.heads)
    stop = _before_tails(text, start, end, known.tails)
    if start > first:
        yield Edit(first, start, "", _WHY.format("head"))
    if everywhere:
        yield from _within(text, start, stop, known.heads | known.tails)
    if stop < end:
        yield Edit(stop, end, "", _WHY.format("tail"))


def _behind_heads(text: str, start: int, end: int, known: frozenset[str]) -> int:
    """Return where the text starts behind the known sentences at its head."""
    while known:
        ends = [edge.end for edge in heads(text, start, end) if edge.key in known]
        if not ends:
            break
        start = ends[-1]
    return start


def _before_tails(text: str, start: int, end: int, known: frozenset[str]) -> int:
    """Return where the text ends before the known sentences at its tail."""
    while known:
        starts = [edge.start for edge in tails(text, end, start) if edge.key in known or edge.form in known]
        if not starts:
            break
        end = starts[-1]
        while text[end - 1].isspace():
            end -= 1
    return end


def _within(text: str, start: int, stop: int, known: frozenset[str]) -> Iterator[Edit]:
    """Yield edits that drop the known sentences between two places, except the first and the last."""
    begins = list(starts_after(text, start, stop))
    for at, after in pairwise(begins):
        if fold(text[at:after]) in known:
            yield Edit(at, after, "", "on many texts of the site")
