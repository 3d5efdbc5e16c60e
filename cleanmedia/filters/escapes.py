r"""Escapes that were never read: ``\n``, ``\u2019``, ``\xe9``, ``_x000D_``, ``=E2=80=99``, AG News' backslash between words."""

import re
from collections.abc import Iterator

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import finds, gated, settled_soon
from cleanmedia.page.kinds import LITERAL, Kinds
from cleanmedia.page.lines import split
from cleanmedia.page.literal import is_literal, literal_spans
from cleanmedia.page.patterns import pattern
from cleanmedia.words.lists import listed

__all__ = ["escapes"]

_BACKSLASH = pattern(
    r"\\+(?:(?P<unicode>u[0-9a-fA-F]{4}(?:\\+u[dD][c-fC-F][0-9a-fA-F]{2})?|U000[0-9a-fA-F]{5})|(?P<bytes>x[0-9a-fA-F]{2}(?:\\+x[0-9a-fA-F]{2})*)"
    r"|(?P<break>[nrt])|(?P<mark>[\"'/$#&%]))|(?P<other>\\+)"
)
_CONTROL = pattern(r"_x(?P<code>[0-9A-Fa-f]{4})_(?:\r?\n)?")
_BREAKS = {"n": "\n", "r": "\n", "t": " "}
# A path, a command of LaTeX, a regular expression, a share, a mark that Markdown would read: the text means its backslashes.
_MEANT = pattern(
    r"[A-Za-z]:\\|\\\\\w+\\\w|\\[A-Za-z]+[{\[]|\\[dDsSwWbB](?:[+*?\\)\]}]|$)|\\[()\[\]{}*_.^|+?-]|\\(?:begin|end|frac|item|cite|ref)\b"
    r"|\\[nrt][\"'][,)]"  # the end of a string of code
)
_PATH = pattern(r"(?<=[^\W\d_])\\[nrt](?P<rest>[a-zß-ÿ]+)")
_IN_CAPITALS = pattern(r"[^\W\d_]{2,20}\Z")
_LONGEST_REST = 3  # letters of a word without its first one: "new", "test", "nina"
_COMMAND = pattern(r"(?:(?<=\s)|^)\\[a-zA-Z]{2,}\b")  # with a space before it
_BETWEEN_WORDS = pattern(r"(?<=[^\W\d_A-Z])\\{1,2}(?=[^\W\d_])|(?<=[^\W\d_][.,;:!?])\\{1,2}(?=[^\W_]|$)", re.M)
_SHOWN = pattern(r"[\"'“‘«`(]\\+(?:[nrt]|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)?[\"'”’»`)](?!\w)")  # to a reader
_QUOTED = pattern(r"(?:=[0-9A-F]{2})+|=\r?\n")
_QUOTED_SURE = pattern(r"=(?:C[2-9A-F]|D[0-9A-F]|E[0-9A-F])=[89AB][0-9A-F]|=20$|=3D", re.M)
_EQUALS_SIGN = pattern(r"=(?![0-9A-F]{2}|\r?\n)")


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: no backslash, no equals sign, no beginning of a spreadsheet's escape."""
    return "\\" not in text and "_x" not in text and "=" not in text


@finds
@settled_soon
@gated(_can_skip)
def escapes(text: str) -> Iterator[Edit]:
    r"""Reads escapes that nobody read: of JSON and Python, of spreadsheets, of quoted-printable mail, of AG News.

    Why: records were cut out of JSON or of a CSV file by hand: ``line one\nline two``, ``it\u2019s``, ``caf\xe9``. Spreadsheets
    leave ``_x000D_`` for a carriage return, mail leaves ``=E2=80=99`` and ``=`` at the ends of lines, and the AG News data set has a
    backslash where a line broke: ``dwindling\band of ultra-cynics``.

    The backslashes of a text are read together, or not at all: as escapes if all of them are, as breaks between words if they
    stand only there.

    Keeps: Windows paths, LaTeX, regular expressions, Markdown's escapes, text that shows an escape to its readers
    (``write "\n"``), everything in backticks, fences, tables, code and logs; ``=`` in a text that has other equals signs;
    surrogates without a partner, controls, and what would make a new escape (``\u005c``).

    ``dir\new``, ``CORP\nina``, ``corp\tom``, where a text has no other backslashes: they may be paths and names.

    Risk: medium: ``dir\notes`` alone in a text, without a drive before it, is read as a break, and ``dir\new`` where the text
    has surer ones; ``yes\no`` beside ``and\or`` as words.

    >>> escapes(r"It\u2019s over.\nNobody came to the caf\xe9.")
    'It’s over.\nNobody came to the café.'
    >>> escapes(r"Open C:\new\table and write \textbf{x}.") == r"Open C:\new\table and write \textbf{x}."
    True
    """
    edits = sorted([*_backslashes(text), *_controls(text), *_quoted_printable(text)])
    kinds: Kinds | None = None
    last = 0
    for edit in edits:
        kinds = kinds or Kinds(split(_BACKSLASH.sub(_blank, text)), spacing=False)  # a backslash is a mark of code
        if edit.start >= last and (kinds.at(edit.start) not in LITERAL or edit.why == _QUOTED_PRINTABLE):
            yield edit
            last = edit.end


