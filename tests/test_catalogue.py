"""Phrase files: their format, their errors, and what a line is matched with."""

import time
from itertools import count

import pytest

from cleanmedia import CatalogueError, filters
from cleanmedia.page.fold import fold, fold_all
from cleanmedia.phrases.catalogue import Catalogue
from cleanmedia.phrases.placeholders import generalise


def write(tmp_path, text):
    path = tmp_path / "mine.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


@pytest.mark.parametrize(
    ("line", "general"),
    [
        ("Share on Facebook", "share on {network}"),
        ("分享到微信", "分享到{network}"),
        ("1,204 shares", "{n} shares"),
        ("2.5K views", "{n} views"),
        ("Published: 17:17, 12 January 2012", "published: {date}"),
        ("January 17, 2012 2:00 pm ET", "{date}"),
        ("Publié le 18/02/2020 à 16:42", "publie le {date}"),
        ("28 ноября 2011 г.", "{date}"),
        ("2016年10月14日07:17", "{date}"),
        ("17.01.2012, 07:37 Uhr", "{date}"),
        ("Updated 12:30", "updated {time}"),
        ("0:00 / 1:02:33", "{time} / {time}"),
        ("© 2010–2024 Example", "© {year} example"),
        ("AFP via Getty Images", "{agency} via {agency}"),
        ("a sentence without any of these", "a sentence without any of these"),
    ],
)
def test_placeholders(line, general):
    key = fold(line)
    assert general in (key, *generalise(key))


def test_fold():
    assert fold("  • Share on Facebook.") == fold("SHARE ON FACEBOOK »") == "share on facebook"
    assert fold("Don’t &amp; do") == "don't & do"
    assert fold("PAYLAŞ YAZDIR") == fold("paylaş yazdır")
    assert fold("ΣΧΟΛΙΑ") == fold("Σχόλια")
    assert fold("“Share”") != fold("Share")
    assert fold("Share?") != fold("Share")
    lines = ["Ab C", "Ünïcode", "« Mot »", "공유 하기", "分享到微信"]
    assert fold_all("\n".join(lines)) == [fold(line) for line in lines]


def test_fold_takes_time_in_proportion_to_a_run_of_combining_marks():
    seen = count()

    def seconds(size):
        line = f"{next(seen)}" + "\u0591\u05b0\u05ad" * size  # another each time: fold remembers
        start = time.process_time()
        assert fold(line)
        return time.process_time() - start

    seconds(10)
    assert min(seconds(16_000) for _ in range(3)) <= 9 * min(seconds(4_000) for _ in range(5))


def test_a_users_file(tmp_path):
    path = write(tmp_path, "# mine\n[share]\nTell {name} about it\n\n[navigation, in company]\nOur towns\n")
    mine = filters.widgets(catalogues=[path])
    assert mine("Text.\nTell your neighbours about it\nText.") == "Text.\nText."
    assert mine("Text.\nOur towns\nText.") == "Text.\nOur towns\nText."
    assert mine("Text.\nOur towns and villages\nText.") == "Text.\nOur towns and villages\nText."


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
