"""Mojibake: text that was decoded in the wrong encoding."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from cleanmedia.core.edits import Edit, compare
from cleanmedia.core.filter import finds, gated, settled_soon
from cleanmedia.filters.mojibake_pairs import PAIRS
from cleanmedia.page.lines import lines_with
from cleanmedia.page.patterns import pattern
from cleanmedia.page.runs import runs
from cleanmedia.words.lists import listed

__all__ = ["mojibake"]

Route = tuple[str, str]  # the wrong encoding, and the right one

# What correct text hardly has. Each pattern looks for the rarer of two neighbours first, so that it stops at few places.
# Nearly all UTF-8 that was read in an encoding of one byte per character has a control of Latin-1, one of PAIRS, or one of four letters
# before certain others.
_CONTROLS = "\x80-\x9f"
_LONE = "(?<=[Œœ])(?![A-Za-z])|(?<=[ÃÂ])(?= )"
_LONE_LETTER = pattern(f"[ŒœÃÂ](?:{_LONE})")
_LONE_LETTERS = tuple("ŒœÃÂ")
# Other misreadings have letters of Latin-1 in a row; in Cyrillic and Greek a capital behind a small letter; drawings beside letters; Hebrew,
# Arabic and Thai letters that are bytes of UTF-8. By what stands before: what exactly does, and the characters that are found behind it.
_DRAWING = "\u2500-\u259f"
_BEHIND = {
    "¡-ÿĂĹĀĆ": (
        ("[ĀĆ]", "¡-ª¬-º¼-¿ØŖÆ"),
        ("[Â-ß]", "\x80-¿ŒœŠšŸŽžƒˆ˜–—‘-‚“-„†-•…‰‹›€™"),
        ("[À-ÿ]{2}", "À-ÿ"),
        ("[¡-ÿ]{3}", "¡-ÿ"),
        ("[ÂÄ]", "ŁŞŻłąşĽľżŚŤŹśťź"),
        ("[ĂĹ]", "\xa0-¿ĄŁŞŻ˛łąşĽ˝ľżŠŚŤŽŹšśťžź‚„†‡€‰‹‘-”•–—™›"),
        ("[À-ß]", "\ufffd"),
        ("[¡-ÿ]", _DRAWING),
    ),
    "Ѐ-џ": (
        ("[ВГДЕ]", "ЂЃѓЉЊЌЋЏђљњќћџЎўЈЄЇЅґ¢-¿†-‡€‰‹•™№"),
        ("Г", "\xa0јї"),
        ("[а-џ][Ѐ-Я]", "Ѐ-Я"),
        ("[а-я]", "Я№€"),
        ("т", "А"),
        ("п[їѕ]", "Ѕ"),
        ("[ыэъщ]", "ђѓѕјљњћќџ"),
        ("[РС]", "\ufffd"),
        ("[Ѐ-џ]", _DRAWING),
        ("[–—][Ђ-џ]", "–—"),
    ),
    "α-ώΓ‚€†-•": (
        ("[α-ώ]", "Α-Ω"),
        ("Γ", "ÄÇ"),
        ("‚", "Ä"),
        ("[‚€]", "\ufffd"),
        ("[–—][†-•]", "–—"),
    ),
    "\u05b0-\u05beطظأآذرإ": (("[\u05b0-\u05be]", "\xa0-¿†-‡"), ("[طظأآذرإ]", "§†‡ˆ‰‹Œ•–—™›¢-ª°-º")),
}
# Characters, and what stands behind them.
_BEFORE = (
    ("ѕ–—", "[а-я]+€"),
    ("–—", "[¡-ÿ][–—]"),
    ("№€", "[а-я]"),
    (_DRAWING, "[¡-ÿŒ-ӿ]"),
    ("ЕД", "[іїј]"),
    ("ђѓѕјљњћќџ", "[ыэъщ]"),
    ("׳", ".׳"),
    ("เ", "[ธน].?เ[ธน]"),
    ("ﾂ-ﾟ", "[｡-ﾟ]"),
)
# Characters that no word of Latin letters has inside.
_INSIDE = "³¹¿±¶¼¾º¡¤¢‚„ƒ†‡›¯˘˙˝¸‰ˆ÷ŠŽŸÀ-ÖØ-Þ"
# What is not Latin, and is a byte of UTF-8 or of an old encoding if it stands in a word of Latin letters: other scripts, and what else.
_FIRST_FOREIGN, _AFTER_FOREIGN = b"\xce", b"\xe1"  # in UTF-8: Greek to Thai
_STRANGE = "\u0370-\u037f\u1000-\u1dff\u2500-\u259f\u2200-\u23ffⁿ√"
_SIGNS_IN_GBK = "拢掳"  # £ and °
# The same in UTF-8 by its first bytes: a letter of another script as F, small and capital letters as a and A, what may stand before a word.
_KINDS = bytes(
    ord(
        "F"
        if 0xCE <= byte < 0xE1
        else "a"
        if 0x61 <= byte <= 0x7A
        else "A"
        if 0x41 <= byte <= 0x5A
        else " "
        if byte in b" (\"'"
        else "."
    )
    for byte in range(256)
)
_NO_FIRST_BYTES = bytes(range(0x80, 0xC0))
# Letters that one language has, beside letters that it has not: ``ø`` with ``ì`` is neither Danish nor Italian, but Czech in windows-1250.
# Each row: some letters that must be on a page, others of which one must be there, and those that must not.
_ODD_COMPANY = (
    ("þð", "", "áíóúæ"),
    ("ý", "þðçöü", "áéíóúě"),
    ("þðø", "ëûèïîâìç", ""),
    ("ì", "øèùï¾", ""),
    ("è", "šž¾¼", ""),
    ("õ", "û", ""),
    ("õ", "éí", "ãçê"),
    ("ŕ", "", ""),
    ("ń", "éíú", "łążę"),
    ("ĺ", "äöřć", ""),
    ("ęč", "éŕîâ", "ąłěšž"),
    ("ăő", "éçí", "şţșțâî"),
    ("³¹±¶¼¾£¥¯", "êæñóâîãþèìøùò", ""),
    ("¿", "³¹±¶¼¾¯", ""),
    ("ºª", "þ", ""),
)

_harmless: set[bytes] = set()  # runs of characters beyond ASCII that hold nothing suspicious
_doubtful: set[bytes] = set()  # those of them that would be suspicious beside certain characters of ASCII
_foreign: set[bytes] = (
    set()
)  # those of them that begin with a letter of another script, and would be in a word of Latin letters
_WIDE = ("gb18030", "cp932")
_LONGEST_KEPT, _MOST_KEPT = 40, 1 << 16  # bytes, runs
_SEGMENT = 1_000_000  # code points that are looked at in one piece
_MOST_IN_VAIN = 12  # lines of odd company that are judged in a row with no repair
_WORD = pattern(r"[^\W\d_]+")
# A letter beyond ASCII in quotation marks that stand apart: in misread text the marks are halves of letters.
_QUOTED_LETTER = pattern(
    "[\"'][^\\W\\d_](?<=[^\0-\x7f])[\"']|(?<![^\\s(])(?:„[^\\W\\d_][“”]|“[^\\W\\d_]”|«[^\\W\\d_]»|»[^\\W\\d_]«|[‚‘][^\\W\\d_][‘’])(?<=[^\0-\x7f].)(?![^\\s.,;:!?)])"
)
_QUOTATIONS = (("«", "»"), ("“", "”"), ("„", "“”"))
_CLOSING_MARK = pattern(r"[^\W\d_][»”“]")  # behind the last letter of a word
_ARMENIAN_TO_NKO = pattern("[\u0530-\u07ff\u02d2-\u02d5]")  # and small marks of phonetics
_NKO_IN_WORD = pattern("[\u07c0-\u07ff](?<=[A-Za-zÀ-ɏ].)")
_ANGSTROMS = pattern(r"(?<![^\W\d_])Å[²³](?![^\W\d_])")  # a unit; in misread text half of a letter of a word
# One letter beyond ASCII, or two, between marks of ASCII.
_FEW_LETTERS = pattern("[^\\W\\d_\0-\x7f](?<![^\\W\\d_].)(?<![^\0-\x7f].)[^\\W\\d_]?(?![^\\W\\d_])(?![^\0-\x7f])")
_FEWEST_NAMED = 2  # different letters that a line names
_STRONG = 2  # lines misread in the same way, from which on they are evidence for the rest of the page


def _shapes() -> str:
    """Return a pattern for neighbours beyond ASCII that correct text hardly has."""
    firsts, seconds = map("".join, zip(*PAIRS, strict=True))
    pairs = "|".join(f"(?<=[{first}][{second}])" for first, second in PAIRS)
    behind = "|".join(
        f"(?<=[{place}][{''.join(last for _, last in rows)}])(?:{'|'.join(f'(?<={before}[{last}])' for before, last in rows)})"
        for place, rows in _BEHIND.items()
    )
    places = "".join(_BEHIND)
    lasts = "".join(last for rows in _BEHIND.values() for _, last in rows)
    starts = "".join(start for start, _ in _BEFORE)
    before = "|".join(f"(?<=[{start}])(?={after})" for start, after in _BEFORE)
    return (
        f"[{_CONTROLS}ŒœÃÂ{seconds}{lasts}{starts}](?:(?<=[{firsts}{places}].)(?:(?<=[{firsts}][{seconds}])(?:{pairs})|{behind})"
        f"|(?<=[{_CONTROLS}ŒœÃÂ{starts}])(?:(?<=[{_CONTROLS}])|{_LONE}|{before}))"
    )


def _rare() -> str:
    """Return a pattern for rare ideographs, which stand for bytes of UTF-8 in GBK and Shift-JIS."""
    codes = [bytes((lead, trail)) for lead in (*range(0xA8, 0xB0), *range(0xC2, 0xEA)) for trail in range(0x80, 0xA1)]
    codes += [bytes((lead, trail)) for lead in range(0x81, 0xA1) for trail in range(0xC2, 0xF0)]
    return "[" + "".join(sorted({code.decode("gbk", "ignore") for code in codes} | set("縺繧繝窶"))) + "]"


def _letters_in_gbk(*leads: int) -> str:
    """Return what letters become whose UTF-8 begins with certain bytes if it is read in GBK: é and the like for 0xC3."""
    return "".join(bytes((lead, trail)).decode("gbk") for lead in leads for trail in range(0x80, 0xC0))


def _in_words() -> str:
    """Return a pattern for words of Latin letters with characters that such words do not have, but for letters of other scripts."""
    strange, central = f"{_STRANGE}{_letters_in_gbk(0xC3)}", _letters_in_gbk(0xC4, 0xC5)
    return (
        f"[{_INSIDE}{strange}{central}{_SIGNS_IN_GBK}](?:"
        f"(?<=[A-Za-z][{_INSIDE}])(?=[a-z])|(?<=[a-z][{_INSIDE}])(?=[A-Z])|(?<=[a-z]{{2}}[À-ÖØ-Þ])(?![A-Za-z])|(?<=[a-z][{strange}])|(?<=[A-Za-z][{strange}{central}])(?=[a-z])"
        f"|(?<=[{strange}])(?=[a-z]{{2}})(?<![^ (\"'\\n].)|(?<=[0-9 (][{_SIGNS_IN_GBK}])(?=[0-9CF]))"
    )


def _doubtful_runs() -> str:
    """Return a pattern for runs that are suspicious in a word of Latin letters, each between two letters x."""
    return f"x([{_STRANGE}{_letters_in_gbk(0xC3)}][^x]*|[{_INSIDE}{_letters_in_gbk(0xC4, 0xC5)}{_SIGNS_IN_GBK}])(?=x)"


_SHAPE, _RARE, _BEYOND = pattern(_shapes), pattern(_rare), pattern(r"[^\0-\x7f]+")
_IN_WORD, _DOUBTFUL = pattern(_in_words), pattern(_doubtful_runs)


def _encoded(letters: str) -> frozenset[bytes]:
    return frozenset(letter.encode() for letter in letters)


_COMPANY = [tuple(map(_encoded, row)) for row in _ODD_COMPANY]
_TRIGGERS = frozenset().union(*(row[0] for row in _COMPANY))


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: there is nothing suspicious, and no letter that may be in odd company."""
    return text.isascii() or (_TRIGGERS.isdisjoint(runs(text)) and not _is_suspicious(text))


