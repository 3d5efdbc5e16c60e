"""That misread text is repaired exactly, that nothing gets worse, and where the results differ from ftfy's."""

import re
import sys
from itertools import product

import ftfy
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleanmedia import REPAIR
from cleanmedia.filters import mojibake
from cleanmedia.filters.mojibake_pairs import PAIRS
from tests.filters import ftfy_pairs
from tests.support.dirt import dirty
from tests.support.growth import grows_too_fast, growth
from tests.support.strategies import texts

MODULE = sys.modules["cleanmedia.filters.mojibake"]
CONFIG = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)

_confusable = "".join(ftfy.badness.MOJIBAKE_CATEGORIES.values()) + "".join(ftfy.chardata.UTF8_CLUES.values())
dense = st.text(st.sampled_from(sorted({*_confusable, *"ŒœÃÂГВРСØÙ‚√≈°² aZ1.?\n\t\x1a\x85\u3000ﬁ中"})), max_size=30)
broken = st.builds(
    lambda text, encoding: text.encode("utf-8", "surrogatepass").decode(encoding),
    st.text(st.characters(), max_size=20),
    st.sampled_from([name for name in ftfy.chardata.CHARMAP_ENCODINGS if not name.startswith("cp")]),
)
mixed = st.lists(st.one_of(dense, broken, texts), max_size=4).flatmap(
    lambda pieces: st.sampled_from(("", " ", "\n", "“")).map(lambda between: between.join(pieces))
)

SENTENCES = {
    "de": "Über die größte Brücke der Stadt führt künftig auch ein schöner Weg für Fußgänger.",
    "fr": "L’été dernier, la première étape a été gagnée à Besançon par un élève du collège.",
    "pt": "A eleição do próximo presidente da associação será realizada amanhã à tarde em São Paulo.",
    "pl": "Wszyscy wiedzą, że żółta łódź płynie już dziś w stronę południowych brzegów wyspy.",
    "cs": "Příští týden začne oprava nejdelšího mostu, řekl v pondělí mluvčí městského úřadu.",
    "tr": "Türkiye’nin en büyük şehirlerinden biri olan İzmir’de bugün hava güneşli ve çok sıcak olacağı için",
    "ru": "Совет города Москвы решил в понедельник оставить Старый мост открытым для всех жителей.",
    "el": "Το δημοτικό συμβούλιο αποφάσισε τη Δευτέρα να κρατήσει ανοιχτή την παλιά γέφυρα.",
    "he": "מועצת העיר החליטה ביום שני להשאיר את הגשר הישן פתוח לכל תושבי העיר.",
    "ja": "市議会は月曜日に、古い橋をこれからも残すことを決めました。",
    "zh": "市议会星期一决定，继续开放这座旧桥，供全体市民使用。",
    "hi": "नगर परिषद ने सोमवार को पुराने पुल को सभी के लिए खुला रखने का फैसला किया।",
}
ROUTES = [
    *product(("utf-8",), ("windows-1252", "latin-1", "koi8-r", "cp866", "cp437", "cp850", "mac-roman"), SENTENCES),
    *(("utf-8", "cp1251", tag) for tag in ("de", "fr", "pl", "ru", "zh")),
    *(("utf-8", "gbk", tag) for tag in ("de", "ru")),
    *product(("cp1251", "koi8-r", "iso-8859-5"), ("windows-1252", "mac-cyrillic"), ("ru",)),
    ("koi8-r", "cp1251", "ru"),
    ("cp1251", "koi8-r", "ru"),
    ("cp1250", "windows-1252", "pl"),
    ("cp1250", "windows-1252", "cs"),
    ("iso-8859-2", "windows-1252", "pl"),
    ("cp1253", "windows-1252", "el"),
    ("cp1254", "windows-1252", "tr"),
    ("cp1255", "windows-1252", "he"),
    ("gbk", "windows-1252", "zh"),
    ("shift-jis", "windows-1252", "ja"),
    ("euc-jp", "windows-1252", "ja"),
    ("cp1252", "mac-roman", "de"),
    ("cp1252", "cp1251", "de"),
]


def read_as(text, right, wrong):
    return "".join(_char(byte, wrong) for byte in text.encode(right)) if wrong != "gbk" else text.encode().decode("gbk")


