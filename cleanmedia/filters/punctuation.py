"""Stops that stand twice, and spaces before marks that stand close."""

import re
from collections.abc import Iterator
from functools import lru_cache

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import finds, settled
from cleanmedia.page.code import is_code
from cleanmedia.page.lines import SPACES, lines_with
from cleanmedia.page.patterns import pattern
from cleanmedia.words.lists import languages, listed

__all__ = ["punctuation"]

_CLOSERS = "”»“\"’'›」』"

# Two stops behind a word, where no third follows and nothing is glued on: not "...", "../src", "1..10", "a..z".
_DOUBLED_STOP = pattern(
    rf"(?<=[^\W_]|[{_CLOSERS})\]%])(?P<keep>\.)\.(?=[{SPACES}]*$|[{SPACES}]+[^\d{SPACES}.]|[{_CLOSERS})](?![\w.])|,(?!\w))",
    re.M,
)
_DOUBLED_IDEOGRAPHIC = pattern(r"(?<=[^\W_]|[”」』）》])(?P<keep>[。，、])(?P=keep)(?!(?P=keep))")
# A stop behind a closing mark that has one inside: ".”."; not "?”.", "!».".
_STOP_TWICE = pattern(
    rf"(?<!\.)(?P<keep>\.[{_CLOSERS}])\.(?=[{SPACES}]*$|[{SPACES}]+\S)|(?P<keep_wide>。[”」』])。", re.M
)
_CLOSER_BETWEEN_STOPS = pattern(rf"[{_CLOSERS}](?:(?<=\..)\.|(?<=。.)。)")
_DOUBLED = (",,", "،،", "。。", "，，", "、、")
_DOUBLED_COMMA = pattern(
    rf"(?<=[^\W_]|[{_CLOSERS})\]])(?P<keep>[,،]),(?=[{SPACES}]|$)|(?<=[^\W_]|[{_CLOSERS})\]])(?P<keep_arabic>،)،(?=[{SPACES}]|$)",
    re.M,
)
_STRAY_SPACE = pattern(
    rf"(?<=[^\W_]|[”»“\"’')\]%€$£])(?P<gap>[ \t]+)(?P<mark>[,.;:!?،؛؟])(?=[{SPACES}{_CLOSERS})]|$|,[{SPACES}]|[?!]+(?:[{SPACES}]|$))",
    re.M,
)
# A mark that stands apart behind a space, or behind its like. The class of marks comes first: it is fast.
_WORTH_A_LOOK = pattern(
    rf"[.,;:!?،؛؟。，、](?:(?<=[ \t][,.;:!?،؛؟])(?=[{SPACES}{_CLOSERS}),?!\n]|\Z)|(?<=[^.\n]\.\.)(?!\.)|(?<=,,)|(?<=。。)|(?<=，，)"
    rf"|(?<=、、)|(?<=،،)|(?<=\.[{_CLOSERS}]\.)|(?<=。[”」』]。))"
)


def _abbreviations() -> str:
    """Return the source of a pattern for abbreviations without their last stop; behind the others a space may stand: "z. B"."""
    return "|".join(re.escape(word[:-1]).replace(r"\.", rf"\.[{SPACES}]?") for word in sorted(listed("abbreviations")))


_ABBREVIATION = pattern(lambda: rf"\b(?:[^\W\d_]|{_abbreviations()})$")


# French and its neighbours set a space before ; : ! ? What tells the language of a line are its most frequent words.
def _frequent_words(*languages: str) -> str:
    words = [*map(re.escape, sorted(listed("frequent words", *languages)))]
    words += [re.escape(start) + "[a-zéèê]+" for start in sorted(listed("elisions", *languages))]
    return rf"\b(?:{'|'.join(words)})\b".replace("'", "['’]")


