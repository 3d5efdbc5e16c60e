"""A long line that stands again right after itself."""

from collections.abc import Iterator
from itertools import pairwise

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import dropping, finds, settled
from cleanmedia.page.code import is_code
from cleanmedia.page.fold import fold
from cleanmedia.page.items import starts_item
from cleanmedia.page.kinds import LITERAL, Kinds
from cleanmedia.page.patterns import pattern
from cleanmedia.page.view import View, view_of

__all__ = ["repeated_lines"]

_LONG = 70  # code points: a line of verse, of a litany or of a song is shorter
_SHORT_BESIDE_PROSE = 40
_SHORTEST = 20  # of a script whose characters are wide
_PARAGRAPH = 180
_LONGEST_SAID_TWICE = 120  # of an item of a list, or of what somebody says in a transcript: longer ones are copies
_PARAGRAPHS = 2  # lines of running text that make a text an article's page, beside the repeated one; one, if that is a paragraph itself
_DOUBTFUL = LITERAL | {"verse", "wrapped"}  # kinds of text in which a line may be said twice
_DOUBTFUL_IF_SHORT = _DOUBTFUL | {"mail", "dialogue", "list"}
_WIDE = pattern("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SPEAKER = pattern(r"\s*[^\W\d_][\w .'’-]{0,30}:\s|\s*[\d:.,\[\](){}<>-]+\s")  # "Q: …", "[00:12] …"
_SPOKEN = pattern(
    r"\W{0,2}[\"“„«「『]|[—–] ?[^\W\d_¿¡]|[—–] ?[¿¡]"
)  # what somebody says begins with a quotation mark or a dash
_RATED = pattern(r"[*★☆]\W*$")
_LONGEST_RATING = 40  # code points at the end of a line in which stars rate something


@finds
@dropping
@settled
def repeated_lines(text: str) -> Iterator[Edit]:
    """Drops a long line that repeats the line before it, ignoring blank lines, on an article's page.

    Why: 9 % of real pages have them: a caption and the picture's alternative text, a headline and the share box.

    Keeps: everything in a text that has no paragraphs but the repeated one, or that is laid out by hand; verse, liturgy and
    songs (short lines, and whatever is there three times in a row), what somebody says between quotation marks, transcripts and subtitles, lists, notes with a rating, logs,
    tables, code, and bars of marks, which differ in their length.

    Risk: very low: the first copy is kept.

    >>> caption = "The bridge on the day of its opening, seen from the south bank of the river Elbe, in May 1901."
    >>> news = "The council voted to keep the old bridge open.\\n\\nNobody wants to drive around the bay for an hour, said the mayor."
    >>> repeated_lines(f"{news} {news}\\n\\n{caption}\\n\\n{caption}") == f"{news} {news}\\n\\n{caption}\\n\\n"
    True
    >>> repeated_lines("Nevermore\\nNevermore")
    'Nevermore\\nNevermore'
    """
    view = view_of(text)
    filled, lines, prose = view.filled, view.shown, view.prose
    copies = [
        place
        for place, (one, other) in enumerate(pairwise(lines), 1)
        if len(other) >= _SHORTEST and one[0] == other[0] and _is_copy(view, place)
    ]
    if not copies or view.is_laid_out:
        return iter(())
    again = {filled[place] for place in copies}  # these are no evidence
    kinds = Kinds(["" if number in again else line for number, line in enumerate(view.squeezed)])
    gone = []
    for place in copies:
        others = sum(prose) - prose[place] - prose[place - 1]
        size = _size(lines[place])
        doubtful = _DOUBTFUL_IF_SHORT if size < _LONGEST_SAID_TWICE else _DOUBTFUL
        if (others >= _PARAGRAPHS or (others and size >= _PARAGRAPH)) and kinds.of(filled[place - 1]) not in doubtful:
            gone.append((filled[place], "says the same as the line before"))
    return view.drop(gone)


def _is_copy(view: View, place: int) -> bool:
    """Whether a line says the same as the one before, and is long enough for that to be no accident."""
    lines = view.shown
    line = lines[place]
    if not _same(line, lines[place - 1]):
        return False
    around = [i for i in (place - 2, place + 1) if 0 <= i < len(lines)]
    if any(_same(lines[i], line) for i in around):
        return False
    size = _size(line)
    between = len(around) == 2 and all(view.prose[i] for i in around)
    if size < _LONG and not (size >= _SHORT_BESIDE_PROSE and between):
        return False
    if size < _LONGEST_SAID_TWICE and (starts_item(line) or _SPEAKER.match(line) or _SPOKEN.match(line)):
        return False
    if (
        sum(map(str.isalnum, line)) * 2 < len(line) - line.count(" ")
        or is_code(line)
        or _RATED.search(line, max(0, len(line) - _LONGEST_RATING))
    ):
        return False
    return max(view.lines[view.filled[i]].strip().count("\t") for i in (place - 1, place)) < 2


def _size(line: str) -> int:
    return len(line) * (2 if _WIDE.search(line) else 1)


def _same(one: str, other: str) -> bool:
    return one == other or (one[:1] == other[:1] and fold(one) == fold(other))
