"""What every match of ftfy's measure of badness holds, worked out of its regular expression.

    python -m tests.filters.ftfy_pairs > cleanmedia/filters/mojibake_pairs.py && ruff format cleanmedia/filters/mojibake_pairs.py

ftfy leaves a line alone in which ``ftfy.badness.BADNESS_RE`` finds nothing. Each alternative of that expression is a row
of character sets. Where two neighbours among them have no ASCII character, the text must hold one of their pairs; that
pair is what the gate of the mojibake filter looks for. The alternatives that have no such pair are CONTEXTUAL.
"""

import re
from collections import defaultdict
from itertools import pairwise
from re import _constants as C
from re import _parser as P

from ftfy.badness import BADNESS_RE

_BMP = list(map(chr, range(0x10000)))
_CATEGORIES = {C.CATEGORY_SPACE: r"\s", C.CATEGORY_WORD: r"\w"}


def alternatives():
    """Each alternative as a list of its sets of characters; None stands for what is no such set: ``^``, ``.``, ``\\s?``."""
    ((operator, (_, branches)),) = P.parse(BADNESS_RE.pattern, BADNESS_RE.flags)
    assert operator is C.BRANCH
    for branch in branches:
        yield [_characters(*element) for element in branch]


def _characters(operator, argument):
    if operator is C.LITERAL:
        return {chr(argument)}
    if operator is not C.IN:
        return None
    return set(filter(re.compile("[" + "".join(_written(*item) for item in argument) + "]").match, _BMP))


def _written(operator, argument):
    if operator is C.NEGATE:
        return "^"
    if operator is C.CATEGORY:
        return _CATEGORIES[argument]
    first, last = argument if operator is C.RANGE else (argument, argument)
    return f"{re.escape(chr(first))}-{re.escape(chr(last))}"


def pairs():
    """(first characters, second characters), disjoint in the first, and the alternatives without a pair."""
    seconds = defaultdict(set)
    contextual = []
    for sets in alternatives():
        for one, other in pairwise(sets):
            if one and other and min(one) > "\x7f" and min(other) > "\x7f":
                for first in one:
                    seconds[first] |= other
                break
        else:
            contextual.append(sets)
    firsts = defaultdict(set)
    for first, second in seconds.items():
        firsts[frozenset(second)].add(first)
    return sorted((spelled(first), spelled(second)) for second, first in firsts.items()), contextual


def spelled(characters):
    """A set as the inside of a character class, with ranges, in ASCII where it cannot be seen."""
    codes = sorted(map(ord, characters))
    out = []
    at = 0
    while at < len(codes):
        end = at
        while end + 1 < len(codes) and codes[end + 1] == codes[end] + 1:
            end += 1
        out.append(chr(codes[at]) + ("-" if end > at + 1 else "") + (chr(codes[end]) if end > at else ""))
        at = end + 1
    return "".join(out)


def module():
    """The text of cleanmedia/filters/mojibake_pairs.py."""
    rows = "".join(f"    ({_quoted(first)}, {_quoted(second)}),\n" for first, second in pairs()[0])
    return f'''"""Pairs of characters of which every text that ftfy takes for mojibake has one, but for a few cases with a letter or space.

Generated from the installed ftfy by ``python -m tests.filters.ftfy_pairs``; a test tells when they differ. Each row has the first
characters and the second ones, as the insides of character classes.
"""

PAIRS = (
{rows})
'''


def _quoted(text):
    shown = "".join(
        char if char.isprintable() or char == "-" else char.encode("unicode-escape").decode() for char in text
    )
    return f'"{shown}"'


if __name__ == "__main__":
    print(module(), end="")
