"""What is not learned: for each kind of line that pages share and that is their own text, six small pages of a site."""

import random

import pytest

from cleanmedia import learn
from cleanmedia.filters import site_lines
from tests.learning.planted import own

pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'cleanmedia[learn]'")
pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'cleanmedia[learn]'")
HEAD, FOOT = ["Home", "World", "Sport", "Food"], ["About us", "Terms of use", "Contact"]
POEM = [
    "Upon the hill the tower stands alone,",
    "And all the winter wind is in the trees,",
    "The river runs on over sand and stone,",
    "And carries all the voices to the seas.",
    "Nobody came along the road that day,",
    "The bells had rung, the boats had gone away.",
]
COMMENTS = [
    "Lovely.",
    "So sad",
    "I read this at school",
    "My favourite",
    "Thank you for this",
    "It reminds me of home.",
]
LIVE = [
    "90' Full time", "88' Yellow card", "80' Substitution for the away side", "71' Goal", "63' Corner for the home side",
    "60' Shot wide", "45' Half time", "30' Free kick", "12' Corner for the home side", "1' Kick-off",
]  # fmt: skip
WRITTEN = [
    "The home side wins a corner", "The keeper lies on the ground", "A long ball, and nobody is there",
    "The second half begins", "Rain sets in", "A change: the captain leaves", "The referee looks at his watch",
    "A free kick near the box", "It stays level at the break", "They are off",
]  # fmt: skip
ROWS = [f"{n + 1} {club} 38 {26 - n} 6 {6 + n} {84 - 3 * n}" for n, club in enumerate(["Arsenal", "City", "United"])]
CLUBS = ["Arsenal", "Manchester City", "United", "Rovers", "Albion"]
INGREDIENTS = ["2 tablespoons olive oil", "1 teaspoon salt", "Salt and pepper to taste", "200 g flour", "Fresh basil"]
STEPS = ["Preheat the oven to 180 degrees.", "Mix well.", "Season with salt and pepper.", "Serve immediately."]


def _sentence(number: int) -> str:
    return own(number, 1)


def _recipe(page: int) -> list[str]:
    chance = random.Random(page)
    middle = [
        *chance.sample(INGREDIENTS, 4),
        f"{page + 2} onions",
        "Method",
        STEPS[0],
        f"Cut them into {page + 3} pieces.",
    ]
    return [
        f"Soup number {page}",
        _sentence(page),
        "Ingredients",
        *middle,
        *chance.sample(STEPS[1:], 2),
        _sentence(page + 50),
    ]


def _cells(page: int) -> list[str]:
    chance = random.Random(page)
    return [
        cell
        for n, club in enumerate(chance.sample(CLUBS, 5))
        for cell in (str(n + 1), club, str(38 - n), str(chance.randrange(90)))
    ]


def _interview(page: int) -> list[str]:
    asked = ["What is your favourite book?", f"The river {page}", "Tea or coffee?", "Tea", "Cats or dogs?", "Dogs"]
    return [
        f"Nine questions {page}",
        _sentence(page),
        *asked,
        "Where do you live?",
        f"In town {page}",
        _sentence(page + 50),
    ]


def _around(page: int, *lines: str) -> list[str]:
    """The lines, each with a sentence of the page before it, and one behind the last."""
    pieces = [piece for n, line in enumerate(lines) for piece in (_sentence(10 * page + n), *line.split("\n"))]
    return [f"Report {page}", *pieces, _sentence(10 * page + len(lines))]