def _is_suspicious(text: str) -> bool:
    """Whether a text has what correct text hardly has: in its runs of characters beyond ASCII, or in its words of Latin letters.

    The runs of real text are few and come again, so that those known to be harmless are set aside all at once.
    """
    found = runs(text)
    if not found <= _harmless:
        new = found - _harmless
        # The letter between two runs keeps them apart, and makes neither suspicious.
        joined = f"x{b'x'.join(new).decode('utf-8', 'surrogatepass')}x"
        if _SHAPE.search(joined) or _is_wide(joined):
            return True
        if len(_harmless) > _MOST_KEPT:
            for memo in (_harmless, _doubtful, _foreign):
                memo.clear()
        short = [run for run in new if len(run) <= _LONGEST_KEPT]
        _harmless.update(short)
        _foreign.update([run for run in short if _FIRST_FOREIGN < run < _AFTER_FOREIGN])
        _doubtful.update(
            [
                run.encode("utf-8", "surrogatepass")
                for run in _DOUBTFUL.findall(joined)
                if len(run) <= _LONGEST_KEPT // 2
            ]
        )
        if any(letter in joined for letter in _LONE_LETTERS):
            _doubtful.update([run for run in short if run.decode("utf-8", "surrogatepass").endswith(_LONE_LETTERS)])
    if not _foreign.isdisjoint(found) and _has_foreign_words(text):
        return True
    if _doubtful.isdisjoint(found):
        return False
    lone = any(letter in text for letter in _LONE_LETTERS) and _LONE_LETTER.search(text)
    return bool(lone or _IN_WORD.search(text))


