"""HTML character references, in every shape that scraping and machine translation leave."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html.entities import codepoint2name, html5

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import finds, gated, settled
from cleanmedia.page.kinds import LITERAL, Kinds
from cleanmedia.page.lines import lines_with, split
from cleanmedia.page.literal import is_literal, literal_spans
from cleanmedia.page.patterns import any_of, pattern
from cleanmedia.words.lists import listed

__all__ = ["entities"]

# --- Names ----------------------------------------------------------------------------------------------------------

_QUOTES = "quot|apos|[lr]aquo|[lr]saquo|[lr]squo|[lr]dquo|bdquo|sbquo"
_LETTERS = "|".join(
    name
    for name in codepoint2name.values()
    if re.fullmatch("[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|ring|slash|caron)", name)
)
# Names that are no word of any language: they are read in broken shapes too ("& laquo;", "quot ;", "und auml;").
_UNMISTAKABLE = pattern(
    rf"{_QUOTES}|amp|lt|gt|nbsp|ndash|mdash|hellip|middot|euro|shy|zwnj|zwj|ensp|emsp|thinsp|iexcl|iquest"
    rf"|szlig|[ao]elig|AElig|OElig|thorn|eth|ord[fm]|frac(?:12|14|34)|{_LETTERS}"
)
# Names that stand for themselves without a semicolon, where no letter follows.
_BARE = frozenset(
    [
        "quot",
        "nbsp",
        "amp",
        "lt",
        "gt",
        "laquo",
        "raquo",
        "lsquo",
        "rsquo",
        "ldquo",
        "rdquo",
        "bdquo",
        "sbquo",
        "ndash",
        "mdash",
        "hellip",
        "euro",
    ]
)
_ENDS_ITSELF = "\"&'<>\u00a0«»–—‘’“”"  # hexadecimal numbers of these are read without a semicolon too
_HTML4 = {name: chr(code) for code, name in codepoint2name.items()} | {"apos": "'"}
_IN_CAPITALS = {name.upper(): char.upper() for name, char in _HTML4.items() if name.islower()}
_CAPITALISED = {name.capitalize(): char for name, char in _HTML4.items() if name.islower()}
_ALIASES = {"emdash": "—", "endash": "–", "ellip": "…"}
_LATIN = str.maketrans("абцдефгхијклмнопрстувз", "abcdefghijklmnoprstuvz")  # undoes Serbian transliteration

# --- Shapes ---------------------------------------------------------------------------------------------------------

_S = "[ \t\u00a0]*"
_SEMI = "[;；؛]"
# What stands behind an ampersand that was escaped once more: "amp;", "#38;".
_AGAIN = rf"(?:(?:[Aa]mp|AMP|амп|[#＃]{_S}0*38|[#＃]{_S}[xX]{_S}0*26){_S}{_SEMI}{_S})"

_REFERENCE = pattern(
    rf"[&＆]{_S}(?P<again>{_AGAIN}*)"
    rf"(?:[#＃]{_S}(?:[xX]{_S}(?P<hex>[0-9a-fA-F]{{1,6}})(?![0-9a-fA-F])|(?P<number>\d{{1,7}})(?!\d))"
    rf"|(?P<name>[^\W\d_][^\W_]{{1,31}})(?![^\W_]))?"
    rf"(?P<end>{_S}{_SEMI})?"
)


# The ampersand translated to "and": "und auml;", "et amp ; quot ;".
_TRANSLATED = pattern(
    lambda: (
        rf"(?<!\w)(?P<and>{any_of(listed('and'))})[ \t\u00a0]+(?P<again>{_AGAIN}*)"
        rf"(?:(?P<name>{_QUOTES}|nbsp|[nm]dash|hellip|szlig|{_LETTERS})"
        rf"|[#＃]{_S}(?P<number>34|39|160|171|187|82(?:1[1267]|2[01]))){_S}{_SEMI}"
    )
)
# The ampersand lost: "that #39;s", "#36;10 million", "quot;helping themselves, quot;".
_LOST_NUMBER = pattern(
    rf"(?<![&＆#＃])(?<![&＆] )[#＃] ?(?P<number>3[469]|1(?:33|4[5-8]|5[01]|60|71|87)|82(?:1[1267]|2[01]|30)){_SEMI}"
)
_LOST_NAME = pattern(
    rf"(?<![\w&＆#＃;-])(?<![&＆] )(?:(?P<name>{_QUOTES}|nbsp|[nm]dash|hellip){_SEMI}|(?P<letter>[aou]uml|szlig|[ae]grave|eacute);(?=\w))"
    rf"|(?<![&＆#＃-])(?<![&＆] )\b(?P<amp>amp);(?=[#\w])"
)
_NEXT_LOST_NAME = pattern(rf"(?P<name>{_QUOTES}|nbsp|[nm]dash|hellip){_SEMI}")  # right behind another

_FAR = 400  # code points: what stands farther off in a line is no evidence; it keeps time linear
_CONTRACTED = pattern(lambda: rf"[ \t\u00a0]*(?:{any_of(listed('contractions'))})(?!\w)".replace("'", ""))
_PARTNERS = {"«": "»", "‹": "›", "“": "”", "‘": "’", "„": "“”", "‚": "‘’"}
_SPACED_GUILLEMETS = pattern(lambda: rf"\b(?:{any_of(listed('spaced guillemets'))})\b")

_ABOUT_MARKUP = pattern(lambda: rf"\b(?:X?HTML|XML|SGML|{any_of(listed('markup words'))})\b")
_MENTIONING = pattern(lambda: rf"\b(?:{any_of(listed('mentioning words'))}) $")
_WELL_FORMED = pattern(r"&(?:[#\w]+;)+")
_AROUND_SHOWN = frozenset(('""', "''", "``", "“”", "‘’", "„“", "«»"))
_SEMICOLON_LAST = pattern(r"(?:&\w{1,32})?;(?=[ \t]*$)", re.M)
_MARKUP = frozenset("<>&\"'")
_TAG = pattern(r"</?[a-z][a-z0-9]{0,9}(?:>|\s[^<>]{0,300}>)", re.I)
_YEAR = pattern(r"[^\S\n]*(?:19|20)\d\d")
_CODE_BEFORE = pattern(r"(?:=|\breturn)\s*$")


_Spans = list[tuple[int, int]]  # of lines: start and end in the text


class _Reference:
    """A span, the character it stands for, and whether it came broken: then a space in or beside it may be too."""

    __slots__ = ("broken", "char", "end", "start")

    def __init__(self, start: int, end: int, char: str, broken: bool = True) -> None:
        self.start, self.end, self.char, self.broken = start, end, char, broken


# The semicolon behind a lost or translated ampersand: a number, the end of a name, or a space stands before it.
_SEMICOLON = pattern(
    r"[;；؛](?:(?<=[\d \t\u00a0].)|"
    + "|".join(
        f"(?<={end}.)"
        for end in [
            "amp",
            "quot",
            "apos",
            "aquo",
            "squo",
            "dquo",
            "nbsp",
            "dash",
            "ellip",
            "zlig",
            "uml",
            "rave",
            "cute",
            "circ",
            "ilde",
            "edil",
            "ring",
            "lash",
            "aron",
        ]
    )
    + ")"
)


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: each shape has an ampersand, or a semicolon behind a number sign or a name."""
    if "&" in text or "＆" in text:
        return False
    spans = _with_semicolon(text)
    return not any(_search(pattern, text, spans) for pattern in (_LOST_NUMBER, _LOST_NAME))


