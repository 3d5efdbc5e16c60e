"""Folding: lines that say the same have the same key."""

from itertools import count

from cleanmedia.page.fold import fold, fold_all
from tests.support.growth import growth


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

    def prepare(size):
        line = f"{next(seen)}" + "\u0591\u05b0\u05ad" * (size // 3)  # another each time: fold remembers
        return lambda: fold(line)

    assert not growth(prepare)
