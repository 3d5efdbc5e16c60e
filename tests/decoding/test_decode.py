"""Bytes to text."""

import codecs
import sys
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanmedia import decode
from cleanmedia.decoding import guessing, lenient
from cleanmedia.decoding.guessing import ENCODINGS
from cleanmedia.decoding.letters import languages

GERMAN = "Der Rat tagte am Dienstagabend und stimmte dafür, die alte Brücke offen zu halten. Schöne Grüße, überall."
RUSSIAN = "Совет собрался во вторник вечером и проголосовал за то, чтобы оставить старый мост открытым. " * 3
PROSE = {
    "windows-1250": "Rada zebrała się we wtorek wieczorem i zagłosowała za utrzymaniem starego mostu.",
    "windows-1251": "Рада зібралася у вівторок увечері й проголосувала за те, щоб залишити старий міст.",
    "windows-1253": "Το συμβούλιο συνεδρίασε το βράδυ της Τρίτης και ψήφισε να μείνει ανοιχτή η γέφυρα.",
    "windows-1254": "Meclis salı akşamı toplandı ve eski köprünün açık kalması yönünde oy kullandı.",
    "windows-1255": "המועצה התכנסה ביום שלישי בערב והצביעה בעד השארת הגשר הישן פתוח.",
    "windows-1256": "اجتمع المجلس مساء الثلاثاء وصوت على إبقاء الجسر القديم مفتوحا.",
    "windows-1257": "Taryba susirinko antradienio vakarą ir nubalsavo palikti senąjį tiltą atvirą.",
    "koi8-r": "Совет собрался во вторник вечером и проголосовал.",
    "iso-8859-2": "Rada se sešla v úterý večer a hlasovala pro zachování starého mostu.",
    "iso-8859-5": "Совет собрался во вторник вечером и проголосовал.",
    "cp866": "Совет собрался во вторник вечером и проголосовал.",
    "mac-roman": "Le conseil s’est réuni mardi soir et a voté pour garder l’ancien pont ouvert à l’été.",
    "gb18030": "市议会星期二晚上开会，投票决定保留旧桥开放。",
    "cp950": "市議會星期二晚上開會，投票決定保留舊橋開放。",
    "cp932": "市議会は火曜日の夜に開かれ、古い橋を残すことを決めた。",
    "euc-jp": "市議会は火曜日の夜に開かれ、古い橋を残すことを決めた。",
    "cp949": "시의회는 화요일 저녁에 모여 오래된 다리를 계속 열어 두기로 결정했다.",
    "cp874": "สภาประชุมในเย็นวันอังคารและลงมติให้เปิดสะพานเก่าต่อไป",
    "iso-2022-jp": "市議会は火曜日の夜に開かれ、古い橋を残すことを決めた。",
    "hz": "市议会星期二晚上开会，投票决定保留旧桥开放。",
    "utf-16-le": "Совет собрался во вторник вечером и проголосовал.",
    "utf-16-be": "The council met on Tuesday, and voted.",
    "utf-32-le": "The council met on Tuesday, and voted: naïve.",
}


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        (b"", "utf-8", ""),
        (b"plain", "utf-8", "plain"),
        (b"nul \x00", "utf-8", "nul \x00"),
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
        ("Zoë’s".encode() + b" \x93bridge\x94 stays", "utf-8", "Zoë’s “bridge” stays"),
        (b"~{ is no escape of HZ, nor is }~", "utf-8", "~{ is no escape of HZ, nor is }~"),
    ],
)
def test_found_out(data, encoding, text):
    decoded = decode(data)
    assert decoded.text == text
    assert decoded.encoding == encoding
    assert decoded.evidence


@pytest.mark.parametrize("encoding", PROSE)
def test_old_encodings_are_told_by_how_the_text_reads(encoding):
    decoded = decode(PROSE[encoding].encode(encoding))
    assert decoded.text == PROSE[encoding]
    assert decoded.encoding == encoding


