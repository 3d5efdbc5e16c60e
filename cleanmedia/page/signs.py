"""What a single line shows of the kind of text that it stands in: marks of code, a speaker's name, the end of a verse."""

from collections.abc import Iterable

from cleanmedia.page.code import is_code
from cleanmedia.page.items import starts_item
from cleanmedia.page.memo import Memo
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import is_prose
from cleanmedia.page.scripts import UNSPACED

__all__ = ["LONGEST_CUE", "LONGEST_SEEN", "SignCounts"]

LONGEST_SEEN = 400  # code points of a line that are looked at
# Weak signs of code: a statement of Vim, shell, Perl or C, a string of a JSON list, a comment, a bracket alone.
_STATEMENT = pattern(
    r"\s*(?:(?:let|set|setlocal|syn|syntax|hi|highlight|call|unlet|command|augroup|au|autocmd|local|export|my|our|use|static|int|void"
    r"|char|struct|echo|printf|shift|exit|return|break|goto|if|elif|elseif|while|for|case)\b[^.!?]*|(?:endif|endfor|endwhile|endfunc"
    r"|endfunction|end|fi|done|esac|else|then|do|finish)\b.{0,40}|[#%\"]\s.*|[\"'][^\"']*[\"']\s*[,:].*|[\[\](){}*/]+[,;]?)$"
)
_MARKS = pattern(r"[!-/:-@\[-`{-~]")  # of ASCII
_SETTING = pattern(r"\s*(?:- )?[\w./-]{1,40}\s?[:=](?:\s|$)")
_EVENT = pattern(
    r"\s*\W{0,2}(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d[-/.]\d\d[-/.]\d\d(?:\d\d)?|(?:[A-Z][a-z]{2} ){1,2}[ \d]?\d|\d{6,})\W{0,2}[T ]\s*(?:\d\d:\d\d:\d\d|\d{6}\b)|\s*\[?(?:DEBUG|INFO|WARN|WARNING|ERROR|FATAL|TRACE)\b"
)
_HEADER = pattern(r"(?:[A-Z][\w-]{1,30}: \S|>)")
_CUE = pattern(
    r"\s*(?:[^\W\d_][\w .'’-]{0,30}(?:\s?\([^)]{1,30}\))?\s?[:：](?:\s|$)|[<\[(]?[\w.| -]{1,20}[>\])]\s?\S|[（(][^）)]{1,20}[）)])"
)
_MARK_OF_CUE = pattern(r"[:：>\])）]")  # each cue has one
_TIMED = pattern(r"\s*[\[(<]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?\W|\d+$")
_DASH = pattern(r"\s*[-–—―]\s?[^\W\d]")
_SPEECH_END = pattern(r"[.!?…;,][\"'”’»)]*$")
_VERSE_ENDS = frozenset(",;:—–.!?…，。；！？、")  # the marks behind a verse
_CLOSERS = "\"'”’»)"  # that may stand behind these
_LONGEST_NAME = 70  # code points of a name before a mark, and of what stands in brackets behind it
LONGEST_CUE = 40  # code points of a line in capitals that names a speaker


_NAMES = [
    "code",
    "statement",
    "header",
    "cue",
    "time",
    "speech",
    "drawing",
    "pause",
    "setting",
    "event",
    "capitals",
    "words",
    "item",
    "prose",
    "text",
]
_BITS = 16  # of a count
_SHIFTS = {name: _BITS * place for place, name in enumerate(_NAMES)}
_ONE = {name: 1 << shift for name, shift in _SHIFTS.items()}
_LAST = (1 << _BITS) - 1


def _signs(line: str) -> int:
    bare = line.strip()
    first, last = bare[:1], bare[-1:]
    found = 0
    sure, prose = is_code(line), is_prose(line)
    if sure:
        found += _ONE["code"]
    elif not first.isupper() and _STATEMENT.match(line):
        found += _ONE["statement"]
    if (line[:1] == ">" or ": " in line) and _HEADER.match(line):
        found += _ONE["header"]
    if _MARK_OF_CUE.search(bare, 0, _LONGEST_NAME) and _CUE.match(line):
        found += _ONE["cue"]
    if not first.isalpha():
        if _TIMED.match(line):
            found += _ONE["time"]
        if _DASH.match(line) and _SPEECH_END.search(line):
            found += _ONE["speech"]
        if len(bare) > 3 and len(_MARKS.findall(bare)) * 2 > len(bare):
            found += _ONE["drawing"]
    if not last.isalnum() and bare.rstrip(_CLOSERS)[-1:] in _VERSE_ENDS:
        found += _ONE["pause"]
    if (":" in bare or "=" in bare) and _SETTING.match(line):
        found += _ONE["setting"]
    if not first.islower() and _EVENT.match(line):
        found += _ONE["event"]
    if len(line) < LONGEST_CUE and line.isupper():
        found += _ONE["capitals"]
    if bare.count(" ") >= 2 or (not line.isascii() and UNSPACED.search(line)):
        found += _ONE["words"]
    if starts_item(line):
        found += _ONE["item"]
    if prose:
        found += _ONE["prose"] if sure else _ONE["prose"] + _ONE["text"]
    return found


_counts: Memo[int] = Memo(_signs)  # what each line shows, one count beside the other in one number


class SignCounts:
    """How many of some lines show each sign: ``SignCounts(lines)["code"]``. There may be up to 65,535 lines."""

    __slots__ = ("_all",)

    def __init__(self, lines: Iterable[str]) -> None:
        self._all = sum(map(_counts.__getitem__, [line[:LONGEST_SEEN] for line in lines]))

    def __getitem__(self, name: str) -> int:
        return self._all >> _SHIFTS[name] & _LAST
