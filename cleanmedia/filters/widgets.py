"""Lines that are a widget's text: player, share, cookie, newsletter, menu and the like."""

import re
from collections.abc import Iterable, Iterator, Sequence

from cleanmedia.catalogue import Phrase, catalogue
from cleanmedia.edits import Edit
from cleanmedia.filter import finds, settled
from cleanmedia.lines import drop, fold, is_prose, split, squeezed

__all__ = ["widgets"]

_IN_A_ROW = 3  # how many doubtful phrases in a row vouch for each other at the head or tail of a page
_SEVERAL = 2  # how many widget lines in a row make the page's tail
_LONGEST_LABEL, _LONGEST_MENU_LABEL = 100, 30  # code points of a short line among widgets
_MOST_WORDS_OF_TITLE, _MOST_WORDS_OF_LABEL = 14, 3
_PLAYER = frozenset(("player", "clipboard"))

_ENDS_SENTENCE = re.compile(r"[.!?…。！？؟:;]\W*$")
_CLOSED_SENTENCE = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*\s*$")


@finds
@settled
def widgets(text: str, *, catalogues: Sequence[str] = (), languages: Sequence[str] | None = None) -> Iterator[Edit]:
    """Drops whole lines that say a phrase of the widget catalogues, and what can only belong to such lines.

    Why: the text of players, share and cookie boxes, log-ins and menus stands on most pages, and stays behind in data sets
    (399 of 449 VOA Shona records of MasakhaNEWS end in "No media source currently available"). The phrases are data, in
    ``cleanmedia/phrases/``; a line must say one and nothing more, case, bullets and the final stop set aside.
    Phrases that may also be content (``Home``, ``Comments``) go only beside certain ones, or three in a row at the head or
    tail of the page. A short line without a stop goes with its widget where it stands between two widget lines (a
    player's title), or behind several of them at the end of the page. A few phrases that no article contains are
    also cut from the end or start of a line, behind or before a closed sentence.

    Keeps: the same words in a sentence, a headline, a numbered list; doubtful phrases in the body; whatever stands above the
    first paragraph and may be the headline.

    Risk: low. The head and tail of a page are where they are because of its paragraphs; a page that has none
    loses certain phrases only.

    Options: ``catalogues``, paths of further phrase files; ``languages``, such as ``("en", "ru")``, for all.

    >>> widgets("The end.\\n\\n  • Share on Facebook\\n")
    'The end.\\n\\n'
    >>> widgets("Share on Facebook or stay silent? How teenagers decide")
    'Share on Facebook or stay silent? How teenagers decide'

    Raises:
        CatalogueError: a phrase file is broken. OSError: it cannot be read. ValueError: no such language.
    """
    found = catalogue(None if languages is None else tuple(languages), tuple(catalogues))
    lines = split(text)
    filled = [number for number, line in enumerate(lines) if line and not line.isspace()]
    phrases = [found.match(lines[number]) for number in filled]
    cuts = [*_glued(text, lines, found.glued)] if found.glued else []
    if any(phrases):
        page = _Page([lines[number] for number in filled], phrases)
        gone = [(filled[place], why) for place, why in sorted(page.dropped().items())]
        dropped = [*drop(text, lines, gone)]
        starts = {edit.start for edit in dropped}
        cuts = sorted(dropped + [cut for cut in cuts if _line_start(text, cut.start) not in starts])
    yield from cuts


