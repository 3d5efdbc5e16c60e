"""Stops that stand twice, and spaces before marks that stand close."""

from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from cleanmedia.core.edits import Edit
from cleanmedia.core.filter import finds, gated, settled
from cleanmedia.page.abbreviations import ends_in_abbreviation, ends_in_initials, may_be_abbreviated
from cleanmedia.page.code import is_code
from cleanmedia.page.kinds import LITERAL, Kinds
from cleanmedia.page.lines import SPACES, lines_with
from cleanmedia.page.literal import is_literal, literal_spans
from cleanmedia.page.patterns import pattern
from cleanmedia.page.spacing import is_tokenised, sets_marks_close
from cleanmedia.page.view import view_of
from cleanmedia.words.lists import listed

__all__ = ["punctuation"]

_CLOSERS = "”»“\"'’›」』"
_OPENERS = "(\\[“„«\"'‘"
_INDIC = "\u0900-\u0963\u0966-\u0d7f"  # letters and vowel signs; the danda stands between them

# Two stops behind a word, where no third follows and nothing is glued on: not "...", "../src", "1..10", "a..z".
_DOUBLED_STOP = pattern(
    rf"(?P<keep>\.)(?<=[^\W_].|[{_CLOSERS})\]%].)\.(?=[{SPACES}]*$|[{SPACES}]+[^\d{SPACES}.]|[{_CLOSERS})](?![\w.])|,(?!\w))"
)
_DOUBLED_IDEOGRAPHIC = pattern(r"(?<=[^\W_]|[”」』）》])(?P<keep>[。，、])(?P=keep)(?!(?P=keep))")
_KANA = pattern("[\u3041-\u30ff]")  # writers of Japanese mean a pause by two marks
_WIDE_ELLIPSES = ("…", "。。。", "、、、", "...")
# A stop behind a closing mark that has one inside: ".”."; not "?”.", "!».".
_STOP_TWICE = pattern(
    rf"(?P<keep>\.(?<=[^\s.\"'“„«‘(\[].)[{_CLOSERS}])\.(?=[{SPACES}]*$|[{SPACES}]+\S)|(?P<keep_wide>。[”」』])。"
)
_CLOSER_BETWEEN_STOPS = pattern(rf"[{_CLOSERS}](?:(?<=\..)\.|(?<=。.)。)")
_DOUBLED = (",,", "،،", "。。", "，，", "、、")
_DOUBLED_COMMA = pattern(
    rf"(?<=[^\W_]|[{_CLOSERS})])(?P<keep>[,،]),(?=[{SPACES}]|$)|(?<=[^\W_]|[{_CLOSERS})\]])(?P<keep_arabic>،)،(?=[{SPACES}]|$)"
)
# A stop behind the "!" or "?" of a word in small letters: a name may end in such a mark ("Yahoo!.").
_STOP_BEHIND_MARK = pattern(
    rf"(?<![:/\\.])\b(?P<word>[^\W\d_])[^\W\d_]*[!?]\.(?=[{SPACES}]*$|[{SPACES}]+(?:[{_OPENERS}]?(?P<next>[^\W\d_])|\.(?:[{SPACES}]*$|[{SPACES}]+[^{SPACES}.])))"
)
_COMMA_APART = pattern(rf"[{SPACES}](?<=[^\W\d_],.)[{SPACES}]*,(?=[{SPACES}]+[^\W\d_])")
_COMMAS_APART = pattern(rf",[{SPACES}]+,")
# A stop behind another that ends a word of two letters or more; not the first of a spaced ellipsis, no cells of a board.
_STOP_APART = pattern(
    rf"[{SPACES}](?<=[^\W\d_]{{2}}[.!?].|[^\W\d_][!?]\..)[{SPACES}]*\.(?=[{SPACES}]*$|[{SPACES}]+[{_OPENERS}]?(?P<next>[^\W_]))"
)
_NOT_CODE = r"""[^()\n=|<>{}*&\\/_$\[\]]"""
_IN_BRACKETS = pattern(
    rf"\((?<![!-~]\()(?P<before>[ \t]*)(?P<content>[^\W_]{_NOT_CODE}{{0,200}}(?<!\s))(?P<after>[ \t]*)\)(?=[{SPACES}.,;:!?،۔।]|$)(?!\s?\.\w)"
)
_BESIDE_BRACKET = pattern(r"[()](?:(?<=\()[ \t]|(?<=[ \t]\)))")
_WORD = pattern(r"[^\W\d_]{3}")
_APOSTROPHE = pattern(r"(?<=\w)'(?=\w)")
_STRAY_SPACE = pattern(
    rf"(?P<gap>[ \t](?<=[^\W_].|[”»“\"’')\]%€$£{_INDIC}].)[ \t]*+)(?P<mark>[,.;:!?،؛؟।۔])(?=[{SPACES}{_CLOSERS})]|$|,[{SPACES}]|[?!]+(?:[{SPACES}]|$))"
)
# A mark that stands apart behind a space, or behind its like. The class of marks comes first, and then that it is glued to a word:
# these are fast, and most marks are.
_WORTH_A_LOOK = pattern(
    rf"[.,;:!?،؛؟।۔。，、()](?:(?<!\w.)(?:(?<=[ \t][,.;:!?،؛؟।۔])(?=[{SPACES}{_CLOSERS}),?!\n]|\Z)|(?<=[ \t][।۔])|(?<=[^.\n]\.\.)(?!\.)|(?<=,,)"
    rf"|(?<=。。)|(?<=，，)|(?<=、、)|(?<=،،)|(?<=[!?]\.)|(?<=[ \t]\))|(?<=\.[{_CLOSERS}]\.)|(?<=。[”」』]。))|(?<=\()(?=[ \t]))"
)
_DANDA_BEHIND = pattern(
    rf"[ \t](?<=[^\W_].|[”»“\"’')\]{_INDIC}].)[ \t]*(?P<mark>[।۔])(?=[^\W\d_]|[“‘])"
)  # the space stands on its wrong side
_AHEAD = pattern(rf"[{SPACES}]*(?P<next>\(?.|$)(?P<single>(?!\S))?")
_SINGLE_BEFORE = pattern(r"(?<!\S)(?P<row>[.:!?] )?\S$")
_FIELD = pattern(r",(?![\s\d,])")  # a comma with no space behind it
_STATEMENT = pattern(
    r"\s*(?:(?:let |local |my |set )?[$\w.:&-]+\s?[.+]?=(?!=)|[a-z0-9]+_\w+\s)"
)  # of code, in a text that is none
_COMMAND = pattern(r"\s*(?:[$#>%]|[a-z][\w.-]*(?:\s+[\w./~*$-]+)*\s*\.\s*$)")
_STRING = pattern(r"\s+(['\"])[^\w\s.]{1,9}\1(?:\s|$)")  # of marks alone
# Marks that are named in a row ("; and :"), and the colon of a map of mathematics ("f : A → B").
_NAMED_AHEAD = pattern(r"\s+(?P<and>\w{2,})\s+(?P<mark>[.,;:!?])(?![^\s.,])")
_NAMED_BEFORE = pattern(r"(?<!\S)(?P<mark>[.,;:!?])\s+(?P<and>\w{2,})$")
_MAP = pattern(r"\s+\S+\s+(?:[→↦⟶]|->)\s")
_VARIABLE = pattern(r"(?<!\S)\$[A-Za-z_]\w*$")  # of PHP or Perl, which join strings with a stop
_CALLED = pattern(r"(?:\w[._]\w+|[a-z][A-Z]\w*|[.(]\w*) $")
_BEHIND_TOKEN = {".": (" .", " /", " ~"), ":": (" .",), ";": (" .", " #", " /")}  # an ellipsis, a path, a comment
_OPTION_BEFORE, _OPTION = pattern(r"\s--?[a-z][\w-]*$"), pattern(r"\s+--?[a-z]")
_COLUMN = 3  # spaces that set columns apart
_GAP = " " * _COLUMN
_COLUMNS = pattern(rf"(?<=\S) {{{_COLUMN},}}(?=\S)")
_NEAR = 80  # code points: another ellipsis so near shows that two dots are one too


