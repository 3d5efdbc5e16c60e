"""Mojibake: text that was decoded in the wrong encoding."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleanmedia.core.edits import Edit, compare
from cleanmedia.core.filter import finds
from cleanmedia.filters.mojibake_pairs import PAIRS
from cleanmedia.page.lines import lines_with
from cleanmedia.page.patterns import pattern
from cleanmedia.page.runs import runs

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

__all__ = ["mojibake"]

_SEGMENT = 1_000_000  # code points: ftfy's own bound on what it looks at in one piece

# What ftfy's measure of badness needs to find anything, and without which it leaves a line alone: a control of Latin-1,
# one of PAIRS, or one of four letters before certain others.
_CONTROLS = "\x80-\x9f"
_FIRSTS, _SECONDS = map("".join, zip(*PAIRS, strict=True))
_LONE = "(?<=[Œœ])(?![A-Za-z])|(?<=[ÃÂ]) "
_PAIR = f"(?=[{_SECONDS}])(?:" + "|".join(f"(?<=[{first}])[{second}]" for first, second in PAIRS) + ")"
_LONE_LETTER = pattern(f"[ŒœÃÂ](?:{_LONE})")
_SUSPICIOUS = pattern(f"[{_CONTROLS}{_FIRSTS}Œœ](?:(?<=[{_CONTROLS}])|{_LONE}|{_PAIR})")  # one class first: it is fast

_harmless: set[bytes] = set()  # runs of characters beyond ASCII that hold nothing suspicious
_LONGEST_KEPT, _MOST_KEPT = 40, 1 << 16  # bytes, runs


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: what lies beyond ASCII are runs of characters that ftfy never takes offence at.

    The runs of real text are few and come again, so that those known to be harmless are set aside all at once.
    """
    if text.isascii():
        return True
    if any(letter in text for letter in "ŒœÃÂ") and _LONE_LETTER.search(text):
        return False
    new = runs(text) - _harmless
    if not new:
        return True
    # The letter between two runs keeps them apart, and makes neither suspicious.
    if _SUSPICIOUS.search(b"x".join(new).decode("utf-8", "surrogatepass")):
        return False
    if len(_harmless) > _MOST_KEPT:
        _harmless.clear()
    _harmless.update([run for run in new if len(run) <= _LONGEST_KEPT])
    return True


@finds
def mojibake(text: str) -> Iterator[Edit]:
    """Repairs what was decoded in the wrong encoding, as ``ftfy.fix_text`` does with every other of its fixers off.

    Why: pages declare one encoding and use another, or mix two: ``VerÃ¶ffentlichung``, ``ItвЂ™s``, ``Copyright Â© 2020``
    stand on 155 of 4,809 real hosts. ftfy knows the encodings that are confused, and what plain text never looks like.

    Keeps: curly quotes, full-width forms, ligatures, entities, line breaks: those fixers of ftfy lose something or
    are other filters' business. A line that speaks of mojibake shows it on purpose.

    Risk: very low; ftfy's authors count one false positive in millions of lines.

    >>> mojibake("VerÃ¶ffentlichung … ItвЂ™s")
    'Veröffentlichung … It’s'
    >>> mojibake("”Ya”, ”Tidak”: ２０２０年")
    '”Ya”, ”Tidak”: ２０２０年'
    """
    if _can_skip(text):
        return
    for start, line in lines_with(_SUSPICIOUS, text):
        if "mojibake" not in line:
            end = min(start + len(line) + 1, len(text))  # ftfy sees the line break
            for begin in range(start, end, _SEGMENT):
                yield from _fixed(text[begin : min(begin + _SEGMENT, end)], begin)


def _fixed(segment: str, at: int) -> Iterator[Edit]:
    import ftfy

    fixed, plan = ftfy.fix_and_explain(segment, _config())
    if fixed != segment:
        why = ", ".join(f"{step.action} {step.parameter}" for step in plan or ())
        for edit in compare(segment, fixed, at):
            yield edit._replace(why=why)


def _config() -> "TextFixerConfig":
    """ftfy's fixers: that of encodings, with all its parts, and no other."""
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