def test_a_guess_is_said_with_its_runner_up():
    assert decode(RUSSIAN.encode("cp1251")).evidence.startswith("guessed: its letters read as ru, by ")
    assert " likelier than " in decode(b"na\xefve").evidence


def test_a_guess_is_judged_by_the_places_that_tell_encodings_apart_however_far_down_they_are():
    # Swedish reads alike in iso-8859-15 and windows-1252; a price at the end of a long text does not.
    text = (
        "Rådet möttes på tisdag kväll och röstade för att behålla den gamla bron.\n" * 2_000 + "Det kostar tio € nu.\n"
    )
    assert decode(text.encode("iso8859-15")).text == text


def test_every_encoding_of_the_table_is_known_and_has_its_languages():
    for name, tags, _ in ENCODINGS:
        codecs.lookup(name)
        assert set(tags) <= set(languages())


def test_charset_normalizer_is_asked_where_nothing_reads_like_a_language():
    decoded = decode((PROSE["windows-1253"] * 4).encode("cp737"))  # an encoding that the table does not have
    assert "charset-normalizer" in decoded.evidence


def test_the_caller_knows_best():
    assert decode("да".encode("koi8-r"), "koi8-r").text == "да"
    with pytest.raises(UnicodeDecodeError):
        decode(b"\xff", "utf-8")
    with pytest.raises(LookupError):
        decode(b"", "nonsense")
    with pytest.raises(ValueError, match="errors is 'ignore'"):
        decode(b"", errors="ignore")


def test_binary_data_is_refused_and_can_be_kept():
    data = bytes(range(256)) * 4 + b"\x00\x01\x02\x03" * 100
    with pytest.raises(UnicodeDecodeError, match="binary data"):
        decode(data)
    decoded = decode(data, errors="surrogateescape")
    assert decoded.text.encode("utf-8", "surrogateescape") == data


_bytes = st.one_of(
    st.binary(max_size=80),
    st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(st.sampled_from([*(text.encode(name)[:40] for name, text in PROSE.items()), b"\n", b"\x93", b"\xc3"])).map(
        b"".join
    ),
)


@given(data=_bytes)
def test_no_byte_is_lost(data):
    try:
        decoded = decode(data, errors="surrogateescape")
    except UnicodeDecodeError as error:
        assert error.encoding.lower().startswith(("utf-16", "utf-32", "utf-8-sig", "utf16", "utf32"))  # noqa: PT017
        return
    if decoded.encoding == "windows-1252":
        assert bytes(map(lenient.WINDOWS_1252.index, decoded.text)) == data
    elif "guessed by" not in decoded.evidence and decoded.encoding not in {
        *lenient.WIDE,
        "utf-16",
        "utf-32",
        "iso-2022-jp",
        "iso-2022-kr",
        "hz",
    }:
        # Those have several ways to say the same, so that only characters come back.
        assert decoded.text.encode(decoded.encoding, "surrogateescape") == data


@given(data=_bytes)
def test_it_says_what_it_did_or_refuses(data):
    try:
        decoded = decode(data)
    except UnicodeDecodeError:
        return
    assert decoded.evidence
    assert len(decoded.text) * 4 + 4 >= len(data) or decoded.encoding.startswith("iso-2022")


def test_chardet_is_asked_where_it_is_installed_and_two_guesses_are_close(monkeypatch):
    data = PROSE["iso-8859-2"].encode("iso8859-2")
    chardet = SimpleNamespace(detect=lambda data: {"encoding": "CP852"})
    monkeypatch.setitem(sys.modules, "chardet", chardet)
    assert decode(data).evidence.startswith("guessed: its letters"), "they leave no doubt"
    monkeypatch.setattr(guessing, "_CLOSE", 100_000)
    assert decode(data)[1:] == ("cp852", "guessed by chardet, as two encodings read nearly alike", False)
    chardet.detect = lambda data: {"encoding": None}
    assert decode(data).encoding == "iso-8859-2"
    monkeypatch.setitem(sys.modules, "chardet", None)
    assert decode(data).encoding == "iso-8859-2"