_FRENCH = pattern(lambda: _frequent_words("fr"), re.I)
_OTHERS = pattern(lambda: _frequent_words(*[language for language in languages() if language != "fr"]), re.I)
_CLOSE_SCRIPTS = pattern(
    "[\u0370-\u052f\u0590-\u074f\uac00-\ud7af]"
)  # Greek, Cyrillic, Hebrew, Arabic, Hangul: no space there
_COMMAND = pattern(r"^\s*(?:[$#>%]|[a-z][\w.-]*(?:\s+[\w./~*$-]+)*\s*\.\s*$)")


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: no mark stands twice, and none behind a space."""
    return not _WORTH_A_LOOK.search(text)


@finds
@settled
def punctuation(text: str) -> Iterator[Edit]:
    """Takes away the second of two stops or commas, and the space before a mark that stands close.

    Why: ``word..`` and ``.”.`` end every other paragraph of machine-translated pages, and stand in users' comments, in
    12 % of one Arabic news corpus; spaces before marks are left where inline markup was cut out.

    Keeps: ``...`` and ``…``, ``?”.`` and ``!».`` (right in Spanish, Polish, Russian and British English),
    ``“the U.S.”.`` and ``„5 tys.”.`` (abbreviations of any language), ``../src``, ``1..10``, ``a..z``, ``,,`` as an opening mark, ``?!``, ``:)``, scores and times, code, and
    the spaces of French (in lines whose small words are French, or of no known language) before ``; : ! ?``.

    Risk: low. Two dots between words are read as one stop, though some writers mean three.

    >>> punctuation("to this country.. “Incredibly destabilizing.”. And the rest , too")
    'to this country. “Incredibly destabilizing.” And the rest, too'
    >>> punctuation("cd ../src ... 1..10 “U.S.”. Qui est là ? :)")
    'cd ../src ... 1..10 “U.S.”. Qui est là ? :)'
    """
    if _can_skip(text):
        return
    for at, line in lines_with(_WORTH_A_LOOK, text):
        edits = sorted([*_doubled(line), *_stray(line)])
        if edits and not is_code(line):
            last = 0
            for edit in edits:
                if edit.start >= last:
                    last = edit.end
                    yield Edit(at + edit.start, at + edit.end, edit.new, edit.why)


def _doubled(line: str) -> Iterator[Edit]:
    for match in _DOUBLED_STOP.finditer(line) if ".." in line else ():
        arabic = "\u0600" <= line[match.start() - 1] <= "\u06ff"
        if not (arabic and line[match.end() :].strip(SPACES)):  # within a line, Arabic sets two dots for a pause
            yield Edit(match.end("keep"), match.end(), "", "doubled stop")
    for match in _STOP_TWICE.finditer(line) if _CLOSER_BETWEEN_STOPS.search(line) else ():
        if match["keep_wide"] or not _ends_in_abbreviation(line, match.start()):
            yield Edit(match.end() - 1, match.end(), "", "stop behind a closed quotation that has one")
    for marks, why in ((_DOUBLED_COMMA, "doubled comma"), (_DOUBLED_IDEOGRAPHIC, "doubled mark")):
        for match in marks.finditer(line) if any(doubled in line for doubled in _DOUBLED) else ():
            yield Edit(match.end() - 1, match.end(), "", why)


@lru_cache(maxsize=1)
def _longest_abbreviation() -> int:
    return max(len(word) + word.count(".") for word in listed("abbreviations"))


def _ends_in_abbreviation(line: str, end: int) -> bool:
    """Return whether an abbreviation, or a single letter, stands right before this place."""
    return bool(_ABBREVIATION.search(line, max(0, end - _longest_abbreviation()), end))


def _stray(line: str) -> Iterator[Edit]:
    close: bool | None = None  # whether the line's language sets ; : ! ? close
    command: bool | None = None
    odd_marks = [mark for mark in "\"'" if line.count(mark) % 2]
    for match in _STRAY_SPACE.finditer(line):
        mark, before, after = match["mark"], line[match.start() - 1], line[match.end() : match.end() + 2]
        if mark in ";:!?":
            if close is None:
                close = _sets_marks_close(line)
            smiley = mark in ":;" and after[:1].strip(SPACES)
            if not close or smiley or (mark in ":;" and before.isdigit() and after.strip()[:1].isdigit()):
                continue
        elif mark == ".":
            command = bool(_COMMAND.match(line)) if command is None else command
            if command or after[:2] == " .":
                continue
        if before in odd_marks:
            continue
        yield Edit(match.start("gap"), match.end("gap"), "", "space before " + mark)


def _sets_marks_close(line: str) -> bool:
    if _CLOSE_SCRIPTS.search(line):
        return True
    others = len(_OTHERS.findall(line))
    return others > 1 and others > 2 * len(_FRENCH.findall(line))
