"""A corpus made for a test, with lines planted in it that recur over the pages of a host, and lures that must not be found."""

import random
from collections.abc import Iterator

HOSTS, PAGES = 300, 20_000
_WORDS = ["river", "bridge", "council", "tower", "harbour", "garden", "winter", "market", "engine", "letter"]


def host(number: int) -> str:
    return f"site{number}.example.org"


def planted(number: int) -> list[str]:
    """The lines that recur on the pages of a host: on all, on every second, on one in nine."""
    return [f"Our sections {number}", f"Weather | {number}", f"» Ferries {number}."]


def notice(number: int) -> str:
    """Prose, which recurs as well, and is to be withheld."""
    return f"This page of town {number} may not be printed, sold or sent to anyone without leave of its editors."


def own(page: int, sentences: int = 8) -> str:
    """Sentences that no other page has, a line each."""
    chance = random.Random(page)
    return "\n".join(" ".join(chance.choices(_WORDS, k=12)).capitalize() + f" {page}." for _ in range(sentences))


def pages(hosts: int = HOSTS, count: int = PAGES) -> Iterator[tuple[str, str]]:
    """Host and text of each page."""
    chance = random.Random(7)
    for page in range(count):
        number, place = page % hosts, page // hosts
        every, second, ninth = planted(number)
        lines = [every.upper() if place % 3 else "  • " + every, "12", "Ad"]
        lines += [second] * 3 * (place % 2)  # thrice on a page is once
        lines += [ninth] if place % 9 == 0 else []
        lines += [" ".join(chance.choices(_WORDS, k=12)) + f" {page} {line}." for line in range(12)]
        lines += [f"A lure on four pages of {number}"] if 4 <= place < 8 else []
        lines += [f"A lure on too few of {number}"] if place % 12 == 0 else []
        lines += [f"A lure on many hosts {number % 3} {place}"]
        lines += [notice(number)]
        name = host(number)
        yield (f"https://www.{name}/{page}" if page % 2 else name.upper()), "\n".join(lines)
        if place == 3:  # copies of a page are one page
            for _ in range(6):
                yield name, "\n".join([*lines, f"A lure in copies of {number}"])


def expected(hosts: int = HOSTS, count: int = PAGES) -> dict[tuple[str, str], bool]:
    """(host, folded line) -> whether it is prose; see the sums in the test of the corpus itself."""
    from cleanmedia.page.fold import fold

    found = {}
    for number in range(hosts):
        found |= {(host(number), fold(line)): False for line in planted(number)}
        found[host(number), fold(notice(number))] = True
    return found
