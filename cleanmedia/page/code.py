"""Source code, shell sessions and tables drawn with bars: lines whose spaces and marks mean something."""

from itertools import islice

from cleanmedia.page.patterns import pattern

__all__ = ["is_code"]

_LONGEST, _MARKS_OF_LONG = 400, 4  # code points of a line of code; how many marks a longer line has among as many

_CODE = pattern(
    r"[{}]|;\s*$|\w\([\"\')]|\)\s?->\s?\S|\"\$[^\W\d]|=>|[=!]=|&&|\|\||::\w|^\s*(?:[$%>] |>>> |#(?:define|elif|if|ifn?def|pragma|undef)\s|#(?:else|endif)\s*$|//|/\*|@@|\+\+\+ |--- \S|#include|#!/)|\|.*\||\\\w|</?\w+[^<>]{0,80}>"
    r"|^\s*(?:def|class|if|elif|else|for|while|with|try|except|return|import|from|func|fn|let|var|const)\b.*[:(=]\s*$|\w\s*=\s*[\"'\[(]"
    r"|\b[0-9a-f]{32,}\b|^(?>.*?\b(?:SELECT|INSERT|UPDATE|DELETE)\b).*\b(?:FROM|INTO|SET)\b"
)


def is_code(line: str) -> bool:
    """Return whether a line has the marks of source code, of a shell or of a table drawn with bars: its spacing means something.

    A line that is longer than lines of code are must begin with several such marks: a paragraph may have a tag or an address.
    """
    if len(line) > _LONGEST:
        line = line[:_LONGEST].strip()
        return _may_be_code(line) and len([*islice(_CODE.finditer(line), _MARKS_OF_LONG)]) == _MARKS_OF_LONG
    return _may_be_code(line) and bool(_CODE.search(line.strip()))


# Every mark of code has one of these; but for checksums and SQL, which have none.
_MARK_OF_CODE = pattern(
    r"[{};=&|$%>@+#\\</:(-](?:(?<=[{}])|(?<=[;:(=])\s*\Z|(?<==)(?:[=>]|\s*[\"'\[(])|(?<=!=)|(?<=&)&|(?<=\|)[^|]*\||(?<=[$%>]) |(?<=\"\$)"
    r"|(?<=->)|(?<=@)@|(?<=\+)\+|(?<=#)[a-z!]|(?<=\\)\w|(?<=<)/?\w|(?<=/)[/*]|(?<=:):|(?<=\()[\"')]|(?<=-)--)"
)
_HEX = pattern("[0-9a-f]{4}")


def _may_be_code(line: str) -> bool:
    return (
        bool(_MARK_OF_CODE.search(line))
        or (len(line) >= 32 and bool(_HEX.search(line[::8])))  # a checksum has 32 hexadecimal digits in a row
        or ("E" in line and ("SELECT" in line or "INSERT" in line or "UPDATE" in line or "DELETE" in line))
    )
