"""Later copies of the headline."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, compress, islice
from typing import Literal, NamedTuple

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import dropping, finds, settled
from cleanmedia.page.announced import announced
from cleanmedia.page.code import is_code
from cleanmedia.page.fold import fold, fold_lines
from cleanmedia.page.items import starts_item
from cleanmedia.page.kinds import LITERAL, goes_on
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import ends_sentence, is_prose
from cleanmedia.page.signs import LONGEST_CUE
from cleanmedia.page.titles import Title, dirt, is_copy, is_truncated, titles_of, words_of
from cleanmedia.page.view import View, view_of

__all__ = ["repeated_titles"]

_SHORTEST_GLUED = 20  # code points of a headline that is cut from the start of a line
_LONGEST = 300  # code points; no longer line is a headline
_FIRST_LINES, _LINES_AT_TOP, _LINES_ABOVE = (
    3,
    10,
    3,
)  # filled lines: that lead the page, of its top, right above its body
_FEWEST_LABELS = 3  # lines above the body, beside the headline, that make it the body of a web page
_LINES_BELOW = 5  # filled lines at the top among which the first may stand once more
_FEWEST_PARAGRAPHS = 3  # of a text whose first line stands twice; a chat has fewer
_ASKS = "?？؟"
_LONGEST_HEADING = 90  # code points of the heading of a section
_LONGEST_CRY = 90  # code points of a headline that asks or exclaims, and so looks like a sentence
_LONGEST_VERSE, _LONGEST_STANZA = 70, 40  # code points, lines

# The first part of something, what announces the lines below it, the heading of a section, a remark in brackets, a mark of
# reStructuredText, a comment, an option, an address.
_NO_HEADLINE = pattern(r"[,;，、–—\\-]$|[:：]\W*$|^(?:\d+\.)+\d*\s|^\(.*\)$|^(?:\.\.|;) |^--\w|^https?:")
_ENDS_IN_MARK = pattern(r"[,.;:!?…]\W*$")
_DOUBTFUL = LITERAL | {"wrapped", "mail"}  # kinds of text that have no headline

Rank = Literal["given", "first", "above", "top"]  # where a headline was found, the surest first


@finds
@dropping
@settled
def repeated_titles(text: str, *, title: str = "") -> Iterable[Edit]:
    """Drops later copies of the headline, in any variant, and keeps the best of the first.

    Why: a quarter of real pages carry their title twice or more: in the page's title with the site's name, above the
    text, in the share box, the player, the breadcrumb, over the comments, and truncated among the related links.
    A copy may differ in quotation marks, case, spacing and character references, have the name of the site behind
    it or a kicker, a breadcrumb, a time or a counter before it, end in an ellipsis, or have one function word
    more, less or changed. The headline is given (``title=...``), or found among the first lines of the page and above
    its first paragraph. Some corpora have it glued to the first sentence, below the headline itself; it is cut from there.

    Keeps: any line of a text that is not an article's page: one without a paragraph, and text that is mostly verse, a play or
    a chat, a table, code, a log or hard-wrapped. On a page a line is removed only where pages repeat their headline: at the top, among
    the labels of a menu, a share box or a list of links, or with the site's name, a counter or an ellipsis. Kept are the
    heading of a section among others, also one that a table of contents lists; what the text announces with a colon;
    cues and refrains; the first half of a wrapped sentence;
    headlines that differ in a number, a name or a negation; headlines with a second clause; sentences that quote
    the headline; titles of fewer than four words and 20 code points.

    Risk: low: one copy is always kept.

    >>> text = "Oil prices rise after OPEC cut\\n‘Oil prices rise after OPEC cut’ | Example News\\n\\nBrent rose by four percent, to 71 dollars, the highest since May."
    >>> print(repeated_titles(text))
    Oil prices rise after OPEC cut
    <BLANKLINE>
    Brent rose by four percent, to 71 dollars, the highest since May.
    >>> repeated_titles("Oil prices rise by 4 percent\\n\\nOil prices rise by 5 percent")
    'Oil prices rise by 4 percent\\n\\nOil prices rise by 5 percent'
    """
    view = view_of(text)
    if not title and not any(view.prose):
        return ()  # a song, a list, a menu: nothing here is a headline for certain
    page = _Page(view)
    gone: dict[int, str] = {}
    for candidate, rank in page.candidates(title):
        copies = [number for number in page.lines_with(candidate.probe) if number not in gone]
        copies = [number for number in copies if is_copy(page.lines[number], candidate)]
        if len(copies) < 2:
            continue
        best = page.best(copies, candidate)
        around = page.around(copies)
        others = [number for number in copies if number != best and page.has_copy_at(number, best, around, rank)]
        if not others or (rank != "given" and (not page.may_be_headline(best) or page.is_laid_out)):
            continue
        told = page.announced(
            [number for number in others if words_of(page.lines[number]) == words_of(page.lines[best])]
        )
        others = [number for number in page.without_verse(others, candidate, best) if number not in told]
        gone.update((number, "copy of the headline: " + page.lines[best]) for number in others)
    glued = _glued(view.lines, [*islice((number for number in view.filled if number not in gone), _LINES_BELOW)])
    return sorted([*view.drop(sorted(gone.items())), *glued])


def _glued(raw: Sequence[str], top: Sequence[int]) -> Iterator[Edit]:
    """Find the first line of a page where it is glued to the start of a line right below it, with no space between.

    Such a line goes on with a capital letter: ``... has died`` above ``... has diedThe mayor ...``.
    """
    title = raw[top[0]].strip() if top else ""
    if not _SHORTEST_GLUED <= len(title) <= _LONGEST or title.count(" ") < 3:
        return
    for number in top[1:]:
        line = raw[number]
        start = end = len(line) - len(line.lstrip())
        while line.startswith(title, end):
            behind = line[end + len(title) : end + len(title) + 2]
            if not (behind[:1].isupper() and (behind[1:].islower() or not title[-1].isupper())):
                break
            end += len(title)
        if end > start:
            at = sum(map(len, raw[:number])) + number
            yield Edit(at + start, at + end, "", "headline glued to the line below: " + title)


def _are_short(lines: Sequence[str]) -> list[bool]:
    """Return which of some lines are short enough for a headline."""
    return [len(line) <= _LONGEST for line in lines]


def _keys(lines: Sequence[str]) -> list[str]:
    """Return the keys of lines; those of lines that are too long for a headline are not asked for."""
    return fold_lines([line if short else "" for line, short in zip(lines, _are_short(lines), strict=True)])


class _Around(NamedTuple):
    """What stands around the copies of a headline."""

    before: dict[int, int | None]  # of each copy, the nearest filled line before it that is no copy
    behind: dict[int, int | None]
    labels_above: int  # lines above the body that are no copies


class _Page:
    """The lines of a text, squeezed, and where among them the headline and copies of it may stand."""

    def __init__(self, view: View) -> None:
        self.lines = view.squeezed
        self.filled = filled = view.filled
        self._view = view
        self._prose = {*compress(filled, view.prose)}  # the numbers of the lines that are running text
        body = view.body
        self.paragraphs = len(self._prose)
        self.body_start = filled[body[0]] if body else -1
        self.body_end = filled[body[-1]] if body else -1
        # The headline stands above the body, or among its first lines where it begins with a teaser.
        self.last_of_head = filled[min(body[0] + max(5, len(body) // 8), body[-1])] if body else -1
        short = view.told(_are_short)
        self.short = [*compress(filled, short)]
        self.keys = [*compress(view.told(_keys), short)]
        self._joined = "\n".join(self.keys)
        self._contents: set[str] | None = None
        self._starts = [0, *accumulate([len(key) + 1 for key in self.keys])]

    @cached_property
    def is_laid_out(self) -> bool:
        """Whether the text is of a kind that has no headlines, or was laid out by hand."""
        return self._view.kinds.whole in _DOUBTFUL or self._view.is_laid_out

    def candidates(self, title: str) -> Iterator[tuple[Title, Rank]]:
        """Yield what may be the headline: what is given, else the first lines, the last above the body, the rest of the top."""
        if title:
            yield from ((found, "given") for found in titles_of(title))
            return
        head = [self.lines[number] for number in self.short if number < self.last_of_head]
        above = [self.lines[number] for number in self.short if number < self.body_start]
        ranks: dict[str, Rank] = dict.fromkeys(head[:_FIRST_LINES], "first")
        for line in above[-_LINES_ABOVE:] + head[-_LINES_ABOVE:]:
            ranks.setdefault(line, "above")
        for line in head[_FIRST_LINES:_LINES_AT_TOP]:
            ranks.setdefault(line, "top")
        said = "\n".join(map(fold, head[:_FIRST_LINES]))
        for line, rank in ranks.items():
            if not (is_prose(line) and line.endswith((".", "。"))):
                for found in titles_of(line):
                    yield found, "first" if found.key in said else rank

    def lines_with(self, probe: str) -> Iterator[int]:
        """Yield the numbers of the lines that hold a piece of folded text."""
        at = self._joined.find(probe)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            yield self.short[place]
            at = self._joined.find(probe, self._starts[place + 1])

    def best(self, copies: Sequence[int], title: Title) -> int:
        """Return the copy that stays: in the head, no item of a list, the cleanest, the first."""
        return min(
            copies,
            key=lambda n: (n > self.last_of_head, starts_item(self.lines[n]), dirt(self.lines[n], title), n),
        )

    def may_be_headline(self, number: int) -> bool:
        """Whether a line can be an article's headline: no verse, cue, row or item, no first half of a wrapped sentence."""
        line = self.lines[number]
        return not (
            _NO_HEADLINE.search(line)
            or (starts_item(line) and number != self.filled[0])
            or self._is_broken(number)
            or self._is_doubtful(number)
        )

    def has_copy_at(self, number: int, best: int, around: _Around, rank: Rank) -> bool:
        """Whether a copy stands where web pages have one: at the top, in a menu, a share box or a list of links.

        Within the body a line that says what the headline says may be the heading of a section: it goes where labels are on
        both sides, or where it is dressed as a copy, with the site's name say.
        """
        dressed = fold(self.lines[number]) != fold(self.lines[best])
        found = self._is_at_top if number < self.body_start else self._is_among_text
        return (
            found(number, best, around, rank, dressed)
            and not self._is_content(number, rank, dressed)
            and (dressed or not self._is_heading(number, around))
        )

    def announced(self, copies: Sequence[int]) -> set[int]:
        """Return which of some lines the text announces with a colon: "She wrote on the wall:"."""
        told = announced(self._view.shown, {bisect_left(self.filled, number) for number in copies})
        return {self.filled[place] for place in told}.intersection(copies)

    def _is_heading(self, number: int, around: _Around) -> bool:
        """Whether a line is the heading of a section: it stands between paragraphs, and so does another one behind it.

        Both ask, or neither does.
        """
        before, behind = around.before[number], around.behind[number]
        if before is None or behind is None or not (before in self._told and behind in self._told):
            return False
        line = self.lines[number]
        asks = line[-1] in _ASKS
        others = [key for key, last in self._headings[asks] if last > number and key != fold(line)]
        return bool(others) if asks else len(others) > 1 and len(line) <= max(map(len, others))

    @cached_property
    def _told(self) -> set[int]:
        """The lines that are paragraphs or sentences."""
        return {
            n
            for n in self.filled
            if n in self._prose or (self.lines[n][-1] not in _ASKS and ends_sentence(self.lines[n]))
        }

    @cached_property
    def _headings(self) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
        """Of the short lines between paragraphs that do not ask, and of those that do, the last two that differ, with their numbers."""
        found: tuple[dict[str, int], dict[str, int]] = ({}, {})
        for before, number, behind in zip(self.filled, self.filled[1:], self.filled[2:], strict=False):
            line = self.lines[number]
            if (
                len(line) <= _LONGEST_HEADING
                and number not in self._told
                and before in self._told
                and behind in self._told
                and line[-1] not in ":："
            ):
                found[line[-1] in _ASKS][fold(line)] = number
        plain, asking = (sorted(of.items(), key=lambda item: item[1])[-2:] for of in found)
        return plain, asking

    def _is_at_top(self, number: int, best: int, around: _Around, rank: Rank, dressed: bool) -> bool:
        """Whether a page has a copy of its headline at this place above its body."""
        if rank == "given" or (dressed and rank == "first"):
            return True
        if self._is_in_contents(number) and self.filled[0] not in (number, best):
            return False
        if rank == "first":
            return abs(number - best) > 1 or around.labels_above > 0 or self.paragraphs >= _FEWEST_PARAGRAPHS
        return self._is_among_labels(number, around)

    def _is_among_text(self, number: int, best: int, around: _Around, rank: Rank, dressed: bool) -> bool:
        """Whether a page has a copy of its headline at this place in its body or behind it."""
        if rank == "given" or (rank == "first" and (dressed or self._is_said_again(number, best, around))):
            return True
        if rank in ("first", "above") and self._is_among_labels(number, around):
            return True
        before = around.before[number]
        return (
            rank == "first"
            and number < self.body_end
            and before is not None
            and before not in self._prose
            and around.labels_above >= _FEWEST_LABELS
        )

    def _is_content(self, number: int, rank: Rank, dressed: bool) -> bool:
        """Whether a line is part of the text all the same: of a wrapped sentence, a command, a play, code and the like."""
        if self.lines[number][-1] in ",;\\":
            return True
        if number < self.body_start:
            if dressed:  # a copy with the site's name; but "Subject: ..." is a line of a header
                return self._view.kinds.of(number) in _DOUBTFUL
            return self._is_broken(number) or self._is_doubtful(number)
        if rank == "given":  # whoever knows the headline says that this is an article
            return self._is_broken(number) or self._is_cue(number) or self._view.kinds.of(number) in _DOUBTFUL
        return self._is_broken(number) or self._is_doubtful(number)

    def _is_said_again(self, number: int, best: int, around: _Around) -> bool:
        """Whether the first line of an article stands once more among the lines right below it, and nowhere else.

        What stands above several stories or quotations comes more often.
        """
        return (
            best == self.filled[0]
            and (
                best not in self._prose or (self.lines[best][-1] in "?!？！" and len(self.lines[best]) <= _LONGEST_CRY)
            )
            and number in self.filled[:_LINES_BELOW]
            and len(around.before) == 2
            and self.paragraphs - (best in self._prose) - (number in self._prose) >= _FEWEST_PARAGRAPHS
        )

    def without_verse(self, copies: Sequence[int], title: Title, best: int) -> list[int]:
        """Return the copies that are no verse.

        A refrain stands among short lines. It has a mark at its end that the headline lacks, or is part of a stanza, or
        comes three times.
        """
        marked = bool(_ENDS_IN_MARK.search(self.lines[best]))
        around = self.around(copies)
        refrains, kept = [], set()
        for number in copies:
            neighbours = (around.before[number], around.behind[number])
            short = [n for n in neighbours if n is not None and _may_be_verse(self.lines[n])]
            line = self.lines[number]
            if (short and not marked and _ENDS_IN_MARK.search(line) and not is_truncated(line)) or self._in_stanza(
                number
            ):
                kept.add(number)
            elif len(short) == 2 and number > self.last_of_head and words_of(line) == title.words:
                refrains.append(number)
        if len(refrains) > 2:
            kept.update(refrains)
        return [number for number in copies if number not in kept]

    def around(self, copies: Sequence[int]) -> _Around:
        """Return what stands around these lines."""
        places = [bisect_left(self.filled, number) for number in copies]
        before = self._nearest(places, -1)
        behind = self._nearest(places[::-1], 1)
        above = bisect_left(self.short, self.body_start) - sum(number < self.body_start for number in copies)
        return _Around(before, behind, above)

    def _nearest(self, places: Sequence[int], step: int) -> dict[int, int | None]:
        """Map each of some filled lines, given in the order of the steps, to the nearest line before it that is none of them."""
        found: dict[int, int | None] = {}
        last = None
        for place in places:
            if place + step == last or not 0 <= place + step < len(self.filled):
                nearest = found[self.filled[last]] if last is not None and place + step == last else None
            else:
                nearest = self.filled[place + step]
            found[self.filled[place]] = nearest
            last = place
        return found

    def _is_among_labels(self, number: int, around: _Around) -> bool:
        """Whether the lines on both sides, of which there is one at least, are no prose."""
        sides = (around.before[number], around.behind[number])
        return sides != (None, None) and not any(side is not None and (side in self._prose) for side in sides)

    def _is_in_contents(self, number: int) -> bool:
        """Whether a line is an entry of a table of contents: several lines of the top come again above paragraphs."""
        if self._contents is None:
            seen: dict[str, list[int]] = {}
            for key, n in zip(self.keys, self.short, strict=True):
                seen.setdefault(key, []).append(n)
            self._contents = {
                key
                for key, numbers in seen.items()
                if len(numbers) > 1 and self._is_above_prose(numbers[-1]) and not self._is_above_prose(numbers[0])
            }
        return len(self._contents) > 1 and fold(self.lines[number]) in self._contents

    def _is_above_prose(self, number: int) -> bool:
        place = bisect_right(self.filled, number)
        return place < len(self.filled) and self.filled[place] in self._prose

    def _is_doubtful(self, number: int) -> bool:
        """Whether a line stands in text of a kind that has no headlines."""
        kind = self._view.kinds.of(number)
        if kind in ("verse", "dialogue"):
            return self._view.kinds.whole not in ("labels", "list", "prose") or self._is_cue(number)
        return kind in _DOUBTFUL or (kind not in ("labels", "prose") and is_code(self.lines[number]))

    def _is_cue(self, number: int) -> bool:
        """Whether a short line in capitals stands right above what somebody says."""
        line = self.lines[number]
        return (
            len(line) < LONGEST_CUE
            and line.isupper()
            and number + 1 < len(self.lines)
            and not self.lines[number + 1].isupper()
        )

    def _is_broken(self, number: int) -> bool:
        """Whether the next line goes on with the sentence that this one begins."""
        return number + 1 < len(self.lines) and goes_on(self.lines[number], self.lines[number + 1])

    def _in_stanza(self, number: int) -> bool:
        first = last = number
        while first > number - _LONGEST_STANZA and first and self.lines[first - 1]:
            first -= 1
        while last < number + _LONGEST_STANZA and last + 1 < len(self.lines) and self.lines[last + 1]:
            last += 1
        stanza = self.lines[first : last + 1]
        return 4 <= len(stanza) <= _LONGEST_STANZA and all(map(_may_be_verse, stanza))


def _may_be_verse(line: str) -> bool:
    return len(line) < _LONGEST_VERSE and not starts_item(line) and not is_prose(line)
