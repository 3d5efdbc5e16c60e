"""Tags of HTML and links of Markdown that were left in a text."""

import re
from collections.abc import Iterator

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import finds, gated, settled_soon
from cleanmedia.page.kinds import Kinds
from cleanmedia.page.lines import lines_with
from cleanmedia.page.literal import is_literal, literal_spans
from cleanmedia.page.patterns import pattern
from cleanmedia.page.view import view_of

__all__ = ["markup"]

_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|del|em|font|i|ins|mark|nobr|q|s|small|span|strike|strong|sub|sup|time|u|wbr"
)
_BLOCK = "address|article|aside|blockquote|br|center|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|iframe|img|li|main|nav|ol|p|section|source|table|tbody|td|th|thead|tr|ul|video"
_TAG = pattern(
    rf"<(?P<close>/)?(?P<name>{_INLINE}|{_BLOCK})(?P<attributes>\s[^<>]{{0,4000}}?)?\s?(?P<empty>/)?>|<!--(?:(?!-->).){{0,2000}}-->",
    re.I,
)
# An attribute, and what may follow it; words alone are no attributes: "A <b 90 and p> 0.05", "<b bob> hi".
_ATTRIBUTES = pattern(
    r"\s*[a-z_:@][\w:.@-]*\s*=\s*\\?[\"'“”„«]"
    r"|(?:\s+(?:[a-z_:@][\w:.@-]*=[^\s\"'<>]+|(?:async|autoplay|checked|compact|controls|defer|disabled|download|hidden"
    r"|itemscope|loop|muted|nobr|noshade|nowrap|open|allowfullscreen|reversed|selected)(?=\s|\Z)))+\s*/?\Z",
    re.I,
)
_SPACE = pattern(r"&nbsp;|&#160;|&#xa0;", re.I)
_LINK = pattern(
    r"(?P<image>!)?\[(?P<text>[^\[\]\n]{0,300})\]\((?P<target>(?:https?://|mailto:|/|#)[^\s()]{0,2000}(?:\([^\s()]{0,100}\)[^\s()]{0,500})?)(?:\s\"[^\"\n]{0,200}\")?\)"
)
_GATE = pattern(r"</?[a-zA-Z!]|\]\(")
_DOCUMENT = pattern(r"<(?:!doctype|html|head|body|\?xml)\b", re.I)  # a file of HTML is for an extractor
_SOURCE = pattern(
    r"\{[%{]|[#$]\{|<(?:\?|%|/?(?:html|head|body|script|style)\b)|\\\w+\{", re.I
)  # of templates, scripts, LaTeX
_TOP = 2_000  # code points
_QUOTED = frozenset(('""', "''", "“”", "„“", "‘’", "«»"))
_VOID = pattern(r"(?:br|hr|img)$")
_MARKS_WORDS = pattern(rf"(?:{_INLINE})$", re.I)
_BREAKING = pattern(rf"(?:{_BLOCK})$", re.I)


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: no tag begins, and no link of Markdown."""
    return not _GATE.search(text)


@finds
@settled_soon
@gated(_can_skip)
def markup(text: str) -> Iterator[Edit]:
    r"""Removes the tags of HTML and the targets of Markdown links, and keeps what they enclose.

    Why: the summaries of feeds are HTML: every record of a Google News corpus is ``<a href="...">headline</a>`` with ``&nbsp;``
    and ``<font>``. Converters to Markdown leave ``[text](https://...)``.

    A tag that ends a paragraph, a row or an item becomes a line break. ``&nbsp;`` becomes a space in a line with tags.

    Keeps: what is no tag of HTML (``<Metromedia Co>``, ``a < b``, ``a <b and c> d``), a tag that a text names (``use the <b>
    tag``: it has no partner and no attributes; so ``<br>`` beside it is named too), everything in backticks, ``<code>``, fences and files of HTML; Markdown's emphasis,
    headings and lists.

    Risk: low to medium: a page that shows HTML to its readers loses the tags that are in pairs.

    >>> markup('<a href="https://example.com/a" target="_blank">Heavy rain</a>&nbsp;<b>in</b> [five](https://example.com/b) states')
    'Heavy rain in five states'
    >>> markup("Use the <b> tag, `<br>` or <Metromedia Co>; see [1] (a < b).")
    'Use the <b> tag, `<br>` or <Metromedia Co>; see [1] (a < b).'
    """
    kinds: Kinds | None = None
    for at, line in lines_with(_GATE, text):
        edits = sorted([*_tags(line), *_links(line)])
        if not edits:
            continue
        kinds = kinds or view_of(text).kinds
        if kinds.is_fenced(kinds.number(at)) or _SOURCE.search(line) or _DOCUMENT.search(text, 0, _TOP):
            continue
        spans = literal_spans(line)
        last = 0
        for edit in edits:
            if edit.start >= last and not is_literal(spans, edit.start, edit.end):
                yield Edit(at + edit.start, at + edit.end, edit.new, edit.why)
                last = edit.end


def _is_tag(match: "re.Match[str]") -> bool:
    """Return whether what stands behind the name of a tag is attributes."""
    attributes = match["attributes"]
    return not attributes or not attributes.strip() or (not match["close"] and bool(_ATTRIBUTES.match(attributes)))


def _is_named(match: "re.Match[str]") -> bool:
    """Return whether a tag marks words and has no attributes: in a line where no tag is closed, it is named."""
    return bool(match["name"]) and not match["attributes"] and bool(_MARKS_WORDS.match(match["name"]))


def _tags(line: str) -> Iterator[Edit]:
    """Yield the tags of a line that have a partner or attributes, or stand alone by nature."""
    found = [match for match in _TAG.finditer(line) if _is_tag(match)] if "<" in line else []
    closed = {match["name"].lower() for match in found if match["close"]}
    opened = {match["name"].lower() for match in found if match["name"] and not match["close"]}
    if not closed and any(map(_is_named, found)):
        return
    first, last = (len(line) - len(line.lstrip()), len(line.rstrip())) if found else (0, 0)
    gone = False
    broken = -1  # the end of the last tag that became a line break
    for match in found:
        name = (match["name"] or "").lower()
        paired = name in (opened if match["close"] else closed)
        alone = bool(match["attributes"]) or not name or bool(_VOID.match(match["name"]))
        if not paired and not alone and not (gone and name in ("p", "li")):
            continue
        if line[match.start() - 1 : match.start()] + line[match.end() : match.end() + 1] in _QUOTED:
            continue  # a string of code, or a tag that is named
        gone = True
        inside = first < match.start() and match.end() < last
        new = (
            "\n"
            if name and _BREAKING.match(name) and inside and name not in ("img", "td", "th") and broken != match.start()
            else ""
        )
        broken = match.end() if new or broken == match.start() else broken
        yield Edit(match.start(), match.end(), new, f"tag {name}" if name else "comment")
    for match in _SPACE.finditer(line) if gone and "&" in line else ():
        yield Edit(match.start(), match.end(), " ", match[0])


def _links(line: str) -> Iterator[Edit]:
    for match in _LINK.finditer(line) if "](" in line else ():
        if match["image"] or not match["text"].strip():
            yield Edit(match.start(), match.end(), "", "Markdown image" if match["image"] else "Markdown link")
        else:
            yield Edit(match.start(), match.start("text"), "", "Markdown link")
            yield Edit(match.end("text"), match.end(), "", "Markdown link")
