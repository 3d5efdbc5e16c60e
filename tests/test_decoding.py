"""Bytes to text."""

import pytest

from cleanmedia import decode

GERMAN = "Der Rat tagte am Dienstagabend und stimmte dafür, die alte Brücke offen zu halten. Schöne Grüße, überall."
RUSSIAN = "Совет собрался во вторник вечером и проголосовал за то, чтобы оставить старый мост открытым. " * 3


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"", "utf-8", ""),
        (b"plain", "utf-8", "plain"),
        ("naïve".encode(), "utf-8", "naïve"),
        (b"\xef\xbb\xbfx", "utf-8-sig", "x"),
        ("naïve".encode("utf-16"), "utf-16", "naïve"),
        ("naïve".encode("utf-32"), "utf-32", "naïve"),
        ("naïve text".encode("utf-16-le"), "utf-16-le", "naïve text"),
        ("naïve text".encode("utf-16-be"), "utf-16-be", "naïve text"),
        (b"na\xefve", "windows-1252", "naïve"),
        (b"don\x92t \x81", "windows-1252", "don’t \x81"),
        (GERMAN.encode("cp1252"), "windows-1252", GERMAN),
        (GERMAN.encode() + b" \x93quoted\x94", "utf-8", GERMAN + " “quoted”"),
    ],
)
def test_found_out(data, encoding, text):
    decoded = decode(data)
    assert decoded.text == text
    assert decoded.encoding == encoding
    assert decoded.evidence


def test_charset_normalizer_is_asked_where_there_is_enough_to_tell():
    decoded = decode(RUSSIAN.encode("cp1251"))
    assert decoded.text == RUSSIAN
    assert "charset-normalizer" in decoded.evidence


def test_the_caller_knows_best():
    assert decode("да".encode("koi8-r"), "koi8-r").text == "да"
    with pytest.raises(UnicodeDecodeError):
        decode(b"\xff", "utf-8")
    with pytest.raises(LookupError):
        decode(b"", "nonsense")