def _can_skip(text: str) -> bool:
    """Whether there can be nothing to find: no mark stands twice, and none behind a space."""
    return not _WORTH_A_LOOK.search(text)


@finds
@settled
@gated(_can_skip)
def punctuation(text: str) -> Iterator[Edit]:
    """Removes the second of two stops or commas, and the space before a punctuation mark.

    Why: ``word..`` and ``.”.`` end every other paragraph of machine-translated pages, and occur in users' comments and in
    12 % of one Arabic news corpus; spaces before marks are left where inline markup was cut out, and around brackets.

    Doubled marks may have a space between them (``. .``, ``, ,``). A stop behind the ``!`` or ``?`` of a word is removed, and so are
    spaces inside brackets. A space before ``।`` or ``۔`` moves behind it, if there is none.

    Keeps: everything in tables, CSV, code and logs, in backticks, in mathematics; marks that are named or are tokens
    (``from . import``, ``an optional ! avoids``, ``".."``, a chess board: before a small letter, a stop with a space before it does not
    count as one, unless all stops of the text have one); ``...`` and ``…``, ``..`` as a pause before a small letter, ``。。`` and ``、、`` behind kana; ``?”.`` and
    ``!».`` (right in Spanish, Polish, Russian and British English), ``“the U.S.”.`` and ``„5 tys.”.`` (abbreviations of any
    language), ``../src``, ``1..10``, ``a..z``, ``,,`` as an opening mark, ``?!``, ``:)``, ``Yahoo!.``, scores and times, and
    the spaces of French (in lines whose small words are French, or of no known language) before ``; : ! ?``; in verse, and in
    texts with ``॥``, the space before a danda.

    Risk: low. Two dots between sentences are read as one stop, though some writers mean three.

    >>> punctuation("to this country.. “Incredibly destabilizing.”. And the rest , too")
    'to this country. “Incredibly destabilizing.” And the rest, too'
    >>> punctuation("cd ../src ... 1..10 “U.S.”. Qui est là ? :)")
    'cd ../src ... 1..10 “U.S.”. Qui est là ? :)'
    """
    kinds: Kinds | None = None
    verses = "॥" in text
    apart = lru_cache(partial(is_tokenised, text))
    for at, line in lines_with(_WORTH_A_LOOK, text):
        edits = sorted([*_doubled(line), *_stray(line, apart), *_in_brackets(line)])
        if not edits or is_code(line):
            continue
        kinds = kinds or view_of(text).kinds
        kind = kinds.at(at)
        if kind in LITERAL:
            continue
        spans = literal_spans(line)
        last = 0
        for edit in edits:
            if (
                edit.start < last
                or is_literal(spans, edit.start, edit.end)
                or (edit.why[-1] in "।۔" and (verses or kind == "verse"))
            ):
                continue
            last = edit.end
            yield Edit(at + edit.start, at + edit.end, edit.new, edit.why)