def _has_foreign_words(text: str) -> bool:
    """Whether a letter of another script stands in a word of Latin letters, or before one."""
    kinds = f" {text}".encode("utf-8", "surrogatepass").translate(_KINDS, _NO_FIRST_BYTES)
    return b"aF" in kinds or (b"Fa" in kinds and (b"AFa" in kinds or b" Faa" in kinds))


def _is_wide(text: str) -> bool:
    """Whether rare ideographs of a text are UTF-8 that was read in GBK or Shift-JIS."""
    if not _RARE.search(text):
        return False
    first = {encoding: _first_ideographs(encoding) for encoding in _WIDE}
    return any(
        run[0] in first[encoding] and _RARE.search(run) and _is_utf_8(run, encoding)
        for run in _BEYOND.findall(text)
        for encoding in _WIDE
    )


def _is_utf_8(run: str, encoding: str) -> bool:
    try:
        run.encode(encoding).decode("utf-8")
    except UnicodeError:
        return False
    return True


@lru_cache
def _first_ideographs(encoding: str) -> frozenset[str]:
    """Return the ideographs whose two bytes in an encoding may begin UTF-8."""
    codes = [bytes((lead, trail)) for lead in range(0xC2, 0xF5) for trail in range(0x80, 0xC0)]
    return frozenset(char for code in codes if len(char := code.decode(encoding, "ignore")) == 1)


