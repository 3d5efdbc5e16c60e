"""A clean text of any kind stays whole, and a list that is the article stays on its page."""

import sys

import pytest

from cleanmedia import ARTICLE
from cleanmedia.article.judgement import _announced_lists, judge
from cleanmedia.article.surroundings import surroundings
from cleanmedia.filters import boilerplate
from cleanmedia.page.view import view_of
from tests.support.strategies import PROSE

ABOVE, BELOW = "Home\nNews\nSport\nContact us", "Share on Facebook\nRelated articles\nPrivacy policy\nTerms of use"

LISTS = {
    "winners": """The winners of the film prize
The prizes were handed over on Sunday evening in the old opera house, before an audience of two thousand guests.
Best picture: The Long Road Home
Best director: Anna Kowalska
Best actress: Maria Oliveira
Best screenplay: Paul Verlaine and Ida Storm
The ceremony was broadcast in forty countries, and ended with a song that nobody had expected.""",
    "ingredients": """Pancakes with apples
These pancakes need half an hour, and taste best with the sour apples of late autumn.
200 g flour
3 eggs
• 300 ml milk
• 2 apples
a pinch of salt
Mix the flour with the milk, add the eggs one by one, and let the batter rest for ten minutes.
Slice the apples, fry them in butter, and pour the batter over them.""",
    "calendar": """What is on in May
The town has put together a programme for the whole family, and most of it costs nothing.
3 May: Flea market, Market Square, 8 am
7 May: Concert of the youth orchestra, Town Hall, 7 pm
12 May: Open day of the fire brigade
19 May: Reading with Ida Storm, Library
26 May: Summer fair on the river bank
Tickets for the concert are sold at the town hall from Monday on.""",
    "live ticker": """The election night as it happened
The polls have closed, and the first counts come in from the north of the country.
18:02 Polls are closed.
18:15 First forecast: a close race.
21:30 The prime minister concedes defeat.
We end our report here, and thank you for your company through the night.""",
    "tweets": """Storm hits the coast
The storm reached the coast in the early morning, and tore down trees and power lines in several towns.
@coastguard: All ferries cancelled until noon.
@anna_b: Never seen waves like these!
Nobody was hurt, the fire brigade said, but the clearing up will take some days.""",
}

MANUAL = """NAME
ls - list directory contents
SYNOPSIS
ls [OPTION]... [FILE]...
DESCRIPTION
List information about the files (the current directory by default).
-a, --all
do not ignore entries starting with .
-l
use a long listing format
AUTHOR
Written by a friend.
COPYRIGHT
This is free software.
SEE ALSO
dir(1)"""

CLEAN = {
    **LISTS,
    "manual": MANUAL,
    "law": """Act on the Protection of Bridges
Section 1
Scope
This Act applies to bridges that are older than fifty years and cross a public river.
Section 2
Copyright
The drawings of a bridge belong to the owner, who shall lend them to whoever repairs it.
Section 3
Contact
The owner shall inspect the bridge once a year.
This Act enters into force on 1 January.""",
    "dictionary": """bridge /bɹɪdʒ/
Brücke
home /hoʊm/
Heim
contact /ˈkɒntækt/
Kontakt
share /ʃɛə/
teilen
street /stɹiːt/
Straße""",
    "contents": """The Bridge
A Novel
Contents
Chapter I
Chapter II
Index
CHAPTER I
It was a dark night, and the old bridge lay under a thick fog that had come up from the river at noon.
“Nobody will cross tonight,” said the ferryman, and pulled his coat closer around his shoulders.
THE END""",
}


@pytest.mark.parametrize("kind", CLEAN)
def test_a_clean_text_stays_whole(kind):
    assert boilerplate(CLEAN[kind]) is CLEAN[kind]


def test_a_text_stays_whole_because_nothing_stands_around_it(monkeypatch):
    judged = judge(MANUAL)
    assert judged.left_whole == "nothing shows that there is boilerplate around it"
    assert all(verdict.kept for verdict in judged.verdicts)
    assert any(verdict.why.endswith("but kept with the whole page") for verdict in judged.verdicts)
    monkeypatch.setattr(sys.modules["cleanmedia.filters.boilerplate"], "surroundings", lambda lines: "a guess")
    assert boilerplate(MANUAL) != MANUAL


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_that_is_the_article_stays_on_its_page(kind):
    clean = ARTICLE(f"{ABOVE}\n{LISTS[kind]}\n{BELOW}").split("\n")
    assert [line for line in LISTS[kind].split("\n")[1:] if line not in clean] == []
    assert [line for line in [*ABOVE.split("\n"), *BELOW.split("\n")] if line in clean] == []


@pytest.mark.parametrize(
    ("shown", "lines"),
    [
        ("widget phrases together", ["Home", "Contact us", "Share on Facebook", *PROSE]),
        ("widget phrases together", ["Home", "Contact", *PROSE]),
        ("a widget phrase that is never content", [*PROSE, "Share on Facebook"]),
        ("a row of links", ["Front page | Our town | Weather", *PROSE]),
        ("a row of links", ["【复制链接】 【收藏此页】 【关闭】", *PROSE]),
        ("the headline twice", ["The council keeps the old bridge - The Herald", "The council keeps the old bridge", *PROSE]),
        ("an offer of the site", ["Search", *PROSE]),
        ("", [*PROSE * 4, "Search", *PROSE * 4]),
        ("", [*PROSE, "Copyright"]),
        ("", ["The bridge song", *PROSE, *PROSE[:1]]),
        ("", ["| 3 | 5 |", "| 4 | 9 |", *PROSE]),
        ("", ["1. How the bridge was built", "2. How the bridge was lost", *PROSE, "1. How the bridge was built", *PROSE, "2. How the bridge was lost"]),
        ("", ["int main() {", "    return 0;", "}", "// Share on Facebook"] * 3),
    ],
)  # fmt: skip
def test_what_shows_that_a_text_is_a_web_page(shown, lines):
    assert surroundings(view_of("\n".join(lines))) == shown


def test_a_list_that_the_article_announces_stays():
    lines = [
        "You need:",
        "• one",
        "• two",
        "Text.",
        "• three",
        "Text:",
        "label",
        "Text:",
        "• one",
        "Share",
        "Text:",
        "• last",
    ]
    kept = [True, False, False, True, False, True, False, True, False, False, True, False]
    phrases = [0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0]
    assert _announced_lists(lines, phrases, kept) == {1, 2}
