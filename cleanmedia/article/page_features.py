"""Features of a line from its position on the page: :func:`of_page` returns them in the order of :data:`OF_PAGE`.

Each group of features is a function that returns columns, a column being (name of the feature, reason that stands for it,
value for each line of the page). :data:`OF_PAGE` is read off these functions, so names and values cannot drift apart.
A change to a name, a value or the order needs new weights.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate
from math import log1p

from cleanmedia.article.line_features import ENDS_SENTENCE, KIND_NUMBERS, OF_LINE
from cleanmedia.article.scored_page import ScoredPage
from cleanmedia.page.terms import terms

__all__ = ["OF_PAGE", "of_page"]

Column = tuple[str, str, Sequence[float]]

# The reasons that a dropped line may have.
_ITSELF = "the line itself"
_BESIDE = "the lines beside it"
_AROUND = "the lines around"
_PHRASES = "widget phrases around"
_DATES = "dates around"
_POSITION = "position on the page"
_BODY = "outside the body"
_WHOLE = "the page as a whole"
_COPIES = "copies on the page"
_WORDS = "words that the body does not use"
_HEADING = "a heading above"

_LENGTH, _DIGITS, _DATE = map(OF_LINE.index, ("length", "digits", "date or time"))
_PHRASE = OF_LINE.index("phrase of the catalogues")

# --- The line and its neighbours ------------------------------------------------------------------------------------

_NO_LINE = -9.0  # the score of the line before the first and after the last


def _itself(page: ScoredPage) -> list[Column]:
    return [
        ("line", _ITSELF, page.scores),  # log odds of the line by itself
        ("length", _ITSELF, [log1p(line[_LENGTH]) for line in page.features]),
        ("ending", _ITSELF, page.endings),
        ("digits", _ITSELF, [line[_DIGITS] for line in page.features]),
    ]


def _beside(page: ScoredPage) -> list[Column]:
    return [
        ("line before", _BESIDE, [_NO_LINE, *page.scores[:-1]][: page.count]),
        ("line after", _BESIDE, [*page.scores[1:], _NO_LINE][: page.count]),
        ("kind of phrase after", _PHRASES, [*page.kinds[1:], 0][: page.count]),
    ]


# --- Running means over the lines before and after, in which a line counts less the farther away it is ---------------

_NEAR, _MIDDLE, _FAR = (0.6, 0.4), (0.9, 0.1), (0.97, 0.03)  # what the mean so far counts, and what the next line


def _running(page: ScoredPage) -> list[Column]:
    label = [1 - chance for chance in page.chances]
    phrase = [1.0 if line[_PHRASE] else 0.0 for line in page.features]
    date = [line[_DATE] for line in page.features]
    before_and_after = []
    for name, reason, values, weights in (
        ("text near", _AROUND, page.text, _NEAR),
        ("text around", _AROUND, page.text, _MIDDLE),
        ("labels near", _AROUND, label, _NEAR),
        ("labels around", _AROUND, label, _MIDDLE),
        ("phrases near", _PHRASES, phrase, _NEAR),
        ("phrases around", _PHRASES, phrase, _MIDDLE),
        ("phrases far", _PHRASES, phrase, _FAR),
        ("dates around", _DATES, date, _MIDDLE),
        ("other far", _AROUND, page.other, _FAR),
    ):
        before_and_after.append((f"{name} before", reason, _mean_before(values, weights)))
        before_and_after.append((f"{name} after", reason, _mean_before(values[::-1], weights)[::-1]))
    means = {name: values for name, _, values in before_and_after}

    def both(name: str) -> "zip[tuple[float, float]]":
        return zip(means[f"{name} before"], means[f"{name} after"], strict=True)

    with_text = [score + (a + b) / 40 for score, (a, b) in zip(page.scores, both("text around"), strict=True)]
    return [
        *before_and_after,
        ("line with text around", _AROUND, with_text),
        ("text on the better side", _AROUND, [*map(max, both("text near"))]),
        ("text on the worse side", _AROUND, [*map(min, both("text around"))]),
        ("labels on the worse side", _AROUND, [*map(max, both("labels near"))]),
    ]


def _mean_before(values: Sequence[float], weights: tuple[float, float]) -> list[float]:
    """Return the running mean of the values before each."""
    old, new = weights
    return [*accumulate(values, lambda mean, value: old * mean + new * value, initial=0.0)][:-1]


# --- The position on the page ---------------------------------------------------------------------------------------


def _shares(page: ScoredPage) -> list[Column]:
    """What share of the page's text, and of its sentences, stands before and after the line."""
    sentences = [
        length if ending in ENDS_SENTENCE else 0.0 for length, ending in zip(page.lengths, page.endings, strict=True)
    ]
    before = _share_before(page.text)
    after = [1 - share - text / page.all_text for share, text in zip(before, page.text, strict=True)]
    return [
        ("text before", _POSITION, before),
        ("text after", _POSITION, after),
        ("sentences before", _POSITION, _share_before(sentences)),
        ("sentences after", _POSITION, _share_before(sentences[::-1])[::-1]),
    ]


def _share_before(values: Sequence[float]) -> list[float]:
    """Return the share of the values' sum that stands before each."""
    total = sum(values) or 1e-9
    return [part / total for part in accumulate(values, initial=0.0)][:-1]


def _in_body(page: ScoredPage) -> list[Column]:
    inside = [index in page.body for index in range(page.count)]
    return [
        ("in the body", _BODY, inside),
        (
            "line in the body",
            _BODY,
            [s if is_inside else -20.0 for s, is_inside in zip(page.scores, inside, strict=True)],
        ),
        ("lines from the body's start", _BODY, [index - page.body.start for index in range(page.count)]),
        ("lines from the body's end", _BODY, [index - page.body.stop for index in range(page.count)]),
    ]