_QUOTED_PRINTABLE = "quoted-printable"


def _blank(match: "re.Match[str]") -> str:
    return " " * len(match[0])


def _backslashes(text: str) -> Iterator[Edit]:
    """Yield the edits of the backslashes outside of backticks, if all of them are escapes, or all stand between words."""
    if "\\" not in text or _MEANT.search(text) or _COMMAND.search(text) or _SHOWN.search(text):
        return
    found = [match for match in _BACKSLASH.finditer(text) if not _is_shown(text, match)]
    if all(match["break"] and _may_be_path(text, match) for match in found):
        return
    if any(match["other"] for match in found):
        breaks = [*_BETWEEN_WORDS.finditer(text)]
        if len(breaks) + sum(bool(match["mark"]) for match in found) >= len(found):
            for match in breaks:
                spaced = (
                    text[match.start() - 1 : match.start()].isspace() or text[match.end() : match.end() + 1].isspace()
                )
                yield Edit(match.start(), match.end(), "" if spaced else " ", "backslash between words")
        return
    for match in found:
        new = _read(match)
        if new is not None:
            yield Edit(match.start(), match.end(), new, match[0])


def _may_be_path(text: str, match: "re.Match[str]") -> bool:
    """Return whether a break stands within a word and may be part of a path or a name: ``dir\\new``, ``CORP\\nina``."""
    found = _PATH.match(text, match.start())
    if found is None:
        return False
    before = _IN_CAPITALS.search(text, max(0, match.start() - 20), match.start())
    if before and before[0].isupper():
        return True
    rest = found["rest"]
    return len(rest) <= _LONGEST_REST and rest not in listed("function words", "en") | listed("frequent words", "en")


def _is_shown(text: str, match: "re.Match[str]") -> bool:
    start = text.rfind("\n", max(0, match.start() - 400), match.start()) + 1
    end = text.find("\n", match.end(), match.end() + 400)
    line_start = max(start, match.start() - 400)
    line = text[line_start : end if end >= 0 else match.end() + 400]
    return is_literal(literal_spans(line), match.start() - line_start, match.end() - line_start)


def _read(match: "re.Match[str]") -> str | None:
    """Return what an escape stands for, None if it stays."""
    if match["break"]:
        return _BREAKS[match["break"]]
    if match["mark"]:
        return match["mark"]
    if match["unicode"]:
        units = [int(unit, 16) for unit in re.findall(r"[uU]([0-9a-fA-F]{4,8})", match["unicode"])]
        if len(units) == 2 and 0xD800 <= units[0] <= 0xDBFF:
            units = [0x10000 + ((units[0] - 0xD800) << 10) + (units[1] - 0xDC00)]
        if any(0xD800 <= unit <= 0xDFFF or unit > 0x10FFFF for unit in units):
            return None
        new = "".join(map(chr, units))
    else:
        data = bytes(int(byte, 16) for byte in re.findall(r"x([0-9a-fA-F]{2})", match["bytes"]))
        try:
            new = data.decode("utf-8")
        except UnicodeDecodeError:
            new = data.decode("latin-1")
    return new if new.isprintable() and not set(new) & set("\\_=") else None


def _controls(text: str) -> Iterator[Edit]:
    """Yield the escapes of a spreadsheet: a carriage return is a line break, another control nothing."""
    for match in _CONTROL.finditer(text) if "_x0" in text else ():
        code = int(match["code"], 16)
        if code in (9, 10, 13):
            at_end = match.end() == len(text) and not match[0].endswith("\n")
            yield Edit(
                match.start(), match.end(), "" if at_end else " " if code == 9 else "\n", "escape of a spreadsheet"
            )
        elif code < 0x20:
            yield Edit(match.start(), match.start() + 7, "", "escape of a spreadsheet")


def _quoted_printable(text: str) -> Iterator[Edit]:
    """Yield the escapes of a text in quoted-printable, in which every equals sign is one."""
    if "=" not in text or not _QUOTED_SURE.search(text) or _EQUALS_SIGN.search(text):
        return
    for match in _QUOTED.finditer(text):
        if match[0][1] in "\r\n":
            yield Edit(match.start(), match.end(), "", _QUOTED_PRINTABLE)
            continue
        data = bytes.fromhex(match[0].replace("=", ""))
        try:
            new = data.decode("utf-8")
        except UnicodeDecodeError:
            new = data.decode("cp1252", "replace")
        if (new.isprintable() and "\ufffd" not in new and "=" not in new) or new == "=":
            yield Edit(match.start(), match.end(), new, _QUOTED_PRINTABLE)
