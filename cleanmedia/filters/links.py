"""Addresses, handles, hashtags and what an embedded post leaves in a text."""

import re
from collections.abc import Iterator

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import dropping, finds, gated, settled_soon
from cleanmedia.page.lines import SPACES, lines_with
from cleanmedia.page.literal import is_literal, literal_spans
from cleanmedia.page.patterns import any_of, pattern
from cleanmedia.page.prose import is_prose
from cleanmedia.page.running import in_running_text
from cleanmedia.phrases.placeholders import names

__all__ = ["links"]

_S = rf"[{SPACES}]"
_GATE = pattern(
    r"[:./@#](?:(?<=:)//|(?<=\bwww\.)|(?<=pic\.twitter\.com/)|(?<![\w@.]@)(?<=@)\w{2}|(?<![\w&#/]#)(?<=#)\w)"
)
_URL = r"(?<![\w=\"'`/.])(?:https?://|www\.(?=\w))[^\s<>()\[\]\"“”«»|⟨⟩]{1,2000}"
_POST = r"(?:https?://)?(?:t\.co|pic\.twitter\.com|twitpic\.com|instagr\.am/p)/[\w/-]{1,40}"  # says nothing to a reader
_HANDLE = r"(?<![\w@/\[])@\w{2,30}(?![\w@]|\.\w|/\w|\()"
_TAG = r"(?<![\w&#/\[])#(?=\w{0,40}[^\W\d_])[^\W\d]\w{1,60}(?![\w#]|[./=(-]\w)"
_DATE = (
    rf"(?:[^\W\d_]{{3,15}}\.?{_S}\d{{1,2}},?{_S}(?:19|20)\d\d"
    rf"|\d{{1,2}}\.?{_S}(?:de{_S})?[^\W\d_]{{3,15}}\.?,?{_S}(?:de{_S})?(?:19|20)\d\d|(?:19|20)\d\d-yil{_S}\d{{1,2}}-[a-z]{{3,8}})"
)
_LINK = pattern(
    rf"(?P<signature>{_S}?\(@\w{{2,30}}\){_S}{{0,2}}{_DATE})|(?P<bracket>{_S}?\(@\w{{2,30}}\))"
    rf"|(?P<post>{_POST})|(?P<url>{_URL})|(?P<handle>{_HANDLE})|(?P<tag>{_TAG})"
)
_GLUED = pattern(r"^[^/A-Z]*\.[a-z]{2,6}(?=[A-Z])")
_STOPS = ".,;:!?…'’"
_NAME_WORD = r"\?{0,2}\w[\w'’&-]{0,24}(?:(?<=\b\w)\.)?"
_NAME = pattern(rf"(?P<dash>(?:--|[–—-]){_S})?(?P<name>(?:{_NAME_WORD}{_S}{{1,2}}){{0,5}}{_NAME_WORD})$")
_ABOUT_POSTS = pattern(
    lambda: rf"(?<!\w)(?:tweet\w*|hashtag\w*|instagram\w*|twitter\w*|{any_of(names('network'))})(?!\w)",
    re.I,
)
_LABEL = pattern(r"\s*(?:\S.{0,40}(?:[:→\]])|[-*•→]|\[\S{1,30}\]|\.\. .{0,60}|\S{1,30})?\s*$")
_LONGEST_LABEL = 80  # code points
_LONGEST_NAME, _LONGEST_PARTICLE = 70, 3  # code points; of a small word in a name: "van", "de"
_CLOSERS = '.!?…"”’»)*'


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: no address, hashtag, handle or signature."""
    return not _GATE.search(text)


@finds
@dropping
@settled_soon
@gated(_can_skip)
def links(text: str) -> Iterator[Edit]:
    """Removes addresses, handles and hashtags that are not part of a sentence, and the rest of embedded posts.

    Why: posts are embedded in articles with ``pic.twitter.com/...``, ``https://t.co/...`` and a signature (``— Ann Miller
    (@annmiller) January 5, 2017``), and sites end their texts in hashtags and addresses. They teach a model nothing.

    Removed are the links of posts; signatures; ``(@annmiller)`` behind a name; an address in brackets, at the end of a line or
    between two sentences; hashtags in a row, or behind the last sentence of a line. A hashtag or a handle that is part of a
    sentence loses its sign only: ``#MeToo movement`` becomes ``MeToo movement``.

    Keeps: an address within a sentence (``open www.example.com and log in``, ``see www.example.com.``), e-mail addresses, ``C#``,
    ``#1``, ``&#39;``, the targets of Markdown and HTML links (``markup`` removes those), anything in backticks, in
    tables, code and logs.

    Risk: medium: the text before an address may refer to it (``Website: www.example.com``).

    >>> links("The bridge stays. #bridge #york https://t.co/Yxg4kJCR2s")
    'The bridge stays.'
    >>> links("Open www.example.com and write to ann@example.com about C# #1.")
    'Open www.example.com and write to ann@example.com about C# #1.'
    """
    found = (
        Edit(at + start, at + end, "", why)
        for at, line in lines_with(_GATE, text)
        for start, end, why in _of_line(line)
    )
    return in_running_text(text, found)


def _of_line(line: str) -> Iterator[tuple[int, int, str]]:
    spans = literal_spans(line)
    found = [match for match in _LINK.finditer(line) if not is_literal(spans, match.start(), match.end())]
    found = [match for match in found if line[match.start() - 2 : match.start()] != "]("]
    kinds = {match.lastgroup for match in found}
    social = bool(kinds & {"signature", "bracket", "post"}) or bool(kinds - {"url"} and _ABOUT_POSTS.search(line))
    prose = social or is_prose(line) or is_prose(_LINK.sub("", line))
    written = len(line.rstrip())
    last = 0  # the end of the edit before
    for place, match in enumerate(found):
        start, end = max(match.start(), last), _trimmed(line, match)
        if end <= start:
            continue
        before = line[max(last, start - _LONGEST_LABEL) : start].rstrip(SPACES)
        next_start = found[place + 1].start() if place + 1 < len(found) else -1
        kind = str(match.lastgroup)
        if kind == "signature":
            start = _signature_start(line, last, start)
        elif kind == "bracket" and not prose:
            continue
        elif kind in ("url", "tag", "handle"):
            if not prose or (
                kind == "url" and start < _LONGEST_LABEL and end >= written and _LABEL.match(line[:start])
            ):
                continue
            joined = (last > 0 and not before) or (next_start >= 0 and not line[end:next_start].strip(SPACES))
            if not (joined and kind != "handle") and not _stands_apart(line, before, end, kind, social):
                if kind != "url" and social and start:
                    yield start, start + 1, "sign of a " + _NAMES[kind]
                    last = start + 1
                continue
        if line[start - 1 : start] + line[end : end + 1] in ("()", "[]"):
            start, end = start - 1, end + 1
        if kind != "url" or line[end : end + 1] in ("", *SPACES, *_STOPS):
            while start > last and line[start - 1] in SPACES:
                start -= 1
            while start == 0 and end < len(line) and line[end] in SPACES:
                end += 1
        yield start, end, _NAMES[kind]
        last = end


_NAMES = {
    "signature": "signature of a post",
    "bracket": "handle",
    "post": "link of a post",
    "url": "address",
    "handle": "handle",
    "tag": "hashtag",
}


def _trimmed(line: str, match: "re.Match[str]") -> int:
    """Return the end of a link without the marks of the sentence that it stands in."""
    end = match.end()
    glued = _GLUED.search(match[0]) if match.lastgroup == "url" else None
    if glued:  # the next word: "www.example.orgLANGUAGES"
        end = match.start() + glued.end()
    while match.lastgroup == "url" and line[end - 1] in _STOPS:
        end -= 1
    return end


def _signature_start(line: str, last: int, bracket: int) -> int:
    """Return where the name before a handle begins, or the place of the bracket if nothing shows that.

    It begins behind a dash, behind another link, or behind a closed sentence.
    """
    first = max(last, bracket - _LONGEST_NAME)
    found = _NAME.search(line, first, bracket - (line[bracket - 1 : bracket] in SPACES))
    if not found:
        return bracket
    if found["dash"]:
        return found.start()
    before = line[first : found.start()].rstrip(SPACES)
    known = before[-1:] in _CLOSERS if before else first == last
    words = found["name"].split()
    lower = any(word[0].islower() and len(word) > _LONGEST_PARTICLE for word in words)
    return found.start() if known and not lower else bracket


def _stands_apart(line: str, before: str, end: int, kind: str, social: bool) -> bool:
    """Return whether a link is no part of a sentence: one is closed before it, and what follows begins another or nothing."""
    ahead = line[end : end + 80].lstrip(SPACES)
    if kind == "url" and ahead[:1] == ")" and before.endswith("("):
        return True
    closed = before[-1:] in '.!?…؟।۔"”’»)' if before else social
    if kind == "url":
        return (closed or (social and before[-1:] != ":")) and (
            not ahead or not (ahead[0].islower() or ahead[0] in _STOPS)
        )
    return kind == "tag" and closed and bool(before) and not ahead
