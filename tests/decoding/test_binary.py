"""Data that is not text is refused, text is not; damaged text is read, and the damage is told; time grows with length."""

import bz2
import contextlib
import gzip
import io
import lzma
import pickle
import random
import re
import struct
import sys
import tarfile
import zipfile
import zlib
from functools import partial

import pytest

from cleanmedia import decode
from cleanmedia.decoding.binary import file_format
from cleanmedia.decoding.formats import AT_THE_START, FURTHER_ON
from cleanmedia.decoding.guessing import ENCODINGS
from tests.support.growth import growth

ENGLISH = "The council met on Tuesday evening and voted to keep the old bridge open, whatever it may cost the town. "
RUSSIAN = "Совет собрался во вторник вечером и проголосовал за то, чтобы оставить старый мост открытым. "
CHINESE = "市议会星期二晚上开会，投票决定保留旧桥开放。"
POLISH = "Rada zebrała się we wtorek wieczorem i zagłosowała za utrzymaniem starego mostu. "
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"


def archive(write):
    file = io.BytesIO()
    write(file)
    return file.getvalue()


def zipped(file):
    with zipfile.ZipFile(file, "w") as into:
        into.writestr("page.txt", ENGLISH)


def tarred(file):
    with tarfile.open(fileobj=file, mode="w") as into:
        member = tarfile.TarInfo("page.txt")
        member.size = len(ENGLISH)
        into.addfile(member, io.BytesIO(ENGLISH.encode()))


FILES = {
    "a PNG image": PNG,
    "a JPEG image": b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0",
    "a GIF image": b"GIF89a\x01\0\x01\0\x80\0\0",
    "a BMP image": b"BM" + struct.pack("<IHHIIiiHH", 70, 0, 0, 54, 40, 2, 2, 1, 24),
    "a RIFF file (WebP, WAV, AVI)": b"RIFF\x24\x08\0\0WEBPVP8 ",
    "a PDF document": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>",
    "gzip data": gzip.compress(ENGLISH.encode()),
    "bzip2 data": bz2.compress(ENGLISH.encode()),
    "xz data": lzma.compress(ENGLISH.encode()),
    "a ZIP archive (such as .docx, .epub, .jar)": archive(zipped),
    "a tar archive": archive(tarred),
    "a pickle": pickle.dumps([ENGLISH, 1.5]),
    "an MP3 file": b"ID3\x04\0\0\0\0\0\x23TSSE",
    "an MP4 video or a HEIF image": b"\0\0\0\x18ftypmp42\0\0\0\0",
    "a Windows program or library": b"MZ\x90\0\3" + bytes(55) + b"\x80\0\0\0",
    "an ar archive (such as .a, .deb)": b"!<arch>\ndebian-binary   1700000000  0     0     100644  4         `\n2.0\n",
    "Python bytecode": b"\xa7\r\r\n\0\0\0\0" + bytes(8),
}
PROSE_LIKE_SIGNATURES = [
    "BM: a review of the new shop in Bremen.",
    "PK scored twice; the match ended 2:1.",
    "II* was the name of the engine.",
    "MZ, a band from Prague, plays tonight. " * 3,
    "%PDF-1.4 is what the first line of such a file says.",
    "%PDF-1.4\nis what the first line says.",
    "GIF89a is older than PNG. Both are formats of images.",
    "RIFF 2023 WEBP festival opens on Friday.",
    "ID3 tags are a way to name songs.",
    "FORM 8-K AIFF filed on Friday.",
    "BZh91 is a postal code that nobody uses.",
    "PAR1 and ORC are formats of columns.",
    "SQLite format 3 is described on the site.",
    "!<arch>\nis how an archive begins.",
    "MATLAB 5.0 MAT-file is a format.",
    "070701 is a date in no calendar.",
    "Rar! cried the crow, and 7z is an archive.",
    "TZif2 and CWS: a list of words.",
]