def _search(pattern: "re.Pattern[str]", text: str, spans: _Spans) -> "list[re.Match[str]]":
    """What a pattern that ends in such a semicolon finds in the lines that have one."""
    return [match for start, end in spans for match in pattern.finditer(text, start, end)]


def _with_semicolon(text: str) -> _Spans:
    """Return the spans of the lines that have such a semicolon."""
    if ";" not in text and "；" not in text and "؛" not in text:
        return []
    return [(start, start + len(line)) for start, line in lines_with(_SEMICOLON, text)]


@finds
@settled
@gated(_can_skip)
def entities(text: str) -> Iterator[Edit]:
    """Decodes HTML character references, well-formed or broken, escaped once or more.

    Why: they are left over in feeds, JSON-LD and old corpora (``that #39;s``: a quarter of the AG News data set), and
    machine translation takes well-formed ones apart (``&# 171;``, ``& laquo;``, ``und auml;``, ``&nbsp؛``). The space
    that it left inside the quotation marks is removed, too. Numbers 128 to 159 are read as windows-1252, as the HTML standard
    has it.

    Keeps: everything in tables and logs, in strings of code, in backticks and in ``<code>`` (where ``&lt;dep&gt;`` would become a tag);
    ``AT&T; R&D;``, ``&not that``, ``Seat #36; row 12``, the parameters of a URL (``&copy=2``), code (``a && b``,
    ``f(&lt)``), text about references ("write &lt; in your HTML"), a reference alone in quotation marks (``'&amp;'``),
    ``&#42;`` beside Markdown's asterisks, unknown names, and numbers of surrogates and of what is out of range. The number
    of a control is removed.

    Risk: low. A text that shows references to its readers loses them where nothing in it shows that they are examples.

    >>> entities("&# 171; Voices of America&# 187; isn& rsquo;t R&D;")
    '«Voices of America» isn’t R&D;'
    >>> entities("AT&T; Seat #36; row 12; https://shop.example/?a=1&copy=2")
    'AT&T; Seat #36; row 12; https://shop.example/?a=1&copy=2'
    """
    spans = _with_semicolon(text)
    found: list[_Reference] = []
    for item in sorted(
        [*_with_ampersand(text), *_translated(text, spans), *_lost(text, spans)], key=lambda item: item.start
    ):
        if not found or item.start >= found[-1].end:
            found.append(item)
    if not found:
        return
    kinds = Kinds(split(_covered(text, found)), spacing=False)
    found = [item for item in found if not _is_data(text, item, kinds)]
    whys = [text[item.start : item.end] for item in found]
    _close_gaps(text, found)
    at = 0
    for item, why in zip(found, whys, strict=True):
        yield Edit(max(item.start, at), item.end, item.char, why)  # two may have taken in the spaces between them
        at = item.end


