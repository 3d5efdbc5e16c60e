"""Scripts by how they use spaces, as the insides of character classes, and the width of a line in them."""

from cleanmedia.page.patterns import pattern

__all__ = ["CHINESE_OR_JAPANESE", "UNSPACED", "width"]

# Chinese and Japanese letters, marks and full-width forms: a space next to these is not significant.
CHINESE_OR_JAPANESE = "\u3000-\u30ff\u3400-\u9fff\uff01-\uff60"
# Scripts without spaces between words.
UNSPACED = pattern("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def width(line: str) -> int:
    """The length of a line, in which a character of a script without spaces counts for three: it says as much."""
    return len(line) if line.isascii() else len(line) + 2 * len(UNSPACED.findall(line))
