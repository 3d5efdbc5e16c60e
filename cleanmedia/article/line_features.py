"""Features of a line by itself: :func:`of_line` returns them in the order of :data:`OF_LINE`.

Each group of features is a function beside the names of what it returns. No feature depends on the layout: blank lines and
indentation differ from converter to converter, and are gone after a first pass. Lengths are in code points, of which those
of scripts without spaces between words count three.
"""

from cleanmedia.article.vocabulary import OF_WORDS, Vocabulary
from cleanmedia.page.items import starts_item
from cleanmedia.page.patterns import pattern
from cleanmedia.page.scripts import UNSPACED, width
from cleanmedia.page.terms import terms
from cleanmedia.phrases.catalogue import catalogue
from cleanmedia.phrases.files import KINDS

__all__ = ["ENDS_IN_ELLIPSIS", "ENDS_SENTENCE", "KIND_NUMBERS", "OF_LINE", "of_line"]

_LONGEST_READ = 600  # code points: the rest of a longer line is not read, since a line of that length is running text


# --- The size of the line -------------------------------------------------------------------------------------------

_SIZE = ("length", "words")


def _size(line: str, words: int) -> tuple[float, ...]:
    return width(line), words


# --- Its first and last character -----------------------------------------------------------------------------------

_ENDS = (
    "ending",  # 1 a letter, 2 a digit, then the groups of _ENDINGS; the last is a closing mark after a full stop
    "beginning",  # 1 a small letter, 2 a capital, 3 a digit, 4 a bullet, 5 a letter without case
)
_ENDINGS = {
    mark: number
    for number, marks in enumerate((".", "!?", "…", ":;,", "\"'”’“»›«)]」』", "。！？", "।؟۔"), 3)
    for mark in marks
}
ENDS_IN_ELLIPSIS = _ENDINGS["…"]
_ENDS_IN_CLOSING_MARK = _ENDINGS["”"]
_ENDS_IN_STOP_AND_CLOSING_MARK = len(_ENDINGS)
ENDS_SENTENCE = frozenset([*map(_ENDINGS.__getitem__, ".!。।"), _ENDS_IN_STOP_AND_CLOSING_MARK])


def _ends(line: str, text: str) -> tuple[float, ...]:
    first, last = text[:1], line[-1:]
    ending = _ENDINGS.get(last) or (1 if last.isalpha() else 2 if last.isdigit() else 0)
    if ending == _ENDS_IN_CLOSING_MARK and line[-2:][0] in ".!?…。":
        ending = _ENDS_IN_STOP_AND_CLOSING_MARK
    if first.isalpha():
        beginning = 1 if first.islower() else 2 if first.isupper() else 5
    else:
        beginning = 3 if first.isdigit() else 4 if starts_item(text) else 0
    return ending, beginning


# --- Small and capital letters, as shares of the words --------------------------------------------------------------

_CASE = (
    "words in small letters",
    "words with a capital",
    "words in capitals",
    "short words in small letters",  # of up to three letters: in most languages these are function words
)


def _case(words: list[str]) -> tuple[float, ...]:
    small = capital = capitals = short = 0
    for word in words:
        if word.islower():
            small += 1
            short += len(word) < 4
        elif word[:1].isupper():
            capital += 1
            capitals += len(word) > 1 and word.isupper()
    count = len(words)
    return small / count, capital / count, capitals / count, short / count


# --- Letters, digits and marks --------------------------------------------------------------------------------------

_CHARACTERS = (
    "letters a word",
    "commas",
    "commas a word",
    "sentences inside",  # sentence ends with more text after them
    "digits",  # share of the characters; as the next
    "marks",
    "date or time",
    "address or link",
    "quotation marks",
    "separators",
)
_SENTENCE_INSIDE = pattern(r"[.!?…][\"'”’»)]*\s+[^\W\d_]|[。！？]")
_COMMA = pattern("[,，、،;；]")
_LINK = pattern(r"[:.@](?:(?<=http:)|(?<=https:)|(?<=www\.)|(?<=\w@)(?=\w)|(?<=\.)(?:com|org|net|de|ru|pl|cn|gr)\b)")
_DATE_OR_TIME = pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d[:.]\d\d(?!\d)")
_QUOTES = pattern('[“”„«»"「」]')
_SEPARATORS = ("|", "•", "·", "»", " - ", "/")


