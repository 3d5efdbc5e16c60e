"""Makes a clean text dirty, always in the same way: mojibake of ten encodings, broken references, doubled marks, odd spaces."""

import random

_REFERENCES = ("&amp;", "&# 171;", "& laquo;", "&nbsp؛", "&amp;amp;quot;", " #39;s", "und auml;", "&#8203;", "&#x92;")
_MARKS = (
    *(" “.", "..", ".”.", " ,", ",,", "« ", " ”", "   ", "\t", "\u00a0\u00a0", "\u00ad", "\u200b", "\x92", "\x85"),
    *(
        "\u2028",
        "\r\n",
        "\ud83d",
        "\x1b[31m",
        "\ufeff",
        "e\u0301",
        "\x0b",
        "  \n",
        "\n\n\n\n",
        "\x1a",
        "\ufffd",
        "œ",
        "Â ",
        "Ã",
    ),
)
_ENCODINGS = ("latin-1", "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1257", "macroman", "cp437", "iso-8859-2")


def dirty(text: str, seed: int) -> str:
    """The text with something wrong in every sixth line, or, of one text in thirty, in every line."""
    chance = random.Random(seed)
    share = 1.0 if chance.random() < 0.03 else 0.06
    out = []
    for line in text.split("\n"):
        if chance.random() < share:
            line = _mojibake(chance.choice(("né", "“x”", "它", "Привет", "—", "è ", "’")) + line, chance)
        elif line and chance.random() < 0.1:
            at = chance.randrange(len(line))
            line = line[:at] + chance.choice(_REFERENCES + _MARKS) + line[at:]
        out.append(line)
    return "\n".join(out)


def _mojibake(line: str, chance: random.Random) -> str:
    line = line.encode("utf-8", "surrogatepass").decode(chance.choice(_ENCODINGS), "replace")
    if chance.random() < 0.2:
        line = line.encode().decode("latin-1")
    if chance.random() < 0.2:
        line = line.replace("\xa0", " ")
    return line.replace("\ufffd", "?") if chance.random() < 0.1 else line
