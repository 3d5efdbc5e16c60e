"""Undo misreadings: text whose bytes were decoded in the wrong encoding (mojibake).

A misreading is undone where the text after it is likelier, as text of some language, than the text before it; the judge is
:mod:`cleanmedia.decoding.letters`. A repair is exact: the text that is put encodes back to the bytes that were misread. Where a byte was
lost (a no-break space made a space, a closing quotation mark cut short), only the few losses named here are made good.

UTF-8 that was read as something else is repaired word by word, since the bytes of UTF-8 show what belongs together, and since correct text
may stand beside it. One old encoding that was read as another is repaired by lines.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleanmedia.decoding.guessing import ENCODINGS
from cleanmedia.decoding.letters import costs, tags

__all__ = ["Repair", "Route", "repaired", "traces", "wrong_encodings"]

Route = tuple[str, str]  # the wrong encoding, and the right one

# Encodings that UTF-8 is read in, each with the margin in half nats by which a word must become likelier. In alphabets whose letters stand for
# bytes of UTF-8, chance makes a few words valid.
_SINGLE = {
    "windows-1252": 8,
    "windows-1251": 14,
    "windows-1250": 20,
    "windows-1253": 20,
    "windows-1254": 8,
    "windows-1257": 14,
    "iso-8859-2": 20,
    "mac-roman": 20,
    "cp437": 14,
    "koi8-r": 18,
    "cp866": 18,
    "mac-cyrillic": 18,
    "cp850": 14,
    "windows-1255": 14,
    "windows-1256": 24,
    "cp874": 20,
}
_WIDE = {"gb18030": 16, "cp932": 20}
_MARGINS = _SINGLE | _WIDE
_LATIN = frozenset(
    (
        "windows-1252",
        "windows-1250",
        "windows-1254",
        "windows-1257",
        "iso-8859-2",
        "iso-8859-15",
        "windows-1258",
        "mac-roman",
    )
)
# Old encodings that old encodings are read in, and the ones they may be.
_CYRILLIC = ("windows-1251", "koi8-r", "koi8-u", "cp866", "iso-8859-5", "mac-cyrillic")
_WESTERN = ("windows-1252", "mac-roman", "cp850", "cp437")
_OLD: dict[str, tuple[str, ...]] = {
    "windows-1252": (
        *(
            "windows-1251",
            "windows-1250",
            "gb18030",
            "cp932",
            "euc-jp",
            "cp949",
            "cp950",
            "windows-1253",
            "windows-1254",
        ),
        *("windows-1255", "windows-1256", "windows-1257", "windows-1258", "cp874", "iso-8859-2", "koi8-r", "koi8-u"),
        *(
            "iso-8859-5",
            "iso-8859-6",
            "iso-8859-13",
            "iso-8859-4",
            "cp866",
            "mac-cyrillic",
            "mac-roman",
            "cp850",
            "cp437",
            "cp852",
        ),
    ),
    "windows-1251": (*_CYRILLIC, *_WESTERN),
    "koi8-r": _CYRILLIC,
    "cp866": _CYRILLIC,
    "mac-cyrillic": _CYRILLIC,
    "iso-8859-5": _CYRILLIC,
    "windows-1250": (*_WESTERN, "iso-8859-2", "cp852"),
    "mac-roman": ("windows-1252", "windows-1251", "windows-1250", "mac-cyrillic"),
    "cp437": ("windows-1252", "cp866"),
    "cp850": ("windows-1252",),
}
_LANGUAGES = {name: (languages, rarity) for name, languages, rarity in ENCODINGS} | {
    "mac-cyrillic": (("ru", "uk", "bg", "sr"), 8)
}
_WIDE_OLD = frozenset(("gb18030", "cp932", "euc-jp", "cp949", "cp950"))
_MARGIN_OLD = 26  # half nats
_MARGINS_OLD = {
    "mac-cyrillic": 22,
    **dict.fromkeys(("windows-1252", "mac-roman", "cp850", "cp437"), 22),
    **dict.fromkeys(("windows-1250", "iso-8859-2", "cp852", "windows-1254"), 24),
    **dict.fromkeys(("windows-1257", "iso-8859-4", "iso-8859-13", "windows-1258"), 44),
}
# Half nats, what a character costs on average in a text that reads like none; the costs of scripts differ.
_POOR = 6.1
_POOR_IN = {
    **dict.fromkeys(("windows-1256", "iso-8859-6"), 7.0),
    **dict.fromkeys(("cp874",), 8.2),
    **dict.fromkeys(("gb18030", "cp950"), 16.0),
    **dict.fromkeys(("cp932", "euc-jp"), 13.2),
    "cp949": 10.6,
}
_POOR_LATIN = 9.0
_LONGEST_ROW = 2  # capital letters with accents in a row, in Latin
_SHORT, _SHORT_WIDE = 4, 2  # letters that one word must have beyond ASCII, in scripts with spaces and without
_BAD = 8  # half nats, what a character costs on average in a text that reads like none
_LEAST_OLD, _USUAL_COST = (
    20,
    2,
)  # half nats: what words that nothing is wrong with cost at least, besides that of each character
_SHARE_OLD = 0.06  # of the cost before: what a long text must gain besides
_KNOWN = 4  # the margin where the page has been misread in the same way elsewhere
_LINE_KNOWN = 40  # what the words of a line must gain together for the rest of it to be judged by _KNOWN
_DEEPEST, _MOST_READINGS = 6, 40  # how often a word may have been misread; readings tried of one word
_JUDGED = 600  # characters that are judged of a long word or line
# A capital letter before a usual sign that ends the word, as in Portuguese capitals: "AMANHÃ…", "PÂ»".
_MAY_BE_MEANT = re.compile(r"\A\W*[^\W\d_a-z]*[À-ÖØ-Þ][“”„‘’‚–—…«»•™€\xa0´·\xad]\W*\Z|[^\W\d_a-z][ÃÂ] ")
_MARGIN_MEANT, _MARGIN_LONE = 24, 40
_NEAR = 20  # characters on either side of a word that tell its language
_NOT_ASCII_END, _NOT_ASCII_START = re.compile(r".*[^\0-\x7f]", re.DOTALL), re.compile(r"\S*[^\0-\x7f].*", re.DOTALL)
# What the words of a line must gain more to be taken for misread in these encodings, which differ little from more usual ones.
_RARITY = {"iso-8859-2": 10, "windows-1254": 4, "windows-1257": 4, "cp850": 4, "mac-cyrillic": 4, "windows-1253": 4}
_MANY = 4  # sequences of UTF-8, or bytes beyond the first in them
_FIRST_LOOK = 80  # characters by which readings are ruled out
_GLANCE, _FAR = 24, 30  # the same at a first glance, if they cost so many half nats more
_CENTRAL = frozenset("ĂÄĹăĺćč")  # what UTF-8 has in windows-1250 and ISO 8859-2, which differ little
_CLEARLY = 20  # half nats
_FAMILIES = dict.fromkeys(
    ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "KATAKANA-HIRAGANA", "HALFWIDTH"), "CJK"
)
_FAMILIES |= dict.fromkeys(("LATIN", "FULLWIDTH", "MODIFIER", "COMBINING", "FEMININE", "MASCULINE", "MICRO"), "")
_NEVER = 1 << 30
_DRAWN = re.compile("[\u2500-\u259f]+")  # box drawings
_BROKEN_BY_DRAWING = re.compile("[a-z][\u2500-\u259f]{2}(?![\u2500-\u259f])")
_NOT_BEYOND = re.compile("[\0-\x7f]+")
_MOST_DRAWN = 0.34  # of the characters beyond ASCII of old text
_KINDS_DRAWN, _THRICE = 8, re.compile(r"(.)\1\1")
_LETTERS_BEYOND = re.compile(r"[^\W\d_a-zA-Z]+")
_MISPLACED_MARK = re.compile(
    "[A-Za-zÀ-ɏ][\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u07eb-\u0dff]"
)
_STARS = re.compile(r"([^\0-\x7f])\1\1")
_LONE_LETTERS = 6  # half nats that letters alone must gain more
_SMALL_BEHIND = re.compile("[A-ZÀ-ÖØ-Þ]{2}[ß-öø-ÿ]")  # in no word: a small letter behind capitals
_LATIN_LETTER = re.compile("[A-Za-z]")
_LATIN_BESIDE = re.compile(r"[A-Za-z](?=[^\W\d_A-Za-z])|[^\W\d_A-Za-z](?=[A-Za-z])")
_LONGEST_KEPT = 400  # characters of a line of which the result is kept
_LONG, _WORDS_AT_ONCE = 2_000, 200  # characters of a line that is judged in pieces; words of a piece
_ROUNDS = 6
_SPACE = re.compile(r"[ \t\n\r\x0b\x0c]")
_TOKEN = re.compile(r"[^ \t\n\r\x0b\x0c]+")
_RARE_LATIN = re.compile("[\u0180-\u02ff]")
_ASCII = frozenset(map(chr, range(128)))
_BEYOND = re.compile(r"[^\0-\x7f]")
_WORDS_BEYOND = re.compile(r"[^\W\d_a-zA-Z][^ \t\n\r\x0b\x0c]*")
_CONTROLS = re.compile(r"[\x80-\x9f]")
_USUAL = "“”„‘’–—…•™€"  # signs that may stand in a line by right, though its letters were misread
_EDGE_SIGNS = re.compile(rf"(?<!\w)[{_USUAL}]+|[{_USUAL}]+(?!\w)")


class Repair(NamedTuple):
    """A line as it was meant, and the routes by which it was misread: pairs of the wrong encoding and the right one."""

    text: str
    routes: tuple[Route, ...]


class _Wrong:
    """An encoding of one byte per character in which text was read by mistake, as tables and patterns."""

    def __init__(self, name: str) -> None:
        self.name = name
        table = [_one(byte, name) for byte in range(256)]
        self.bytes = {char: byte for byte, char in enumerate(table)}
        if name == "windows-1252":  # browsers read Latin-1 so, and other programs do not: accept both
            self.bytes |= {chr(byte): byte for byte in range(0x80, 0xA0) if chr(byte) not in self.bytes}
        self.table: dict[int, int | bytes | None] = {ord(char): byte for char, byte in self.bytes.items()}
        self.lost = [byte for byte in range(0x80, 0xC0) if not _defined(byte, name)]
        rest = self._class(0x80, 0xBF)
        two, three, four = self._class(0xC2, 0xDF), self._class(0xE0, 0xEF), self._class(0xF0, 0xF4)
        # Each begins with the first byte, so that a search stops at few places.
        whole = f"(?<=[{two}])[{rest}]|(?<=[{three}])[{rest}]{{2}}|(?<=[{four}])[{rest}]{{3}}"
        firsts, sign = f"{two}{three}{four}", re.escape(table[0x80])
        self.text = "".join(table)
        # A closing quotation mark that lost its last byte; a letter that did; a letter whose last byte was made a space.
        cut = f"(?<={re.escape(table[0xE2])}){sign}(?:\ufffd|\\?(?!\\w)|(?![{rest}\ufffd]))" if self.lost else "(?!)"
        lost = f"(?<=[{two}])\ufffd"
        spaced = f"(?<=[{''.join(re.escape(table[byte]) for byte in (0xC2, 0xC3, 0xC5, 0xCE, 0xD0))}]) (?!  )"
        more = f"(?:[{firsts}](?:{whole}))*"
        self.lenient = re.compile(
            f"[{firsts}](?:(?P<cut>{cut})|(?P<lost>{lost})|(?P<spaced>{spaced})|(?P<whole>(?:{whole}){more}))"
        )
        self.leads = frozenset(table[0xC2:0xF5])
        self.stray = re.compile(f"[{re.escape(table[0xC2] + table[0xC3])}]\\?[^\0-\x7f]")
        self.found = re.compile(f"[{firsts}](?:{whole}|{cut}|{lost}|{spaced})")
        self.closing = "”" if 0x9D in self.lost else "‘"
        self.latin = name in _LATIN
        self.chars = frozenset(self.bytes).union(_USUAL)

    def _class(self, first: int, last: int) -> str:
        return re.escape("".join(char for char, byte in self.bytes.items() if first <= byte <= last))

    def encode(self, words: list[str]) -> list[bytes | None] | None:
        """Return the bytes of words, None for one of nothing but usual signs; None if a word cannot be encoded."""
        out: list[bytes | None] = []
        for word in words:
            try:
                out.append(codecs.charmap_encode(word, "strict", self.table)[0])
            except UnicodeEncodeError:
                if not all(char.isascii() or char in _USUAL for char in word):
                    return None
                out.append(None)
        return out

    def words(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where words stand that hold bytes of UTF-8."""
        at = 0
        while match := self.found.search(text, at):
            start = match.start()
            while start > at and not _SPACE.match(text, start - 1):
                start -= 1
            end = match.end()
            after = _SPACE.search(text, end)
            end = after.start() if after else len(text)
            yield start, end
            at = max(end, at + 1)

    def read(self, word: str) -> str | None:
        """Return a word as UTF-8, or None if it is not."""
        if "?" in word and self.stray.search(word):
            return None
        at, pieces = 0, list[str]()
        for match in self.lenient.finditer(word):
            start, end = match.span()
            piece = self._piece(match, word)
            if piece is None:
                return None
            if start > at and not self._may_stand(word[start - 1 : start]):
                return None
            if not self._may_stand(word[end : end + 1]) and not self.lenient.match(word, end):
                return None
            pieces += word[at:start], piece
            at = end
        pieces.append(word[at:])
        new = "".join(pieces)
        return new if new != word else None

    def _may_stand(self, neighbour: str) -> bool:
        """Return whether a character may stand next to bytes of UTF-8: a letter of the same encoding is a byte, too."""
        return neighbour.isascii() or not neighbour.isalpha() or neighbour not in self.bytes

    def _piece(self, match: re.Match[str], word: str) -> str | None:
        old = match[0]
        if match.lastgroup == "cut":
            return self.closing
        if match.lastgroup == "lost":
            options = [bytes((self.bytes[old[0]], byte)).decode() for byte in self.lost]
            if not options:
                return None
            return min(options, key=lambda new: _least(word[: match.start()] + new + word[match.end() :]))
        if match.lastgroup == "spaced":
            if self.name.startswith("mac-"):  # where 0xD0 is a dash
                return None
            letter = bytes((self.bytes[old[0]], 0xA0)).decode()
            if letter == "\xa0":
                return letter
            joined, apart = (word[: match.start()] + letter + gap + word[match.end() :] for gap in ("", " "))
            return letter + " " if _least(apart) <= _least(joined) else letter
        return _utf_8(bytes(self.bytes[char] for char in old))