def _characters(text: str, spaces: int, words: int) -> tuple[float, ...]:
    size = len(text) or 1
    letters, digits = _letters_and_digits(text)
    marks = size - letters - digits - spaces
    commas = len(_COMMA.findall(text)) if marks else 0
    return (
        letters / words,
        commas,
        commas / words,
        len(_SENTENCE_INSIDE.findall(text)) if marks else 0,
        digits / size,
        marks / size,
        1 if digits and _DATE_OR_TIME.search(text) else 0,
        1 if marks and _LINK.search(text) else 0,
        1 if marks and _QUOTES.search(text) else 0,
        sum([text.count(separator) for separator in _SEPARATORS]) if marks else 0,
    )


_LETTERS, _DIGIT = pattern(r"[^\W\d_]+"), pattern(r"\d")
_NO_LETTERS, _NO_DIGITS = (
    bytes([byte for byte in range(128) if not is_one(chr(byte))]) for is_one in (str.isalpha, str.isdigit)
)


def _letters_and_digits(text: str) -> tuple[int, int]:
    """Return how many letters and digits a text has, as ``str.isalpha`` and ``str.isdigit`` tell them."""
    if text.isascii():
        ascii = text.encode()
        return len(ascii.translate(None, _NO_LETTERS)), len(ascii.translate(None, _NO_DIGITS))
    letters = "".join(_LETTERS.findall(text))
    if letters.isalpha():  # no superscripts or fractions
        return len(letters), len(_DIGIT.findall(text))
    return sum(map(str.isalpha, text)), sum(map(str.isdigit, text))


# --- What it says ---------------------------------------------------------------------------------------------------

_MEANING = (
    "copyright sign",
    "phrase of the catalogues",  # 1 one that may be content, 2 one that never is
    "kind of phrase",  # of KIND_NUMBERS; 0 none
)
KIND_NUMBERS = {kind: number for number, kind in enumerate(sorted(KINDS), 1)}


def _meaning(line: str, text: str) -> tuple[float, ...]:
    copyright = 1 if "©" in text or "(c)" in text or "(C)" in text else 0
    phrase = catalogue().match(line)
    if phrase is None:
        return copyright, 0, 0
    return copyright, 1 if phrase.in_company else 2, KIND_NUMBERS[phrase.kind]


# --- All of them ----------------------------------------------------------------------------------------------------

_SCRIPT = ("script without spaces",)  # share of the characters

OF_LINE = (*_SIZE, *_ENDS, *_CASE, *_CHARACTERS, *_MEANING, *_SCRIPT, *OF_WORDS)


def of_line(line: str, vocabulary: Vocabulary) -> tuple[float, ...]:
    """Return the features of a line without repeated spaces (:func:`~cleanmedia.page.lines.squeezed`).

    >>> features = dict(zip(OF_LINE, of_line("The bridge, said Ann, is OPEN.", Vocabulary({})), strict=True))
    >>> features["words"], features["commas"], features["words with a capital"] == 3 / 6
    (6, 2, True)
    """
    text = line[:_LONGEST_READ]
    words = text.split(" ")
    spaces = len(words) - 1
    unspaced = 0 if text.isascii() else len(UNSPACED.findall(text))
    count = len(words) + unspaced // 2  # two characters of a script without spaces count as a word
    return (
        *_size(line, count),
        *_ends(line, text),
        *_case(words),
        *_characters(text, spaces, count),
        *_meaning(line, text),
        unspaced / (len(text) or 1),
        *vocabulary.evidence(terms(text)),
    )