def _doubled(line: str) -> Iterator[Edit]:
    for match in _DOUBLED_STOP.finditer(line) if ".." in line and not _STATEMENT.match(line) else ():
        if not _is_pause(line, match.start(), match.end()):
            yield Edit(match.end("keep"), match.end(), "", "doubled stop")
    for match in _STOP_TWICE.finditer(line) if _CLOSER_BETWEEN_STOPS.search(line) else ():
        at = match.start()
        if match["keep_wide"] or not (ends_in_abbreviation(line, at) or may_be_abbreviated(line, at)):
            yield Edit(match.end() - 1, match.end(), "", "stop behind a closed quotation that has one")
    if any(doubled in line for doubled in _DOUBLED):
        if len(_FIELD.findall(line)) < 2 and line.count("(") <= line.count(")"):  # else of a call: an argument left out
            for match in _DOUBLED_COMMA.finditer(line):
                yield Edit(match.end() - 1, match.end(), "", "doubled comma")
        for match in _DOUBLED_IDEOGRAPHIC.finditer(line):
            near = line[max(0, match.start() - _NEAR) : match.end() + _NEAR]
            if _KANA.match(line, match.start() - 1) or any(ellipsis in near for ellipsis in _WIDE_ELLIPSES):
                continue  # a pause
            yield Edit(match.end() - 1, match.end(), "", "doubled mark")
    for match in _STOP_BEHIND_MARK.finditer(line) if "!." in line or "?." in line else ():
        if match["word"].islower() and not (match["next"] or "").islower():
            yield Edit(match.end() - 1, match.end(), "", "stop behind a mark")
    for match in _STOP_APART.finditer(line) if any(space + "." in line for space in SPACES) else ():
        if not (match["next"] or "").islower():
            yield Edit(match.start(), match.end(), "", "doubled stop")
    apart = [*_COMMA_APART.finditer(line)] if any(space + "," in line for space in SPACES) else ()
    if len(apart) == 1 and len(_COMMAS_APART.findall(line)) == 1:  # more of them: columns without a value
        yield Edit(apart[0].start(), apart[0].end(), "", "doubled comma")


def _is_pause(line: str, start: int, end: int) -> bool:
    """Whether two dots are meant: in quotation marks, before a small letter, among other ellipses, within a line of Arabic."""
    before, ahead = line[start - 1], _AHEAD.match(line, end)["next"]  # type: ignore[index]
    if before in _CLOSERS and line[end : end + 1] in (*_CLOSERS, ")"):
        return True
    if "\u0600" <= before <= "\u06ff":
        return bool(ahead)
    if ahead.islower():
        initials = ends_in_initials(line, start)
        return not (line[start - 2 : start - 1] == "." if initials else ends_in_abbreviation(line, start))
    near = line[max(0, start - _NEAR) : end + _NEAR]
    return bool(ahead) and ("..." in near or "…" in near)