def _char(byte, encoding):
    try:
        return bytes((byte,)).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize(("right", "wrong", "tag"), ROUTES)
def test_a_misread_sentence_is_repaired_exactly(right, wrong, tag):
    clean = SENTENCES[tag]
    bad = read_as(clean, right, wrong)
    assert bad != clean
    assert mojibake(bad) == clean
    assert mojibake(clean) == clean


@pytest.mark.parametrize("wrong", ["windows-1252", "latin-1", "cp1251"])
@pytest.mark.parametrize("tag", ["de", "fr", "cs", "ru", "el", "hi"])
def test_twice(wrong, tag):
    clean = SENTENCES[tag]
    assert mojibake(read_as(read_as(clean, "utf-8", wrong), "utf-8", wrong)) == clean


@given(text=mixed)
def test_a_second_pass_changes_nothing(text):
    once = mojibake(text)
    assert mojibake(once) == once


@given(text=mixed)
@example("\x1fВЃ0À")  # a control of ASCII does not make room for one of Latin-1
def test_no_control_and_nothing_unassigned_comes_in(text):
    def odd(text):
        return len(re.findall(r"[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text))

    assert odd(mojibake(text)) <= odd(text)


def test_real_pages_with_dirt_come_to_rest(real_pages):
    for number, page in enumerate(real_pages(10)):
        text = dirty(page["text_inscriptis"] or "", number)
        once = mojibake(text)
        assert mojibake(once) == once, page["id"]


def test_the_dirt_is_dirty():
    text = "Der Rat tagte am Dienstag, sagte sie.\n" * 200
    assert mojibake(dirty(text, 1)) != dirty(text, 1)


# What ftfy repairs, by the kinds that its documentation names: all of it is repaired here in the same way.
AS_FTFY = [
    "âœ” No problems",
    "sÃ³",
    "voilÃ\xa0 le travail",
    "l’humanitÃ©",
    "ÃƒÂ©tÃƒÂ©",
    "The Mona Lisa doesnÃƒÂ¢Ã¢â€šÂ¬Ã¢â€žÂ¢t have eyebrows.",
    "P&EACUTE;REZ",
    "Ã\xa0 la mode",
    "Ð¿Ñ€Ð¸Ð²ÐµÑ‚ Ð¼Ð¸Ñ€",
    "don\x92t \x93quote\x94 me",
    "\x85 and so on",
    "RÃ\xado de la Plata",
    "ã“ã‚“ã«ã¡ã¯",
    "â€œmismatched quotesâ€\x9d",
    "HUHLL Õ…Õ",
    "ESSE CARRO É MUITO BOM",
    "OK??:( `¬´    ):",
    "selection ├┬┤",
    "À ’PS1 ‰",
    "“Œ¢”",
]


@pytest.mark.parametrize("text", AS_FTFY)
def test_as_ftfy(text):
    assert mojibake(text) == ftfy.fix_text(text, CONFIG)


# Text, what ftfy makes of it, and what is made of it here: the table of docs/mojibake.md.
NOT_AS_FTFY = [
    ("ÖÐ¹ú", "Öйú", "中国"),
    ("AMANHÃ? Ela disse nÃ£o.", "AMANH� Ela disse não.", "AMANHÃ? Ela disse não."),
    ("CafÃ?Â© solo", "Caf�© solo", "CafÃ?Â© solo"),
    ("â€œDoneâ€? he said.", "“Done� he said.", "“Done” he said."),
    ("Ã¥ker", "Ã¥ker", "åker"),
    ("siÄ™ – Å›wiat", "siÄ™ – Å›wiat", "się – świat"),
    ("deÄŸil", "deÄŸil", "değil"),
    ("The new Widgetâ„¢ phone", "The new Widgetâ„¢ phone", "The new Widget™ phone"),
    ("п÷я─п╦п╡п╣я┌", "п÷я─п╦п╡п╣я┌", "Привет"),
    ("Ïðèâåò, ìèð", "Ïðèâåò, ìèð", "Привет, мир"),
    ("пїЅ", "пїЅ", "�"),
    ("Р�Р·РІРµСЃС‚РёСЏ", "�звестия", "Известия"),
    ("schÃ¶n, nicht schön", "schön, nicht schön", "schÃ¶n, nicht schön"),
]


@pytest.mark.parametrize(("text", "ftfys", "ours"), NOT_AS_FTFY)
def test_not_as_ftfy(text, ftfys, ours):
    assert ftfy.fix_text(text, CONFIG) == ftfys
    assert mojibake(text) == ours


CAPITALS = [
    "AMANHÃ… NÃO É “MANHÔ",
    "A AVÓ, O AVÔ, A IRMÔ, «CORAÇÃO», PÃ» E CÔNJUGE — MAÇÔ!",
    "ĐÂY LÀ “VIỆT NAM”, HÀ NỘI, ĐÀ NẴNG, CẦN THƠ… VÂ»",
    "ÍSLAND, ÞINGVELLIR, ÁÐUR “Á”, «Ó», ÖXI, ÆÐ",
    "À L’ÉCOLE, « ÉTÉ », NOËL, Œ”, CŒUR, L’“ŒUVRE”",
    "ÄÖÜ äöü ß, „Å“ und »Ä«",
    "ˈfoʊ.nə.mɪ, ʃʒθð, ∀x ∈ ℝ: x² ≥ 0, 3 × 4 ÷ 2 ± 1",
    "┌──┬──┐\n│ a│ б│\n└──┴──┘",
]


@pytest.mark.parametrize("text", CAPITALS)
def test_capitals_signs_and_drawings_stay(text):
    assert mojibake(text) == text


@pytest.mark.parametrize(
    "text", ["தமிழ் மொழி பேசும் மக்கள்", "አማርኛ ቋንቋ", "Қазақ тілі — түркі тілі", "ئۇيغۇر تىلى", "ⲙⲛⲧⲣⲙⲛⲕⲏⲙⲉ"]
)
def test_scripts_without_statistics_stay(text):
    assert mojibake(text) == text


def test_a_page_is_evidence_for_a_short_word():
    word = "ìîñò"
    page = "\n".join(read_as(SENTENCES["ru"], "cp1251", "windows-1252") for _ in range(3))
    assert mojibake("îí") == "îí"
    assert mojibake(f"{page}\n{word}") == "\n".join([SENTENCES["ru"]] * 3 + ["мост"])


def test_time_grows_in_proportion_to_length():
    nested = "é"
    for _ in range(7):
        nested = read_as(nested, "utf-8", "windows-1252")
    plain = "The council voted on Monday to keep the old bridge open. "

    def prepare(size):
        text = plain * (size // len(plain))
        return lambda: mojibake(f"{text} {nested} {text}")

    assert not growth(prepare)
    assert not grows_too_fast(mojibake, f"{nested} {plain}")


def test_pairs_are_those_of_the_installed_ftfy_and_what_has_none_is_suspicious_too():
    pairs, contextual = ftfy_pairs.pairs()
    assert tuple(pairs) == PAIRS
    assert len(contextual) == 5
    for sets in contextual:
        for last in product(*sets[-2:]):
            assert MODULE._SHAPE.search("".join(last)), last


@pytest.mark.heavy
@pytest.mark.parametrize("context", ["", " ", "x", "1", ".", "\n"])
def test_every_pair_is_suspicious(context):
    for firsts, seconds in PAIRS:
        for first, second in product(_members(firsts), _members(seconds)):
            text = context + first + second + context
            assert not MODULE._can_skip(text), text


def _members(spelled):
    return re.findall(f"[{spelled}]", "".join(map(chr, range(0x80, 0x10000))))


def test_the_memo_is_bounded_and_changes_nothing(monkeypatch):
    monkeypatch.setattr(MODULE, "_MOST_KEPT", 10)
    MODULE._harmless.clear()
    for code in range(0xAC00, 0xAC80):
        assert MODULE._can_skip(chr(code))
        assert len(MODULE._harmless) <= 11
    assert MODULE._can_skip("“É")
    assert not MODULE._can_skip("“É Ã©")


@pytest.mark.parametrize("text", ["Ίσως, μοναδική διέξοδος", "据悉，九个部门", "die größte Größe", "Ещё одна «ёлка»"])
def test_broken_letters_are_mended_before_a_part_of_them_is_taken_for_a_soft_hyphen_or_a_control(text):
    assert REPAIR(text.encode().decode("latin-1")) == text