def _odd_company(text: str) -> str:
    """Return letters that may be misread ones of another language, by the other letters of the text; empty if there are none."""
    found = runs(text)
    if _TRIGGERS.isdisjoint(found):
        return ""
    return "".join(
        letters
        for (letters, *_), (some, others, forbidden) in zip(_ODD_COMPANY, _COMPANY, strict=True)
        if not some.isdisjoint(found) and (not others or not others.isdisjoint(found)) and forbidden.isdisjoint(found)
    )


@finds
@settled_soon
@gated(_can_skip)
def mojibake(text: str) -> Iterable[Edit]:
    """Repairs what was decoded in the wrong encoding.

    Why: pages declare one encoding and use another, or mix two: ``VerÃ¶ffentlichung``, ``ItвЂ™s``, ``Copyright Â© 2020``
    occur on 155 of 4,809 real hosts. A word or line is repaired where it is clearly likelier afterwards, as text of some language, and
    encodes back to the same bytes. ``docs/mojibake.md`` lists the encodings, and compares the results with those of ftfy.

    Keeps: curly quotes, full-width forms, ligatures, entities, line breaks: they are other filters' business, or no fault.
    A line that speaks of mojibake shows it on purpose, and so does one that has a word both misread and as it should be:
    ``fÃ¼r`` and ``für``.

    Risk: very low; of 11.8 million characters of clean text of 110 kinds, it changes none that was right.

    >>> mojibake("VerÃ¶ffentlichung … ItвЂ™s")
    'Veröffentlichung … It’s'
    >>> mojibake("”Ya”, ”Tidak”: ２０２０年, AMANHÃ…")
    '”Ya”, ”Tidak”: ２０２０年, AMANHÃ…'
    """
    # Without a letter that may be in odd company, the gate has seen something suspicious.
    sure = _TRIGGERS.isdisjoint(runs(text))
    return _found(text) if sure or _is_suspicious(text) or _odd_company(text) else ()


