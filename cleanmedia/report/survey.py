"""Survey: what dirt a corpus has, by the filter that removes it, whether a preset has it or not."""

from collections.abc import Iterable
from typing import NamedTuple

from cleanmedia import filters
from cleanmedia.core.filter import AnyFilter
from cleanmedia.presets import ARTICLE, CORPUS, NEWS

__all__ = ["Kind", "Survey"]

_EXAMPLES = 3  # of each kind
_LONGEST, _AROUND = 60, 30  # code points of an example, and of what stands on either side
_READ_FIRST = (filters.mojibake, filters.characters)  # what hides dirt from the other filters
_OF_PAGES = "boilerplate"  # judges whole pages, and not the texts of a corpus


class Kind(NamedTuple):
    """A kind of dirt: the filter that removes it, the documents that have it, its places, and examples."""

    filter: str
    documents: int
    places: int
    examples: tuple[
        tuple[str, str, str, str], ...
    ]  # what stands before, what goes, what comes in its place, what stands behind


class Survey:
    """What each filter would find in the documents that were added, alone. Surveys of several workers add up.

    >>> survey = Survey()
    >>> survey.add("So it was..  She saw the bridge.The mayor said so.")
    >>> [(kind.filter, kind.documents) for kind in survey.kinds()]
    [('lost_spaces', 1), ('punctuation', 1), ('whitespace', 1)]
    """

    def __init__(self) -> None:
        self.documents: int = 0
        self._kinds: dict[str, Kind] = {}

    def add(self, text: str, title: str | None = None) -> None:
        """Count a document. ``title`` is its headline, if it is known."""
        self.documents += 1
        for found in _filters():
            edits = (found(title=title) if title and found.name == "repeated_titles" else found).edits(text)
            if edits:
                first = edits[0]
                example = (
                    text[max(0, first.start - _AROUND) : first.start],
                    text[first.start : first.end][:_LONGEST],
                    first.new[:_LONGEST],
                    text[first.end : first.end + _AROUND],
                )
                self._count(Kind(found.name, 1, len(edits), (example,)))
            if found in _READ_FIRST:
                text = found(text)

    def __iadd__(self, other: "Survey") -> "Survey":
        """Add another survey, such as that of a worker."""
        self.documents += other.documents
        for kind in other._kinds.values():
            self._count(kind)
        return self

    def kinds(self) -> list[Kind]:
        """Return the kinds that were found, those of most documents first."""
        return sorted(self._kinds.values(), key=lambda kind: (-kind.documents, kind.filter))

    def _count(self, kind: Kind) -> None:
        known = self._kinds.get(kind.filter)
        if known:
            examples = (*known.examples, *(each for each in kind.examples if each not in known.examples))[:_EXAMPLES]
            kind = Kind(kind.filter, known.documents + kind.documents, known.places + kind.places, examples)
        self._kinds[kind.filter] = kind


def _filters() -> Iterable[AnyFilter]:
    """Return the filters in the order of CORPUS, and the rest that need no options."""
    return (
        *CORPUS.filters,
        *(each for each in ARTICLE.filters if each not in CORPUS.filters and each.name != _OF_PAGES),
    )


def option(name: str) -> str:
    """Return the option of the command line that switches a filter on; an empty string if the default has it."""
    return "" if any(each.name == name for each in NEWS.filters) else f"--with {name}"
