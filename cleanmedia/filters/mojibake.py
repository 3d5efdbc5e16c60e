"""Mojibake: text that was decoded in the wrong encoding."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from cleanmedia.core.edits import Edit, compare
from cleanmedia.core.filter import finds, settled_soon
from cleanmedia.filters.mojibake_pairs import PAIRS
from cleanmedia.page.lines import lines_with
from cleanmedia.page.patterns import pattern
from cleanmedia.page.runs import runs

__all__ = ["mojibake"]

Route = tuple[str, str]  # the wrong encoding, and the right one

# What nearly all UTF-8 has that was read in an encoding of one byte per character: a control of Latin-1, one of PAIRS, or one of four
# letters before certain others.
_CONTROLS = "\x80-\x9f"
_FIRSTS, _SECONDS = map("".join, zip(*PAIRS, strict=True))
_LONE = "(?<=[Œœ])(?![A-Za-z])|(?<=[ÃÂ]) "
_PAIR = f"(?=[{_SECONDS}])(?:" + "|".join(f"(?<=[{first}])[{second}]" for first, second in PAIRS) + ")"
_LONE_LETTER = pattern(f"[ŒœÃÂ](?:{_LONE})")
_PAIRED = f"[{_CONTROLS}{_FIRSTS}Œœ](?:(?<=[{_CONTROLS}])|{_LONE}|{_PAIR})"  # one class first: it is fast
# What other misreadings have, and correct text hardly: letters of Latin-1 in a row; in Cyrillic and Greek a capital behind a small letter;
# drawings beside letters; Hebrew, Arabic and Thai letters that are bytes of UTF-8.
_DRAWING = "\u2500-\u259f"
_ROWS = "|".join(
    f"(?=[{first}])(?:{rows})"
    for first, rows in (
        ("¡-ń", "[Â-ß][\x80-¿ŒœŠšŸŽžƒˆ˜–—‘-‚“-„†-•…‰‹›€™]|[À-ÿ]{3}|[¡-ÿ]{4}|[ÂÄ][ŁŞŻłąşĽľżŚŤŹśťź]|[À-ß]\ufffd"),
        ("¡-ń", f"[ĂĹ][\xa0-¿ĄŁŞŻ˛łąşĽ˝ľżŠŚŤŽŹšśťžź‚„†‡€‰‹‘-”•–—™›]|[¡-ÿ][{_DRAWING}]"),
        ("α-ώΓ", "[α-ωά-ώ][Α-Ω]|Γ[ÄÇ]"),
        ("Ѐ-ӿ][^а-яx", "[ВГДЕ][ЂЃѓЉЊЌЋЏђљњќћџЎўЈЄЇЅґ¢-¿†-‡€‰‹•™№]|Г[\xa0јїЅ]|[ЕД][іїјљњќ]|[РС]\ufffd"),
        ("Ѐ-ӿ][^а-яx", f"[а-џ][Ѐ-Я]{{2}}|[а-я][Я№€]|тА|[ыэъщ][ђѓѕјљњћќџ]|[Ѐ-ӿ][{_DRAWING}]|п[їѕ]Ѕ"),
        ("ђѓѕјљњћќџ", "[ђѓѕјљњћќџ][ыэъщ]|ѕ[а-я]+€"),
        ("\u2010-\u259f", f"[№€][а-яыэъщ]|‚[Ä\ufffd]|€\ufffd|[–—][Ђ-џ†-•¡-ÿ][–—]|[–—«][а-я]+€|[{_DRAWING}][¡-ÿŒ-ӿ]"),
        ("\u05b0-\u0e40", "׳.׳|[\u05b0-\u05be][\xa0-¿†-‡]|[طظأآذرإ][§†‡ˆ‰‹Œ•–—™›¢-ª°-º]|เ[ธน].?เ[ธน]"),
        ("ﾂ-ﾟ", "[ﾂ-ﾟ][｡-ﾟ]"),
    )
)
# Characters that no word of Latin letters has inside.
_INSIDE = "³¹¿±¶¼¾º¡¤¢‚ƒ‡¸‰ˆ÷ÞÐÝŠŽŸÈËÒÚÓ"
# What is not Latin, and is a byte of UTF-8 or of an old encoding if it stands in a word of Latin letters.
_FOREIGN = "\u0370-\u1dff\u2500-\u259f\u2200-\u23ffⁿ√"
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
    ("¿³¹±¶¼¾ºª£¥¯", "êæñóâîãþèìøùò", ""),
)

_harmless: set[bytes] = set()  # runs of characters beyond ASCII that hold nothing suspicious, wherever they stand
_doubtful: set[bytes] = set()  # such runs that would be suspicious in a word of Latin letters
_LONGEST_KEPT, _MOST_KEPT = 40, 1 << 16  # bytes, runs
_FEW = 12  # runs that are looked for one by one
_SEGMENT = 1_000_000  # code points that are looked at in one piece
_MOST_IN_VAIN = 12  # lines of odd company that are judged in a row with no repair
_STRONG = 2  # lines misread in the same way, from which on they are evidence for the rest of the page


def _rows() -> str:
    """Return a pattern for rows of characters; also rare ideographs, which stand for bytes of UTF-8 in GBK and Shift-JIS."""
    codes = [bytes((lead, trail)) for lead in (*range(0xA8, 0xB0), *range(0xC2, 0xEA)) for trail in range(0x80, 0xA1)]
    codes += [bytes((lead, trail)) for lead in range(0x81, 0xA1) for trail in range(0xC2, 0xF0)]
    rare = "".join(sorted({code.decode("gbk", "ignore") for code in codes} | set("縺繧繝窶")))
    return f"[{rare}]|(?=[¡-ńΑ-џ\u05b0-\u0e40\u2010-\u259fﾂ-ﾟ])(?:{_ROWS})"


def _in_words() -> str:
    """Return a pattern for words of Latin letters with characters that such words do not have."""
    letters = "".join(bytes((0xC3, trail)).decode("gbk") for trail in range(0x80, 0xC0))  # é and the like in GBK
    strange = f"{_FOREIGN}{letters}"
    return f"[A-Za-z](?:[{_INSIDE}][A-Za-z]|(?<=[a-z])[{_FOREIGN}]|(?<=[a-z])[{letters}]|[{strange}][a-z])"


def _at_starts() -> str:
    """Return a pattern for words of Latin letters that begin with a character that such words do not have."""
    return f"[{_FOREIGN}](?=[a-z]{{2}})(?<![^ (\"'].)"


_SUSPICIOUS = pattern(_PAIRED)
_ROW = pattern(_rows)
_IN_WORD, _AT_START = pattern(_in_words), pattern(_at_starts)
_MAY_BE_IN_WORD = pattern(
    lambda: f"[{_INSIDE}{_FOREIGN}{''.join(bytes((0xC3, trail)).decode('gbk') for trail in range(0x80, 0xC0))}]"
)


def _encoded(letters: str) -> frozenset[bytes]:
    return frozenset(letter.encode() for letter in letters)


_COMPANY = [tuple(map(_encoded, row)) for row in _ODD_COMPANY]
_TRIGGERS = frozenset().union(*(row[0] for row in _COMPANY))


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find."""
    return text.isascii() or not (_is_suspicious(text) or _odd_company(text))