# The body of each page; the lines that must stay; whether the pages have an address.
KINDS = {
    "a live page that was crawled six times": ([["Live", *LIVE[6 - n :]] for n in range(6)], LIVE, False),
    "a live page without times": ([["Live", *WRITTEN[5 - n :]] for n in range(6)], WRITTEN, "the same"),
    "a poem with a changing comment": ([["The tower", *POEM, "Comments", each] for each in COMMENTS], POEM, False),
    "ingredients and steps of recipes": ([_recipe(n) for n in range(6)], [*INGREDIENTS, *STEPS, "Method"], True),
    "rows of a league table": (
        [[f"After day {n}", _sentence(n), *ROWS[: n % 3], f"9 Town 38 {n} 1 2 3", *ROWS[n % 3 :]] for n in range(6)], ROWS, True,
    ),
    "a league table below reports": ([[f"Day {n}", _sentence(n), _sentence(n + 50), *ROWS] for n in range(6)], ROWS, True),
    "a league table, a cell to a line": ([[f"Day {n}", _sentence(n), *_cells(n)] for n in range(6)], CLUBS, True),
    "standing questions and short answers": (
        [_interview(n) for n in range(6)], ["What is your favourite book?", "Tea or coffee?", "Tea", "Cats or dogs?", "Dogs"], True,
    ),
    "two headings in a row": (
        [_around(n, "Design", "Verdict\nShould you buy it?") for n in range(6)], ["Design", "Verdict", "Should you buy it?"], True,
    ),
    "the last word of a wrapped sentence": (
        [[f"Shares {n}", _sentence(n)[:-1] + ", the company", "said.", _sentence(n + 50)] for n in range(6)], ["said."], True,
    ),
    "a short sentence of the article": (
        [_around(n, "Police are investigating.", "No one was hurt in the fire, which burned for two hours.") for n in range(6)],
        ["Police are investigating.", "No one was hurt in the fire, which burned for two hours."], True,
    ),
    "a short sentence at the end": (
        [[*_around(n, "Bridge"), "Police are investigating."] for n in range(6)], ["Police are investigating."], True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("least_pages", [3, 5])
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_not_learned(kind, least_pages, tmp_path):
    bodies, own_lines, address = KINDS[kind]
    texts = ["\n".join([*HEAD, *body, *FOOT]) for body in bodies]
    names = ["a.org" if not address else f"https://a.org/{n if address is True else 1}" for n in range(6)]
    path = str(tmp_path / "t.parquet")
    learn(zip(names, texts, strict=True), path, least_pages=least_pages)
    for name, text in zip(names, texts, strict=True):
        left = site_lines(templates=path, host=name)(text).split("\n")
        assert [line for line in own_lines if line in text.split("\n") and line not in left] == []
        if address is True:
            assert not {*HEAD, *FOOT} & {*left}, "the menu goes"


def test_position_decides(tmp_path):
    """A line between lines of the text goes only if it stands at the edge on most pages."""
    path = str(tmp_path / "t.parquet")
    at_edge = [[*HEAD, "Our ferries", *_around(n, "x", "y")] for n in range(6)]
    inside = [[*HEAD, *_around(n, "x", "Our ferries")] for n in range(10, 14)]
    pages = [(f"https://a.org/{n}", "\n".join(lines)) for n, lines in enumerate([*at_edge, *inside])]
    learn(pages, path)
    clean = site_lines(templates=path, host="a.org")
    run = "\n".join([own(70), "Our ferries", *HEAD, own(71)])
    assert clean(run) == "\n".join([own(70), own(71)])
    learn(
        [
            *pages,
            *[(f"https://a.org/{n}", text.replace("x\n", "Our ferries\n")) for n, (_, text) in enumerate(pages, 50)],
        ],
        path,
    )
    assert site_lines(templates=path, host="a.org")(run) == "\n".join([own(70), "Our ferries", own(71)])


def test_pages_are_told_apart_by_address(tmp_path):
    menu = "Our towns\nLetters to us"
    same = [("https://a.org/live?page=1#" + str(n), f"{menu}\n{own(n)}") for n in range(6)]
    same += [("http://www.a.org/live/?page=1", f"{menu}\n{own(9)}")]
    learned = learn(same, str(tmp_path / "t.parquet"))
    assert (learned.pages, learned.lines) == (1, 0)
    other = [(f"https://a.org/live?page={n}", f"{menu}\n{own(n)}") for n in range(6)]
    learned = learn(other, str(tmp_path / "t.parquet"))
    assert (learned.pages, learned.lines) == (6, 2)
    front = [("https://a.org/", text) for _, text in other]  # says no more than the host
    assert learn(front, str(tmp_path / "t.parquet")).lines == 2


def test_near_copies_count_once(tmp_path):
    menu, text = "Our towns\nLetters to us", own(0, 12)
    copies = [(f"https://a.org/print/{n}", f"{menu}\n{text}\n{own(n, 1)}") for n in range(1, 13)]
    learned = learn(copies, str(tmp_path / "t.parquet"), least_pages=3)
    assert (learned.lines, learned.withheld) == (0, 0)
