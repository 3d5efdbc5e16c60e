"""The fixed beginnings and ends of phrases: they tell quickly that a line says none of them."""

from cleanmedia.page.fold import ASCII_AT_END, ASCII_AT_START, fold_once
from cleanmedia.phrases.files import PLACEHOLDER
from cleanmedia.phrases.placeholders import may_be_names, may_be_placeholders

__all__ = ["LONG", "Anchors"]

LONG = 120  # code points of a line that few phrases are as long as
_ENDS = 20  # code points at either end of such a line that are looked at first
_LONGEST = 8  # code points of a beginning or an end that are compared
_LONGEST_NAME = 60  # code points of what a placeholder stands for
_SHORT = 6  # code points between placeholders that are not looked for
_DIGITS = ("{n}", "{year}", "{time}")  # what begins with a digit
_NAMES = ("{network}", "{agency}")


class Anchors:
    """What a folded line must begin and end with to say one of some phrases with placeholders."""

    def __init__(self) -> None:
        # By their first two characters, or the only one: the beginnings; and the ends that go with each.
        self._heads: dict[str, tuple[str, ...]] = {}
        self._ends_of: dict[str, tuple[str, ...]] = {}
        # By their last two characters, or the only one: the ends of phrases that begin with a placeholder; of any, and of one
        # for digits.
        self._tails: dict[str, tuple[str, ...]] = {}
        self._tails_behind_digit: dict[str, tuple[str, ...]] = {}
        # What stands between placeholders at either end, in the same way; and those of them that a line in ASCII may hold.
        self._pieces: tuple[str, ...] = ()
        self._ascii_pieces: tuple[str, ...] = ()
        self._pieces_behind_digit: tuple[str, ...] = ()
        self._longest_piece = 0  # code points of a line that says such a phrase
        self._longest_of_names = 0  # code points of a line that says nothing but names of a closed class
        self._longest_bare = 0  # code points of a line that says a phrase which begins and ends with other placeholders
        self._dates = False  # whether {date} is one of these
        # Of the phrases that a long line may say: the beginnings by their first character, and the ends.
        self._long_heads: dict[str, tuple[str, ...]] = {}
        self._long_tails: tuple[str, ...] = ()

    def add(self, key: str) -> None:
        """Add a folded phrase that has a placeholder."""
        head, tail = key[: key.index("{")][:_LONGEST], key[key.rindex("}") + 1 :][-_LONGEST:]
        if head:
            _add(self._heads, head[:2], head)
            _add(self._ends_of, head, tail)
        elif tail:
            _add(self._tails_behind_digit if key.startswith(_DIGITS) else self._tails, tail[-2:], tail)
        else:
            self._add_bare(key)
        if _longest(key) > LONG:
            self.add_long(head, "" if key.startswith(_DIGITS) else tail)

    def _add_bare(self, key: str) -> None:
        """Add a folded phrase that begins and ends with a placeholder."""
        piece = max(PLACEHOLDER.split(key), key=len)
        if key.startswith(_DIGITS) and len(piece) > 1:
            self._pieces_behind_digit = _with(self._pieces_behind_digit, piece)
            self._longest_piece = max(self._longest_piece, _longest(key))
        elif len(piece) > _SHORT or "{name}" in key:
            self._pieces = _with(self._pieces, piece)
            self._ascii_pieces = tuple(filter(str.isascii, self._pieces))
            self._longest_piece = max(self._longest_piece, _longest(key))
        elif key.startswith(_NAMES) and key.endswith(_NAMES):
            self._longest_of_names = max(self._longest_of_names, _longest(key))
        else:
            self._longest_bare = max(self._longest_bare, _longest(key))
            self._dates |= "{date}" in key

    def add_long(self, head: str, tail: str = "") -> None:
        """Add the beginning, or else the end, of a folded phrase that a long line may say."""
        if head:
            _add(self._long_heads, head[0], head[:_LONGEST])
        elif tail:
            self._long_tails = _with(self._long_tails, tail)

    def may_fit(self, key: str) -> bool:
        """Return whether a folded line has the beginning and the end, or the piece, of one of the phrases with placeholders."""
        first, last, start, end = key[0], key[-1], key[:2], key[-2:]
        heads, tails = self._heads, self._tails
        if start in heads and key.startswith(heads[start]) and self._has_ends(key, heads[start]):
            return True
        if first in heads and key.startswith(heads[first]) and self._has_ends(key, heads[first]):
            return True
        if (end in tails and key.endswith(tails[end])) or (last in tails and key.endswith(tails[last])):
            return True
        for piece in self._ascii_pieces if key.isascii() else self._pieces:
            if piece in key:
                return True
        if first.isdigit():
            tails = self._tails_behind_digit
            if key.endswith(tails.get(end, ())) or key.endswith(tails.get(last, ())):
                return True
            for piece in self._pieces_behind_digit:
                if piece in key:
                    return True
        return (len(key) <= self._longest_of_names and may_be_names(key)) or (
            len(key) <= self._longest_bare and may_be_placeholders(key, dates=self._dates)
        )

    def _has_ends(self, key: str, heads: tuple[str, ...]) -> bool:
        return any(key.startswith(head) and key.endswith(self._ends_of[head]) for head in heads)

    def may_be_long(self, line: str) -> bool:
        """Return whether a line of more than ``LONG`` code points may say any phrase, by what it begins and ends with."""
        start, end = line[:_ENDS], line[-_ENDS:]
        plain = "&" not in line
        start = start.lower().lstrip(ASCII_AT_START) if plain and start.isascii() else fold_once(start)
        end = end.lower().rstrip(ASCII_AT_END) if plain and end.isascii() else fold_once(end)
        if (
            start.startswith(self._long_heads.get(start[:1], ()))
            or end.endswith(self._long_tails)
            or start[:1].isdigit()
            or min(len(start), len(end)) < _LONGEST
        ):
            return True
        if len(line) <= self._longest_piece:
            line = line.casefold()
            for piece in self._pieces:
                if piece in line:
                    return True
        return False


def _with(known: tuple[str, ...], new: str) -> tuple[str, ...]:
    return known if new in known else (*known, new)


def _add(known: dict[str, tuple[str, ...]], start: str, new: str) -> None:
    known[start] = _with(known.get(start, ()), new)


def _longest(key: str) -> int:
    """Return the length of the longest line that says a phrase, in code points."""
    return len(key) + key.count("{") * _LONGEST_NAME
