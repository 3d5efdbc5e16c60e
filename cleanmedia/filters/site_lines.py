"""Lines that the pages of a site have in common."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import dropping, finds, settled
from cleanmedia.page.body import find_body
from cleanmedia.page.fold import fold
from cleanmedia.page.lines import drop, filled_lines, split
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import look
from cleanmedia.page.scripts import UNSPACED, width
from cleanmedia.page.shared import QUESTION
from cleanmedia.page.templates import PageCounts, template

__all__ = ["site_lines"]

_ABOVE_BODY, _FEWEST_WORDS, _FEWEST_WIDE = 3, 4, 8  # filled lines; words, or characters where words have no spaces
_SUBHEADINGS = 2  # in a row
_WORD = pattern(r"[^\W\d_]+")


@finds
@dropping
@settled
def site_lines(
    text: str,
    *,
    templates: str | Sequence[str] | None = None,
    host: str | None = None,
    lines: Sequence[str] = (),
    prose: bool = False,
) -> Iterator[Edit]:
    """Drops the lines that many pages of the page's host have in common, as ``cleanmedia learn`` found them.

    Why: menus, footers, teasers and notices are the same on all pages of a site, and contain what no list of phrases can:
    the names of its sections, its slogans, its address.

    Keeps: what may be the text's own though other pages have it, which ``learn`` withholds: prose, short sentences, ingredients, rows
    and entries with a time, answers, lines within the text or next to other lines on each page. What looks like the headline, right above the page's text: a headline recurs where other pages
    link to it; one or two lines between lines of the text, which may be subheadings; a line below a question; all lines
    of a page whose host ``learn`` did not see.

    Risk: low: several short lines in a row that recur on many pages of the site are removed, even if they are a list of the text.

    Options: ``templates``, one or more files that ``learn`` wrote; ``host``, the page's host or address; ``lines``, further lines, for a
    site that you know; ``prose``, true to drop lines of prose, too.

    >>> site_lines(lines=["Our towns", "Letters to us"])("OUR TOWNS\\nThe bridge is open.\\n• Letters to us")
    'The bridge is open.\\n'
    >>> site_lines(lines=["Our towns"])("Our towns keep their bridges.")
    'Our towns keep their bridges.'
    """
    known: PageCounts = {} if templates is None else template(templates, host or "", prose).lines
    if lines:
        known = {**dict.fromkeys(map(fold, lines), (0, 0)), **known}
    if not known:
        return iter(())
    page = split(text)
    filled = filled_lines(page)
    gone = [number for number in filled if fold(page[number]) in known]
    if not gone:
        return iter(())
    kept = _of_the_text(page, filled, set(gone))
    return drop(text, page, [(number, _why(*known[fold(page[number])])) for number in gone if number not in kept])


def _why(on_pages: int, pages: int) -> str:
    return f"on {on_pages:,} of {pages:,} pages of the site" if pages else "on many pages of the site"


def _of_the_text(page: list[str], filled: list[int], gone: set[int]) -> set[int]:
    """The lines that may be the headline, right above the page's text; subheadings, one or two in a row in the text; answers.

    The text is found among the lines that stay, so that a second pass finds the same.
    """
    answers = {
        number
        for before, number in pairwise(filled)
        if number in gone and before not in gone and page[before].rstrip().endswith(QUESTION)
    }
    others = [number for number in filled if number not in gone]
    body = find_body([page[number] for number in others], [look[page[number]][1] for number in others])
    if not body:
        return answers
    first, last = filled.index(others[body.start]), filled.index(others[body.stop - 1])
    above = {number for number in filled[max(0, first - _ABOVE_BODY) : first] if _may_be_headline(page[number])}
    runs = [list(run) for is_gone, run in groupby(filled[first:last], gone.__contains__) if is_gone]
    return answers | above | {number for run in runs if len(run) <= _SUBHEADINGS for number in run}


def _may_be_headline(line: str) -> bool:
    if not line.isascii() and UNSPACED.search(line):
        return width(line) >= 3 * _FEWEST_WIDE
    return len(_WORD.findall(line)) >= _FEWEST_WORDS