@pytest.mark.parametrize("name", FILES)
def test_known_formats_are_refused_by_name(name):
    assert file_format(FILES[name]) == name
    with pytest.raises(UnicodeDecodeError, match=re.escape(f"binary data, not text: {name}")):
        decode(FILES[name])
    kept = decode(FILES[name], errors="surrogateescape")
    assert kept.text.encode(kept.encoding, "surrogateescape") == FILES[name]
    assert not kept.certain


@pytest.mark.parametrize("text", PROSE_LIKE_SIGNATURES)
def test_text_may_begin_like_a_signature(text):
    assert decode(text.encode()).text == text
    assert decode((text + " Café.").encode("cp1252")).text == text + " Café."


def test_the_table_of_formats_is_well_formed():
    for prefix, name, condition in AT_THE_START:
        assert len(prefix) >= 2
        assert name
        re.compile(condition, re.DOTALL)
        assert condition or not (prefix.isascii() and prefix.decode().isprintable() and len(prefix) < 8), prefix
    assert all(name and offset > 1 for offset, _, name in FURTHER_ON)


@pytest.mark.parametrize("size", [100, 300, 3_000])
def test_random_bytes_are_refused(size):
    rng = random.Random(size)
    for _ in range(10):
        with pytest.raises(UnicodeDecodeError, match="binary data, not text"):
            decode(rng.randbytes(size))


def test_compressed_data_without_a_signature_is_refused():
    stream = zlib.compress("".join(random.Random(1).choices(ENGLISH + RUSSIAN, k=3_000)).encode())
    for start in range(2, 1_000, 100):
        with pytest.raises(UnicodeDecodeError, match="binary data, not text"):
            decode(stream[start:])


@pytest.mark.parametrize("data", [bytes(4_096), bytes(range(32)) * 8, struct.pack("<300I", *range(300))])
def test_control_characters_are_no_text_even_where_they_are_ascii(data):
    with pytest.raises(UnicodeDecodeError, match="binary data, not text"):
        decode(data)


@pytest.mark.parametrize(
    "text",
    [
        "find\0-print0\0lists\0names\0",
        "8=FIX.4.2\x019=65\x0135=A\x0149=SERVER\x0156=CLIENT\x01" * 3,
        "\x1b[31mred\x1b[0m and o\bov\bve\ber\br\n" * 3,
        "page one\x0cpage two\x1a",
    ],
)
def test_a_few_kinds_of_control_characters_are_text(text):
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    "text", [ENGLISH + "naïve", RUSSIAN, CHINESE, POLISH, "ශ්‍රී ලංකාවේ පුවත් පත " * 4, "தமிழ் செய்தி இன்று " * 4]
)
@pytest.mark.parametrize("length", [20, 200, 4_000])
def test_text_is_refused_in_no_encoding(text, length):
    piece = (text * 200)[:length]
    for name in [*(name for name, _, _ in ENCODINGS), "utf-16", "utf-32", "utf-32-be"]:
        try:
            data = piece.encode(name)
        except UnicodeEncodeError:
            continue
        assert decode(data).evidence, name
        if name.startswith("utf"):
            assert decode(data).text == piece, name


@pytest.mark.parametrize(
    ("data", "text", "evidence"),
    [
        (b"See you \xed\xa0\xbd\xed\xb8\x80", "See you 😀", "UTF-8 with 1 surrogate pair (CESU-8)"),
        (RUSSIAN.strip(" .").encode()[:-1], RUSSIAN.strip(" .")[:-1] + "\ufffd", "UTF-8 cut within its last character (d0)"),
        (RUSSIAN.encode() + "😀".encode()[:3], RUSSIAN + "\ufffd", "UTF-8 cut within its last character (f0 9f 98)"),
        ("naïve".encode("utf-16") + b"a", "naïve\ufffd", "byte-order mark; cut within its last character (61)"),
        ("naïve text".encode("utf-16-be") + b"\0", "naïve text\ufffd", "cut within its last character (00)"),
        (CHINESE.encode("gb18030")[:-1], CHINESE[:-1] + "\ufffd", "cut within its last character (a1)"),
        (RUSSIAN.encode() + b"caf\xe9 d\xe9j\xe0 vu", RUSSIAN + "café déjà vu", "UTF-8 except for 3 bytes, read as windows-1252"),
    ],
)  # fmt: skip
def test_damage_is_mended_or_marked_and_told(data, text, evidence):
    decoded = decode(data)
    assert decoded.text == text
    assert evidence in decoded.evidence