def _is_suspicious(text: str) -> bool:
    """Whether a text has what correct text hardly has: in its runs of characters beyond ASCII, or in its words of Latin letters.

    The runs of real text are few and come again, so that those known to be harmless are set aside all at once.
    """
    if any(letter in text for letter in "ŒœÃÂ") and _LONE_LETTER.search(text):
        return True
    found = runs(text)
    new = found - _harmless - _doubtful
    if new:
        # The letter between two runs keeps them apart, and makes neither suspicious.
        joined = b"x".join(new).decode("utf-8", "surrogatepass")
        if _SUSPICIOUS.search(joined) or _ROW.search(joined):
            return True
        if len(_harmless) + len(_doubtful) > _MOST_KEPT:
            _harmless.clear()
            _doubtful.clear()
        short = [run for run in new if len(run) <= _LONGEST_KEPT]
        if _MAY_BE_IN_WORD.search(joined):
            _doubtful.update([run for run in short if b"\xcd" < run < b"\xe1"])  # Greek to Thai
            others = [run for run in short if not b"\xcd" < run < b"\xe1"]
            _doubtful.update([run for run in others if _MAY_BE_IN_WORD.search(run.decode("utf-8", "surrogatepass"))])
        _harmless.update([run for run in short if run not in _doubtful])
    doubtful = _doubtful & found
    return bool(doubtful) and _stands_in_word(doubtful, text)


