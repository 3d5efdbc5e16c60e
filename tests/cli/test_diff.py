"""What --diff shows: a unified diff in a pipe, and changed lines with the reasons in the margin at a terminal."""

import os
import pty
import re
import subprocess
import sys

import pytest
from ftfy.formatting import monospaced_width
from hypothesis import given
from hypothesis import strategies as st

from cleanmedia import ARTICLE, NEWS, Edit, finds
from cleanmedia.cli.diff import diff
from cleanmedia.cli.diff_terminal import diff as shown
from cleanmedia.core.history import Trace
from cleanmedia.core.pipeline import Pipeline
from tests.support.folders import SAMPLES
from tests.support.strategies import texts

DIRTY = "It&# 39;s over..\nShare on Facebook\n\n\nThe end\n"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def trace_of(text, *edits):
    return Pipeline(finds(named_given(edits))).trace(text) if edits else Trace(text, text, ())


def named_given(edits):
    def given(text):
        return edits

    return given


def patched(source, changes):
    """The source with a unified diff applied to it, strictly: what `patch` does."""
    old = re.findall(r"[^\n]*\n|[^\n]+", source)
    out, at = [], 0
    lines = changes.split("\n")[:-1]
    assert not lines or (lines[0].startswith("--- ") and lines[1].startswith("+++ "))
    place = 2
    while place < len(lines):
        start, count, new_start, new_count = re.match(
            r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ", lines[place]
        ).groups()
        start, count, new_count = int(start), int(count or 1), int(new_count or 1)
        begin = start - 1 if count else start
        out += old[at:begin]
        at = begin
        assert int(new_start) == len(out) + (1 if new_count else 0)
        place += 1
        while count or new_count or (place < len(lines) and lines[place].startswith("\\")):
            sign, line = lines[place][0], lines[place][1:] + "\n"
            if place + 1 < len(lines) and lines[place + 1].startswith("\\"):
                line = line[:-1]
                place += 1
            place += 1
            if sign in " -":
                assert old[at] == line
                at += 1
                count -= 1
            if sign in " +":
                out.append(line)
                new_count -= 1
    return "".join(out + old[at:])


def test_a_unified_diff():
    assert diff(NEWS.trace(DIRTY), "page.txt") == (
        "--- page.txt\n+++ page.txt\n"
        "@@ -1,5 +1,3 @@ entities (&# 39;), punctuation (doubled stop), widgets (share (en): Share on {network}), "
        "whitespace (blank line)\n"
        "-It&# 39;s over..\n+It's over.\n-Share on Facebook\n \n-\n The end\n"
    )
    assert diff(NEWS.trace("Fine.\n"), "page.txt") == ""


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("a\nb", [Edit(1, 2)]),  # lines that are joined
        ("ab\nc", [Edit(1, 1, "\n")]),  # a line that is cut in two
        ("ab\nc\n", [Edit(1, 4, "\nx")]),
        ("a\nb", [Edit(3, 3, "\n")]),  # a last line that gets its break
        ("a\nb\n", [Edit(3, 4)]),  # or loses it
        ("a\nb\n", [Edit(0, 4)]),
        ("", [Edit(0, 0, "a\n")]),
        ("a\n" * 30, [Edit(2, 4), Edit(30, 31, "b"), Edit(58, 60)]),
    ],
)
def test_a_patch_makes_the_clean_text(text, edits):
    trace = trace_of(text, *edits)
    assert patched(text, diff(trace, "x")) == trace.text


@given(texts)
def test_a_patch_makes_the_clean_text_of_any(text):
    trace = NEWS.trace(text)
    assert patched(text, diff(trace, text)) == trace.text