def test_a_lone_latin_letter_at_the_end_is_not_utf_8_that_is_cut():
    assert decode(b"We met in the old caf\xe9").text == "We met in the old café"


def test_a_cut_character_ends_a_file_of_two_encodings():
    line = RUSSIAN.strip()
    decoded = decode(b"\n".join([line.encode(), line.encode("cp1251"), "Мост".encode()[:-1]]))
    assert decoded.text == f"{line}\n{line}\nМос\ufffd"
    assert decoded.evidence.endswith("; the last character is cut off (d1), read as U+FFFD")


def test_nothing_is_mended_where_the_same_bytes_are_promised():
    for data in (
        b"See you \xed\xa0\xbd\xed\xb8\x80",
        RUSSIAN.encode()[:-2],
        RUSSIAN.encode() + b"\n" + RUSSIAN.encode("cp1251"),
    ):
        decoded = decode(data, errors="surrogateescape")
        assert decoded.text.encode(decoded.encoding, "surrogateescape") == data
    with pytest.raises(UnicodeDecodeError):
        decode("naïve".encode("utf-16") + b"a", errors="surrogateescape")


@pytest.mark.parametrize(
    "plain",
    [
        '(format t "~{<~A>~}" xs)',
        "~{~a~}",
        '(format nil "~{~A~^, ~}" list)',
        "~{ab~}",
        "a shell script: echo ~{foo,bar}~",
        "\x1b$B is the escape sequence",
        "\x1b$BAC",
    ],
)
def test_what_only_looks_like_an_escape_sequence_is_ascii(plain):
    assert decode(plain.encode()) == (plain, "utf-8", "ASCII", True)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("hz", "我在中国"), ("hz", "News: 中文 page"), ("iso-2022-jp", "こんにちは"), ("iso-2022-kr", "한국어")],
)
def test_short_texts_with_escape_sequences(encoding, text):
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "windows-1251"),
        (POLISH, "windows-1250"),
        (CHINESE, "gb18030"),
        ("Déjà vu à l’hôtel de la gare. ", "windows-1252"),
    ],
)
def test_lines_of_two_encodings(text, encoding):
    data = b"\n".join([text.encode(), b"plain", text.encode(encoding), text.encode(), text.encode(encoding)])
    decoded = decode(data)
    assert decoded.text == "\n".join([text, "plain", text, text, text])
    assert decoded.evidence.startswith(f"lines of two encodings: 2 in UTF-8, 2 in {encoding} (guessed: ")


def test_lines_of_one_encoding_are_not_taken_apart():
    # Two bytes of GB18030 are now and then valid UTF-8.
    signs = [chr(code) for code in range(0x4E00, 0x9FA6)]
    text = "\n".join(random.Random(1).sample(signs, 2_000))
    assert "two encodings" not in decode(text.encode("gb18030")).evidence
    for text in ("可持续的发展。\n摘要", "用程序和文档。\n为什"):
        assert decode(text.encode("gb18030")).text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("iso-8859-3", "Il-kunsill iltaqa' t-Tlieta filgħaxija u ivvota biex iżomm il-pont il-qadim miftuħ għal kulħadd."),
        ("iso-8859-3", "La konsilio kunvenis marde vespere kaj voĉdonis por teni la malnovan ponton malfermita ĉiujare, eĉ dum ŝtormoj."),
        ("iso-8859-14", "Mae'r cyngor wedi penderfynu cadw'r hen bont ar agor; mae dŵr yr afon yn codi, a'r tŷ ar y lan yn llawn dŵr."),
    ],
)  # fmt: skip
def test_maltese_esperanto_and_welsh(encoding, text):
    assert decode(text.encode(encoding))[:2] == (text, encoding)