def _of_body(page: ScoredPage) -> list[Column]:
    body = slice(page.body.start, page.body.stop)
    text = sum(page.text[body])
    return [
        ("body's share of the text", _WHOLE, page.same(text / page.all_text)),
        ("body's purity", _WHOLE, page.same(text / (sum(page.lengths[body]) or 1.0))),
        ("body's text", _WHOLE, page.same(text)),
        ("body's lines", _WHOLE, page.same(len(page.body))),
    ]


def _in_run(page: ScoredPage) -> list[Column]:
    return [
        ("in the run of prose", _BODY, [index in page.run for index in range(page.count)]),
        ("lines from the run's start", _BODY, [index - page.run.start for index in range(page.count)]),
    ]


def _of_all(page: ScoredPage) -> list[Column]:
    prose = [length for length, is_prose in zip(page.lengths, page.prose, strict=True) if is_prose]
    other = sum(page.other)
    return [
        ("lines of prose", _WHOLE, page.same(len(prose))),
        ("prose's share", _WHOLE, page.same(sum(prose) / page.all_length)),
        ("lines of the page", _WHOLE, page.same(page.count)),
        ("text of the page", _WHOLE, page.same(page.all_text)),
        ("other of the page", _WHOLE, page.same(other)),
        ("page's purity", _WHOLE, page.same(page.all_text / (page.all_text + other))),
    ]


_MOST_LINES = 80  # more lines above or below count as so many


def _position(page: ScoredPage) -> list[Column]:
    count = page.count
    return [
        ("place on the page", _POSITION, [index / count for index in range(count)]),
        ("lines above", _POSITION, [min(index, _MOST_LINES) for index in range(count)]),
        ("lines below", _POSITION, [min(count - index, _MOST_LINES) for index in range(count)]),
    ]


# --- What the page says elsewhere -----------------------------------------------------------------------------------

_LEAST_SCORE = -3.5  # log odds: the words of a line below it are not read
_LONG_AGO = 60  # lines: a heading farther above counts as this


def _copies(page: ScoredPage) -> list[Column]:
    copies = Counter(page.lines)
    return [("copies on the page", _COPIES, [copies[line] for line in page.lines])]


def _words(page: ScoredPage) -> list[Column]:
    """Shares of the line's words, or of its pairs of characters in scripts without spaces.

    Small words are those that many of the likely lines have. Of the other words, those count that the body has elsewhere.
    A line without words has -1.
    """
    found = [
        terms(line) if score > _LEAST_SCORE else frozenset()
        for line, score in zip(page.lines, page.scores, strict=True)
    ]
    likely = [index for index, chance in enumerate(page.chances) if chance > 0.5]
    lines_with = Counter([term for index in likely for term in found[index]])
    enough = max(3.0, 0.3 * len(likely))
    small_words = {term for term, number in lines_with.items() if number >= enough}
    inside = {index for index in likely if index in page.body}
    known = Counter([term for index in inside for term in found[index]])
    small: list[float] = []
    shared: list[float] = []
    for index, words in enumerate(found):
        if not words:
            small.append(-1.0)
            shared.append(-1.0)
            continue
        own = words - small_words
        small.append(1 - len(own) / len(words))
        fewest = 1 if index in inside else 0  # its own use of a word does not count
        shared.append(sum([known[term] > fewest for term in own]) / len(own) if own else -1.0)
    return [
        ("small words", _WORDS, small),
        ("words of the body", _WORDS, shared),
        ("words of the body before", _WORDS, _mean_before(shared, _NEAR)),
        ("words of the body after", _WORDS, _mean_before(shared[::-1], _NEAR)[::-1]),
    ]


def _headings(page: ScoredPage) -> list[Column]:
    return [
        ("lines since a related heading", _HEADING, _lines_since(KIND_NUMBERS["related"], page.kinds)),
        ("lines since a comments heading", _HEADING, _lines_since(KIND_NUMBERS["comments"], page.kinds)),
    ]


def _lines_since(kind: float, kinds: Sequence[float]) -> list[float]:
    """Return how many lines above each line a phrase of this kind stands."""
    out: list[float] = []
    ago = _LONG_AGO
    for this in kinds:
        out.append(ago)
        ago = 1 if this == kind else min(ago + 1, _LONG_AGO)
    return out


# --- All of them ----------------------------------------------------------------------------------------------------

_GROUPS: tuple[Callable[[ScoredPage], list[Column]], ...] = (
    _itself, _beside, _running, _shares, _in_body, _of_body, _in_run, _of_all, _position, _copies, _words, _headings,
)  # fmt: skip


def _columns(page: ScoredPage) -> list[Column]:
    return [column for group in _GROUPS for column in group(page)]


OF_PAGE = tuple([(name, reason) for name, reason, _ in _columns(ScoredPage([], [], []))])


def of_page(
    lines: Sequence[str], features: Sequence[tuple[float, ...]], scores: Sequence[float]
) -> list[Sequence[float]]:
    """Return the features of a page's lines as columns, in the order of :data:`OF_PAGE`.

    Args:
        lines: the lines that are not blank, without repeated spaces.
        features: of each line by itself, from :func:`~cleanmedia.article.line_features.of_line`.
        scores: of each line by itself, in log odds.
    """
    return [values for _, _, values in _columns(ScoredPage(lines, features, scores))]