class _WrongWide:
    """An encoding of several bytes per character in which UTF-8 was read by mistake."""

    latin = False

    def __init__(self, name: str) -> None:
        self.name = name

    def words(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where words stand, if they all are UTF-8."""
        found = [match.span() for match in _TOKEN.finditer(text) if not match[0].isascii()]
        return iter(found if found and all(self.read(text[start:end]) for start, end in found) else ())

    def read(self, word: str) -> str | None:
        """Return a word as UTF-8, or None if it is not."""
        if max(word) < "\u2e80":
            return None
        try:
            return word.encode(self.name).decode("utf-8")
        except UnicodeError:
            return None


def _one(byte: int, name: str) -> str:
    try:
        return bytes((byte,)).decode(name)
    except UnicodeDecodeError:
        return chr(byte)


def _defined(byte: int, name: str) -> bool:
    try:
        return bool(bytes((byte,)).decode(name))
    except UnicodeDecodeError:
        return False


def _utf_8(data: bytes) -> str | None:
    """Decode UTF-8, and surrogate pairs of which each half is encoded for itself; None if it is neither."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        if b"\xed" not in data:
            return None
        try:
            return data.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeError:
            return None


@lru_cache(maxsize=1 << 12)
def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


@lru_cache
def wrong_encodings() -> tuple[_Wrong | _WrongWide, ...]:
    """Return the encodings in which UTF-8 was read by mistake, the likeliest first."""
    return (*map(_Wrong, _SINGLE), *map(_WrongWide, _WIDE))


def traces(routes: Iterable[Route]) -> Iterator[re.Pattern[str]]:
    """Yield patterns for what text may hold that was misread by some routes."""
    for name, right in routes:
        wrong = next((wrong for wrong in wrong_encodings() if wrong.name == name), None)
        yield wrong.found if right == "utf-8" and isinstance(wrong, _Wrong) else _BEYOND


@lru_cache(maxsize=1 << 12)
def _least(text: str) -> int:
    """Return what a text costs in the language in which it is likeliest."""
    return min(costs(text[:_JUDGED]))


def repaired(line: str, suspicious: Callable[[str], bool], known: tuple[Route, ...] = ()) -> Repair | None:
    """Return a line as it was meant, or None if it is as likely as it is.

    ``suspicious`` tells whether a text may be misread at all: where it is not, the work is done. ``known`` are the routes by which other
    lines of the page were misread: they count as evidence, and no others are tried.
    """
    if len(line) <= _LONGEST_KEPT:
        return _repaired_before(line, suspicious, known)
    if len(line) <= _LONG:
        return _repaired(line, suspicious, known)
    routes = dict[Route, None]()
    pieces = list(_pieces(line))
    looks_so = suspicious(line) and not known
    looked_at = [piece if suspicious(piece) else "" for piece in pieces] if looks_so else pieces[:]
    for number, piece in enumerate(looked_at):
        if piece and (repair := _repaired(piece, suspicious, known)):
            pieces[number] = repair.text
            routes |= dict.fromkeys(repair.routes)
    if not routes:
        return None
    for number, (piece, judged) in enumerate(zip(pieces, looked_at, strict=True)):
        if not judged and (repair := _repaired(piece, suspicious, tuple(routes))):
            pieces[number] = repair.text
    return Repair("".join(pieces), tuple(routes))


def _pieces(line: str) -> Iterator[str]:
    """Yield a long line in pieces of so many words, which a repair leaves where they are."""
    start = 0
    for number, match in enumerate(_SPACE.finditer(line), 1):
        if number % _WORDS_AT_ONCE == 0:
            yield line[start : match.end()]
            start = match.end()
    yield line[start:]


@lru_cache(maxsize=1 << 12)
def _repaired_before(line: str, suspicious: Callable[[str], bool], known: tuple[Route, ...]) -> Repair | None:
    return _repaired(line, suspicious, known)


def _repaired(line: str, suspicious: Callable[[str], bool], known: tuple[Route, ...]) -> Repair | None:
    routes: list[Route] = []
    text = line
    for _ in range(_ROUNDS):
        step = _settled(text, suspicious, known)
        if step is None:
            break
        text = step.text
        routes += step.routes
        if not suspicious(text):
            break
    else:
        return None  # not at rest
    if (new := _controls(text)) != text:
        text = new
        routes.append(("latin-1", "windows-1252"))
    return Repair(text, tuple(dict.fromkeys(routes))) if text != line else None


def _controls(text: str) -> str:
    """Return a text with controls of Latin-1 read as windows-1252."""
    return _CONTROLS.sub(lambda match: _one(ord(match[0]), "windows-1252"), text)


def _settled(line: str, suspicious: Callable[[str], bool], known: tuple[Route, ...]) -> Repair | None:
    """Undo UTF-8 that was read in other encodings, as often as it was; or, if that leads to nothing, one old encoding read as another."""
    text, routes = line, list[Route]()
    for _ in range(_DEEPEST):
        step = (None if known else _plain(text)) or _of_utf_8(text, suspicious, known)
        if step is None:
            break
        text = step.text
        routes += step.routes
        if not suspicious(text):
            break
    if not routes or (suspicious(text) and _reads_badly(text)):
        other = _of_old(line, known)
        if other and (not routes or _of_words(other.text) + _CLEARLY < _of_words(text)):
            return other
    return Repair(text, tuple(routes)) if routes else None


def _plain(text: str) -> Repair | None:
    """Undo UTF-8 that was read in an encoding of one byte per character, where a whole line is valid, and in one way only.

    So many sequences are valid by chance in no text: no judge is needed.
    """
    best: Repair | None = None
    beyond = _BEYOND.findall(text)
    if len(beyond) <= _MANY or _is_drawing("".join(beyond)):
        return None
    chars = set(beyond)
    for wrong in wrong_encodings():
        if isinstance(wrong, _Wrong) and chars <= wrong.bytes.keys():
            try:
                new = codecs.charmap_encode(text, "strict", wrong.table)[0].decode("utf-8")
            except UnicodeError:
                continue
            if best and best.text != new:
                return None
            if len(text) - len(new) >= _MANY and _is_text(text, new):
                best = best or Repair(new, ((wrong.name, "utf-8"),))
    return best


def _words_beyond(text: str) -> str:
    """Return the first words of a line that are beyond ASCII."""
    return " ".join([token for token in _TOKEN.findall(text[: 4 * _JUDGED]) if not token.isascii()])[:_JUDGED]


def _of_words(text: str) -> int:
    return _least(_words_beyond(text))


def _reads_badly(text: str) -> bool:
    """Return whether the words of a line that are beyond ASCII look like those of no language."""
    words = _words_beyond(text)
    return _least(words) > _BAD * len(words)


def _of_utf_8(text: str, suspicious: Callable[[str], bool], known: tuple[Route, ...]) -> Repair | None:
    """Undo UTF-8 that was read in another encoding, in words."""
    best: tuple[bool, int, str, list[tuple[int, int, str]]] | None = None
    chars = set(text)
    beyond = -1
    for wrong in wrong_encodings():
        if known and (wrong.name, "utf-8") not in known:
            continue
        if isinstance(wrong, _Wrong) and wrong.leads.isdisjoint(chars):
            continue
        spans = list(wrong.words(text))
        if not spans:
            continue
        if beyond < 0:
            beyond = len(_WORDS_BEYOND.findall(text))
        total, found = _whole(text, spans, wrong) if 1 < beyond <= len(spans) else (0, [])
        whole = total >= _LINE_KNOWN
        if not whole:
            total, found = _each(text, spans, wrong, suspicious, _KNOWN if known else _MARGINS[wrong.name])
        total -= _RARITY.get(wrong.name, 0)
        if found and (best is None or (whole, total) > best[:2]):
            best = whole, total, wrong.name, found
            if chars.isdisjoint(_CENTRAL) and _is_new(text, found) and not suspicious(_put(text, found)):
                break  # the likeliest encodings come first
    return Repair(_put(text, best[3]), ((best[2], "utf-8"),)) if best else None


def _is_new(text: str, found: list[tuple[int, int, str]]) -> bool:
    """Return whether no character beyond ASCII of some words stayed as it was, but for usual signs, and no rare Latin letter came in."""
    return not any(
        _RARE_LATIN.search(new)
        or set(text[start:end]).intersection(new).difference(_USUAL).intersection(_BEYOND.findall(new))
        for start, end, new in found
    )


def _put(text: str, found: list[tuple[int, int, str]]) -> str:
    """Return a text with other words at some places."""
    at, pieces = 0, list[str]()
    for start, end, new in found:
        pieces += text[at:start], new
        at = end
    return "".join(pieces) + text[at:]


Span = tuple[int, int]


def _whole(text: str, spans: list[Span], wrong: "_Wrong | _WrongWide") -> tuple[int, list[tuple[int, int, str]]]:
    """Return what a line gains if all its words are read again once, and how they read; nothing if one of them cannot be."""
    found = []
    for start, end in spans:
        new = wrong.read(text[start:end])
        if new is None or not _is_text(text[start:end], new):
            return 0, []
        found.append((start, end, new))
    before = " ".join([text[start:end] for start, end in spans])
    return _least(before) - _least(" ".join([new for _, _, new in found])), found


def _each(
    text: str, spans: list[Span], wrong: "_Wrong | _WrongWide", suspicious: Callable[[str], bool], margin: int
) -> tuple[int, list[tuple[int, int, str]]]:
    """Return what those words gain together that gain enough each, and how they read."""
    total = 0
    found: list[tuple[int, int, str]] = []
    doubtful: list[tuple[int, int, str]] = []
    for start, end in spans:
        word = text[start:end]
        new, gain = _chain(word, wrong, suspicious)
        if new is None:
            continue
        least = max(margin, _margin_meant(word, wrong.latin))
        if 0 < gain < least:
            gain = max(gain, _gain_in_company(text, start, end, new))
        if gain >= least:
            found.append((start, end, new))
            total += gain
        elif gain >= _KNOWN:
            doubtful.append((start, end, new))
    return total, sorted(found + doubtful) if total >= _LINE_KNOWN else found


def _gain_in_company(text: str, start: int, end: int, new: str) -> int:
    """Return what a word gains beside its neighbours, where these are ASCII: they tell its language."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    before = _NOT_ASCII_END.sub("", before)
    after = _NOT_ASCII_START.sub("", after)
    return _least(before + text[start:end] + after) - _least(before + new + after)


def _margin_meant(word: str, latin: bool) -> int:
    """Return the margin for a word that may be meant as it is, though it could be UTF-8 by its bytes."""
    if _DRAWN.fullmatch(_NOT_BEYOND.sub("", word)) and not _BROKEN_BY_DRAWING.search(word):
        return _NEVER
    if latin:
        return _MARGIN_MEANT if _MAY_BE_MEANT.search(word) else 0
    beyond = _BEYOND.findall(word)
    lone = len(beyond) == 2 and all(map(str.isalpha, beyond)) and not _LATIN_LETTER.search(word)
    return _MARGIN_LONE if lone else 0


@lru_cache(maxsize=1 << 12)
def _chain(word: str, wrong: _Wrong | _WrongWide, suspicious: Callable[[str], bool]) -> tuple[str | None, int]:
    """Return the likeliest text that a word becomes by undoing one misreading, or several nested ones, and what it gains.

    Each further misreading has to gain its own margin.
    """
    first = wrong.read(word)
    if first is None:
        return None, 0
    seen = {word}
    ahead = [(first, 1, 0)]
    best: tuple[int, str] | None = None
    while ahead:
        new, depth, margins = ahead.pop()
        if new in seen:
            continue
        seen.add(new)
        if depth > _DEEPEST or len(seen) > _MOST_READINGS:
            return None, 0  # not at rest
        if _is_text(word, new):
            price = _least(new) + margins
            if best is None or price < best[0]:
                best = price, new
        if not new.isascii() and suspicious(new):
            for other in wrong_encodings():
                deeper = other.read(new)
                if deeper is not None:
                    ahead.append(
                        (deeper, depth + 1, margins + max(_MARGINS[other.name], _margin_meant(new, other.latin)))
                    )
    return (best[1], _least(word) - best[0]) if best else (None, 0)


def _is_text(old: str, new: str) -> bool:
    """Return whether no control and nothing unassigned came into a word that was not there, and its letters are of one script besides Latin."""
    if new.isascii():
        return True
    if _MISPLACED_MARK.search(new):
        return False
    scripts = {_script(char) for char in new if char > "\x7f" and char.isalpha()}
    if len({_FAMILIES.get(script, script) for script in scripts} - {""}) > 1:
        return False
    odd = [char for char in new if not char.isascii() and unicodedata.category(char) in ("Cc", "Cn", "Co", "Cs")]
    return len(odd) <= sum(not char.isascii() and unicodedata.category(char) == "Cc" for char in old) if odd else True


def _of_old(text: str, known: tuple[Route, ...]) -> Repair | None:
    """Undo text in one old encoding that was read in another, in the words of a line that are beyond ASCII."""
    if known and all(right == "utf-8" for _, right in known):
        return None
    tokens = _TOKEN.findall(text)
    words = [token for token in tokens if not token.isascii()]
    chars = set("".join(words[:_JUDGED])).difference(_ASCII)
    wrongs = [wrong for wrong in map(_wrong, _OLD) if chars <= wrong.chars] if words else []
    if not wrongs or _is_drawn(text[: 4 * _JUDGED]):
        return None
    judged = _first_words(words)
    encoded = [(wrong.name, data) for wrong in wrongs if (data := wrong.encode(judged)) is not None]
    if not encoded:
        return None
    # Controls of Latin-1 count as what they are in windows-1252, which is what they become otherwise.
    beyond, whole = (_controls(" ".join(part)[:_JUDGED]) for part in (judged, tokens))
    cost = _least(beyond)
    if not known and cost < _LEAST_OLD + _USUAL_COST * len(beyond):
        return None  # no reading of it can be so much likelier
    line = _OldLine(tokens, judged, known, (beyond, whole), (cost, _least(whole)))
    best = max(line.readings(encoded), key=lambda reading: reading[0], default=None)
    if best is None:
        return None
    _, (name, right), way = best
    all_data = _wrong(name).encode(words)
    read = _read_old(words, all_data, right) if all_data else []
    if len(read) <= way:
        return None
    put = dict(zip(words, read[way], strict=True))
    return Repair(_TOKEN.sub(lambda match: put.get(match[0], match[0]), text), ((name, right),))


def _is_drawn(text: str) -> bool:
    """Return whether a text is a drawing, or has a row of stars."""
    return _is_drawing("".join(_BEYOND.findall(text))) or bool(_STARS.search(text))


def _first_words(words: list[str]) -> list[str]:
    """Return the words of a line that are judged: of a long one, the first."""
    judged, size = [], 0
    for word in words:
        judged.append(word)
        size += len(word) + 1
        if size > _JUDGED:
            break
    return judged


class _OldLine:
    """A line that may be in one old encoding and was read in another: its words beyond ASCII, and what it costs as it is."""

    def __init__(
        self,
        tokens: list[str],
        judged: list[str],
        known: tuple[Route, ...],
        before: tuple[str, str],
        cost: tuple[int, int],
    ) -> None:
        """Take all words of the line, and those beyond ASCII that are judged; both as one text, and what each of the two costs."""
        self._tokens, self._judged, self._known = tokens, judged, known
        self._before, self._cost = before, cost
        first = before[0][:_FIRST_LOOK]
        self._cost_of_first, self._cost_at_a_glance = _least(first), _least(first[:_GLANCE])
        self._first = judged[: first.count(" ") + 1]
        self._edges = [match.span() for match in _EDGE_SIGNS.finditer(" ".join(self._first))]
        self._beside_latin = 2 * sum(map(bool, map(_LATIN_BESIDE.search, judged))) > len(judged)

    def readings(self, encoded: list[tuple[str, list[bytes | None]]]) -> Iterator[tuple[float, Route, int]]:
        """Yield what the line gains by each reading that is likelier by far, its route, and the number of the way to read it."""
        for name, data in encoded:
            for right in _OLD[name]:
                if right == name or (self._known and (name, right) not in self._known):
                    continue
                if self._may_be(data, right):
                    for way, new in enumerate(_read_old(self._judged, data, right)):
                        gain = self._gain(right, new)
                        if gain is not None:
                            yield gain, (name, right), way

    def _may_be(self, data: list[bytes | None], right: str) -> bool:
        """Return whether the first words may be in this encoding."""
        if self._beside_latin and right not in _WIDE_OLD and not _is_latin(_LANGUAGES[right][0]):
            return False  # letters of another script do not occur in words of Latin letters
        return any(
            _least_in(right, way[:_GLANCE]) <= self._cost_at_a_glance + _FAR
            and _least_in(right, way[:_FIRST_LOOK]) <= self._cost_of_first
            for way in _first_ways(self._first, data[: len(self._first)], right, self._edges)
        )

    def _gain(self, right: str, new: list[str]) -> float | None:
        """Return what the line gains if its words are read so; None if that is too little, or they read as those of no language."""
        if _least_in(right, " ".join(new)[:_FIRST_LOOK]) > self._cost_of_first:
            return None
        languages, rarity = _LANGUAGES[right]
        latin = _is_latin(languages)
        after = self._with(new) if latin else " ".join(new)[:_JUDGED]
        cost = _least_in(right, after)
        if not self._known and not _is_usual_in(right, latin, new, after, cost):
            return None
        gain = self._cost[latin] - cost - rarity
        return gain if gain >= self._margin(right, latin, new) and _reads_as_words(self._before[latin], after) else None

    def _with(self, new: list[str]) -> str:
        """Return the whole line with its words read so. Letters of Latin are judged with the words around them."""
        put = dict(zip(self._judged, new, strict=True))
        return " ".join([put.get(token, token) for token in self._tokens])[:_JUDGED]

    def _margin(self, right: str, latin: bool, new: list[str]) -> float:
        """Return what the line must gain to be read in this encoding, in half nats."""
        if self._known:
            return _KNOWN
        differ = " ".join([old for old, put in zip(self._judged, new, strict=True) if old != put])[:_JUDGED]
        margin = _MARGINS_OLD.get(right, _MARGIN_OLD) + _SHARE_OLD * _least(differ)
        return margin + _LONE_LETTERS if latin and not _LATIN_LETTER.search(differ) else margin


def _is_usual_in(right: str, latin: bool, new: list[str], after: str, cost: int) -> bool:
    """Return whether words that are read in an old encoding look and cost as those of its languages do."""
    if cost > (_POOR_LATIN if latin else _POOR_IN.get(right, _POOR)) * (len(after) + 1):
        return False
    if latin:
        return not _SMALL_BEHIND.search(" ".join(new)) and not _has_capitals_in_a_row(after)
    longest = _longest_word(after)
    return not 0 < longest < (_SHORT_WIDE if right in _WIDE_OLD else _SHORT)


def _has_capitals_in_a_row(text: str) -> bool:
    """Return whether more capital letters with accents stand in a row than in real words."""
    return any(len(row) > _LONGEST_ROW and row.isupper() for row in _LETTERS_BEYOND.findall(text))


def _first_ways(words: list[str], data: list[bytes | None], right: str, edges: list[tuple[int, int]]) -> list[str]:
    """Return how the first words of a line may read in the right encoding, each time as one text; nothing if they cannot.

    ``edges`` are the places of usual signs at the edges of the words, in the same text.
    """
    if None in data:
        return [*map(" ".join, _read_old(words, data, right))]
    try:
        new = b" ".join(filter(None, data)).decode(right)
    except UnicodeDecodeError:
        return []
    if not edges or right in _WIDE_OLD:
        return [new]
    return [new, _kept(" ".join(words), new, edges)]


def _kept(old: str, new: str, spans: Sequence[Span]) -> str:
    """Return what was read anew, with some stretches, in order, as they were before. Both texts have the same length."""
    return _put(new, [(start, end, old[start:end]) for start, end in spans])


def _least_in(right: str, text: str) -> int:
    """Return what a text costs in the likeliest of the languages that an encoding is used for."""
    found = costs(text)
    return min([found[place] for place in _places(right)])


@lru_cache
def _places(right: str) -> tuple[int, ...]:
    """Return the places of the languages that an encoding is used for."""
    return tuple(map(tags().index, _LANGUAGES[right][0]))


def _longest_word(text: str) -> int:
    """Return how many letters beyond ASCII stand in a row in a text, at most."""
    return max(map(len, _LETTERS_BEYOND.findall(text)), default=0)


def _is_drawing(beyond: str) -> bool:
    """Return whether characters beyond ASCII are box drawings: in misread letters, there are many kinds, and none three times in a row."""
    drawn = "".join(_DRAWN.findall(beyond))
    return len(drawn) > _MOST_DRAWN * len(beyond) and (len(set(drawn)) < _KINDS_DRAWN or bool(_THRICE.search(drawn)))


def _reads_as_words(old: str, new: str) -> bool:
    """Return whether a text has letters beyond ASCII, or fewer signs than it had as it was read; and is text."""
    return _is_text(old, new) and (any(char.isalpha() for char in new if char > "\x7f") or len(new) < len(old))


@lru_cache
def _wrong(name: str) -> _Wrong:
    return next(
        (wrong for wrong in wrong_encodings() if wrong.name == name and isinstance(wrong, _Wrong)), None
    ) or _Wrong(name)


@lru_cache
def _is_latin(languages: Sequence[str]) -> bool:
    from cleanmedia.decoding.letters import languages as statistics

    return statistics()[languages[0]][0] == "Latin"


def _read_old(words: list[str], data: list[bytes | None], right: str) -> list[list[str]]:
    """Return words as they read in the right encoding, if all can be read in it and any is another then.

    Usual signs at the edges of words may be correct, or may be letters: then there are two ways to read the words.
    """
    out, kept = [], []
    for word, raw in zip(words, data, strict=True):
        if raw is None:
            out.append(word)
            kept.append(word)
            continue
        try:
            new = raw.decode(right)
        except UnicodeDecodeError:
            return []
        out.append(new)
        if right not in _WIDE_OLD:
            new = _kept(word, new, [match.span() for match in _EDGE_SIGNS.finditer(word)])
        kept.append(new)
    return [reading for reading in ([out, kept] if kept != out else [out]) if reading != words]
