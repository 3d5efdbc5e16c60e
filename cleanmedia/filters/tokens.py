"""Texts that a tokeniser took apart: ``did n't``, ``-LRB-``, a space before every mark."""

import re
from collections.abc import Iterator

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import finds, settled_soon
from cleanmedia.page.lines import split
from cleanmedia.page.patterns import pattern
from cleanmedia.page.view import view_of
from cleanmedia.words.lists import listed

__all__ = ["tokens"]

_SAMPLE = 40_000  # code points from which the habit of a text is told
_FEWEST = 3  # marks that stand apart
_FEWEST_SPACES = 4  # of a line that counts: "git add ." is a command
# Signs that only a tokeniser leaves: a contraction cut off, TeX's quotation marks with spaces, the brackets of the Penn Treebank.
_SURE = pattern(r"(?<=[^\W\d_]) n['’]t\b|(?:(?<=\s)|^)``(?=\s)|(?<=\s)''(?=\s|$)|-[LR][RSC]B-", re.M)
_MARK_OF_SURE = (" n't", " n’t", "``", "''", "RB-", "SB-", "CB-")
_APART = pattern(r"[.,](?<=[^\W_] .)(?=\s|$)")
_CLOSE = pattern(r"[.,](?<=[^\W_]{2}.)(?=\s|$)")
_GATE = pattern(r" [.,;:!?)\]}'’”»n%।۔،؟]|``|[(\[{$«“] |-[LR][RSC]B-")

_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
_TOKEN = pattern(r"\S+")
_CLOSING = pattern(r"(?:[,;:!?)\]}”»।۔،؟]|[.!?]{1,3}|…|%|''|-R[RSC]B-)$")
_OPENING = pattern(r"(?:[(\[{“«„¿¡]|-L[RSC]B-|``)$")
_CURRENCY = frozenset("$£€#")
_LEADING = ("gon", "wan", "got", "gim", "lem")  # of "gon na", "wan na", "got ta", "gim me", "lem me"
_TRAILING = ("na", "ta", "me")


@finds
@settled_soon
def tokens(text: str) -> Iterator[Edit]:
    """Joins a text that a tokeniser took apart: marks, brackets, quotation marks, contractions. The whole text, or nothing.

    Why: many data sets are published as their tokenisers left them: ``He did n't say it , she said .``, ```` `` We stay , '' ````,
    ``-LRB- founded in 1901 -RRB-``: reviews of films, copies of CNN/DailyMail, treebanks.

    A text is taken for tokenised if it has signs that nothing else leaves, or many stops and commas of which hardly one
    follows its word without a space. ``''`` and ````` `` ````` become ``"``, and a straight quotation mark belongs to the word
    on its inner side, as the marks of a line alternate.

    Keeps: a text that has some marks apart and others not (``punctuation`` sees to those), French spacing, ``can not``,
    ellipses of stops with spaces between them, hyphens and dashes, tables, code and logs, and all line breaks.

    Risk: low to medium: where the tokeniser itself lost the original (``$ 5`` or ``$5``), the usual form is taken.

    The hard part of other detokenisers (sacremoses has the best known one) is to choose by a language that is given. It
    joins tokens into a new string, and so loses line breaks, repeated spaces and the places of its changes, and takes any
    text for tokenised. Its rules for marks are those here; a dependency would add the name of a language to ask for.

    >>> tokens("He did n't say it , she said . ( Nobody did . )")
    "He didn't say it, she said. (Nobody did.)"
    >>> tokens("He did not say it , she said. She went home, and he did too.")
    'He did not say it , she said. She went home, and he did too.'
    """
    if not _GATE.search(text) or not _is_tokenised(text[:_SAMPLE]):
        return
    kinds = view_of(text).kinds
    at = 0
    for line in split(text):
        if line and not line.isspace() and kinds.at(at) not in ("table", "code", "log"):
            for start, end, new, why in _of_line(line):
                yield Edit(at + start, at + end, new, why)
        at += len(line) + 1


def _is_tokenised(text: str) -> bool:
    text = "\n".join(line for line in text.split("\n") if line.count(" ") >= _FEWEST_SPACES)
    sure = len(_SURE.findall(text)) if any(mark in text for mark in _MARK_OF_SURE) else 0
    apart = len(_APART.findall(text))
    if not sure and apart < _FEWEST:
        return False
    close = len(_CLOSE.findall(text))
    if sure and sure + apart > 3 * close:
        return True
    return apart >= _FEWEST and apart > 3 * close


def _of_line(line: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield what joins the tokens of a line: start, end, what is put there, reason."""
    found = [*_TOKEN.finditer(line)]
    quotes = 0  # straight quotation marks so far
    inside = -1  # the place of the token whose opening mark was the last
    for place, match in enumerate(found):
        token = match[0]
        before = found[place - 1] if place else None
        glued = bool(before) and inside == place - 1
        if token in ('"', "``", "''"):
            opens = token == "``" or (token == '"' and quotes % 2 == 0)
            quotes += 1
            if before and (glued or not opens):
                yield before.end(), match.start(), "", "space beside a mark"
            if token != '"':
                yield match.start(), match.end(), '"', "quotation mark of a tokeniser"
            inside = place if opens else -1
            continue
        quotes += token.count('"')  # one that stands close to its word already
        if token in _BRACKETS:
            if before and (glued or token[1] == "R"):
                yield before.end(), match.start(), "", "space beside a mark"
            yield match.start(), match.end(), _BRACKETS[token], "bracket of a tokeniser"
            inside = place if token[1] == "L" else -1
            continue
        if before and (glued or _joins(line, before, match, found, place)):
            yield before.end(), match.start(), "", "space beside a mark"
        if _OPENING.match(token) or (token in _CURRENCY and _is_amount(found, place)):
            inside = place


def _is_amount(found: "list[re.Match[str]]", place: int) -> bool:
    return place + 1 < len(found) and found[place + 1][0][0].isdigit()


def _joins(
    line: str, before: "re.Match[str]", match: "re.Match[str]", found: "list[re.Match[str]]", place: int
) -> bool:
    """Return whether a token belongs to the one before it."""
    token, last = match[0], before[0]
    if token[0] in "'’" or token.lower() in ("n't", "n’t"):
        return token.replace("’", "'") in listed("contractions") or token.lower() in ("n't", "n’t")
    if last.lower() in _LEADING and token in _TRAILING:
        return (
            (last.lower() in ("gon", "wan") and token == "na")
            or (last.lower() == "got" and token == "ta")
            or token == "me"
        )
    if last.replace("’", "'").lower() in listed("elisions"):
        return token[0].isalpha()
    if not _CLOSING.match(token):
        return False
    ahead = found[place + 1][0] if place + 1 < len(found) else ""
    if token == "." and (last == "." or ahead == "."):
        return False  # an ellipsis of stops that stand apart
    if token == ":" and last[-1].isdigit() and ahead[:1].isdigit():
        return False  # a score or a time
    return not (token == "%" and not last[-1].isdigit()) and not (token == ":" and ahead[:1] in (")", "(", "-"))
