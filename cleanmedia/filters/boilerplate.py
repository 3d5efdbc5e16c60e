"""The lines of a page that are not its article."""

from collections.abc import Collection, Iterable, Sequence

from cleanmedia.article.judgement import FEWEST_LINES, certainty, judge
from cleanmedia.article.places import Places
from cleanmedia.article.surroundings import surroundings
from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import dropping, finds, settled_soon
from cleanmedia.page.fold import fold_lines
from cleanmedia.page.templates import template
from cleanmedia.page.view import view_of

__all__ = ["boilerplate", "certainty", "judge"]

_FEWEST_OF_SITE = 3  # lines of the site that show that a text is one of its pages


@finds
@dropping
def boilerplate(
    text: str,
    *,
    weights: str = "",
    title: str = "",
    templates: str | Sequence[str] | None = None,
    host: str | None = None,
    lines: Sequence[str] = (),
    places: Places | None = None,
) -> Iterable[Edit]:
    """Drops the lines of a whole page that are not its article: menus, teasers, boxes, comments, the legal small print.

    Why: text that lost its HTML (an extractor without boilerplate removal, a browser's copy, Common Crawl's WET files) is
    half boilerplate: of 1,196 real pages 45 % of the words are not the article's.

    Keeps: the headline above the article, and lists inside it. These are kept whole: a text without signs of boilerplate (no widgets
    together, no row of links, no second headline), such as a book, a manual or a recipe; a page of which the filter is not sure;
    a page whose verdicts keep changing from pass to pass; pages of fewer than four lines. The less certain the filter is of a page,
    the more it keeps. ``judge`` in this module returns the verdict on each line; ``--verbose``
    prints why a page is left whole.

    Risk: higher than that of any other filter, which is why only the preset ``ARTICLE`` has it. Of the sentences of real
    articles about 3 in 100 are lost. Short articles between long teasers, liveblogs and pages that are lists lose most.
    Comments below an article are not part of it.

    Options: ``title``, the page's title; without it, the first line is taken for the title, as most converters write it there.
    Lines below a copy of the title, and with its words, are more likely the article's. ``templates``, one or more files that
    ``cleanmedia learn`` wrote; ``host``, the page's host or address; ``lines``, further lines of the site. A line that other pages of
    the site have counts against itself, unless it is prose; that alone does not decide. ``places``, what stands above and below the site's lines, as ``ARTICLE.site`` finds it. ``weights``, the path of a file that
    ``benchmarks/train_boilerplate.py`` made from other pages.

    >>> article = "The council voted on Monday to keep the old bridge open, after a long debate about its cost. " * 2
    >>> page = "Home\\nWorld\\nSport\\n" + article + "\\n" + article + "\\nNewsletter\\nContact us\\nTerms of use"
    >>> boilerplate(page) == article + "\\n" + article + "\\n"
    True
    >>> boilerplate("One line.\\nAnother line.")
    'One line.\\nAnother line.'
    """
    site = {*fold_lines(lines)}
    if templates is not None:
        site.update(template(templates, host or "").lines)
    page = view_of(text)
    if len(page.shown) < FEWEST_LINES or not (_shows_site(page.shown, site) or surroundings(page)):
        return ()
    return _drops(text, weights=weights, title=title, site=frozenset(site), places=places)


def _shows_site(lines: Sequence[str], site: Collection[str]) -> bool:
    """Whether a text has so many lines of the site that it is one of its pages."""
    return bool(site) and sum([key in site for key in fold_lines(lines)]) >= _FEWEST_OF_SITE


@settled_soon
def _drops(
    text: str, *, weights: str = "", title: str = "", site: frozenset[str] = frozenset(), places: Places | None = None
) -> Iterable[Edit]:
    """Drop the lines that the verdict is against, of a page that shows boilerplate or is what a first look left of one."""
    judged = judge(text, weights=weights, again=True, site=site, title=title, places=places)
    gone = [(verdict.line, verdict.why) for verdict in judged.verdicts if not verdict.kept]
    return view_of(text).drop(gone) if gone else ()