def _with_ampersand(text: str) -> Iterator[_Reference]:
    for match in _references(text):
        end = match.end()
        char = _number(match) if match["name"] is None else _name(match)
        if char is None and match["again"]:
            char, end = "&", match.start() + len(text[match.start() : match.end("again")].rstrip(" \t\u00a0"))
        if char is not None and not _is_shown(text, match.start(), end, char):
            yield _Reference(match.start(), end, char, broken=not re.fullmatch(r"&[#\w]+;", text[match.start() : end]))


def _references(text: str) -> "Iterator[re.Match[str]]":
    if "＆" in text:
        yield from _REFERENCE.finditer(text)
        return
    at = text.find("&")
    while at >= 0:
        match = _REFERENCE.match(text, at)
        assert match  # an ampersand alone is one
        yield match
        at = text.find("&", match.end())


def _translated(text: str, spans: _Spans) -> Iterator[_Reference]:
    matches = _search(_TRANSLATED, text, spans)
    uses = Counter((_line_around(text, match.start())[0], match["and"]) for match in matches)
    for match in matches:
        # The word may be meant: "bread and quot;butter quot;". It is no ampersand unless it is escaped too, stands before
        # each reference of the line, or in a word.
        in_word = len(match["and"]) > 1 and bool(match["name"]) and _HTML4[match["name"]].isalpha()
        if not match["again"] and not in_word and uses[_line_around(text, match.start())[0], match["and"]] < 2:
            continue
        char = _HTML4[match["name"]] if match["name"] else _character(int(match["number"]))
        assert char is not None
        start = match.start()
        if char.islower() and text[match.end() : match.end() + 1].islower():  # within a word: "Staatsanw und auml;lte"
            start = _skip_back(text, start)
        yield _Reference(start, match.end(), char)


def _lost(text: str, spans: _Spans) -> Iterator[_Reference]:
    proven: set[int] = set()  # the lines in which one reference is certain: so are the others there
    unsure: list[tuple[int, _Reference]] = []
    for match in _search(_LOST_NUMBER, text, spans):
        start, end = match.span()
        line, _ = _line_around(text, start)
        char = _character(int(match["number"]))
        assert char is not None
        item = _Reference(start, end, char)
        if (
            char in "'’‘"
            and text[_skip_back(text, start) - 1 : start].strip().isalpha()
            and _CONTRACTED.match(text, end)
        ):
            item.char = "’"  # an apostrophe beyond doubt, and nothing tells which: the one that Unicode prefers
        elif not (text[end : end + 1].isdigit() if char == "$" else text[end : end + 1].isalnum()):
            unsure.append((line, item))
            continue
        proven.add(line)
        yield item
    yield from (item for line, item in unsure if line in proven)
    done = 0
    for match in _search(_LOST_NAME, text, spans):
        start, end = match.span()
        if start < done:
            continue
        if match["amp"]:
            yield _Reference(_skip_back(text, start), end, "&")
        elif match["letter"]:
            if text[_skip_back(text, start) - 1 : start].strip().isalpha():
                yield _Reference(_skip_back(text, start), end, _HTML4[match["letter"]])
        else:
            yield _Reference(start, end, _HTML4[match["name"]])
            while more := _NEXT_LOST_NAME.match(text, end):
                yield _Reference(end, more.end(), _HTML4[more["name"]])
                end = more.end()
            done = end