@given(st.data(), st.text("ab\n", max_size=12))
def test_a_patch_of_any_edits(data, text):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    edits = [Edit(a, b, data.draw(st.text("x\n", max_size=2))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    trace = trace_of(text, *edits)
    assert patched(text, diff(trace, "x")) == trace.text


def test_at_a_terminal():
    assert shown(NEWS.trace(DIRTY), "page.txt", 80, colour=False) == (
        "page.txt\n"
        "5 changes, 45 → 20 characters\n"
        "    1 It[-&# 39;-]{+'+}s over.[-.-]                 │ entities: &# 39;\n"
        "                                                    │ punctuation: doubled stop\n"
        "    2 [-Share on Facebook-]                         │ widgets: share (en):\n"
        "                                                    │ Share on {network}\n"
        "    4 ↵                                             │ whitespace: blank line\n"
        "    5 The end                                       │\n"
    )
    coloured = shown(NEWS.trace(DIRTY), "page.txt", 80)
    assert "It\x1b[9;31m&# 39;\x1b[0m\x1b[1;32m'\x1b[0ms over." in coloured
    assert "[-" not in COLOUR.sub("", coloured)
    assert shown(NEWS.trace("Fine.\n"), "page.txt") == ""


def test_a_narrow_terminal_has_the_reasons_below():
    assert shown(NEWS.trace("Text.\nShare on Facebook\n"), "x", 40, colour=False).endswith(
        "    2 [-Share on Facebook-]\n        widgets: share (en): Share on\n        {network}\n"
    )


def test_long_lines_are_shortened_around_the_changes():
    text = "The council voted to keep the bridge open. " * 9 + "It was over.. " + "And nobody was surprised by it. " * 9
    out = shown(NEWS.trace(text), "x", 80, colour=False)
    assert "… open. It was over.[-.-] And nobody was" in " ".join(re.findall(r"^ {4}.{2}(.*?) *│", out, re.M))
    assert out.count("\n") < 6
    dropped = shown(ARTICLE.trace(text + "\n" + "Home | News | Sport | Weather | " * 40), "x", 80, colour=False)
    assert dropped.count("\n") < 12


CLUSTERS = "\u200c" * 40 + "x..\n" + "\u1100" * 90 + "..\n" + "e" + "\u0301" * 90 + "..\n" + "🇫🇷" * 60 + "..\n"
WIDE = "他说：“这是一条很长的中文句子，没有空格，需要在任何地方换行，因为终端只有八十列。”&# 33;分享到微博\n分享到：新浪微博\n"
RIGHT_TO_LEFT = "قال الوزير إن الجسر سيبقى مفتوحا&# 33; وأضاف أنه لا يعرف متى..\nشارك على فيسبوك\n"


@pytest.mark.parametrize(
    "text", [DIRTY, WIDE, RIGHT_TO_LEFT, "👩‍👩‍👧‍👦 é..  X\n", "नमस्ते दुनिया&# 33;.. ठीक है\n", CLUSTERS]
)
@pytest.mark.parametrize("width", [30, 59, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(text, width):
    for colour in (True, False):
        out = shown(NEWS.trace(text * 3), "page.txt", width, colour)
        for line in out.splitlines():
            assert monospaced_width(COLOUR.sub("", line)) <= width
    if width >= 60:
        places = {monospaced_width(COLOUR.sub("", line).split("│")[0]) for line in out.splitlines() if "│" in line}
        assert len(places) == 1, "the margin begins in the same column, after wide characters too"


def test_many_lines():
    out = shown(NEWS.trace("x\n" * 123_456 + "So it was..\n"), "x", 80, colour=False)
    assert "1 change, " in out
    assert "\n123457 So it was.[-.-] " in out
    assert all(monospaced_width(line) <= 80 for line in out.splitlines())


def test_right_to_left_text_stays_in_its_column():
    out = shown(NEWS.trace(RIGHT_TO_LEFT), "x", 80)
    for line in out.splitlines()[2:]:
        assert line.count("\u2068") == line.count("\u2069") <= 1
        assert "\u2069" not in line.partition("│")[2]
    assert "\u2068" in out
    assert "\u2068" not in shown(NEWS.trace(DIRTY), "x", 80)


def test_no_text_steers_the_terminal():
    evil = "\x1b[2J\x1b]0;title\x07 over..\x9b31m\u202eabc\x7f\r\n\x1b[31mShare on Facebook\n"
    out = shown(NEWS.without("characters").trace(evil), "\x1b[2Jname\n", 80)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", COLOUR.sub("", out))
    assert "␛[31mShare" in out
    heading = diff(NEWS.without("characters").trace(evil), "\x1b[2Jname\n").split("\n")[0]
    assert heading == r"--- \x1b[2Jname\n"


@given(texts, st.integers(30, 100))
def test_any_text_at_a_terminal(text, width):
    out = shown(NEWS.trace(text), "x", width, colour=False)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", out)
    assert all(monospaced_width(line) <= width for line in out.splitlines())


def at_terminal(*arguments, columns=80, env=None):
    main, other = pty.openpty()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "cleanmedia", *map(str, arguments)],
            stdout=other,
            env={**os.environ, "TERM": "xterm", "COLUMNS": str(columns), "NO_COLOR": "", **(env or {})},
        )
        os.close(other)
        out = b""
        try:
            while piece := os.read(main, 65536):
                out += piece
        except OSError:  # the other end is closed
            pass
        return process.wait(60), out.decode().replace("\r\n", "\n")
    finally:
        os.close(main)


def test_a_real_terminal():
    page = SAMPLES / "voa-libya.txt"
    trace = NEWS.trace(page.read_text("utf-8"))
    assert at_terminal("--diff", page) == (1, shown(trace, str(page), 80))
    assert at_terminal("--diff", page, columns=120) == (1, shown(trace, str(page), 120))
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert at_terminal("--diff", page, env=env) == (1, shown(trace, str(page), 80, colour=False))


def test_on_real_pages(real_pages):
    for page in real_pages(50):
        trace = NEWS.trace(page["text_flat"])
        assert patched(trace.source, diff(trace, "x")) == trace.text
        for line in shown(trace, page["id"], 80, colour=False).splitlines():
            assert monospaced_width(line) <= 80