class _Page:
    """The lines of a page that are not blank, each with the phrase it says, if any."""

    def __init__(self, lines: list[str], phrases: list[Phrase | None]) -> None:
        self.lines, self.phrases = lines, phrases
        self.certain = [phrase is not None and not phrase.in_company for phrase in phrases]
        prose = range(len(lines))
        self.first_prose = next((n for n in prose if not self.certain[n] and is_prose(lines[n])), -1)
        self.last_prose = next((n for n in reversed(prose) if not self.certain[n] and is_prose(lines[n])), -1)
        self.whys: dict[int, str] = {}

    def dropped(self) -> dict[int, str]:
        """Each line that goes, and why."""
        for place, phrase in enumerate(self.phrases):
            if phrase and not phrase.in_company:
                self.whys[place] = phrase.why
        for first, last in self._runs():
            self._judge_run(first, last)
        if self.first_prose >= 0:
            self._drop_orphans()
            self._drop_tail()
            self._drop_labels_at_head()
        return self.whys

    def _in_head(self, place: int) -> bool:
        return place < self.first_prose

    def _in_tail(self, place: int) -> bool:
        return place > self.last_prose >= 0

    def _runs(self) -> Iterator[tuple[int, int]]:
        """First and last of each row of lines that say a phrase, certain or doubtful."""
        first = None
        for place, phrase in enumerate((*self.phrases, None)):
            if phrase is None:
                if first is not None:
                    yield first, place - 1
                first = None
            elif first is None:
                first = place

    def _judge_run(self, first: int, last: int) -> None:
        certain = sum(self.certain[first : last + 1])
        at_edge = self._in_head(last) or self._in_tail(first)
        if not certain and not (at_edge and last - first + 1 >= _IN_A_ROW):
            return
        for place in range(first, last + 1):
            phrase = self.phrases[place]
            if phrase and phrase.in_company and (at_edge or certain > 1 or phrase.kind != "navigation"):
                self.whys[place] = phrase.why + ", in company"

    def _drop_orphans(self) -> None:
        for place in range(self.first_prose + 1, len(self.lines) - 1):
            if (
                place in self.whys
                or place - 1 not in self.whys
                or place + 1 not in self.whys
                or not self._may_be_title(place)
            ):
                continue
            kinds = {phrase.kind for phrase in (self.phrases[place - 1], self.phrases[place + 1]) if phrase}
            if self._in_tail(place) or (kinds and kinds <= _PLAYER):
                self.whys[place] = "between widget lines"

    def _drop_tail(self) -> None:
        row = 0
        for place in range(self.last_prose + 1, len(self.lines)):
            if place in self.whys:
                row += 1
            elif row >= _SEVERAL and self._may_be_title(place):
                self.whys[place] = "after widget lines at the end of the page"
            elif row < _SEVERAL:
                row = 0

    def _drop_labels_at_head(self) -> None:
        """Labels of a menu: up to three words between widget lines, of which the first paragraph says nothing."""
        text = fold(self.lines[self.first_prose])
        labels: list[int] = []
        row = 0
        for place in range(self.first_prose):
            if place in self.whys:
                row += 1
                if labels and row:
                    self.whys.update((label, "label between widget lines at the head of the page") for label in labels)
                labels = []
                continue
            line = squeezed(self.lines[place])
            is_label = (
                len(line) <= _LONGEST_MENU_LABEL
                and line.count(" ") < _MOST_WORDS_OF_LABEL
                and not any(map(str.isdigit, line))
            )
            if (row >= _SEVERAL or labels) and is_label and not _ENDS_SENTENCE.search(line) and fold(line) not in text:
                labels.append(place)
            else:
                labels = []
            row = 0

    def _may_be_title(self, place: int) -> bool:
        line = squeezed(self.lines[place])
        return (
            len(line) <= _LONGEST_LABEL
            and line.count(" ") < _MOST_WORDS_OF_TITLE
            and not _ENDS_SENTENCE.search(line)
            and not is_prose(line)
        )


def _glued(text: str, lines: list[str], phrases: Iterable[Phrase]) -> Iterator[Edit]:
    """Phrases at the end of a line behind a closed sentence, or at its start before a capital letter."""
    for phrase in phrases:
        if phrase.text not in text:
            continue
        at = 0
        for line in lines:
            content = line.rstrip().removesuffix(".")
            start = len(content) - len(phrase.text)
            if content.endswith(phrase.text) and _CLOSED_SENTENCE.search(line, max(0, start - 8), start):
                begin = len(line[:start].rstrip())
                yield Edit(at + begin, at + len(line), "", phrase.why + ", glued to the line")
            elif line.startswith(phrase.text):
                rest = line[len(phrase.text) :].lstrip(" .")
                if rest[:1].isupper() and is_prose(rest):
                    yield Edit(at, at + len(line) - len(rest), "", phrase.why + ", glued to the line")
            at += len(line) + 1


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1