def _stray(line: str, apart: Callable[[], bool]) -> Iterator[Edit]:
    close: bool | None = None  # whether the line's language sets ; : ! ? close
    command: bool | None = None
    columns: bool | None = None
    odd_marks = [mark for mark in "\"'" if line.count(mark) % 2]
    margin, last = len(line) - len(line.lstrip()), len(line.rstrip())
    first_space = line.find(" ", margin)
    for match in _STRAY_SPACE.finditer(line):
        mark, before, after = match["mark"], line[match.start() - 1], line[match.end() : match.end() + 2]
        if mark in ";:!?":
            if close is None:
                close = sets_marks_close(line)
            smiley = mark in ":;" and after[:1].strip(SPACES)
            if not close or smiley or (mark in ":;" and before.isdigit() and after.strip()[:1].isdigit()):
                continue
        if match.start() == first_space and ((mark == ":" and margin) or (mark in ",.;" and match.end() >= last)):
            continue  # a term and what it means, in a list; a command and its argument
        if mark in ".:;":
            command = bool(_COMMAND.match(line) or _STATEMENT.match(line)) if command is None else command
            if command or after in _BEHIND_TOKEN[mark]:
                continue
            if mark == "." and (
                _OPTION_BEFORE.search(line, max(0, match.start() - 40), match.start())
                or _OPTION.match(line, match.end())
            ):
                continue  # an argument: "pip install -e ."
        if before in odd_marks or _is_in_row(line, match.start(), match.end("mark")):
            continue
        if mark == ":" and _MAP.match(line, match.end()):
            continue
        if mark == "." and "$" in line and _VARIABLE.search(line, max(0, match.start() - 40), match.start()):
            continue
        if before in "\"'" and after[:1] == " " and after[1:] == before:  # a mark that is named: " . "
            continue
        gap = match.end("gap") - match.start("gap")
        if columns is None:
            columns = _GAP in line and _COLUMNS.search(line) is not None
        if columns if gap < _COLUMN else line[match.end() :].strip(SPACES):
            continue  # within a row, or a column of its own
        if mark in ",;" and gap > 1 and not line[margin + 1 : match.start()].strip(SPACES):
            continue  # of two characters: a row of a table of keys
        if mark in ".:!?":
            ahead = _AHEAD.match(line, match.end())
            assert ahead
            single = _SINGLE_BEFORE.search(line, max(0, match.start() - 4), match.start())
            first = single and single.start() == margin  # of two: a row of a table of keys
            if single and ahead["single"] is not None and (ahead["next"] or single["row"] or first):
                continue
            if _STRING.match(line, match.end()):
                continue
            small = mark != ":" and ahead["next"].strip("(" if mark == "." else "").islower()
            joined = ahead["next"] == "," and not ends_in_abbreviation(line, match.start())
            if (small or joined) and not apart():
                continue
        yield Edit(match.start("gap"), match.end("gap"), "", "space before " + mark)
    for match in _DANDA_BEHIND.finditer(line) if "।" in line or "۔" in line else ():
        yield Edit(match.start(), match.end(), match["mark"] + " ", "space before " + match["mark"])


def _is_in_row(line: str, start: int, end: int) -> bool:
    """Whether a mark is named beside a different one: "a space before ; and :"."""
    ahead, before = _NAMED_AHEAD.match(line, end), _NAMED_BEFORE.search(line, max(0, start - 20), start)
    return any(
        found and found["mark"] != line[end - 1] and found["and"].lower() in listed("and") for found in (ahead, before)
    )


def _in_brackets(line: str) -> Iterator[Edit]:
    if not _BESIDE_BRACKET.search(line) or "//" in line or "│" in line or _STATEMENT.match(line):
        return
    for match in _IN_BRACKETS.finditer(line):
        content = match["content"]
        named = (len(content) == 1 and content.isalpha()) or content in listed("and")
        if named or (not (match["before"] and match["after"]) and not _WORD.search(content)):
            continue
        quoted = content.count('"') % 2 or "'" in _APOSTROPHE.sub("", content)
        if not quoted and not _CALLED.search(line, max(0, match.start() - 40), match.start()):
            for name in ("before", "after"):
                if match[name]:
                    yield Edit(*match.span(name), "", "space inside brackets")
