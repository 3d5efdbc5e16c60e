"""What a single line shows of the kind of text that it stands in: marks of code, a speaker's name, the end of a verse."""

from cleanmedia.page.code import is_code
from cleanmedia.page.items import starts_item
from cleanmedia.page.memo import Memo
from cleanmedia.page.patterns import pattern
from cleanmedia.page.prose import is_prose
from cleanmedia.page.scripts import UNSPACED

__all__ = ["LONGEST_CUE", "LONGEST_SEEN", "signs"]

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
_TIMED = pattern(r"\s*[\[(<]?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?\W|\d+$")
_DASH = pattern(r"\s*[-–—―]\s?[^\W\d]")
_SPEECH_END = pattern(r"[.!?…;,][\"'”’»)]*$")
_VERSE_END = pattern(r"[,;:—–.!?…，。；！？、][\"'”’»)]*$")
LONGEST_CUE = 40  # code points of a line in capitals that names a speaker


def _signs(line: str) -> tuple[str, ...]:
    line = line[:LONGEST_SEEN]
    bare = line.strip()
    first, last = bare[:1], bare[-1:]
    found = []
    sure, prose = is_code(line), is_prose(line)
    if sure:
        found.append("code")
    elif not first.isupper() and _STATEMENT.match(line):
        found.append("statement")
    if _HEADER.match(line):
        found.append("header")
    if _CUE.match(line):
        found.append("cue")
    if not first.isalpha():
        if _TIMED.match(line):
            found.append("time")
        if _DASH.match(line) and _SPEECH_END.search(line):
            found.append("speech")
        if len(bare) > 3 and len(_MARKS.findall(bare)) * 2 > len(bare):
            found.append("drawing")
    if not last.isalnum() and _VERSE_END.search(bare):
        found.append("pause")
    if (":" in bare or "=" in bare) and _SETTING.match(line):
        found.append("setting")
    if _EVENT.match(line):
        found.append("event")
    if len(line) < LONGEST_CUE and line.isupper():
        found.append("capitals")
    if bare.count(" ") >= 2 or (not line.isascii() and UNSPACED.search(line)):
        found.append("words")
    if starts_item(line):
        found.append("item")
    if prose:
        found.append("prose")
        if not sure:
            found.append("text")
    return tuple(found)


signs: Memo[tuple[str, ...]] = Memo(_signs)  # of each line, the names of what it shows
