"""Clean the pages of one site together."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from cleanmedia.article.judgement import scored_lines
from cleanmedia.article.places import SHARED_BY, places
from cleanmedia.engines.texts import Cleaner
from cleanmedia.page.fold import fold_lines
from cleanmedia.page.view import view_of

__all__ = ["FEWEST_PAGES", "site"]

FEWEST_PAGES = 4  # different pages; of fewer, nothing can be learned


def site(pipe: Any, pages: Iterable[Any]) -> list[str | None]:
    """Return the pages of one site cleaned. See :meth:`cleanmedia.core.forms.CallForms.site`."""
    pages = [*pages]
    clean = Cleaner(pipe)
    finder = next((each for each in clean.pipeline.filters if each.name == "boilerplate"), None)
    if finder is None:
        raise ValueError("site needs the filter boilerplate in the pipeline, as the preset ARTICLE has it")
    repairs = clean.pipeline.without(*[each.name for each in clean.pipeline.filters if each.drops])
    repaired = {text for text in Cleaner(repairs).cleaned(pages) if text}
    if len(repaired) >= FEWEST_PAGES:
        lines = (*finder.options.get("lines", ()), *shared_lines(repaired))
        of_site = {*fold_lines(lines)}
        weights = finder.options.get("weights", "")
        known = places(scored_lines(text, site=of_site, weights=weights) for text in sorted(repaired))
        clean.pipeline = clean.pipeline.replace(finder(lines=lines, places=known))
    return clean.cleaned(pages)


def shared_lines(texts: Iterable[str]) -> list[str]:
    """Return the lines that at least three of the texts have, folded, in order.

    >>> shared_lines(["Home\\nOne", "Home\\nTwo", "HOME\\nThree"])
    ['home']
    """
    pages_with: Counter[str] = Counter()
    for text in texts:
        pages_with.update({*fold_lines(view_of(text).shown)})
    return sorted([line for line, pages in pages_with.items() if pages >= SHARED_BY])
