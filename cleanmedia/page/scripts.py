"""Scripts by how they use spaces, as the insides of character classes, and the width of a line in them."""

from cleanmedia.page.patterns import pattern

__all__ = ["CHINESE_OR_JAPANESE", "HAN", "HANGUL", "KANA", "THAI_AND_LAO", "UNSPACED", "width"]

THAI_AND_LAO, MYANMAR, KHMER = "\u0e00-\u0eff", "\u1000-\u109f", "\u1780-\u17ff"
KANA, HAN, HANGUL = "\u3040-\u30ff", "\u3400-\u9fff", "\uac00-\ud7af"
# Chinese and Japanese letters, marks and full-width forms: a space next to these is not significant.
CHINESE_OR_JAPANESE = "\u3000-\u30ff\u3400-\u9fff\uff01-\uff60"
# A character of a script that puts no spaces between words.
UNSPACED = pattern(f"[{THAI_AND_LAO}{MYANMAR}{KHMER}{KANA}{HAN}]")


def width(line: str) -> int:
    """Return the length of a line, in which a character of a script without spaces counts for three: each carries about as much."""
    return len(line) if line.isascii() else len(line) + 2 * len(UNSPACED.findall(line))
