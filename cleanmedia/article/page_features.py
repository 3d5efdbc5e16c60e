"""Features of a line from its position on the page: :func:`of_page` returns them in the order of :data:`OF_PAGE`.

:func:`again` returns a few of them once more, in the order of :data:`AGAIN`, once the lines are scored by their position.

Each group of features is a function that returns columns, a column being (name of the feature, reason that stands for it,
value for each line of the page). :data:`OF_PAGE` and :data:`AGAIN` are read off these functions, so names and values cannot drift apart.
A change to a name, a value or the order needs new weights.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise, starmap
from math import fsum, log1p
from operator import add

from cleanmedia.article.line_features import ENDS_SENTENCE, KIND_NUMBERS, OF_LINE
from cleanmedia.article.scored_page import LABEL, ScoredPage

__all__ = ["AGAIN", "OF_PAGE", "again", "of_page"]

Column = tuple[str, str, Sequence[float]]

# The reasons that a dropped line may have.
_ITSELF = "the line itself"
_AROUND = "the lines around"
_PHRASES = "widget phrases around"
_DATES = "dates around"
_POSITION = "position on the page"
_BODY = "outside the body"
_WHOLE = "the page as a whole"
_COPIES = "copies on the page"
_WORDS = "words that the body does not use"
_HEADING = "a heading above"
_TITLE = "little of the title"

_LENGTH, _KNOWN = map(OF_LINE.index, ("length", "known words"))

# --- The line -------------------------------------------------------------------------------------------------------


def _itself(page: ScoredPage) -> list[Column]:
    return [
        ("line", _ITSELF, page.scores),  # log odds of the line by itself
        ("length", _ITSELF, [log1p(line[_LENGTH]) for line in page.features]),
        ("ending", _ITSELF, page.endings),
    ]


# --- Running means over the lines before and after, in which a line counts less the farther away it is ---------------

_NEAR, _MIDDLE, _FAR = (0.6, 0.4), (0.9, 0.1), (0.97, 0.03)  # what the mean so far counts, and what the next line


def _running(page: ScoredPage) -> list[Column]:
    label = [1 - chance for chance in page.chances]
    columns: list[Column] = []
    for name, reason, values, weights in (
        ("labels near", _AROUND, label, _NEAR),
        ("labels around", _AROUND, label, _MIDDLE),
        ("phrases near", _PHRASES, page.phrases, _NEAR),
        ("phrases around", _PHRASES, page.phrases, _MIDDLE),
        ("phrases far", _PHRASES, page.phrases, _FAR),
        ("dates around", _DATES, page.dates, _MIDDLE),
    ):
        columns.append((f"{name} before", reason, _mean_before(values, weights)))
        columns.append((f"{name} after", reason, _mean_after(values, weights)))
    near = zip(_mean_before(page.text, _NEAR), _mean_after(page.text, _NEAR), strict=True)
    return [
        *columns,
        ("labels on the worse side", _AROUND, [*map(max, columns[0][2], columns[1][2])]),
        ("text on the better side", _AROUND, [*starmap(max, near)]),
        ("line with text around", _AROUND, _with_text_around(page)),
        ("other far before", _AROUND, _mean_before(page.other, _FAR)),
    ]


def _with_text_around(page: ScoredPage) -> list[float]:
    around = zip(page.scores, _mean_before(page.text, _MIDDLE), _mean_after(page.text, _MIDDLE), strict=True)
    return [score + (before + after) / 40 for score, before, after in around]


def _mean_before(values: Sequence[float], weights: tuple[float, float]) -> list[float]:
    """Return the running mean of the values before each."""
    if not any(values):
        return [0.0] * len(values)
    old, new = weights
    mean = 0.0
    means = []
    for value in values:
        means.append(mean)
        mean = old * mean + new * value
    return means


def _mean_around(values: Sequence[float], weights: tuple[float, float]) -> list[float]:
    """Return the sum of the running means before and after each value."""
    return [*map(add, _mean_before(values, weights), _mean_after(values, weights))]


def _mean_after(values: Sequence[float], weights: tuple[float, float]) -> list[float]:
    """Return the running mean of the values after each."""
    return _mean_before(values[::-1], weights)[::-1]


_NO_LINE = -9.0  # the score of the line before the first and after the last


def _beside(page: ScoredPage) -> list[Column]:
    return [
        ("line before", _AROUND, [_NO_LINE, *page.scores[:-1]][: page.count]),
        ("line after", _AROUND, [*page.scores[1:], _NO_LINE][: page.count]),
    ]


def _neighbours(page: ScoredPage) -> list[Column]:
    changes = [0.0, *[abs(one - other) for one, other in pairwise(page.chances)]][: page.count]
    return [
        *_beside(page),
        ("length before", _AROUND, [-1.0, *page.lengths[:-1]][: page.count]),
        ("changes around", _AROUND, _mean_around(changes, _MIDDLE)),
        ("dates near before", _DATES, _mean_before(page.dates, _NEAR)),
    ]


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
    start, stop, count = page.body.start, page.body.stop, page.count
    inside = [False] * start + [True] * (stop - start) + [False] * (count - stop)
    return [
        ("in the body", _BODY, inside),
        (
            "line in the body",
            _BODY,
            [s if is_inside else -20.0 for s, is_inside in zip(page.scores, inside, strict=True)],
        ),
        ("lines from the body's start", _BODY, [*range(-start, count - start)]),
        ("lines from the body's end", _BODY, [*range(-stop, count - stop)]),
    ]


def _between(page: ScoredPage) -> list[Column]:
    """What stands between the line and the body."""
    labels = [chance < LABEL for chance in page.chances]
    return [
        ("labels between", _BODY, _sum_between(labels, page.body)),
        ("phrases between", _BODY, _sum_between(page.phrases, page.body)),
        ("text between", _BODY, _sum_between(page.text, page.body)),
        ("other between", _BODY, _sum_between(page.other, page.body)),
        ("labels in a row between", _BODY, _row_between(labels, page.body)),
        ("labels in a row before the run", _BODY, _row_between(labels, page.run)),
    ]


def _sum_between(values: Sequence[float], stretch: range) -> list[float]:
    """Return the sum of the values between each line and a stretch of lines; 0 for those inside."""
    before = [0.0, *accumulate(values)]
    above, below = before[stretch.start], before[stretch.stop]
    return [
        *[above - total for total in before[1 : stretch.start + 1]],
        *[0.0] * len(stretch),
        *[total - below for total in before[stretch.stop : -1]],
    ]


def _row_between(labels: Sequence[bool], stretch: range) -> list[int]:
    """Return the length of the longest row of labels between each line and a stretch of lines; 0 for those inside."""
    above = _longest_rows(labels[: stretch.start][::-1])[::-1]
    return [*above, *[0] * len(stretch), *_longest_rows(labels[stretch.stop :])]


def _longest_rows(labels: Sequence[bool]) -> list[int]:
    """Return the length of the longest row of labels before each."""
    longest = row = 0
    out = []
    for label in labels:
        out.append(longest)
        row = row + 1 if label else 0
        longest = max(longest, row)
    return out


def _of_body(page: ScoredPage) -> list[Column]:
    body = slice(page.body.start, page.body.stop)
    text = sum(page.text[body])
    return [
        ("body's share of the text", _WHOLE, page.same(text / page.all_text)),
        ("body's purity", _WHOLE, page.same(text / (sum(page.lengths[body]) or 1.0))),
        ("body's text", _WHOLE, page.same(text)),
    ]


def _in_run(page: ScoredPage) -> list[Column]:
    return [
        ("in the run of prose", _BODY, [index in page.run for index in range(page.count)]),
        ("lines from the run's start", _BODY, [index - page.run.start for index in range(page.count)]),
    ]


def _of_all(page: ScoredPage) -> list[Column]:
    prose = sum(page.prose)
    length = sum([length for length, is_prose in zip(page.lengths, page.prose, strict=True) if is_prose])
    return [
        ("lines of prose", _WHOLE, page.same(prose)),
        ("length of prose", _WHOLE, page.same(length / max(1, prose))),
        ("lines", _WHOLE, page.same(page.count)),
        ("lines of the body", _WHOLE, page.same(len(page.body))),
        ("known words", _WHOLE, page.same(fsum([line[_KNOWN] for line in page.features]) / max(1, page.count))),
        ("part of the page before", _POSITION, [index / page.count for index in range(page.count)]),
        ("other of the page", _WHOLE, page.same(sum(page.other))),
    ]


# --- What the page says elsewhere -----------------------------------------------------------------------------------

_LONG_AGO = 60  # lines: a heading farther above counts as this


def _copies(page: ScoredPage) -> list[Column]:
    copies = Counter(page.lines)
    return [("copies on the page", _COPIES, [copies[line] for line in page.lines])]


_FEWEST_OF_TITLE = 2  # words of a title
_OF_TITLE, _OF_LINE = 0.5, 0.6  # the shares of its words that a line has in common with the title where it repeats it


def _title(page: ScoredPage) -> list[Column]:
    """The words that a line shares with the page's title, and where the title stands again.

    A line without words has -1; so have all lines of a page without a title.
    """
    about = page.title
    of_line = of_title = page.same(-1.0)
    since = page.same(float(_LONG_AGO))
    copies = 0
    if len(about) >= _FEWEST_OF_TITLE:
        common = [(len(words & about), len(words)) if words else (0, 0) for words in page.terms]
        of_line = [number / size if size else -1.0 for number, size in common]
        of_title = [number / len(about) for number, _ in common]
        again = [
            index > 0 and title >= _OF_TITLE and line >= _OF_LINE
            for index, (line, title) in enumerate(zip(of_line, of_title, strict=True))
        ]
        copies = sum(again)
        since = _lines_since(True, again)
    return [
        ("words that are the title's", _TITLE, of_line),
        ("words of the title", _TITLE, of_title),
        ("lines since the title", _TITLE, since),
        ("copies of the title", _TITLE, page.same(float(copies))),
    ]


def _words(page: ScoredPage) -> list[Column]:
    """Shares of the line's words, or of its pairs of characters in scripts without spaces.

    Small words are those that many of the likely lines have. Of the other words, those count that the body has elsewhere.
    A line without words has -1.
    """
    found = page.terms
    likely = [index for index, chance in enumerate(page.chances) if chance > 0.5]
    lines_with = Counter([term for index in likely for term in found[index]])
    enough = max(3.0, 0.3 * len(likely))
    small_words = {term for term, number in lines_with.items() if number >= enough}
    inside = {index for index in likely if index in page.body}
    known = Counter([term for index in inside for term in found[index]])
    once, twice = set(known), {term for term, number in known.items() if number > 1}
    small: list[float] = []
    shared: list[float] = []
    for index, words in enumerate(found):
        if not words:
            small.append(-1.0)
            shared.append(-1.0)
            continue
        own = words - small_words
        small.append(1 - len(own) / len(words))
        elsewhere = twice if index in inside else once  # its own use of a word does not count
        shared.append(len(own & elsewhere) / len(own) if own else -1.0)
    of_body = [max(0.0, share) for share in shared]
    text = [share * length for share, length in zip(of_body, page.lengths, strict=True)]
    around = zip(_mean_around(text, _MIDDLE), _mean_around(page.lengths, _MIDDLE), strict=True)
    return [
        ("small words", _WORDS, small),
        ("words of the body", _WORDS, shared),
        ("words of the body before", _WORDS, _mean_before(of_body, _MIDDLE)),
        ("words of the body after", _WORDS, _mean_after(of_body, _MIDDLE)),
        ("words of the body around", _WORDS, [own / (length + 1) for own, length in around]),
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


# --- Once more, after the second step --------------------------------------------------------------------------------


def _rescored(page: ScoredPage) -> list[Column]:
    label = [1 - chance for chance in page.chances]
    return [
        ("line", _ITSELF, page.scores),
        ("line by itself", _ITSELF, page.by_itself),
        ("length", _ITSELF, page.lengths),
        *_beside(page),
        ("labels near before", _AROUND, _mean_before(label, _NEAR)),
        ("labels near after", _AROUND, _mean_after(label, _NEAR)),
        ("line with text around", _AROUND, _with_text_around(page)),
    ]


# --- All of them ----------------------------------------------------------------------------------------------------

Groups = tuple[Callable[[ScoredPage], list[Column]], ...]

_OF_PAGE: Groups = (
    _itself, _running, _neighbours, _shares, _in_body, _between, _of_body, _in_run, _of_all, _copies, _title, _words, _headings,
)  # fmt: skip
_AGAIN: Groups = (_rescored, _in_body, _of_body, _words)


def _columns(page: ScoredPage, groups: Groups) -> list[Column]:
    return [column for group in groups for column in group(page)]


OF_PAGE = tuple([(name, reason) for name, reason, _ in _columns(ScoredPage([], [], []), _OF_PAGE)])
AGAIN = tuple([(name, reason) for name, reason, _ in _columns(ScoredPage([], [], []), _AGAIN)])


def of_page(page: ScoredPage) -> list[Sequence[float]]:
    """Return the features of a page's lines, scored by themselves, as columns in the order of :data:`OF_PAGE`."""
    return [values for _, _, values in _columns(page, _OF_PAGE)]


def again(page: ScoredPage) -> list[Sequence[float]]:
    """Return the features of a page's lines, scored by their position, as columns in the order of :data:`AGAIN`."""
    return [values for _, _, values in _columns(page, _AGAIN)]