def _may_be_misread(line: str) -> bool:
    """Whether a line has what correct text hardly has."""
    return bool(_SHAPE.search(line) or _IN_WORD.search(line)) or _has_foreign_words(line) or _is_wide(line)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that may be misread, each with its place."""
    found = dict(lines_with(_SHAPE, text)) | dict(lines_with(_IN_WORD, text))
    if _has_foreign_words(text) or _is_wide(text):
        found |= {
            start: line for start, line in lines_with(_BEYOND, text) if start not in found and _may_be_misread(line)
        }
    yield from sorted(found.items())


def _names_letters(line: str) -> bool:
    """Whether a line lists letters one by one, as an alphabet or the description of a keyboard does, or one in quotation marks.

    A letter before a space that may be half of another (``Ã``, ``Â``) is none.
    """
    named = [word for word in _FEW_LETTERS.findall(line) if word not in "ÃÂ" and word[0] in (word, word[1:].lower())]
    if len({*named}) >= _FEWEST_NAMED:
        words = sum([not word.isascii() for word in _WORD.findall(line)])
        if len(named) * 2 > words:
            return True
    return bool(_QUOTED_LETTER.search(line))


def _speaks_of_mojibake(line: str) -> bool:
    """Whether a line names what misread text is called, or an encoding."""
    lower = line.lower()
    return any(word in lower for word in listed("mojibake words"))


def _contrasts(line: str, repaired: str) -> bool:
    """Whether a line has a word both as it is misread and as it should be: "Aus „fÃ¼r“ wird „für“"."""
    words = Counter(_WORD.findall(line))
    return any(
        word in words and count > words[word]
        for word, count in Counter(_WORD.findall(repaired)).items()
        if len(word) > 1 and not word.isascii()
    )


def _has_lone_letter(repaired: str) -> bool:
    """Whether a line would have a single letter of a script from Armenian to N'Ko, or one of N'Ko in a Latin word: "weiß…"."""
    return len(_ARMENIAN_TO_NKO.findall(repaired)) == 1 or bool(_NKO_IN_WORD.search(repaired))


def _breaks_pair(line: str, repaired: str) -> bool:
    """Whether all that changes are marks that close quotations, each with what stands beside it: "«Vamos, mamá»—dijo", "«Vamos, mamỗdijo"."""
    broken = any(
        line.count(opening) == sum(map(line.count, closing))
        and repaired.count(opening) > sum(map(repaired.count, closing))
        for opening, closing in _QUOTATIONS
    )
    return broken and all(_CLOSING_MARK.match(line, edit.start, edit.end) for edit in compare(line, repaired))


def _found(text: str) -> list[Edit]:
    """Return the edits of a first look at a text."""
    from cleanmedia.decoding.misreadings import repaired, traces

    found: dict[int, tuple[str, str, str]] = {}  # by place: a line, what it becomes, and why
    routes: Counter[Route] = Counter()  # of lines

    def judge(lines: Iterator[tuple[int, str]], known: tuple[Route, ...] = ()) -> Iterator[bool]:
        for start, line in lines:
            if start in found or _speaks_of_mojibake(line) or _names_letters(line) or _ANGSTROMS.search(line):
                continue
            for at in range(start, start + len(line), _SEGMENT):
                piece = line[at - start : at - start + _SEGMENT]
                repair = repaired(piece, _may_be_misread, known)
                if repair and (
                    _contrasts(piece, repair.text) or _has_lone_letter(repair.text) or _breaks_pair(piece, repair.text)
                ):
                    repair = None
                if repair:
                    why = ", ".join(f"{right} read as {wrong}" for wrong, right in repair.routes)
                    found[at] = piece, repair.text, why
                    routes.update(repair.routes)
                yield bool(repair)

    for _ in judge(_lines(text)):
        pass
    if odd := _odd_company(text):
        in_vain = 0
        for good in judge(lines_with(re.compile(f"[{odd}]"), text)):
            in_vain = 0 if good else in_vain + 1
            if in_vain > _MOST_IN_VAIN:
                break
    if known := tuple(route for route, count in routes.items() if count >= _STRONG):
        lines = {start: line for trace in traces(known) for start, line in lines_with(trace, text)}
        for _ in judge(iter(sorted(lines.items())), known):
            pass
    return [edit._replace(why=why) for at, (line, new, why) in sorted(found.items()) for edit in compare(line, new, at)]