def _stands_in_word(doubtful: set[bytes], text: str) -> bool:
    """Whether one of some runs stands in a word of Latin letters."""
    if len(doubtful) > _FEW:
        return bool(_IN_WORD.search(text) or _AT_START.search(text))
    for run in doubtful:
        string = run.decode("utf-8", "surrogatepass")
        at = text.find(string)
        while at >= 0:
            end = at + len(string)
            if _IN_WORD.search(text, max(0, at - 3), end + 3) or _AT_START.match(text, at):
                return True
            at = text.find(string, end)
    return False


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
def mojibake(text: str) -> Iterable[Edit]:
    """Repairs what was decoded in the wrong encoding.

    Why: pages declare one encoding and use another, or mix two: ``VerÃ¶ffentlichung``, ``ItвЂ™s``, ``Copyright Â© 2020``
    stand on 155 of 4,809 real hosts. A word or line is repaired where it is clearly likelier afterwards, as text of some language, and
    encodes back to the same bytes. ``docs/mojibake.md`` lists the encodings, and compares the results with those of ftfy.

    Keeps: curly quotes, full-width forms, ligatures, entities, line breaks: they are other filters' business, or no fault.
    A line that speaks of mojibake shows it on purpose.

    Risk: very low; of 11.8 million characters of clean text of 110 kinds, it changes none that was right.

    >>> mojibake("VerÃ¶ffentlichung … ItвЂ™s")
    'Veröffentlichung … It’s'
    >>> mojibake("”Ya”, ”Tidak”: ２０２０年, AMANHÃ…")
    '”Ya”, ”Tidak”: ２０２０年, AMANHÃ…'
    """
    return () if _can_skip(text) else _found(text)


def _may_be_misread(line: str) -> bool:
    """Whether a line has what correct text hardly has."""
    return any(shape.search(line) for shape in (_SUSPICIOUS, _ROW, _IN_WORD, _AT_START))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that may be misread, each with its place."""
    at = 0
    for line in text.split("\n"):
        if not line.isascii() and _may_be_misread(line):
            yield at, line
        at += len(line) + 1


def _found(text: str) -> list[Edit]:
    """Return the edits of a first look at a text."""
    from cleanmedia.decoding.misreadings import repaired, traces

    found: dict[int, tuple[str, str, str]] = {}  # by place: a line, what it becomes, and why
    routes: Counter[Route] = Counter()  # of lines

    def judge(lines: Iterator[tuple[int, str]], known: tuple[Route, ...] = ()) -> Iterator[bool]:
        for start, line in lines:
            if start in found or "mojibake" in line:
                continue
            for at in range(start, start + len(line), _SEGMENT):
                piece = line[at - start : at - start + _SEGMENT]
                repair = repaired(piece, _may_be_misread, known)
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
        for trace in traces(known):
            for _ in judge(lines_with(trace, text), known):
                pass
    return [edit._replace(why=why) for at, (line, new, why) in sorted(found.items()) for edit in compare(line, new, at)]
