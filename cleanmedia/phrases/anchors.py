"""The fixed beginnings and ends of phrases with placeholders: they tell quickly that a line says none of them."""

from cleanmedia.phrases.files import PLACEHOLDER
from cleanmedia.phrases.placeholders import may_be_placeholders

__all__ = ["Anchors"]

_LONGEST = 8  # code points of a beginning or an end that are compared
_SHORT = 6  # code points between placeholders that are not looked for
_DIGITS = ("{n}", "{year}", "{time}")  # what begins with a digit
_LONGEST_NAME = 40  # code points of what a placeholder of a closed class stands for


class Anchors:
    """What a folded line must begin and end with to say one of some phrases with placeholders."""

    def __init__(self) -> None:
        # By the first two characters of the beginnings, or the only one: the beginnings, each with its ends.
        self._heads: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        # By the last two characters, where a phrase begins with a placeholder: the ends, and whether a digit must come first.
        self._tails: dict[str, dict[str, bool]] = {}
        self._pieces: set[str] = set()  # what stands between placeholders at either end
        self._longest_bare = 0  # code points of a line that says a phrase which begins and ends with other placeholders
        self._dates = False  # whether {date} is one of these

    def add(self, key: str) -> None:
        """Add a folded phrase that has a placeholder."""
        head, tail = key[: key.index("{")][:_LONGEST], key[key.rindex("}") + 1 :][-_LONGEST:]
        if head:
            entries = self._heads.setdefault(head[:2], [])
            tails = next((tails for known, tails in entries if known == head), None)
            if tails is None:
                entries.append((head, (tail,)))
            elif tail not in tails:
                entries[entries.index((head, tails))] = (head, (*tails, tail))
        elif tail:
            ends = self._tails.setdefault(tail[-2:], {})
            ends[tail] = ends.get(tail, True) and key.startswith(_DIGITS)
        elif len(piece := max(PLACEHOLDER.split(key), key=len)) > _SHORT or "{name}" in key:
            self._pieces.add(piece)
        else:
            self._longest_bare = max(self._longest_bare, len(key) + key.count("{") * _LONGEST_NAME)
            self._dates |= "{date}" in key

    def may_fit(self, key: str) -> bool:
        """Return whether a folded line has the beginning and the end, or the piece, of one of the phrases."""
        for start in (key[:2], key[:1]):
            if start in self._heads:
                for head, tails in self._heads[start]:
                    if key.startswith(head) and key.endswith(tails):
                        return True
        for end in (key[-2:], key[-1:]):
            if end in self._tails:
                for tail, digit in self._tails[end].items():
                    if key.endswith(tail) and (not digit or key[0].isdigit()):
                        return True
        for piece in self._pieces:
            if piece in key:
                return True
        return len(key) <= self._longest_bare and may_be_placeholders(key, dates=self._dates)
