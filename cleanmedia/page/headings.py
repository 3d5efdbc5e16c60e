"""Labels that are headings: the one above a paragraph that is about what it says, and others of the same text."""

from collections import Counter
from collections.abc import Container, Sequence

from cleanmedia.page.fold import fold
from cleanmedia.page.prose import ends_sentence
from cleanmedia.page.scripts import UNSPACED
from cleanmedia.page.terms import terms
from cleanmedia.words.lists import listed

__all__ = ["headings"]

_MARKS = "()[]{}.,;:!?؟،\"'“”„«»&"
_SHORTEST = 4  # letters of a word
_STEM = 2 / 3  # of its letters, by which two forms are told to be one: "share", "sharing"
_LEAST_SAID = 2 / 3  # of the words of a heading, which the paragraph below it has
_SEVERAL = 2  # headings that are told by their words, which tell others by their place
_FEWEST_SECTIONS, _LEAST_KNOWN = 3, 1 / 3  # lines between paragraphs, and how many of these are headings for certain


def headings(lines: Sequence[str], prose: Sequence[bool], body: range, labels: Container[int]) -> set[int]:
    """Return the places of the labels that head a section of a text, such as "Share on Facebook" in a guide.

    The paragraph right below such a label, in the body of the text, says most of its words. No other label stands right above it
    in the body, which has it once. A label between two paragraphs is a heading, too, where the text has several of these, or several
    such labels and a line of its own above each paragraph: "Your cart is empty" in a list of messages.

    Args:
        lines: the lines of a text that are not blank, squeezed.
        prose: which of them are running text.
        body: the places of the lines that hold most of the text.
        labels: the places of the lines that are in question, and speak neither for running text nor against it.
    """

    def is_text(place: int) -> bool:
        return place in body and prose[place] and place not in labels

    above = [place for place in range(max(0, body.start - 1), body.stop - 1) if not prose[place] and is_text(place + 1)]
    times = Counter(lines[body.start : body.stop])
    asked = [n for n in above if n in labels and times[lines[n]] < 2 and ends_sentence(lines[n + 1])]
    found = {
        place
        for place in asked
        if not (place - 1 in body and place - 1 in labels) and _is_said(lines[place], lines[place + 1])
    }
    between = [place for place in asked if place not in found and is_text(place - 1)]
    if len(found) >= _SEVERAL or (len(found) + len(between) >= _SEVERAL and _has_sections(above, found, labels, body)):
        found.update(between)
    return found


def _has_sections(above: Sequence[int], found: Container[int], labels: Container[int], body: range) -> bool:
    """Return whether hardly any paragraph stands right below another one, and enough lines above them are headings for certain."""
    known = sum(place in found or place not in labels for place in above)
    return len(above) >= _FEWEST_SECTIONS and len(above) * 2 + 2 >= len(body) and known >= _LEAST_KNOWN * len(above)


def _is_said(heading: str, text: str) -> bool:
    """Return whether a text has most words of a heading, in whatever form: "geteilt" below "Teilen"."""
    stems, said = _stems(fold(heading)), fold(text)
    return bool(stems) and sum(stem in said for stem in stems) >= _LEAST_SAID * len(stems)


def _stems(heading: str) -> frozenset[str]:
    """Return the beginnings of the words that tell what a heading is about; of scripts without spaces, the pairs of characters."""
    if UNSPACED.search(heading):
        return terms(heading)
    words = (word.strip(_MARKS) for word in heading.split())
    return frozenset(
        word[: max(_SHORTEST, int(len(word) * _STEM))]
        for word in words
        if len(word) >= _SHORTEST and word not in listed("function words")
    )
