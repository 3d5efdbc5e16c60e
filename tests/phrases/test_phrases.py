"""Proof of the phrase catalogues: each phrase is found in every dress, and none takes what must stay."""

import gzip
import json
import os
import re
import tomllib
from pathlib import Path

import pytest

from cleanmedia import Pipeline, filters
from cleanmedia.page.fold import fold, fold_all
from cleanmedia.page.lines import squeezed
from cleanmedia.phrases.catalogue import Catalogue, catalogue, languages
from cleanmedia.phrases.files import KINDS, read
from cleanmedia.phrases.placeholders import PHRASES
from tests.support.cases import cases
from tests.support.folders import CASES, ROOT

SHARED = Path(os.environ.get("CLEANMEDIA_SHARED", ROOT.with_name("shared")))
MAJOR = ["en", "de", "fr", "es", "pt", "it", "ru", "uk", "pl", "nl", "tr", "ar", "fa", "zh", "ja", "ko"]
EXAMPLES = {
    "{n}": ("7", "1,204"),
    "{year}": ("2019", "2019–2024"),
    "{date}": ("12 May 2020", "2020-05-12"),
    "{time}": ("17:04", "0:00"),
    "{network}": ("Facebook", "Telegram"),
    "{agency}": ("Reuters", "AFP"),
    "{name}": ("Anna Berg",),
}
# Phrases whose placeholder stands in for a word in a sentence so short that an example of it reads as something else.
GOLD = tomllib.loads((CASES / "phrases_in_articles.toml").read_text("utf-8"))


def of(language):
    path = os.path.join(PHRASES, language + ".txt")
    made = Catalogue()
    made.add(read(path), language, path)  # as if it were a user's: every check is made
    return made


def dressed(phrase):
    """The phrase as pages have it: its placeholders filled."""
    for number in range(2):
        text = phrase
        for placeholder, examples in EXAMPLES.items():
            text = text.replace(placeholder, examples[number % len(examples)])
        yield text


@pytest.mark.parametrize("language", languages())
def test_every_phrase_is_found_in_every_dress(language):
    found = catalogue((language,))
    for phrase in of(language).phrases():
        for text in dressed(phrase.text):
            for line in (text, text.upper(), f"    • {text}", text if "«" in text else f"{text} »"):
                match = found.match(line)
                if match is None and line == text.upper() and fold(line) != fold(text):
                    continue  # capitals that cannot be undone: the Turkish dotless i, final n with apostrophe
                assert match is not None, f"{phrase.source}: {line!r}"


@pytest.mark.parametrize("language", languages())
def test_files_are_in_order(language):
    path = os.path.join(PHRASES, language + ".txt")
    lines = read(path).split("\n")
    assert lines[0].startswith("# "), "the first line names the language"
    assert lines[-1] == "", "one line break at the end"
    seen = {}
    for phrase in of(language).phrases():
        number = int(phrase.source.split(":")[1])
        assert lines[number - 1] == phrase.text
        assert fold(phrase.text) == fold_all(phrase.text)[0], f"{phrase.source}: bullets, spaces or stops at its edges"
        assert fold(phrase.text) not in seen, f"{phrase.source} says the same as {seen[fold(phrase.text)]}"
        seen[fold(phrase.text)] = phrase.source


@pytest.mark.parametrize("language", MAJOR)
def test_major_languages_have_every_kind(language):
    assert {phrase.kind for phrase in of(language).phrases()} >= KINDS - {"donate"}


def test_there_are_enough_languages():
    assert len(languages()) >= 20
    assert set(MAJOR) <= set(languages())


def test_no_certain_phrase_takes_a_line_that_filters_must_keep():
    for case in [case for name in filters.__all__ for case in cases(name, "keeps")]:
        for line in case.text.split("\n"):
            match = catalogue().match(line)
            assert match is None or match.in_company or line in GOLD["cases"], (line, match)


def unescaped(text):
    return re.sub(
        r"\\(n|t|\\|u[0-9a-fA-F]{4})",
        lambda m: {"n": "\n", "t": "\t", "\\": "\\"}.get(m[1]) or chr(int(m[1][1:], 16)),
        text,
    )


def test_no_certain_phrase_takes_a_line_of_the_traps():
    path = SHARED / "traps" / "traps.tsv"
    if not path.exists():
        pytest.skip(f"no trap table in {path.parent}; CLEANMEDIA_SHARED names the folder above it")
    for row in path.read_text("utf-8").splitlines()[1:]:
        name, group, _, _, text, expected, *_ = row.split("\t")
        if expected == "UNCHANGED" and group in ("phrase", "struct", "repeat"):
            text = unescaped(text)
            assert filters.widgets(text) == text, name
            for line in text.split("\n"):
                match = catalogue().match(line)
                assert match is None or match.in_company, (name, line, match)


def test_no_certain_phrase_takes_a_line_of_an_article():
    paths = sorted((SHARED / "bench" / "dev").glob("*.jsonl.gz"))
    if not paths:
        pytest.skip(f"no benchmark pages in {SHARED / 'bench'}; CLEANMEDIA_SHARED names the folder above it")
    lines = dropped = 0
    unlisted = set()
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for row in file:
                gold = json.loads(row).get("gold")
                if gold is None:
                    continue
                lines += sum(1 for line in gold.split("\n") if line.strip())
                for entry in Pipeline(filters.widgets).trace(gold).log():
                    dropped += 1
                    phrase = catalogue().match(entry.before.rstrip("\n"))
                    if phrase and not phrase.in_company and phrase.text not in GOLD["articles"]:
                        unlisted.add((phrase.source, phrase.text, squeezed(entry.before)))
    assert not unlisted
    assert dropped / lines < 0.001
