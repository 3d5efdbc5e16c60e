"""What speaks for a line being the article's, and what against: by itself, and by where it stands on its page.

:func:`of_line` looks at one line and nothing else; :func:`of_page` at the lines around it. Both give numbers in a fixed
order, named by :data:`OF_LINE` and :data:`OF_PAGE`. What the numbers weigh is learned, and lies in ``boilerplate.json``.

No number depends on the layout: blank lines and indentation differ from converter to converter, and are gone after a
first pass. Lengths are in code points, of which those of scripts without spaces between words count three.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from math import exp, log1p

from cleanmedia.page.items import starts_item
from cleanmedia.page.patterns import pattern
from cleanmedia.page.scripts import UNSPACED, width
from cleanmedia.page.terms import terms
from cleanmedia.phrases.catalogue import catalogue
from cleanmedia.phrases.files import KINDS

__all__ = [
    "OF_LINE",
    "OF_PAGE",
    "of_line",
    "of_page",
]

_MOST_CHARS = 600  # code points of a line that are looked at: a longer line is running text, whatever follows
_ENDINGS = {
    mark: number
    for number, marks in enumerate((".", "!?", "…", ":;,", "\"'”’“»›«)]」』", "。！？", "।؟۔"), 3)
    for mark in marks
}
_ELLIPSIS, _CLOSES, _CLOSES_A_SENTENCE = _ENDINGS["…"], _ENDINGS["”"], len(_ENDINGS)
_ENDS_A_SENTENCE = frozenset([_ENDINGS["."], _ENDINGS["!"], _ENDINGS["。"], _ENDINGS["।"], _CLOSES_A_SENTENCE])
_SENTENCE_INSIDE = pattern(r"[.!?…][\"'”’»)]*\s+[^\W\d_]|[。！？]")
_COMMA = pattern("[,，、،;；]")
_LINK = pattern(r"https?:|www\.|\w@\w|\.(?:com|org|net|de|ru|pl|cn|gr)\b")
_DATE_OR_TIME = pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d[:.]\d\d(?!\d)")
_QUOTES = pattern('[“”„«»"「」]')
_KINDS = {kind: number for number, kind in enumerate(sorted(KINDS), 1)}

OF_LINE = (
    "length",
    "words",
    "ending",  # 1 a letter, 2 a digit, then the groups of _ENDINGS; the last is a closing mark behind a stop
    "beginning",  # 1 a small letter, 2 a capital, 3 a digit, 4 a bullet, 5 a letter without case
    "words in small letters",  # share of the words; as the next three
    "words with a capital",
    "words in capitals",
    "short words in small letters",  # of up to three letters: in most languages the small words of sentences
    "letters a word",
    "commas",
    "commas a word",
    "sentences inside",
    "digits",  # share of the characters; as the next
    "marks",
    "date or time",
    "address or link",
    "quotation marks",
    "separators",
    "copyright sign",
    "phrase of the catalogues",  # 1 one that may be content, 2 a certain one
    "kind of phrase",
    "script without spaces",  # share of the characters
)
_LENGTH, _ENDING, _DIGITS, _DATE = map(OF_LINE.index, ("length", "ending", "digits", "date or time"))
_PHRASE, _KIND = map(OF_LINE.index, ("phrase of the catalogues", "kind of phrase"))


def of_line(line: str) -> tuple[float, ...]:
    """The numbers of a squeezed line by itself, in the order of :data:`OF_LINE`."""
    phrase = catalogue().match(line)
    text, ending = line[:_MOST_CHARS], line[-2:]
    size = width(line)
    unspaced = 0 if text.isascii() else len(UNSPACED.findall(text))
    chars = len(text) or 1
    words = text.split(" ")
    spaces = len(words) - 1
    count = spaces + 1 + unspaced // 2
    first, last = text[:1], ending[-1:]
    lower = capitalised = capitals = short = 0
    for word in words:
        if word.islower():
            lower += 1
            short += len(word) < 4
        elif word[:1].isupper():
            capitalised += 1
            capitals += len(word) > 1 and word.isupper()
    letters = sum(map(str.isalpha, text))
    digits = 0 if letters + spaces == chars else sum(map(str.isdigit, text))
    marks = chars - letters - digits - spaces
    commas = len(_COMMA.findall(text)) if marks else 0
    end = _ENDINGS.get(last) or (1 if last.isalpha() else 2 if last.isdigit() else 0)
    if end == _CLOSES and ending[0] in ".!?…。":
        end = _CLOSES_A_SENTENCE
    if first.isalpha():
        begin = 1 if first.islower() else 2 if first.isupper() else 5
    else:
        begin = 3 if first.isdigit() else 4 if starts_item(text) else 0
    return (
        size,
        count,
        end,
        begin,
        lower / len(words),
        capitalised / len(words),
        capitals / len(words),
        short / len(words),
        letters / count,
        commas,
        commas / count,
        len(_SENTENCE_INSIDE.findall(text)) if marks else 0,
        digits / chars,
        marks / chars,
        1 if digits and _DATE_OR_TIME.search(text) else 0,
        1 if marks and _LINK.search(text) else 0,
        1 if marks and _QUOTES.search(text) else 0,
        text.count("|") + text.count("•") + text.count("·") + text.count("»") + text.count(" - ") + text.count("/")
        if marks
        else 0,
        1 if "©" in text or "(c)" in text or "(C)" in text else 0,
        0 if phrase is None else 1 if phrase.in_company else 2,
        0 if phrase is None else _KINDS[phrase.kind],
        unspaced / chars,
    )


# --- The page -------------------------------------------------------------------------------------------------------

# Each number with the group that a reason names.
OF_PAGE = (
    ("line", "the line itself"),  # its score by itself, in log odds
    ("length", "the line itself"),  # the logarithm
    ("ending", "the line itself"),
    ("digits", "the line itself"),
    ("line before", "the lines beside it"),
    ("line after", "the lines beside it"),
    ("kind of phrase after", "widget phrases around"),
    # Means over the lines before and after, of which one counts less the farther off it is: near, around, far. Text is the
    # length of a line times its probability, other the same for what is none, labels the probability of being none.
    ("text near before", "the lines around"),
    ("text near after", "the lines around"),
    ("text around before", "the lines around"),
    ("text around after", "the lines around"),
    ("labels near before", "the lines around"),
    ("labels near after", "the lines around"),
    ("labels around before", "the lines around"),
    ("labels around after", "the lines around"),
    ("phrases near before", "widget phrases around"),
    ("phrases near after", "widget phrases around"),
    ("phrases around before", "widget phrases around"),
    ("phrases around after", "widget phrases around"),
    ("phrases far before", "widget phrases around"),
    ("phrases far after", "widget phrases around"),
    ("dates around before", "dates around"),
    ("dates around after", "dates around"),
    ("other far before", "the lines around"),
    ("other far after", "the lines around"),
    ("line with text around", "the lines around"),
    ("text on the better side", "the lines around"),
    ("text on the worse side", "the lines around"),
    ("labels on the worse side", "the lines around"),
    # Shares of all of the page that stand before and after.
    ("text before", "place on the page"),
    ("text after", "place on the page"),
    ("sentences before", "place on the page"),
    ("sentences after", "place on the page"),
    # The body is the stretch of lines with the greatest sum of text; the run of prose is the like for whole sentences.
    ("in the body", "outside the body"),
    ("line in the body", "outside the body"),
    ("lines from the body's start", "outside the body"),
    ("lines from the body's end", "outside the body"),
    ("body's share of the text", "the page as a whole"),
    ("body's purity", "the page as a whole"),
    ("body's text", "the page as a whole"),
    ("body's lines", "the page as a whole"),
    ("in the run of prose", "outside the body"),
    ("lines from the run's start", "outside the body"),
    ("lines of prose", "the page as a whole"),
    ("prose's share", "the page as a whole"),
    ("lines of the page", "the page as a whole"),
    ("text of the page", "the page as a whole"),
    ("other of the page", "the page as a whole"),
    ("page's purity", "the page as a whole"),
    ("place on the page", "place on the page"),
    ("lines above", "place on the page"),
    ("lines below", "place on the page"),
    ("copies on the page", "copies on the page"),
    # Words, or pairs of characters in scripts without spaces. Small words are those that many lines of the page's text have.
    ("small words", "words that the body has not"),
    ("words of the body", "words that the body has not"),
    ("words of the body before", "words that the body has not"),
    ("words of the body after", "words that the body has not"),
    ("lines since a related heading", "a heading above"),
    ("lines since a comments heading", "a heading above"),
)

_MOST_TEXT = 400.0  # code points that a line counts for at the most
_LEAST_SCORE = -3.5  # log odds; the words of a line below this are not looked at
_FAR_LINES, _FAR = 60, 80
_COST_OF_A_LABEL = 30.0
_NO_LINE = -9.0


def of_page(
    lines: Sequence[str], numbers: Sequence[tuple[float, ...]], scores: Sequence[float]
) -> list[Sequence[float]]:
    """The numbers of a page's lines from each line's own and its score: a column for each of :data:`OF_PAGE`, in its order."""
    count = len(lines)
    places = range(count)
    own = list(scores)
    chance = [1 / (1 + exp(-score)) if score > -30 else 0.0 for score in own]
    length = [size if size < _MOST_TEXT else _MOST_TEXT for size in [line[_LENGTH] for line in numbers]]
    ending = [line[_ENDING] for line in numbers]
    kind = [line[_KIND] for line in numbers]
    text = [p * size for p, size in zip(chance, length, strict=True)]
    other = [size - part for size, part in zip(length, text, strict=True)]
    phrase = [1.0 if line[_PHRASE] else 0.0 for line in numbers]
    date = [line[_DATE] for line in numbers]
    before = _means(chance, text, other, phrase, date)
    after = [mean[::-1] for mean in _means(chance[::-1], text[::-1], other[::-1], phrase[::-1], date[::-1])]
    sentence = [size if end in _ENDS_A_SENTENCE else 0.0 for size, end in zip(length, ending, strict=True)]
    prose = [
        (line[_LENGTH] >= 60 and (end in _ENDS_A_SENTENCE or end == _ELLIPSIS)) or line[_LENGTH] >= 180
        for line, end in zip(numbers, ending, strict=True)
    ]
    gain = [(p - 0.35) * size - 3 for p, size in zip(chance, length, strict=True)]
    body = _greatest(gain)
    run = _greatest([size if is_prose else -_COST_OF_A_LABEL for size, is_prose in zip(length, prose, strict=True)])
    body_text = sum(text[body.start : body.stop])
    body_length = sum(length[body.start : body.stop]) or 1.0
    all_text, all_other, all_length = sum(text) or 1e-9, sum(other), sum(length) or 1.0
    in_body = [1 if place in body else 0 for place in places]
    copies = Counter(lines)
    small, shared = _words(lines, own, chance, body)
    same = (
        body_text / all_text,
        body_text / body_length,
        body_text,
        len(body),
        sum(prose),
        sum(size for size, is_prose in zip(length, prose, strict=True) if is_prose) / all_length,
        count,
        all_text,
        all_other,
        all_text / (all_text + all_other),
    )
    constant = [[value] * count for value in same]
    text_before, sentences_before = _shares(text), _shares(sentence)
    near = [*zip(before[0], after[0], strict=True)]
    around = [*zip(before[1], after[1], strict=True)]
    return [
        own,
        [log1p(line[_LENGTH]) for line in numbers],
        ending,
        [line[_DIGITS] for line in numbers],
        [_NO_LINE, *own[:-1]],
        [*own[1:], _NO_LINE],
        [*kind[1:], 0],
        *[mean for pair in zip(before, after, strict=True) for mean in pair],
        [score + (a + b) / 40 for score, (a, b) in zip(own, around, strict=True)],
        [max(pair) for pair in near],
        [min(pair) for pair in around],
        [max(pair) for pair in zip(before[2], after[2], strict=True)],
        text_before,
        [1 - share - part / all_text for share, part in zip(text_before, text, strict=True)],
        sentences_before,
        _shares(sentence[::-1])[::-1],
        in_body,
        [score if inside else -20.0 for score, inside in zip(own, in_body, strict=True)],
        [place - body.start for place in places],
        [place - body.stop for place in places],
        *constant[:4],
        [1 if place in run else 0 for place in places],
        [place - run.start for place in places],
        *constant[4:],
        [place / count for place in places],
        [place if place < _FAR else _FAR for place in places],
        [count - place if count - place < _FAR else _FAR for place in places],
        [copies[line] for line in lines],
        small,
        shared,
        _mean(shared, 0.6),
        _mean(shared[::-1], 0.6)[::-1],
        _since(kind, _KINDS["related"]),
        _since(kind, _KINDS["comments"]),
    ]


def _means(
    chance: Sequence[float],
    text: Sequence[float],
    other: Sequence[float],
    phrase: Sequence[float],
    date: Sequence[float],
) -> list[list[float]]:
    """Running means over the lines before each line, in the order of :data:`OF_PAGE`."""
    out: list[tuple[float, ...]] = []
    t6 = t9 = n6 = n9 = p6 = p9 = p97 = d9 = o97 = 0.0
    for p, size, rest, said, dated in zip(chance, text, other, phrase, date, strict=True):
        out.append((t6, t9, n6, n9, p6, p9, p97, d9, o97))
        t6 = 0.6 * t6 + 0.4 * size
        t9 = 0.9 * t9 + 0.1 * size
        n6 = 0.6 * n6 + 0.4 * (1 - p)
        n9 = 0.9 * n9 + 0.1 * (1 - p)
        p6 = 0.6 * p6 + 0.4 * said
        p9 = 0.9 * p9 + 0.1 * said
        p97 = 0.97 * p97 + 0.03 * said
        d9 = 0.9 * d9 + 0.1 * dated
        o97 = 0.97 * o97 + 0.03 * rest
    return [list(column) for column in zip(*out, strict=True)]


def _mean(values: Sequence[float], rate: float) -> list[float]:
    return [*accumulate(values, lambda mean, value: rate * mean + (1 - rate) * value, initial=0.0)][:-1]


def _shares(values: Sequence[float]) -> list[float]:
    """The share of the values' sum that stands before each."""
    total = sum(values) or 1e-9
    return [part / total for part in accumulate(values, initial=0.0)][:-1]


