"""The fixed beginnings and ends of phrases: they tell quickly that a line says none of them."""

from cleanmedia.page.fold import ASCII_AT_END, ASCII_AT_START, fold_once
from cleanmedia.phrases.files import PLACEHOLDER
from cleanmedia.phrases.placeholders import may_be_placeholders

__all__ = ["LONG", "Anchors"]

LONG = 120  # code points of a line that few phrases are as long as
_ENDS = 40  # code points at either end of such a line that are looked at first
_LONGEST = 8  # code points of a beginning or an end that are compared
_LONGEST_NAME = 60  # code points of what a placeholder stands for
_SHORT = 6  # code points between placeholders that are not looked for
_DIGITS = ("{n}", "{year}", "{time}")  # what begins with a digit


class Anchors:
    """What a folded line must begin and end with to say one of some phrases with placeholders."""

    def __init__(self) -> None:
        # By their first two characters, or the only one: the beginnings; and the ends that go with each.
        self._heads: dict[str, tuple[str, ...]] = {}
        self._ends_of: dict[str, tuple[str, ...]] = {}
        # By their last two characters, or the only one: the ends of phrases that begin with a placeholder; and whether a digit
        # must come first.
        self._tails: dict[str, tuple[str, ...]] = {}
        self._needs_digit: dict[str, bool] = {}
        self._pieces: tuple[str, ...] = ()  # what stands between placeholders at either end
        self._ascii_pieces: tuple[str, ...] = ()  # those of them that a line in ASCII may hold
        self._longest_piece = 0  # code points of a line that says such a phrase
        self._longest_bare = 0  # code points of a line that says a phrase which begins and ends with other placeholders
        self._dates = False  # whether {date} is one of these
        self._long_heads: dict[int, set[str]] = {}  # by their length, of the phrases that a long line may say
        self._long_tails: dict[int, set[str]] = {}

    def add(self, key: str) -> None:
        """Add a folded phrase that has a placeholder."""
        head, tail = key[: key.index("{")][:_LONGEST], key[key.rindex("}") + 1 :][-_LONGEST:]
        if head:
            self._heads[head[:2]] = _with(self._heads.get(head[:2], ()), head)
            self._ends_of[head] = _with(self._ends_of.get(head, ()), tail)
        elif tail:
            self._tails[tail[-2:]] = _with(self._tails.get(tail[-2:], ()), tail)
            self._needs_digit[tail] = self._needs_digit.get(tail, True) and key.startswith(_DIGITS)
        elif len(piece := max(PLACEHOLDER.split(key), key=len)) > _SHORT or "{name}" in key:
            self._pieces = _with(self._pieces, piece)
            self._ascii_pieces = tuple(filter(str.isascii, self._pieces))
            self._longest_piece = max(self._longest_piece, _longest(key))
        else:
            self._longest_bare = max(self._longest_bare, _longest(key))
            self._dates |= "{date}" in key
        if _longest(key) > LONG:
            self.add_long(head, "" if key.startswith(_DIGITS) else tail)

    def add_long(self, head: str, tail: str = "") -> None:
        """Add the beginning, or else the end, of a folded phrase that a long line may say."""
        if head:
            self._long_heads.setdefault(min(len(head), _LONGEST), set()).add(head[:_LONGEST])
        elif tail:
            self._long_tails.setdefault(len(tail), set()).add(tail)

    def may_fit(self, key: str) -> bool:
        """Return whether a folded line has the beginning and the end, or the piece, of one of the phrases with placeholders."""
        for start in (key[:2], key[:1]):
            if key.startswith(heads := self._heads.get(start, ())):
                for head in heads:
                    if key.startswith(head) and key.endswith(self._ends_of[head]):
                        return True
        for end in (key[-2:], key[-1:]):
            if key.endswith(tails := self._tails.get(end, ())):
                for tail in tails:
                    if key.endswith(tail) and (key[0].isdigit() or not self._needs_digit[tail]):
                        return True
        for piece in self._ascii_pieces if key.isascii() else self._pieces:
            if piece in key:
                return True
        return len(key) <= self._longest_bare and may_be_placeholders(key, dates=self._dates)

    def may_be_long(self, line: str) -> bool:
        """Return whether a line of more than ``LONG`` code points may say any phrase, by what it begins and ends with."""
        if line.isascii() and "&" not in line:
            line = line.lower()
            start, end = line[:_ENDS].lstrip(ASCII_AT_START), line[-_ENDS:].rstrip(ASCII_AT_END)
        else:
            start, end = fold_once(line[:_ENDS]), fold_once(line[-_ENDS:])
            line = line.casefold() if len(line) <= self._longest_piece else line
        for size, heads in self._long_heads.items():
            if start[:size] in heads:
                return True
        for size, tails in self._long_tails.items():
            if end[-size:] in tails:
                return True
        if len(line) <= self._longest_piece:
            for piece in self._pieces:
                if piece in line:
                    return True
        return start[:1].isdigit() or min(len(start), len(end)) < _LONGEST


def _with(known: tuple[str, ...], new: str) -> tuple[str, ...]:
    return known if new in known else (*known, new)


def _longest(key: str) -> int:
    """Return the length of the longest line that says a phrase, in code points."""
    return len(key) + key.count("{") * _LONGEST_NAME
