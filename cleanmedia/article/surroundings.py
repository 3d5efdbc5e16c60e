"""What shows that a text is a web page, with boilerplate around its article.

A book, a manual, a law and a recipe have short lines too, and some of those are also a widget's: "Contact", "Copyright". Many
are laid out by hand, which no page is; a list of words has no running text. And none of them has what a site puts around an
article: several widgets in one place, a search or a share button at the head or tail, a row of links, the headline once more as
the title of the browser's window.
"""

from collections.abc import Sequence

from cleanmedia.page.fold import fold_lines
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import ends_sentence
from cleanmedia.page.scripts import width
from cleanmedia.page.titles import Title, is_copy, titles_of
from cleanmedia.page.view import View
from cleanmedia.phrases.catalogue import catalogue
from cleanmedia.phrases.files import Phrase

__all__ = ["surroundings"]

_MANY, _MANY_WITHIN = 3, 20  # so many different widget phrases within so many lines are a site's, in a text of any kind
_SOME, _SOME_WITHIN = 2, 5  # in a text that reads as a page
_READS_AS_PAGE = frozenset(("prose", "labels", "list"))  # kinds of text
_READS_AS_PAGE_WITH_COMMENTS = frozenset((*_READS_AS_PAGE, "dialogue"))
# Kinds of widgets by which a site offers something to do. A document has others too: a heading "Author", "See also" or "Copyright".
_OFFERS = frozenset(
    ("advertisement", "app", "captcha", "cookies", "donate", "feeds", "follow", "login", "paywall", "player", "print",
     "search", "share", "skip")
)  # fmt: skip
_EDGE = 10  # lines at the head and at the tail of the page
_HEAD = 5  # lines that may be the headline or the title of the window
_SEPARATOR = pattern(r"\s(?:[|•·»>‹›、]|>>)\s|】\s*【")
_MARK_OF_SEPARATOR = pattern("[|•·»>‹›、】]")
_FEWEST_LINKS, _LONGEST_LINK = 3, 60  # of a row of links: their number, the width of the widest


def surroundings(page: View) -> str:
    """Return what shows that there is boilerplate around the article, or the empty string.

    >>> from cleanmedia.page.view import view_of
    >>> article = "The council voted on Monday to keep the old bridge open, after a long debate."
    >>> surroundings(view_of("Home\\nContact us\\nPrivacy policy\\n" + article))
    'widget phrases together'
    >>> surroundings(view_of(article + "\\nCopyright"))
    ''
    """
    lines, prose = page.shown, page.prose
    if not any(prose) or page.is_laid_out:
        return ""
    said = [(index, phrase) for index, phrase in enumerate(page.told(catalogue().match_all)) if phrase]
    if _stand_together(prose, said, _MANY, _MANY_WITHIN):
        return "widget phrases together"
    kind = page.squeezed_kinds.whole
    if kind in _READS_AS_PAGE_WITH_COMMENTS and not all(phrase.in_company for _, phrase in said):
        return "a widget phrase that is never content"
    if kind not in _READS_AS_PAGE:
        return ""
    if _stand_together(prose, said, _SOME, _SOME_WITHIN):
        return "widget phrases together"
    if any(phrase.kind in _OFFERS and not _EDGE <= index < len(lines) - _EDGE for index, phrase in said):
        return "an offer of the site"
    if any(map(_is_row_of_links, lines)):
        return "a row of links"
    if _has_headline_twice(lines, prose):
        return "the headline twice"
    return ""


def _stand_together(prose: Sequence[bool], said: Sequence[tuple[int, Phrase]], count: int, within: int) -> bool:
    """Whether there are so many different phrases within so many lines, without prose between them."""
    for at, (first, _) in enumerate(said):
        together: set[str] = set()
        last = first
        for index, phrase in said[at : at + within]:
            if index >= first + within or any(prose[last + 1 : index]):
                break
            together.add(phrase.text)
            last = index
        if len(together) >= count:
            return True
    return False


def _is_row_of_links(line: str) -> bool:
    """Whether a line is nothing but labels with separators between them.

    >>> _is_row_of_links("Home | About us | Contact"), _is_row_of_links("| 3 | 5 |")
    (True, False)
    """
    if not _MARK_OF_SEPARATOR.search(line):
        return False
    labels = _SEPARATOR.split(line)
    return (
        len(labels) >= _FEWEST_LINKS
        and max(map(width, labels)) <= _LONGEST_LINK
        and line[-1] not in ".!?;,"
        and all(any(map(str.isalpha, label)) for label in labels)
    )


def _has_headline_twice(lines: Sequence[str], prose: Sequence[bool]) -> bool:
    """Whether one of the first lines stands again, or a variant of it, such as one with the name of the site.

    A sentence of the text may be said twice. Where two different lines stand again, they are a table of contents or verses.
    """
    folded = fold_lines(lines)
    repeated: list[Title] = []
    for index, first in enumerate(lines[:_HEAD]):
        if (prose[index] and ends_sentence(first)) or any(is_copy(first, title) for title in repeated):
            continue
        for title in titles_of(first):
            with_probe = [line for line, key in enumerate(folded) if title.probe in key and line != index]
            if any(is_copy(lines[line], title) for line in with_probe):
                repeated.append(title)
                break
    return len(repeated) == 1
