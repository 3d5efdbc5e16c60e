"""Lines that are a widget's text: player, share, cookie, newsletter, menu and the like."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import compress, count

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import dropping, finds, settled
from cleanmedia.page.announced import announced
from cleanmedia.page.body import find_body
from cleanmedia.page.fold import fold
from cleanmedia.page.headings import headings
from cleanmedia.page.kinds import LITERAL, goes_on
from cleanmedia.page.lines import squeezed
from cleanmedia.page.memo import Memo
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import ends_sentence, is_prose
from cleanmedia.page.scripts import width
from cleanmedia.page.view import View, view_of
from cleanmedia.phrases.catalogue import Catalogue, catalogue
from cleanmedia.phrases.files import Phrase
from cleanmedia.phrases.placeholders import generalise

__all__ = ["widgets"]

# How many doubtful phrases in a row vouch for each other at the head or tail of a page, and in its body.
_IN_A_ROW, _IN_A_ROW_OF_THE_BODY = 3, 4
_LINES_OF_TITLE = 3
_LONGEST_TOLD = 2_000  # code points of a title or paragraph in which the words of a label are looked for
# How many phrases a menu has, and their share of its lines.
_IN_A_MENU, _SHARE_OF_A_MENU = 3, 0.2
_IN_A_MENU_OF_THE_BODY, _SHARE_OF_A_MENU_OF_THE_BODY = 6, 0.5
_MENU_ONLY = frozenset(
    ["navigation", "legal", "skip", "search", "login", "app", "accessibility", "newsletter", "cookies", "donate"]
)
_MENU_KINDS = _MENU_ONLY | frozenset(["share", "follow", "feeds", "advertisement", "print"])
_SEVERAL = 2  # how many widget lines in a row make the page's tail
_LONGEST_LABEL, _LONGEST_MENU_LABEL = 100, 48  # code points of a short line among widgets
_MOST_WORDS_OF_TITLE, _MOST_WORDS_OF_LABEL = 14, 5
_NEUTRAL = frozenset(
    ("{n}", "{year}", "{date}", "{time}", "{n}/{n}", "{n} / {n}", "{time} / {time}", "{n} {n}", "{n}%", "{network}")
)
_PLAYER = frozenset(("player", "clipboard"))

_RIGHTS = ("copyright", "license", "licence", "lizenz", "licencia", "licenza", "лиценз", "redistribut")
_A_LICENCE = (
    3  # times that rights are spoken of, besides a widget's lines: a page does so rarely, a licence all the time
)
_LONGEST_HEADLINE = 150  # code points behind a phrase and a colon: "READ MORE: ..."
_ENDS_OF_GLUED = 12  # code points at either end of a line by which it is told that no phrase is glued to it
_LONGEST_BUTTONS = 40  # code points of the labels behind a sentence about cookies
_FEWEST_SPACES = 3  # of a headline or sentence behind a phrase and a stop
_DOUBTFUL = LITERAL | {"mail", "verse", "wrapped"}  # kinds of text in which a phrase is no widget's
_LONGEST_ROW = 1_000  # code points of a line of several labels, which may be laid out in columns
_SHORTEST_WRAPPED = 40  # code points: a shorter line was not broken at a margin
_BETWEEN_LABELS = pattern(r"\s*[|•·›»｜]\s*|\s[/–-]\s")
_MARK_BETWEEN_LABELS = pattern(r"[|•·›»｜/–-](?:(?<=[|•·›»｜])|(?<=\s.)(?=\s))")
_DASH_BETWEEN = pattern(r"^[^|•·›»｜]* [–-] [^|•·›»｜]*$")
_JOINT = " | "  # between the phrases of such a line
_ENDS_SENTENCE = pattern(r"[.!?…。！？؟:;]\W*$")
_CLOSED_SENTENCE = pattern(r"[.!?…。！？؟।][\"'”’»)\]]*\s*$")


@finds
@dropping
@settled
def widgets(text: str, *, catalogues: Sequence[str] = (), languages: Sequence[str] | None = None) -> Iterator[Edit]:
    """Drops whole lines that match a phrase of the widget catalogues, and what can only belong to such lines.

    Why: the text of players, share and cookie boxes, log-ins and menus stands on most pages, and stays behind in data sets
    (399 of 449 VOA Shona records of MasakhaNEWS end in "No media source currently available"). The phrases are data, in
    ``cleanmedia/phrases/``; a line must consist of one and nothing else, ignoring case, bullets and the final stop.
    Phrases that may also be content (``Home``, ``Comments``) are removed only next to certain ones, or several in a row, and
    never alone. Other short lines are removed with their widget: between two of its lines (a player's title), in a menu outside
    the page's text of which every fifth line is known, behind several widget lines at the end of the page. A few phrases
    that no article contains are also cut from the end or start of a line, behind or before a closed sentence.

    Keeps: the same words in a sentence, a headline, a numbered list; a doubtful phrase in the body; dates; whatever
    the page's title or first paragraph says too, and what stands between its menu and its text: the headline; lines that
    the text announces with a colon, before it goes on; the headings of a guide or a policy (``Share on Facebook`` above a
    paragraph about it); phrases beside their translation.

    Risk: low for phrases. Which lines are the page's text is told by its paragraphs: a page that has none loses
    certain phrases only, and a list of links that is an article's content can be taken for a menu.

    Options: ``catalogues``, paths of further phrase files; ``languages``, the languages of the phrases to use, such as
    ``("en", "ru")``; without it, all.

    >>> widgets("The end.\\n\\n  • Share on Facebook\\n")
    'The end.\\n\\n'
    >>> widgets("Share on Facebook or stay silent? How teenagers decide")
    'Share on Facebook or stay silent? How teenagers decide'

    Raises:
        CatalogueError: a phrase file is broken. OSError: it cannot be read. ValueError: no such language.
    """
    found = catalogue(None if languages is None else tuple(languages), tuple(catalogues))
    view = view_of(text)
    filled = view.filled
    judged = view.told(_judged(found).all)  # the lines as they look once tidied: a second pass must find no more
    glued = [(number, phrase) for number, (_, phrase) in zip(filled, judged, strict=True) if phrase]
    cuts = _glued(view.lines, glued)
    phrases = [phrase for phrase, _ in judged]
    if _may_go([*filter(None, phrases)]) and not view.is_laid_out:
        page = _Page(view, _whole(view, phrases))
        gone = [(filled[place], why) for place, why in sorted(page.dropped().items())]
        dropped = [*view.drop(gone)]
        starts = {edit.start for edit in dropped}
        cuts = sorted(dropped + [cut for cut in cuts if _line_start(text, cut.start) not in starts])
    yield from cuts


def _may_go(said: list[Phrase]) -> bool:
    """Whether any of the phrases of a page can go: certain ones, one between paragraphs, several that vouch for each other."""
    if any(not phrase.in_company or phrase.between for phrase in said):
        return True
    several = min(_IN_A_ROW, _IN_A_MENU)
    texts = {phrase.text for phrase in said}
    return len(texts) >= several or len(_labels(texts)) >= several


def _labels(texts: Iterable[str]) -> set[str]:
    """Return the phrases of which some rows of labels consist."""
    return {label for text in texts for label in text.split(_JOINT)}


_NOTHING = (None, None)


@lru_cache(maxsize=32)
def _judged(found: Catalogue) -> Memo[tuple[Phrase | None, Phrase | None]]:
    """Of each line the phrase that it says, or those of a row of labels as one; and the phrase that is glued to it."""

    size = min([_ENDS_OF_GLUED, *(len(phrase.text) for phrase in found.glued)])
    heads, tails = ({phrase.text[:size] for phrase in found.glued}, {phrase.text[-size:] for phrase in found.glued})

    def judge(line: str, said: Phrase | None) -> tuple[Phrase | None, Phrase | None]:
        if said is None and not _can_skip(line):
            said = _said_in_a_row(found, line)
        if said is None and line[-1:] != ".":
            if ":" in line or "：" in line:
                said = _said_before_a_headline(found, line)
            if said is None and ". " in line:
                said = _said_before_buttons(found, line)
        if line[:size] in heads or line.removesuffix(".")[-size:] in tails:
            for phrase in found.glued:
                if phrase.text in line and _is_glued(line, phrase):
                    return said, phrase
        return (said, None) if said else _NOTHING

    return Memo(lambda line: judge(line, found.find(line)), lambda lines: map(judge, lines, found.find_all(lines)))


def _can_skip(line: str) -> bool:
    """Whether a line can be no row of labels: nothing in it stands between two, or it ends as a sentence."""
    return not _MARK_BETWEEN_LABELS.search(line) or bool(_ENDS_SENTENCE.search(line, max(0, len(line) - 8)))


def _said_in_a_row(found: Catalogue, line: str) -> Phrase | None:
    """The phrases in a line of labels, as one: "Home | World | Contact us". Such a line is doubtful.

    A line that begins with a bar is a row of a table, or an alternative of a grammar.
    """
    if len(line) > _LONGEST_ROW or line[:1] in "|｜":
        return None
    parts = [part for part in _BETWEEN_LABELS.split(line) if part]
    if len(parts) < 2 or any(width(part) > _LONGEST_MENU_LABEL or _ENDS_SENTENCE.search(part) for part in parts):
        return None
    phrases = [phrase for phrase in map(found.match, parts) if phrase]
    if not 1 < len(phrases) >= len(parts) / 2 or _is_translation(line, phrases):
        return None
    return phrases[0]._replace(in_company=True, text=_JOINT.join(phrase.text for phrase in phrases))


def _is_translation(line: str, phrases: Sequence[Phrase]) -> bool:
    """Whether two phrases are one in two languages, as in a glossary: "Print this page – Seite drucken"."""
    if len(phrases) != 2 or not _DASH_BETWEEN.search(line):
        return False
    one, other = phrases
    return one.kind == other.kind != "navigation" and one.language != other.language


def _said_before_a_headline(found: Catalogue, line: str) -> Phrase | None:
    """The phrase that leads to another article in a line like "READ MORE: ...", where the headline is longer than a {name}."""
    at = max(line.find(":", 0, _LONGEST_MENU_LABEL), line.find("：", 0, _LONGEST_MENU_LABEL))
    if at < 0 or len(line) - at > _LONGEST_HEADLINE or _ENDS_SENTENCE.search(line, max(0, len(line) - 8)):
        return None
    return found.call(line[:at])


def _said_before_buttons(found: Catalogue, line: str) -> Phrase | None:
    """The sentence about cookies in a line that has the labels of buttons behind it: "We use cookies. Accept Read more"."""
    at = line.rfind(". ")
    if len(line) - at > _LONGEST_BUTTONS:
        return None
    phrase = found.match(line[:at])
    if phrase is None or phrase.in_company or phrase.kind != "cookies":
        return None
    return phrase if _are_labels(found, line[at + 2 :].split()) else None


def _are_labels(found: Catalogue, words: list[str]) -> bool:
    """Whether words are labels of the catalogues, one or several in a row."""
    return not words or any(
        found.match(" ".join(words[:n])) and _are_labels(found, words[n:]) for n in range(1, len(words) + 1)
    )


def _whole(view: View, phrases: list[Phrase | None]) -> list[Phrase | None]:
    """The phrases, without those of lines that are part of something else: of a wrapped sentence, instructions, code, verse.

    What says whose the rights are is a widget's text on a page, and content of a licence or a song.
    """
    filled, shown = view.filled, view.shown
    said = [(place, phrase) for place, phrase in enumerate(phrases) if phrase]
    is_page = sum(view.prose) > 1 or any(phrase.kind != "legal" for _, phrase in said)
    if any(_tells_of_rights(phrase) for _, phrase in said):
        is_page = is_page and not _is_licence(shown, phrases)
    body = view.body  # before and behind it stand the page's menus
    kept = phrases.copy()
    labels = {place for place, _ in said}
    told = announced(shown, labels)
    told |= {place for place in headings(shown, view.prose, body, labels) if _may_head(phrases[place])}
    for place, phrase in said:
        line, number = shown[place], filled[place]
        before = shown[place - 1] if place and filled[place - 1] == number - 1 else ""
        after = shown[place + 1] if place + 1 < len(filled) and filled[place + 1] == number + 1 else ""
        if (
            place in told
            or (len(before) >= _SHORTEST_WRAPPED and goes_on(before, line) and ends_sentence(line))
            or (len(line) >= _SHORTEST_WRAPPED and after and goes_on(line, after))
            or (line[-1] == ":" and line[:2] == "- ")
            or (_tells_of_rights(phrase) and not is_page)
            or (
                (not phrase.in_company or phrase.between)
                and (not body or place in body)
                and view.squeezed_kinds.of(number) in _DOUBTFUL
            )
        ):
            kept[place] = None
    return kept


def _may_head(phrase: Phrase | None) -> bool:
    """Whether a phrase may be a heading: one that names or counts something is none ("Tags: wine, prices", "Comments (2)")."""
    return phrase is not None and "{n" not in phrase.text.replace("{network}", "")


def _tells_of_rights(phrase: Phrase) -> bool:
    return phrase.kind == "legal" and (not phrase.in_company or "opyright" in phrase.text)


def _is_licence(shown: list[str], phrases: list[Phrase | None]) -> bool:
    """Whether a text speaks of rights several times, besides the lines of a widget."""
    text = "\n".join([line for line, phrase in zip(shown, phrases, strict=True) if not phrase]).lower()
    return sum(map(text.count, _RIGHTS)) >= _A_LICENCE


class _Page:
    """The lines of a page that are not blank, each with the phrase it says, if any."""

    def __init__(self, view: View, phrases: list[Phrase | None]) -> None:
        self.lines = view.shown
        self.phrases = phrases
        self.certain = [phrase is not None and not phrase.in_company for phrase in phrases]
        self.prose, self.body = view.prose, view.body
        if any(compress(view.prose, self.certain)):
            self.prose = [prose and not certain for prose, certain in zip(view.prose, self.certain, strict=True)]
            self.body = find_body(self.lines, self.prose)
        self.has_prose = any(self.prose)
        self.last_prose = max(compress(count(), self.prose), default=-1)
        self.whys: dict[int, str] = {}

    def dropped(self) -> dict[int, str]:
        """Each line that goes, and why."""
        for place, phrase in enumerate(self.phrases):
            if phrase and not phrase.in_company:
                self.whys[place] = phrase.why
        for row in self._rows(self._is_neutral):
            self._judge_row(row)
        if self.has_prose:
            for row in self._rows(self._is_label):
                self._judge_menu(row)
            self._drop_orphans()
            self._drop_tail()
        return self.whys

    def _at_edge(self, row: range) -> bool:
        """Whether a row of lines stands wholly before or behind the page's text."""
        return self.has_prose and (row[-1] < self.body[0] or row[0] > self.body[-1])

    def _rows(self, joins: Callable[[int], bool]) -> Iterator[range]:
        """The rows of lines that say phrases, together with the lines among them that ``joins`` lets in."""
        places = compress(count(), self.phrases)
        first = last = next(places, -1)
        for place in places:
            if place > last + 1 and not all(map(joins, range(last + 1, place))):
                yield range(first, last + 1)
                first = place
            last = place
        if first >= 0:
            yield range(first, last + 1)

    def _judge_row(self, row: range) -> None:
        """Doubtful phrases go beside a certain one, or where several vouch for each other."""
        if self._is_between_paragraphs(row):
            self.whys.update((n, phrase.why + ", between paragraphs") for n in row if (phrase := self.phrases[n]))
            return
        certain = sum(self.certain[row.start : row.stop])
        said = self._said(row)
        at_edge = self._at_edge(row)
        if not certain and said < (_IN_A_ROW if at_edge else _IN_A_ROW_OF_THE_BODY):
            return
        for place in row:
            phrase = self.phrases[place]
            if phrase is None:
                if not self._is_date(place):
                    self.whys.setdefault(place, "number or mark among widget lines")
            elif phrase.in_company and (
                at_edge or certain > 1 or said >= _IN_A_ROW_OF_THE_BODY or phrase.kind != "navigation"
            ):
                self.whys.setdefault(place, phrase.why + ", in company")

    def _is_between_paragraphs(self, row: range) -> bool:
        """Whether a row of phrases of this sort stands behind a paragraph that ends, and before another one or nothing."""
        before, after = row.start - 1, row.stop
        first = self.phrases[row.start]
        return (
            first is not None
            and first.between
            and all((phrase := self.phrases[place]) is not None and phrase.between for place in row)
            and before >= 0
            and self.prose[before]
            and ends_sentence(self.lines[before])
            and (after == len(self.lines) or self.prose[after])
            and not any(map(self._may_be_subheading, row))
        )

    def _may_be_subheading(self, place: int) -> bool:
        """Whether a line may name what the text is about ("Werbung"), and is written as subheadings of the page are."""
        phrase, line = self.phrases[place], self.lines[place]
        return (phrase is not None and phrase.kind in _MENU_KINDS) and any(
            self.lines[other].isupper() == line.isupper() for other in self._subheadings
        )

    @cached_property
    def _subheadings(self) -> list[int]:
        """The short lines between two paragraphs that say no phrase."""
        return [
            place
            for place in self.body[1:-1]
            if not self.prose[place] and not self.phrases[place] and self.prose[place - 1] and self.prose[place + 1]
        ]

    def _judge_menu(self, row: range) -> None:
        """A menu has names of its own among the catalogued ones: they go with them, where these are many."""
        if len(row) < _IN_A_MENU:
            return
        said = [
            phrase.text
            for phrase in self.phrases[row.start : row.stop]
            if phrase and phrase.kind in _MENU_KINDS and phrase.text != "{network}"
        ]
        fewest, share = (
            (_IN_A_MENU, _SHARE_OF_A_MENU)
            if self._at_edge(row)
            else (_IN_A_MENU_OF_THE_BODY, _SHARE_OF_A_MENU_OF_THE_BODY)
        )
        # Certain lines of other kinds speak neither for a menu nor against it.
        size = sum(not self.certain[n] or self.phrases[n].kind in _MENU_KINDS for n in row)  # type: ignore[union-attr]
        if len(set(said)) < fewest or len(said) < share * size:  # one word several times is no menu
            return
        for place in row:
            phrase = self.phrases[place]
            if phrase:
                self.whys.setdefault(place, phrase.why + ", in company")
            elif not self._is_date(place) and not self._end_of_menu <= place < self.body[0]:
                self.whys.setdefault(place, "label of a menu")

    def _said(self, row: range) -> int:
        """How many different phrases a row says; names of networks do not count, for they may be a list of companies."""
        said = {phrase.text for phrase in self.phrases[row.start : row.stop] if phrase}
        return len(_labels(said) - {"{network}"})

    def _is_neutral(self, place: int) -> bool:
        """Whether a line is a number, a date or a mark, which says nothing by itself."""
        line = self.lines[place]
        if len(line) > _LONGEST_LABEL:
            return False
        key = fold(line)
        return not any(map(str.isalpha, key)) or (
            any(map(str.isdigit, key)) and (generalise(key) or ("",))[-1] in _NEUTRAL
        )

    def _is_date(self, place: int) -> bool:
        """Whether a line is a date: it may stand in a row of widget lines, and stays, for it may be the article's."""
        return "{date}" in generalise(fold(self.lines[place]))[-1:]

    def _is_label(self, place: int) -> bool:
        """Whether a line may be the name of a section: up to five words that headline and first paragraph do not hold."""
        line = self.lines[place]
        if (
            len(line) > _LONGEST_MENU_LABEL
            or width(line) > _LONGEST_MENU_LABEL
            or line.count(" ") >= _MOST_WORDS_OF_LABEL
            or _ENDS_SENTENCE.search(line)
        ):
            return False
        return place > self.body[-1] or fold(line) not in self._told

    @cached_property
    def _end_of_menu(self) -> int:
        """The last line above the page's text that a menu may say. The headline stands below it."""
        return max(
            (n for n in range(self.body[0]) if (phrase := self.phrases[n]) and phrase.kind in _MENU_ONLY), default=0
        )

    @cached_property
    def _told(self) -> str:
        """What the page's own title, in one of its first lines, and the first paragraph say: no label of a menu is in it."""
        return "\n".join(
            fold(line[:_LONGEST_TOLD])
            for line in (*self.lines[:_LINES_OF_TITLE], self.lines[self.body[0]])
            if width(line) > _LONGEST_MENU_LABEL
        )

    def _drop_orphans(self) -> None:
        for place in range(self.body[0] + 1, len(self.lines) - 1):
            if (
                place in self.whys
                or place - 1 not in self.whys
                or place + 1 not in self.whys
                or not self._may_be_title(place)
            ):
                continue
            kinds = {phrase.kind for phrase in (self.phrases[place - 1], self.phrases[place + 1]) if phrase}
            if place > self.last_prose or (kinds and kinds <= _PLAYER):
                self.whys[place] = "between widget lines"

    def _drop_tail(self) -> None:
        """What stands under several widget lines at the end of the page, where it is less than half of the page's text."""
        row = 0
        tail: list[int] = []
        for place in range(self.last_prose + 1, len(self.lines)):
            if place in self.whys:
                row += 1
            elif row >= _SEVERAL and self._may_be_title(place) and fold(self.lines[place]) not in self._told:
                tail.append(place)
            elif row < _SEVERAL:
                row = 0
        text = sum(map(len, compress(self.lines, self.prose)))
        if sum(len(self.lines[place]) for place in tail) < text / 2:
            self.whys.update((place, "after widget lines at the end of the page") for place in tail)

    def _may_be_title(self, place: int) -> bool:
        line = self.lines[place]
        return (
            width(line) <= _LONGEST_LABEL
            and line.count(" ") < _MOST_WORDS_OF_TITLE
            and not _ENDS_SENTENCE.search(line)
            and not is_prose(line)
        )


def _glued(lines: list[str], glued: list[tuple[int, Phrase]]) -> list[Edit]:
    """Edits that cut the phrases that are glued to lines; ``glued`` has (index, phrase), in order."""
    cuts = []
    at = index = 0
    for number, phrase in glued:
        at += sum(len(line) + 1 for line in lines[index:number])
        index = number
        start, end = _span(lines[number], phrase)
        cuts.append(Edit(at + start, at + end, "", phrase.why + ", glued to the line"))
    return cuts


def _is_glued(line: str, phrase: Phrase) -> bool:
    """Whether a phrase stands at the end of a line behind a closed sentence, or at its start before a capital letter."""
    return _is_behind(line, phrase) or _is_in_front(line, phrase)


def _is_behind(line: str, phrase: Phrase) -> bool:
    content = line.removesuffix(".")
    start = len(content) - len(phrase.text)
    return content.endswith(phrase.text) and bool(_CLOSED_SENTENCE.search(line, max(0, start - 8), start))


def _is_in_front(line: str, phrase: Phrase) -> bool:
    if not line.startswith(phrase.text):
        return False
    rest = line[len(phrase.text) :].lstrip(" .")
    stopped = line.startswith(". ", len(phrase.text)) and rest.count(" ") >= _FEWEST_SPACES
    return rest[:1].isupper() and (stopped or is_prose(rest))


def _span(line: str, phrase: Phrase) -> tuple[int, int]:
    """Where a phrase that is glued to a line stands in it, with the spaces and the stop beside it."""
    words = r"\s+".join(map(re.escape, phrase.text.split()))
    if _is_behind(squeezed(line), phrase):
        found = re.search(rf"{words}\.?\s*\Z", line)
        assert found
        return len(line[: found.start()].rstrip()), len(line)
    found = re.match(rf"\s*{words}[\s.]*", line)
    assert found
    return found.span()


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1
