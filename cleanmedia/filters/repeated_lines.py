"""A long line that stands again right after itself."""

from collections.abc import Iterator

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import dropping, finds, settled
from cleanmedia.page.code import is_code
from cleanmedia.page.fold import fold
from cleanmedia.page.items import starts_item
from cleanmedia.page.lines import drop, filled_lines, split, squeezed
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import is_prose

__all__ = ["repeated_lines"]

_LONG = 70  # code points: a line of verse, of a litany or of a song is shorter
_SHORT_BESIDE_PROSE = 40
_LONGEST_SAID_TWICE = 120  # of an item of a list, or of what somebody says in a transcript: longer ones are copies
_WIDE = pattern("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SPEAKER = pattern(r"\s*[^\W\d_][\w .'’-]{0,30}:\s|\s*[\d:.,\[\](){}<>-]+\s")  # "Q: …", "[00:12] …"


@finds
@dropping
@settled
def repeated_lines(text: str) -> Iterator[Edit]:
    """Drops a long line that says the same as the line before it, blank lines set aside.

    Why: 9 % of real pages have them: a caption and the picture's alternative text, a headline and the share box.

    Keeps: verse, liturgy and songs (short lines, and whatever stands three times in a row), transcripts and subtitles,
    lists, tables, code.

    Risk: very low: the first copy stays.

    >>> caption = "The bridge on the day of its opening, seen from the south bank of the river Elbe, in May 1901."
    >>> repeated_lines(f"{caption}\\n\\n{caption}\\nText.") == f"{caption}\\n\\nText."
    True
    >>> repeated_lines("Nevermore\\nNevermore")
    'Nevermore\\nNevermore'
    """
    lines = split(text)
    filled = filled_lines(lines)
    gone = []
    for place in range(1, len(filled)):
        number, before = filled[place], filled[place - 1]
        line = lines[number]
        if len(line) < _SHORT_BESIDE_PROSE // 2 or not _same(line, lines[before]):
            continue
        around = [lines[filled[i]] for i in (place - 2, place + 1) if 0 <= i < len(filled)]
        if any(_same(other, line) for other in around):
            continue
        size = len(squeezed(line)) * (2 if _WIDE.search(line) else 1)
        if size < _LONG and not (size >= _SHORT_BESIDE_PROSE and len(around) == 2 and all(map(is_prose, around))):
            continue
        if size < _LONGEST_SAID_TWICE and (starts_item(line) or _SPEAKER.match(line)):
            continue
        if is_code(line) or "\t" in line.strip():
            continue
        gone.append((number, "says the same as the line before"))
    return drop(text, lines, gone)


def _same(one: str, other: str) -> bool:
    return one == other or (one.strip()[:1] == other.strip()[:1] and fold(one) == fold(other))
