"""That the mojibake filter gives what ftfy gives, and that its gate lets nothing through that ftfy would change."""

import re
import sys
from itertools import product

import ftfy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanmedia import REPAIR
from cleanmedia.filters import mojibake
from cleanmedia.filters.mojibake_pairs import PAIRS
from tests.filters import ftfy_pairs
from tests.support.dirt import dirty
from tests.support.strategies import texts

MODULE = sys.modules["cleanmedia.filters.mojibake"]
CONFIG = MODULE._config()._replace(explain=False)

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


def is_as_ftfy_has_it(text):
    text = text.replace("mojibake", "Mojibake")  # a line that speaks of it is kept
    return mojibake(text) == ftfy.fix_text(text, CONFIG)


@given(text=mixed)
def test_equals_ftfy(text):
    assert is_as_ftfy_has_it(text)


@given(text=mixed)
def test_a_second_pass_changes_nothing(text):
    once = mojibake(text)
    assert mojibake(once) == once


def test_equals_ftfy_on_real_pages(real_pages):
    for number, page in enumerate(real_pages(40)):
        for converter in ("text_flat", "text_inscriptis"):
            text = page[converter] or ""
            assert is_as_ftfy_has_it(text), page["id"]
            assert is_as_ftfy_has_it(dirty(text, number)), f"dirty {page['id']}"


def test_the_dirt_is_dirty():
    text = "Der Rat tagte am Dienstag, sagte sie.\n" * 200
    assert mojibake(dirty(text, 1)) != dirty(text, 1)


def test_pairs_are_those_of_the_installed_ftfy_and_what_has_none_is_suspicious_too():
    pairs, contextual = ftfy_pairs.pairs()
    assert tuple(pairs) == PAIRS
    assert len(contextual) == 5
    for sets in contextual:
        for last in product(*sets[-2:]):
            assert MODULE._SUSPICIOUS.search("".join(last)), last


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
    for code in range(0x4E00, 0x4E80):
        assert MODULE._can_skip(chr(code))
        assert len(MODULE._harmless) <= 11
    assert MODULE._can_skip("“É")
    assert not MODULE._can_skip("“É Ã©")


def test_long_lines_go_in_ftfys_own_pieces(monkeypatch):
    monkeypatch.setattr(MODULE, "_SEGMENT", 50)
    text = "Ã© " * 40 + "\n" + "é" * 99
    assert mojibake(text) == ftfy.fix_text(text, CONFIG._replace(max_decode_length=50))


def test_a_line_break_counts_as_ftfy_counts_it():
    assert mojibake("Åœ\n") == ftfy.fix_text("Åœ\n", CONFIG) == "Ŝ\n"
    assert mojibake("Åœ") == ftfy.fix_text("Åœ", CONFIG) == "Åœ"


@pytest.mark.parametrize("text", ["Ίσως, μοναδική διέξοδος", "据悉，九个部门", "die größte Größe", "Ещё одна «ёлка»"])
def test_broken_letters_are_mended_before_a_part_of_them_is_taken_for_a_soft_hyphen_or_a_control(text):
    assert REPAIR(text.encode().decode("latin-1")) == text