def _greatest(gains: Sequence[float]) -> range:
    """The stretch with the greatest sum (Kadane's algorithm)."""
    best = total = 0.0
    first = 0
    found = range(0)
    for place, gain in enumerate(gains):
        if total <= 0:
            total, first = 0.0, place
        total += gain
        if total > best:
            best, found = total, range(first, place + 1)
    return found


def _since(kinds: Sequence[float], kind: int) -> list[float]:
    """How many lines ago a phrase of this kind stood."""
    out: list[float] = []
    ago = _FAR_LINES
    for this in kinds:
        out.append(ago)
        ago = 1 if this == kind else ago + 1 if ago < _FAR_LINES else ago
    return out


def _words(
    lines: Sequence[str], scores: Sequence[float], chance: Sequence[float], body: range
) -> tuple[list[float], list[float]]:
    """Of each line the share of its words that are small ones, and of the others the share that the body has elsewhere."""
    found = [terms(line) if score > _LEAST_SCORE else frozenset() for line, score in zip(lines, scores, strict=True)]
    likely = [place for place, p in enumerate(chance) if p > 0.5]
    common = Counter([term for place in likely for term in found[place]])
    enough = max(3.0, 0.3 * len(likely))
    small = {term for term, number in common.items() if number >= enough}
    inside = {place for place in likely if place in body}
    known = Counter([term for place in inside for term in found[place]])
    shares_small: list[float] = []
    shares_known: list[float] = []
    for place, here in enumerate(found):
        if not here:
            shares_small.append(-1.0)
            shares_known.append(-1.0)
            continue
        own = here - small
        shares_small.append(1 - len(own) / len(here))
        fewest = 1 if place in inside else 0
        shares_known.append(sum([known[term] > fewest for term in own]) / len(own) if own else -1.0)
    return shares_small, shares_known