def _number(match: "re.Match[str]") -> str | None:
    spaced = " " in match[0] or "\u00a0" in match[0]
    if match["hex"]:
        char = _character(int(match["hex"], 16))
        return char if match["end"] or (char and char in _ENDS_ITSELF and not spaced) else None
    if match["number"]:
        code = int(match["number"])
        if 0 < code < 0x20 and not chr(code).isspace() and match["end"] and not spaced:
            return ""  # a control, which no reader sees
        if match["end"] or (code >= 34 and not spaced):
            return _character(code)
    return None


def _character(code: int) -> str | None:
    """The character of a number as the HTML standard reads it, None for a number that has none.

    https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state
    """
    if 0x80 <= code <= 0x9F:
        try:
            return bytes((code,)).decode("cp1252")
        except UnicodeDecodeError:
            return None
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or (code < 0x20 and code not in (9, 10, 13)) or code == 0x7F:
        return None
    return chr(code)


def _name(match: "re.Match[str]") -> str | None:
    text, name, end = match.string, match["name"], match["end"]
    tight = match[0] == "".join(match[0].split())
    if not end:
        return _HTML4[name] if tight and _stands_bare(text, match.start(), match.end(), name) else None
    if _CODE_BEFORE.search(text, max(0, match.start() - 12), match.start()) and name not in ("amp", "lt", "gt", "quot"):
        return None
    if not tight:
        if name == "copy" and _YEAR.match(text, match.end()):
            return "©"
        name = name if _UNMISTAKABLE.fullmatch(name) else name.lower()
        if not _UNMISTAKABLE.fullmatch(name):
            name = name.translate(_LATIN)
        return _HTML4[name] if _UNMISTAKABLE.fullmatch(name) else None
    char = _HTML4.get(name) or (html5.get(name + ";") if len(name) > 2 else None)
    char = char or _IN_CAPITALS.get(name) or _CAPITALISED.get(name) or _ALIASES.get(name)
    if char is None and name[:3] in ("amp", "Amp", "AMP"):  # "&ampquot;"
        name = name[3:]
        char = _HTML4[name] if _UNMISTAKABLE.fullmatch(name) else None
    if char is None and not name.isascii():
        char = _HTML4.get(name.translate(_LATIN))
    return char


def _stands_bare(text: str, start: int, end: int, name: str) -> bool:
    """Whether a name without a semicolon is a reference: "&ndash you", "&copy 2012"; not "?a=1&lt=2", not "f(&lt)"."""
    if name == "copy":
        return bool(_YEAR.match(text, end))
    before = text[max(0, start - _FAR) : start]
    if name not in _BARE or (before and not before[-1].isspace() and "?" in before.split()[-1]):  # within a URL
        return False
    return text[end : end + 1].strip(" \t\n\u00a0" if name in ("lt", "gt", "amp") else " \t\n\u00a0.,!?:\"'»”<") == ""


@lru_cache(maxsize=1)
def _longest_mention() -> int:
    return max(map(len, listed("mentioning words"))) + 1  # the space behind it


def _is_shown(text: str, start: int, end: int, char: str) -> bool:
    """Whether the text shows the reference to its reader: in quotation marks, for Markdown, or in a sentence about markup."""
    if not _WELL_FORMED.fullmatch(text, start, end):
        return False
    if text[start - 1 : start] + text[end : end + 1] in _AROUND_SHOWN:
        return True
    if char and char in "*_`[]|~" and text[start + 1] == "#":  # Markdown would read the character as its own
        line = text[slice(*_line_around(text, start))]
        return char in line or "`" in line
    if text[end : end + 1].strip(" \t\n.,;)"):
        return False
    if not _MENTIONING.search(text, max(0, start - _longest_mention()), start):
        return False
    return bool(_ABOUT_MARKUP.search(text, *_line_around(text, start)))


