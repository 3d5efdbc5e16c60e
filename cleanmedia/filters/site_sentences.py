"""Sentences that the texts of a site or corpus have in common."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import dropping, finds, settled
from cleanmedia.page.edges import heads, masked, tails
from cleanmedia.page.fold import fold
from cleanmedia.page.sentences import starts_after
from cleanmedia.page.templates import PageCounts, Template, template

__all__ = ["site_sentences"]


@finds
@dropping
@settled
def site_sentences(
    text: str,
    *,
    templates: str | Sequence[str] | None = None,
    host: str | None = None,
    sentences: Sequence[str] = (),
    everywhere: bool = False,
    prose: bool = False,
) -> Iterator[Edit]:
    """Drops the sentences with which many texts of the site begin or end, as ``cleanmedia learn`` found them.

    Why: in data sets, a site's call to follow it, its credit or its notice of rights is glued to the last sentence of the
    article, with the name of another writer each time.

    Keeps: the same sentence within the text, unless ``everywhere`` is true; a part of a sentence; a sentence that may be
    content, which ``learn`` withholds, unless ``prose`` is true; a text that has nothing else.

    Risk: low: a sentence that ends many articles of a site and looks like a call is removed even if it is meant as content.

    Options: ``templates``, one or more files that ``learn`` wrote; ``host``, the page's host or address (without it, what the texts
    without a host have in common is used); ``sentences``, further sentences, for a site that you know; ``prose`` and ``everywhere``.

    >>> drop = site_sentences(sentences=["Read us in the app.", "(Example.org/Ann Miller)"])
    >>> drop("The bridge is open. Read us in the app. (Example.org/Bert Stone)")
    'The bridge is open.'
    >>> drop("“Read us in the app.” is what it says. The bridge is open.")
    '“Read us in the app.” is what it says. The bridge is open.'
    """
    known = Template() if templates is None else template(templates, host or "", prose)
    if sentences:
        given = dict.fromkeys([*map(fold, sentences), *filter(None, map(masked, sentences))], (0, 0))
        known = known._replace(heads={**given, **known.heads}, tails={**given, **known.tails})
    if not (known.heads or known.tails):
        return
    first, end = len(text) - len(text.lstrip()), len(text.rstrip())
    front = list(_from_head(text, first, end, known.heads))
    start = front[-1].end if front else first
    back = list(_from_tail(text, start, end, known.tails))
    yield from front
    if everywhere:
        yield from _within(text, start, back[-1].start if back else end, {**known.heads, **known.tails})
    yield from reversed(back)


def _from_head(text: str, start: int, end: int, known: PageCounts) -> Iterator[Edit]:
    """Yield edits that drop the known sentences at the head of a text, the first one first."""
    while found := [edge for edge in heads(text, start, end) if edge.key in known] if known else []:
        edge = found[-1]
        yield Edit(start, edge.end, "", _why("head", *known[edge.key]))
        start = edge.end


def _from_tail(text: str, start: int, end: int, known: PageCounts) -> Iterator[Edit]:
    """Yield edits that drop the known sentences at the tail of a text, each with the spaces before it, the last one first."""
    while known:
        found = [edge for edge in tails(text, end, start) if edge.key in known or edge.form in known]
        if not found:
            return
        edge, to = found[-1], end
        end = edge.start
        while text[end - 1].isspace():
            end -= 1
        yield Edit(end, to, "", _why("tail", *known[edge.key if edge.key in known else edge.form]))


def _why(edge: str, on_pages: int, pages: int) -> str:
    return f"at the {edge} of {on_pages:,} of {pages:,} texts" if pages else f"at the {edge} of many texts"


def _within(text: str, start: int, stop: int, known: PageCounts) -> Iterator[Edit]:
    """Yield edits that drop the known sentences between two places, except the first and the last."""
    begins = list(starts_after(text, start, stop))
    for at, after in pairwise(begins):
        if fold(text[at:after]) in known:
            yield Edit(at, after, "", _why("edge", *known[fold(text[at:after])]))
