"""What filters ask of a text as a whole, each thing found out once: its lines, its paragraphs, its body, its kinds.

The filters of a pipeline ask one after the other for much the same text: most of them find nothing in it, and what they do find
is mostly whole lines to drop, or spaces. So a view takes over what the view before it knows of the lines that they share.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import compress
from typing import Any, TypeVar

from cleanmedia.core.edits import Edit
from cleanmedia.page.body import find_body
from cleanmedia.page.by_hand import is_laid_out
from cleanmedia.page.kinds import Kinds
from cleanmedia.page.lines import all_squeezed, drop, filled_lines, split
from cleanmedia.page.prose import prose_among

__all__ = ["View", "view_of"]

T = TypeVar("T")

_LONGEST_KEPT = 1 << 20  # code points of a text whose view is kept until the next one is made


class _Shown:
    """The lines of a text that are not blank, squeezed, and what is known of them whatever blank lines are between them."""

    def __init__(self, lines: list[str], told: dict[Callable[[list[str]], list[Any]], list[Any]] | None = None) -> None:
        self.lines = lines
        self.told = told or {}  # by the function that tells: what it says of each line
        self.dropped: Sequence[int] = ()  # the places of the lines that a filter drops

    @cached_property
    def body(self) -> range:
        return find_body(self.lines, self.tell(prose_among))

    @cached_property
    def is_laid_out(self) -> bool:
        return is_laid_out(self.lines)

    def tell(self, of_many: Callable[[list[str]], list[T]]) -> list[T]:
        """Return what a function says of each line."""
        if of_many not in self.told:
            self.told[of_many] = of_many(self.lines)
        return self.told[of_many]

    def changed_to(self, lines: list[str]) -> "_Shown | None":
        """Return the same for the lines of the next text, if they are these, or these without the dropped ones."""
        if lines == self.lines:
            return self
        dropped = self.dropped
        if not dropped or len(lines) != len(self.lines) - len(dropped):
            return None
        stays = bytearray(b"\1") * len(self.lines)
        for place in dropped:
            stays[place] = 0
        if [*compress(self.lines, stays)] != lines:
            return None
        return _Shown(lines, {of_many: [*compress(values, stays)] for of_many, values in self.told.copy().items()})


class View:
    """A text as lines, and what is known of them. No list of it may be changed."""

    def __init__(self, text: str, before: "View | None" = None) -> None:
        """Take a text, and the view of another that it may have lines from."""
        self.text: str = text
        self.lines: list[str] = split(text)
        """Without their line breaks."""
        self._before: _Shown | None = before._known if before else None

    @cached_property
    def _squeezed_and_shown(self) -> tuple[list[str], _Shown]:
        before, self._before = self._before, None
        if before:
            stripped = [*map(str.strip, self.lines)]
            shown = before.changed_to([*filter(None, stripped)])
            if shown:  # and as its lines are squeezed, so are these
                return stripped, shown
        squeezed = all_squeezed(self.lines, self.text)
        lines = [*filter(None, squeezed)]
        return squeezed, (before.changed_to(lines) if before else None) or _Shown(lines)

    @property
    def _known(self) -> _Shown | None:
        """What the next view may take over."""
        found = self.__dict__.get("_squeezed_and_shown")
        return found[1] if found else self._before

    @property
    def squeezed(self) -> list[str]:
        """The lines without indentation, trailing and repeated spaces."""
        return self._squeezed_and_shown[0]

    @property
    def _shown(self) -> _Shown:
        return self._squeezed_and_shown[1]

    @cached_property
    def filled(self) -> list[int]:
        """The numbers of the lines that are not blank."""
        return filled_lines(self.lines)

    @cached_property
    def is_squeezed(self) -> bool:
        """Whether no line has a space that squeezing takes away or changes."""
        return self.squeezed == self.lines

    @property
    def shown(self) -> list[str]:
        """The lines that are not blank, squeezed."""
        return self._shown.lines

    def told(self, of_many: Callable[[list[str]], list[T]]) -> list[T]:
        """Return what a function says of each of the lines that are not blank.

        It gets many lines, and must say the same of a line whatever the others are, for it is not asked again while the line stays.
        """
        return self._shown.tell(of_many)

    @property
    def prose(self) -> list[bool]:
        """Which of the lines that are not blank are running text."""
        return self._shown.tell(prose_among)

    @property
    def body(self) -> range:
        """Where among the filled lines the body is: see :func:`cleanmedia.page.body.find_body`."""
        return self._shown.body

    @property
    def is_laid_out(self) -> bool:
        """Whether the text was laid out by hand: see :func:`cleanmedia.page.by_hand.is_laid_out`."""
        return self._shown.is_laid_out

    @cached_property
    def kinds(self) -> Kinds:
        """The kinds of its stretches, for filters that stand before ``whitespace``: without the spaces as evidence."""
        return Kinds(self.lines, spacing=False, filled=self.filled, text=self.text)

    @cached_property
    def squeezed_kinds(self) -> Kinds:
        """The kinds of its stretches once all lines are squeezed."""
        return Kinds(self.squeezed, filled=self.filled, text=self.text)

    def drop(self, gone: Sequence[tuple[int, str]]) -> Iterator[Edit]:
        """Yield edits that drop lines that are not blank, each with its line break; ``gone`` has (number, why), in order."""
        self._shown.dropped = [bisect_left(self.filled, number) for number, _ in gone]
        return drop(self.text, self.lines, gone)


_last = View("")


def view_of(text: str) -> View:
    """Return the view of a text. The filters of a pipeline ask one after the other for the same text, so the last one is kept."""
    global _last
    last = _last
    if last.text == text:
        return last
    view = View(text, last)
    if len(text) <= _LONGEST_KEPT:
        _last = view
    return view