def _covered(text: str, found: list[_Reference]) -> str:
    """The text with letters in place of the references: their marks are no evidence of code, nor is a semicolon at a line's end."""
    pieces: list[str] = []
    at = 0
    for item in found:
        pieces += text[at : item.start], "x" * (item.end - item.start)
        at = item.end
    return _SEMICOLON_LAST.sub(lambda match: "x" * len(match[0]), "".join(pieces) + text[at:])


def _is_data(text: str, item: _Reference, kinds: Kinds) -> bool:
    """Whether a reference stands in a table, in a log, in a string or the tags of code, or in backticks.

    In HTML that was left as it is, only the references to the characters that make markup are code. Code that was escaped as
    a whole (``a &lt; b``) has them outside its strings.
    """
    start, end = _line_around(text, item.start)
    line = text[start:end]
    if is_literal(literal_spans(line), item.start - start, item.end - start):
        return True
    kind = kinds.at(item.start)
    if kind != "code" or kinds.is_fenced(kinds.number(item.start)):
        return kind in LITERAL
    if _TAG.search(line):
        return item.char in _MARKUP
    return any(line.count(mark, 0, item.start - start) % 2 for mark in "\"'`")


def _close_gaps(text: str, found: list[_Reference]) -> None:
    """Let broken references take in the spaces that the breaking left: around an apostrophe, inside quotation marks."""
    quotes: list[_Reference] = []
    for item in found:
        if item.broken and item.char in "'’" and _contracts(text, item):
            item.start, item.end = _skip_back(text, item.start), _skip_ahead(text, item.end)
            continue
        if len(item.char) == 1 and item.char in "\"'«»‹›“”‘’„‚":
            quotes.append(item)
    for opening, closing in _pairs(text, quotes):
        before, after = _skip_ahead(text, opening.end), _skip_back(text, closing.start)
        if before >= after or not (opening.broken or closing.broken):
            continue
        if (
            opening.char in "«‹"
            and before > opening.end
            and after < closing.start
            and _spaces_guillemets(text, opening.start)
        ):
            continue
        opening.end, closing.start = before, after


def _contracts(text: str, item: _Reference) -> bool:
    """Whether an apostrophe stands in a contracted word: behind a letter, before s, t, re and the like."""
    return text[_skip_back(text, item.start) - 1 : item.start].strip().isalpha() and bool(
        _CONTRACTED.match(text, item.end)
    )


def _pairs(text: str, quotes: Iterable[_Reference]) -> Iterator[tuple[_Reference, _Reference]]:
    """Opening and closing marks of one line, among the references and the marks that stand in the text as they are."""
    opened: _Reference | None = None
    seen = 0
    for item in quotes:
        if text.find("\n", seen, item.start) >= 0:
            opened = None
        seen = item.end
        if opened is None:
            literal = _literal_opening(text, item)
            if literal:
                yield literal, item
            else:
                opened = item if item.char in _PARTNERS or item.char in "\"'" else None
        elif item.char in _PARTNERS.get(opened.char, opened.char):
            yield opened, item
            opened = None
        elif item.char in _PARTNERS:
            opened = item


def _literal_opening(text: str, closing: _Reference) -> _Reference | None:
    """The mark, standing in the text as it should, that a closing reference closes."""
    line, _ = _line_around(text, closing.start)
    for opening, closers in _PARTNERS.items():
        if closing.char in closers:
            at = text.rfind(opening, line, closing.start)
            if at >= 0 and not any(closer in text[at + 1 : closing.start] for closer in closers):
                return _Reference(at + 1, at + 1, opening, broken=False)
    return None


def _spaces_guillemets(text: str, at: int) -> bool:
    """Return whether the line that holds a position is of a language that sets a space inside guillemets, as French does."""
    return len(_SPACED_GUILLEMETS.findall(text, *_line_around(text, at))) >= 2


def _line_around(text: str, at: int) -> tuple[int, int]:
    """The span of the line that holds a position, as far as it lies near."""
    start, end = max(0, at - _FAR), min(len(text), at + _FAR)
    newline = text.find("\n", at, end)
    return max(start, text.rfind("\n", start, at) + 1), newline if newline >= 0 else end


def _skip_back(text: str, at: int) -> int:
    while at and text[at - 1] in " \t\u00a0":
        at -= 1
    return at


def _skip_ahead(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\u00a0":
        at += 1
    return at
