"""The names of sites: the host of an address, and the path of a page."""

import re
import unicodedata
from functools import lru_cache

from cleanmedia.page.patterns import pattern

__all__ = ["host_of", "path_of"]

_ARCHIVED = pattern(r"web\.archive\.org(?::\d+)?/web/\w+/(?=\S)", re.IGNORECASE)
_FRONT = pattern(r"(?:www\d*|m|mobile|amp)\.(?=[^.]+\.)")
# The suffixes that matter here: a short rule. A list of all (of publicsuffixlist 1.0: 338 kB) gives the same site for each of
# 4,730 hosts, and with an optional package the name of a site would depend on what is installed.
_SUFFIX = pattern(r"(?:com?|org|net|ac|edu|gov|gob|go|or|ne|nom)\.[a-z]{2}")


@lru_cache(maxsize=1 << 12)
def host_of(name: str) -> str:
    """Return the host of an address, in the form in which hosts are compared: in lower case, without port and user.

    A leading ``www.``, ``www2.``, ``m.``, ``mobile.`` or ``amp.`` is left out, unless what remains looks like a public suffix, such as
    ``co.uk``. Punycode is decoded. A page in the Wayback Machine has the host of the page that is kept.

    >>> host_of("https://www.Example.org:8080/a?b"), host_of("M.EXAMPLE.org."), host_of("http://[2001:DB8::1]:80/"), host_of("")
    ('example.org', 'example.org', '[2001:db8::1]', '')
    >>> host_of("xn--bcher-kva.example"), host_of("https://web.archive.org/web/2020/http://a.org/b"), host_of("m.co.uk")
    ('bücher.example', 'a.org', 'm.co.uk')
    """
    place = _without_scheme(name)
    for end in "/?#":
        place = place.partition(end)[0]
    place = place.rpartition("@")[2].lower()
    if place[:1] == "[" and "]" in place:
        return place[: place.index("]") + 1]
    place = place.partition(":")[0].rstrip(".")
    if "xn--" in place or not place.isascii():
        place = ".".join(map(_label, place.split(".")))
    while (first := _FRONT.match(place)) and not _SUFFIX.fullmatch(place, first.end()):
        place = place[first.end() :]
    return place


def path_of(name: str) -> str:
    """Return the path and query of an address, which tell the pages of a host apart; "" for a host, or its front page.

    >>> path_of("https://example.org/news/1/?page=2#top"), path_of("https://example.org/"), path_of("example.org")
    ('news/1?page=2', '', '')
    """
    path, mark, query = _without_scheme(name).partition("#")[0].partition("/")[2].partition("?")
    return path.rstrip("/") + mark + query


def _without_scheme(name: str) -> str:
    """Return an address from its host on; of a page in the Wayback Machine, the address of the page that is kept."""
    _, mark, rest = name.strip().partition("://")
    place = (rest if mark else name.strip()).removeprefix("//")
    kept = _ARCHIVED.match(place)
    return _without_scheme(place[kept.end() :]) if kept else place


def _label(label: str) -> str:
    """Return a part of a host name in Unicode, in the normal form of names."""
    if label.startswith("xn--"):
        try:
            label = label[4:].encode("ascii").decode("punycode")
        except ValueError:
            return label
    return unicodedata.normalize("NFKC", label).lower()
