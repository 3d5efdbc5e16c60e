"""Phrase files: their format, their errors, and what a line is matched with."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanmedia import CatalogueError, filters
from cleanmedia.phrases.catalogue import Catalogue, _is_name, _names_between


def write(tmp_path, text):
    path = tmp_path / "mine.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def test_a_users_file(tmp_path):
    path = write(tmp_path, "# mine\n[share]\nTell {name} about it\n\n[navigation, in company]\nOur towns\n")
    mine = filters.widgets(catalogues=[path])
    assert mine("Text.\nTell your neighbours about it\nText.") == "Text.\nText."
    assert mine("Text.\nOur towns\nText.") == "Text.\nOur towns\nText."
    assert mine("Text.\nOur towns and villages\nText.") == "Text.\nOur towns and villages\nText."


def test_a_phrase_that_may_stand_alone_between_paragraphs(tmp_path):
    path = write(tmp_path, "[related, between paragraphs]\nOur other towns\nMore of our towns: {name}\n")
    mine = filters.widgets(catalogues=[path])
    one = "The council voted on Monday to keep the old bridge open, after a debate of five hours."
    two = "The mayor said that nobody wants to drive around the bay for an hour to buy bread."
    for line in (
        "Our other towns",
        "More of our towns: why a town of two thousand people needs three of them and builds a fourth",
    ):
        assert mine(f"{one}\n{line}\n{two}") == f"{one}\n{two}"
        assert mine(f"{one}\n{line}\nA short line\n{two}") == f"{one}\n{line}\nA short line\n{two}"
        assert mine(f"{one.rstrip('.')}:\n{line}\n{two}") == f"{one.rstrip('.')}:\n{line}\n{two}"
        assert mine(line) == line


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Share\n", "mine.txt:1: a phrase before the first heading"),
        ("[shares]\nShare\n", "mine.txt:1: unknown heading [shares]"),
        ("[share, alone]\nShare\n", "mine.txt:1: unknown heading [share, alone]; it may be"),
        ("[share]\nShare on {net}\n", "mine.txt:2: unknown placeholder {net}"),
        ("[share]\nShare on {network\n", "mine.txt:2: a brace without its partner"),
        ("[share]\n{name}\n", "mine.txt:2: '{name}' has no fixed word"),
        ("[share]\n{n}\n", "mine.txt:2: '{n}' has no fixed word"),
        ("[share]\nTell {name} {name}\n", "mine.txt:2: {name} needs"),
        ("[share]\n" + "{name} a " * 7, "mine.txt:2: the phrase has 7 times {name}; 6 are the most"),
        ("[share]\n\n•\n", "mine.txt:3: '•' has no letter or digit"),
        ("[share]\n" + "x" * 401, "mine.txt:2: the phrase has 401 code points"),
        ("[share]\nSh\x00are\n", "mine.txt:2: an invisible or control character"),
        (b"[share]\n# fine\nPartag\xe9\n", "mine.txt:3: not UTF-8"),
    ],
)
def test_broken_files_are_refused_with_file_and_line(tmp_path, text, message):
    with pytest.raises(CatalogueError) as error:
        filters.widgets(catalogues=[write(tmp_path, text)])
    assert message in str(error.value)


def test_a_missing_file_and_an_unknown_language():
    with pytest.raises(FileNotFoundError):
        filters.widgets(catalogues=["no/such/file.txt"])
    with pytest.raises(ValueError, match="no catalogue for language 'xx'"):
        filters.widgets(languages=["xx"])


def test_languages_narrow():
    text = "Text.\nAuf Facebook teilen\nText."
    assert filters.widgets(languages=["de"])(text) == "Text.\nText."
    assert filters.widgets(languages=["fr"])(text) == text


def test_certain_wins_over_doubtful():
    for texts in (
        ("[share]\nTell all", "[share, in company]\nTELL ALL"),
        ("[share, in company]\nTELL ALL", "[share]\nTell all"),
    ):
        both = Catalogue()
        for text in texts:
            both.add(text, "en", "mine.txt")
        assert both.match("tell all").text == "Tell all"
        assert [phrase.text.casefold() for phrase in both.phrases()] == ["tell all"] * 2


def test_names_are_found_in_time_that_does_not_explode(tmp_path):
    mine = filters.widgets(catalogues=[write(tmp_path, "[share]\n" + "{name}a" * 5 + "{name}qxxxxxxxx\n")])
    hostile = "a" * 200 + "zxxxxxxxx\n" + "a" * 390 + "qxxxxxxxx"
    assert mine(hostile) == hostile  # which took minutes when each choice was tried


@given(
    st.lists(st.sampled_from(["", "a", "b", " a ", ". ", ", "]), min_size=2, max_size=5), st.text("ab .,", max_size=40)
)
def test_a_phrase_with_names_says_what_a_regular_expression_would(parts, text):
    groups = re.compile("(.+?)".join(map(re.escape, parts))).fullmatch(text)
    if groups and all(map(_is_name, groups.groups())):
        assert _names_between(parts, text)
    if text.startswith(parts[0]) and text.endswith(parts[-1]) and _names_between(parts, text):
        assert groups
