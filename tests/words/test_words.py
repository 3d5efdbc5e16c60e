"""The word lists: every file is sound, every broken one is refused with its line, and the loader reads what stands there."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import cleanmedia.words
from cleanmedia.filters import punctuation
from cleanmedia.words import lists
from cleanmedia.words.lists import HEADINGS, WORDS, WordsError, check, languages, listed, read

DOCS = Path(__file__).parents[2] / "docs" / "words.md"


@pytest.mark.parametrize("language", languages())
def test_every_file_is_sound(language):
    text = read(f"{WORDS}/{language}.txt")
    check(text, f"{language}.txt")
    lines = text.split("\n")
    assert lines[0].startswith("# "), "the first line names the language"
    assert lines[-1] == "" != lines[-2], "one line break at the end"
    assert max(map(len, lines)) <= 120
    headings = [line[1:-1] for line in lines if line.startswith("[")]
    assert headings == sorted(headings, key=HEADINGS.index), "headings stand in the same order in all files"
    assert all(listed(heading, language) for heading in headings), "no heading is empty"


@pytest.mark.parametrize("heading", HEADINGS)
def test_every_heading_has_words_and_is_documented(heading):
    assert listed(heading)
    assert f"``[{heading}]``" in cleanmedia.words.__doc__
    assert f"| `[{heading}]` |" in DOCS.read_text("utf-8")


def test_the_page_about_words_is_true():
    result = doctest.testfile(str(DOCS), module_relative=False)
    assert result.attempted > 1
    assert result.failed == 0


def test_there_are_enough_languages():
    assert len(languages()) >= 30
    assert {"en", "de", "fr", "es", "pt", "it", "ru", "uk", "pl", "nl", "tr", "ar", "fa", "zh", "ja", "ko"} <= {
        *languages()
    }


def test_listed():
    assert listed("and", "de") == {"und"}
    assert listed("and", "de", "fr") == {"und", "et"}
    assert listed("and") > {"und", "et", "и", "و"}
    assert listed("date units", "de") == frozenset(), "a language may lack a heading"
    assert listed("months") == frozenset().union(*(listed("months", language) for language in languages()))


def test_what_is_not_there_is_named():
    with pytest.raises(ValueError, match=r"no heading 'month'; there are .*months"):
        listed("month")
    with pytest.raises(ValueError, match=r"no words of language 'xx'; there are am, "):
        listed("months", "xx")


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """Load word files from a folder of the test's own."""
    monkeypatch.setattr(lists, "WORDS", str(tmp_path))
    caches = (lists.languages, lists.listed, lists._of)
    for cache in caches:
        cache.cache_clear()
    yield tmp_path / "mine.txt"
    for cache in caches:
        cache.cache_clear()


def test_words_stand_in_lines_and_between_commas(mine):
    mine.write_bytes("\ufeff# Mine.\n[and]\nund, et,\n\n# More.\ny\n[months]\nd'abril\n".encode())
    assert languages() == ("mine",)
    assert listed("and") == {"und", "et", "y"}
    assert listed("months", "mine") == {"d'abril"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("und\n", "mine.txt:1: a word before the first heading"),
        ("# fine\n\n[ands]\nund\n", "mine.txt:3: unknown heading [ands]; there are [function words]"),
        ("[and\nund\n", "mine.txt:1: unknown heading [and; there are"),
        ("[and], fr\n", "mine.txt:1: unknown heading [and], fr; there are"),
        (b"[and]\n# fine\n\xe9t\n", "mine.txt:3: not UTF-8 (byte 0xe9)"),
    ],
)
def test_broken_files_are_refused_when_they_are_loaded(mine, text, message):
    mine.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(WordsError) as error:
        listed("and")
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[and]\nund, u\u00add\n", "mine.txt:2: an invisible or control character in 'u\\xadd'"),
        ("[and]\nund\tet\n", "mine.txt:2: an invisible or control character"),
        ("[and]\nund\r\n", "mine.txt:2: a space at the edge of the line"),
        ("[and]\n und\n", "mine.txt:2: a space at the edge of the line"),
        ("[and]\nund,et\n", "mine.txt:2: a comma or space too many at 'und,et'"),
        ("[and]\nund,  et\n", "mine.txt:2: a comma or space too many at ' et'"),
        ("[and]\nund et\n", "mine.txt:2: a space in 'und et'; separate words by commas"),
        ("[and]\nund, 7\n", "mine.txt:2: '7' has no letter"),
        ("[and]\nund, , et\n", "mine.txt:2: '' has no letter"),
        ("[and]\nund, et, und\n", "mine.txt:2: 'und' is under [and] in line 2 already"),
        ("[and]\nund\net\nund\n", "mine.txt:4: 'und' is under [and] in line 2 already"),
        ("[and]\nund\n[months]\nMai\n[and]\net\n", "mine.txt:5: [and] is in line 1 too"),
        ("[and]\nUnd\n", "mine.txt:2: 'Und': words under [and] are compared in small letters; write 'und'"),
        ("[months]\nd’abril\n", "mine.txt:2: 'd’abril': write the apostrophe as '"),
        ("[abbreviations]\nz. B.\n", "mine.txt:2: a space in 'z. B.'"),
        ("[abbreviations]\nDr\n", "mine.txt:2: 'Dr': write an abbreviation with its stop"),
        ("[elisions]\nl\n", "mine.txt:2: 'l': write an elision with its apostrophe"),
        ("[contractions]\nll\n", "mine.txt:2: 'll': write a contraction with its apostrophe"),
        ("[date units]\n年月\n", "mine.txt:2: '年月': a unit of a date is one character"),
    ],
)
def test_broken_files_are_refused_by_the_full_check(text, message):
    with pytest.raises(WordsError) as error:
        check(text, "mine.txt")
    assert message in str(error.value)


def test_no_word_file_is_read_before_it_is_needed():
    program = """
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from cleanmedia import NEWS
from cleanmedia.words.lists import WORDS
NEWS("x\\n")
NEWS("A headline of some words\\n\\nA sentence of an article.\\nShare on Facebook\\n")
print(sum(name.startswith(WORDS) and name.endswith(".txt") for name in opened))
NEWS("Cookie declaration last updated on 12 May 2020 by Cookiebot")
print(sum(name.startswith(WORDS) and name.endswith(".txt") for name in opened))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["0", str(len(languages()))]


@pytest.mark.parametrize("abbreviation", sorted(listed("abbreviations")))
def test_every_abbreviation_keeps_its_stop_however_long_it_is(abbreviation):
    for written in (abbreviation, abbreviation.replace(".", ". ").strip()):
        text = f"It is written as “so {written}”. Then"
        assert punctuation(text) == text