@pytest.mark.parametrize(
    ("data", "certain"),
    [
        (ENGLISH.encode(), True),
        ("naïve".encode("utf-16"), True),
        ((RUSSIAN * 3).encode("koi8-r"), True),
        ((POLISH * 3).encode("cp1250"), True),
        (b"na\xefve", False),
        (b"\x8f\xe1\x9d\xb0 \x84", False),
    ],
)
def test_a_weak_guess_is_not_certain(data, certain):
    assert decode(data).certain is certain


def test_the_encoding_that_is_named_is_certain_and_no_data_is_refused_then():
    assert decode(PNG, "latin-1").certain


SIGNS = [chr(code) for code in range(0x4E00, 0x9FA6)]
random.Random(1).shuffle(SIGNS)
BROKEN = {
    "different signs, line breaks": lambda n: "\n".join((SIGNS * 9)[: n // 3]).encode("gb18030"),
    "different signs": lambda n: "".join((SIGNS * 9)[: n // 2]).encode("gb18030"),
    "UTF-16 without spaces": lambda n: "".join((SIGNS * 9)[: n // 2]).encode("utf-16-le"),
    "all high bytes": lambda n: bytes(range(0x80, 0x100)) * (n // 128),
    "high bytes, each on its line": lambda n: b"\xe9\n" * (n // 2),
    "high bytes at the end": lambda n: b"x" * n + bytes(range(0x80, 0x100)),
    "stray bytes": lambda n: ("é".encode() * 5 + b"\x93") * (n // 11),
    "lines of two encodings": lambda n: (RUSSIAN.encode() + b"\n" + RUSSIAN.encode("cp1251") + b"\n") * (n // 280),
    "surrogate pairs": lambda n: b"\xed\xa0\xbd\xed\xb8\x80" * (n // 6),
    "half surrogates": lambda n: b"\xed\xa0\xbd" * (n // 3),
    "HZ": lambda n: b"~{VPND~} " * (n // 9),
    "HZ that does not end": lambda n: b"~{VPND" * (n // 6),
    "ISO-2022-JP that does not end": lambda n: b"\x1b$B!!" * (n // 5),
    "random": lambda n: random.Random(1).randbytes(n),
    "ASCII and controls": lambda n: b"a\0\1" * (n // 3),
}
SAMPLES = {
    "cp874": "สภาประชุมในเย็นวันอังคารและลงมติให้เปิดสะพานเก่าต่อไป",
    "cp949": "시의회는화요일저녁에모여",
    "windows-1255": "המועצההתכנסה",
}


def decoded(data: bytes) -> None:
    with contextlib.suppress(UnicodeDecodeError):
        decode(data)


@pytest.mark.heavy
@pytest.mark.parametrize("name", BROKEN)
def test_time_grows_in_proportion_to_length(name):
    assert not growth(lambda size: partial(decoded, BROKEN[name](size)), small=20_000)


@pytest.mark.parametrize("encoding", [name for name, _, _ in ENCODINGS if name != "utf-8"])
def test_time_grows_in_proportion_to_length_in_every_encoding(encoding):
    text = SAMPLES.get(encoding, "")
    for candidate in (RUSSIAN, CHINESE, POLISH, "árvíztűrő", "Ünïcödé-äöü"):
        text = text or "".join(candidate.split()).encode(encoding, "ignore").decode(encoding)
    assert not growth(lambda size: partial(decoded, (text * (size // len(text))).encode(encoding)), small=8_000)


def test_binary_data_is_told_in_one_line_on_the_command_line(tmp_path):
    import subprocess

    path = tmp_path / "picture.txt"
    path.write_bytes(PNG)
    done = subprocess.run(
        [sys.executable, "-m", "cleanmedia", "-i", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "binary data, not text: a PNG image" in done.stderr
    assert done.stderr.count("\n") == 1
    assert path.read_bytes() == PNG
