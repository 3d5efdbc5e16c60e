"""Datelines: the place, the date and the agency before the first sentence of a report."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import dropping, finds, settled_soon
from cleanmedia.page.lines import SPACES, lines_with
from cleanmedia.page.patterns import any_of, pattern
from cleanmedia.page.prose import is_prose
from cleanmedia.page.running import in_running_text
from cleanmedia.phrases.placeholders import names
from cleanmedia.words.lists import listed

__all__ = ["datelines"]

_LOOKED_AT = 5  # filled lines at the top of a text: headline, deck, byline, report
_FEWEST_WORDS = 3  # behind a dateline, on its line
_SHORTEST_REPORT = 100  # code points behind a place in capitals alone; a definition in a glossary is shorter
_NOT_FAR = 300  # code points of the sentences before a dateline that stands within a line

_S = rf"[{SPACES}]"
_WORD = r"[^\W\d_][^\s,;:!?()\[\]\"“”«»–—/]{0,24}"  # of a place; with the vowel signs of Indic scripts, which are no letters
_DASH = rf"(?:{_S}{{0,3}}(?:--|[–—―])|{_S}{{1,3}}-(?!-)|\.-|(?<=\)){_S}?[-:.।])"
_FILLED = pattern(r"[^\s]")


def _any(heading: str) -> str:
    return any_of(listed(heading), space=_S)


def _source() -> str:
    month = rf"(?:{_any('months')})\.?(?!\w)"
    date = rf"(?:{month}{_S}?\d{{1,2}}|\d{{1,2}}\.?{_S}?(?:de{_S})?{month})(?:,?{_S}(?:19|20)\d\d)?"
    return (
        rf"{_S}*(?P<place>{_WORD}(?:{_S}{_WORD}){{0,3}}?(?:/{_WORD}(?:{_S}{_WORD}){{0,2}}?)?)(?P<region>(?:,{_S}{_WORD}(?:{_S}{_WORD}){{0,2}}?){{0,2}}?)"
        rf"(?P<date>,?{_S}{date})?(?:,?{_S}?\((?P<agency>[^()\n]{{2,40}})\))?(?:,?{_S}(?P<day>{date}))?(?:(?P<dash>{_DASH})|(?<=\))){_S}{{0,3}}(?P<next>[^\s–—-])"
    )


_DATELINE = pattern(_source)
_SITE = pattern(
    lambda: (
        rf"{_S}*(?P<byline>(?:{_any('byline words')}){_S}[^.!?\n]{{0,40}}(?:\.\w[^.!?\n]{{0,60}})?{_S})?"
        rf"(?P<site>[^\W\d_][^\W_]{{2,20}}\.{_S}?(?:COM|CO\.ID|ID|NET|ORG|com|co\.id|id|net|org))(?P<place>(?:,{_S}{{1,2}}{_WORD}(?:{_S}{_WORD}){{0,3}}){{0,2}}){_S}{{0,3}}(?:[-–—]{_S}{{0,3}}){{1,2}}(?P<next>[^\s–—-])"
    )
)
_AGENCY = pattern(
    lambda: rf"(?<!\w)(?:{any_of(names('agency'))}|{_any('desks')})(?!\w)",
    re.I,
)
_WITHIN = pattern(
    lambda: (
        rf"(?:^|(?<=[.!?]){_S}+|(?<=[.!?][\"”“'»]){_S}+)(?P<dateline>(?:{_any('dateline places')})(?:/(?:{_any('dateline places')})){{0,2}}{_S}[–—-]{_S})(?P<next>\S)"
    )
)

_PLACE = pattern(lambda: rf"(?:{_any('dateline places')})(?!\w)")
_MONTH = pattern(
    lambda: rf"(?:\d{{1,2}}\.?{_S}?(?:de{_S})?)?(?:{_any('months')})(?!\w)", re.I
)  # the end of a range of days


@finds
@dropping
@settled_soon
def datelines(text: str) -> Iterator[Edit]:
    """Removes the dateline before the first sentence of a report: place, date and agency.

    Why: agencies and many papers begin with ``LONDON (Reuters) -``, ``MIAMI, March 23 -``, ``TRIBUNNEWS.COM, JAKARTA -`` or ``Wien –``. It is
    no part of the sentence, and a model learns to begin every report with it. It stands in 74 % of the texts of an Indonesian
    corpus, and in 56 % of an Austrian one.

    Keeps: everything but the first lines of a text; a place before a small letter (``PARIS - the city``), in a headline or
    on a line of its own; ``COVID-19 -``, names before a colon, dialogue; ``JAWS (1975) -`` and other brackets without an agency;
    a route (``Wien – Graz``); entries of a list, where a second line begins in the same manner. A place without an agency goes
    only in capitals with a date, or if ``words/`` has it: ``NASA -`` and ``Smith, May 3 -`` stay.

    Risk: medium: the place is lost, which the text may not name again.

    >>> datelines("LONDON (Reuters) - The council voted on Monday to keep the old bridge open, after a debate.")
    'The council voted on Monday to keep the old bridge open, after a debate.'
    >>> datelines("PARIS - the city of light - is dark tonight, said the council on Monday, after a long debate.")
    'PARIS - the city of light - is dark tonight, said the council on Monday, after a long debate.'
    """
    found = [*_datelines(text)]
    bare = [edit for edit in found if edit.why == _BARE]
    return in_running_text(text, found, _SPARED if bare else ("table", "log"))


_SPARED = frozenset(("table", "code", "log", "dialogue", "verse", "mail", "list"))
_BARE = "place in capitals"


def _datelines(text: str) -> Iterator[Edit]:
    for at, line in islice(lines_with(_FILLED, text), _LOOKED_AT):
        match = _at_start(line)
        if match:
            if _begins_another(text, at + len(line)):
                return  # the entries of a list
            start = len(line) - len(line.lstrip())
            yield Edit(at + start, at + match.start("next"), "", _BARE if _is_bare(match) else "dateline")
            return
        within = _WITHIN.search(line, 0, _NOT_FAR) if is_prose(line) else None
        if within and not within["next"].islower() and not _PLACE.match(line, within.start("next")):
            yield Edit(at + within.start("dateline"), at + within.start("next"), "", "dateline")
            return


def _at_start(line: str) -> "re.Match[str] | None":
    """Return the match of a dateline at the start of a line."""
    return next(
        (match for match in (_SITE.match(line), _DATELINE.match(line)) if match and _is_dateline(line, match)), None
    )


def _begins_another(text: str, at: int) -> bool:
    """Return whether one of the lines behind a place in the text begins with a dateline."""
    return any(_at_start(line) for _, line in lines_with(_FILLED, text[at:]))


def _is_dateline(line: str, match: "re.Match[str]") -> bool:
    """Return whether a match at the start of a line is a dateline before a sentence."""
    if match["next"].islower() or line.count(" ", match.start("next")) < _FEWEST_WORDS - 1:
        return False
    found = match.groupdict()
    if "site" in found:
        return match["site"].rsplit(".", 1)[0][:2].isupper() or bool(match["byline"])
    place, date = match["place"], match["date"] or match["day"]
    words = place.replace("/", " ").split()
    by_agency = bool(_AGENCY.search(match["agency"] or ""))
    if any(map(str.isdigit, place)) or sum(map(str.isalpha, place)) < 3 or words[0].lower() in listed("function words"):
        return False
    if (
        any(word[0].islower() for word in words if len(word) > 3)
        or words[0][0].islower()
        or words[0].lower() in _days()
    ):
        return False
    if by_agency:
        return bool(match["dash"]) or not place[0].isupper()  # Urdu and its like set no dash
    if match["agency"] or not match["dash"]:
        return False  # the year of a film, the symbol of a share, a remark
    known = not _places().isdisjoint(map(str.upper, (place, *place.split("/"))))
    if date:
        return (known or place.isupper()) and not _MONTH.match(line, match.start("next"))
    if not (known and place.isupper()) or match["region"] or match["dash"].strip() in (":", ".", "।"):
        return False
    goes_on = is_prose(line) and len(line) - match.start("next") >= _SHORTEST_REPORT
    return goes_on and _WORDY.search(line, match.start("next")) is not None


def _is_bare(match: "re.Match[str]") -> bool:
    """Return whether a dateline is a place alone, as the name of a speaker may be."""
    found = match.groupdict()
    return "site" not in found and not (found["agency"] or found["date"] or found["day"])


_WORDY = pattern(r"[^\W\d_]{2,} [^\W\d_]{2,} [^\W\d_]")


@lru_cache(maxsize=1)
def _days() -> frozenset[str]:
    """Return the names of days and months, in small letters."""
    return frozenset(map(str.lower, listed("weekdays") | listed("months")))


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    """Return the towns that datelines name, in capitals."""
    return frozenset(map(str.upper, listed("dateline places")))
