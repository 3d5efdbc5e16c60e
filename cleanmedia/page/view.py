"""What filters ask of a text as a whole, each thing found out once: its lines, its paragraphs, its body, its kinds."""

from functools import cached_property, lru_cache

from cleanmedia.page.body import find_body
from cleanmedia.page.by_hand import is_laid_out
from cleanmedia.page.kinds import Kinds
from cleanmedia.page.lines import all_squeezed, filled_lines, split
from cleanmedia.page.prose import prose_among

__all__ = ["View", "view_of"]

_LONGEST_KEPT = 1 << 20  # code points of a text whose view is kept until the next one is made


class View:
    """A text as lines, and what is known of them. No list of it may be changed."""

    def __init__(self, text: str) -> None:
        self.text: str = text
        self.lines: list[str] = split(text)
        """Without their line breaks."""

    @cached_property
    def squeezed(self) -> list[str]:
        """The lines without indentation, trailing and repeated spaces."""
        return all_squeezed(self.lines, self.text)

    @cached_property
    def filled(self) -> list[int]:
        """The numbers of the lines that are not blank."""
        return filled_lines(self.lines)

    @cached_property
    def shown(self) -> list[str]:
        """The lines that are not blank, squeezed."""
        return [*filter(None, self.squeezed)]

    @cached_property
    def prose(self) -> list[bool]:
        """Which of the lines that are not blank are running text."""
        return prose_among(self.shown)

    @cached_property
    def body(self) -> range:
        """Where among the filled lines the body is: see :func:`cleanmedia.page.body.find_body`."""
        return find_body(self.shown, self.prose)

    @cached_property
    def is_laid_out(self) -> bool:
        """Whether the text was laid out by hand: see :func:`cleanmedia.page.by_hand.is_laid_out`."""
        return is_laid_out(self.shown)

    @cached_property
    def kinds(self) -> Kinds:
        """The kinds of its stretches, for filters that stand before ``whitespace``: without the spaces as evidence."""
        return Kinds(self.lines, spacing=False, filled=self.filled)

    @cached_property
    def squeezed_kinds(self) -> Kinds:
        """The kinds of its stretches once all lines are squeezed."""
        return Kinds(self.squeezed, filled=self.filled)


def view_of(text: str) -> View:
    """Return the view of a text. The filters of a pipeline ask one after the other for the same text, so the last one is kept."""
    return _view_of(text) if len(text) <= _LONGEST_KEPT else View(text)


_view_of = lru_cache(maxsize=1)(View)
