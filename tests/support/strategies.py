"""Texts as this library meets them: made of the pieces of dirt that its filters look for, and of ordinary text."""

from textwrap import fill

from hypothesis import strategies as st

REFERENCES = (
    (
        "&amp; &# 171; &# 187; & #171; &#171 ; & laquo; &laquo ; & raquo; &#x AB; &#147; &#148; &QUOT; &amp;amp; &amp;laquo; &＃171； "
        "&nbsp؛ &nbsp; &#8203; &#65279; &shy; #39;s  #39;s #36;10 quot; und@auml; und@quot; et@quot@; & Rsquo; & # 39 ; &am &am&amp;p; &lt; "
        "&#38;eacute; &#10; &#13; &#133; &#xD800; &not AT&T; &copy=2 &copy@2012 &ndash amp;laquo; &лаqуо; &zwj; &#x202e; # & ; &# p; amp;"
    )
    .replace("@", " ")
    .split(" ")
)
MARKS = [*"“”„‘’‚«»‹›\"'", "“.", " “.", ".”.", ". “.", "!».", "?”.", ",,", "''", "« ", " »", "“ ", " ”", "„"]
STOPS = [
    "..",
    "...",
    "…",
    ".",
    " .",
    " ,",
    ",",
    ",,",
    " !",
    " ?",
    " :",
    " ;",
    "?!",
    ". . .",
    "。。",
    "。",
    "،",
    ":)",
    "../x",
    "1..10",
    "U.S..",
]
INVISIBLE = list(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202e\u2060\ufeff\u00a0\u2009\u202f\u3000\x00\x08\x1b\x7f\x85\x92\x9d\ufffc\ufffe"
)
INVISIBLE += [
    "\x1b[31m",
    "\u0301",
    "\u0316",
    "\u05b8",
    "\ud83d",
    "\ude00",
    "\ud83d\ude00",
    "👩\u200d👧",
    "❤\ufe0f",
    "🏴\U000e0067\U000e007f",
    "می\u200cخ",
    "क्\u200dष",
]
BREAKS = ["\n", "\n\n", "\r\n", "\r", "\n\n\n", "\u2028", "\x0b", "\x0c", "\x1c", " \n", "\n  ", "\t", "\n\t"]
MOJIBAKE = ["VerÃ¶ff", "Ã©", "ItвЂ™s", "Â©", "â€™", "â€œ", "Ã ", "Â ", "fa√ßade", "\xe2\x80\x99", "ï¼†", "Ã", "Ã\x85"]
WORDS = [
    "the",
    "a",
    "of",
    "word",
    "Word",
    "WORD",
    "new",
    "said",
    "Oil",
    "prices",
    "rise",
    "Libya",
    "10",
    "2012",
    "1984",
    "le",
    "chat",
    "est",
    "là",
    "und",
    "der",
    "ist",
    "mit",
    "Слово",
    "и",
    "на",
    "не",
    "他说",
    "新闻",
    "ですか",
    "می",
    "خواهم",
    "שלום",
    "café",
    "naïve",
    '5"',
    "6'",
    ":)",
    "-",
    "•",
    "*",
    "1.",
    ">",
    "|",
    "{x}",
    "=",
    "(",
    ")",
]
# The dirt of published corpora, within a sentence.
INLINE = (
    "end.Next", "fly.I went", "in 1998.The", "bridge.NATO", ".“Deri", "है।उन", "doesnt", "theyre", "dont", "cétait", "… [+1591 chars]", "[+12 chars]",
    "(Photo: AFP)", "Photo: Ann Miller/AFP", "Getty Images", "(Reporting by Ann; editing by Bert)", "(", ")", "LONDON (Reuters) - The", "Wien – Der",
    "TRIBUNNEWS.COM, JAKARTA - Satu", "https://t.co/Yxg4kJCR2s", "www.example.org", "#tag", "#one #two", "@ann_miller", "(@annm) January 5, 2017", "— Ann",
    "pic.twitter.com/Q8FF", "<b>", "</b>", '<a href="x">', "</a>", "<br>", "<p>", "&nbsp;", "[text](https://example.org/a)", "![x](/a.png)", "\\n", "\\u2019",
    "\\xe9", "\\xe2\\x80\\x99", "_x000D_", "\\", "=E2=80=99", "=\n", "did n't", "``", "''", "-LRB-", "-RRB-", " ,", " .", "( late )", "' s", "$ 5", "।", " ।वह", ". .", "?. .",
)  # fmt: skip
TITLE = "The council votes to keep the “old” bridge open"
PROSE = (
    "The council met on Tuesday evening and voted, eleven to two, to keep the old bridge open, said the mayor.",
    "“We waited,” she told the reporters who had come to the town hall, “and it was worth it.”",
    "Der Rat tagte am Dienstagabend und stimmte mit elf zu zwei Stimmen dafür, die „alte“ Brücke offen zu halten.",
)
LINES = (
    TITLE,
    TITLE.upper(),
    TITLE + " | Example News",
    "The council votes to keep the &# 171; old&# 187; bridge open",
    "The council votes to keep old bridge open",
    "The council votes to keep…",
    "Download Adobe Flash Player",
    "No media source currently available",
    "The end. No media source currently available",
    "  • Share on Facebook",
    "Share on Twitter",
    "I will follow",
    "Similar articles",
    "Home",
    "World",
    "Sport",
    "Comments",
    "12 comments",
    "A short line between",
    "def f(x):",
    "    return x;",
    "a    b    c",
    "d    e    f",
    "| a | b |",
    "-- ",
    "",
    "   ",
)


def _stretched(line: str, place: int, gap: str) -> str:
    """A line with a wider gap between two of its words, or before the first."""
    words = line.split(" ")
    place %= len(words)
    return " ".join(words[:place]) + gap + " ".join(words[place:])


stretched = st.builds(
    _stretched,
    st.sampled_from(
        (
            *LINES,
            *PROSE,
            "No media source currently available" + PROSE[0],
            "Home | World | Sport",
            "Home World Sport",
            f"{PROSE[0]} No media source currently available",
        )
    ),
    st.integers(0, 30),
    st.sampled_from(("  ", "   ", " " * 9, "\t", " \t", "\u00a0 ")),
)
# Lines of several margins, as converters nest lists and boxes: items, labels, paragraphs, code, with blank lines among them.
outlines = st.lists(
    st.tuples(
        st.sampled_from((0, 0, 2, 2, 3, 4, 6, 10)),
        st.sampled_from(
            (*LINES, *PROSE, "* one", "*", "1. One", "2. Two", "10. Ten", "a. An", "Title:", "name: value", "::", "```")
        ),
        st.sampled_from(("\n", "\n", "\n\n", "\n\n\n")),
    ),
    max_size=14,
).map(lambda lines: "".join(" " * margin + line + end for margin, line, end in lines))
_piece = st.one_of(
    *map(st.sampled_from, (REFERENCES, MARKS, STOPS, INVISIBLE, BREAKS, MOJIBAKE, WORDS)), st.text(max_size=5)
)
scraps = st.lists(_piece, max_size=24).map("".join)
spaced = st.lists(st.one_of(_piece, st.just(" ")), max_size=24).map(" ".join)
pages = st.lists(st.one_of(st.sampled_from(LINES), st.sampled_from(PROSE), stretched, scraps), max_size=14).flatmap(
    lambda lines: st.sampled_from(("\n", "\n\n", "\n  ")).map(lambda between: between.join(lines))
)

# One thing many times, in the middle of something else.
repeats = st.builds(
    lambda before, piece, count, after: before + piece * count + after, scraps, _piece, st.integers(2, 200), scraps
)

# Letters of scripts that have rules of their own, one beside the other, with the line breaks of all systems.
SCRIPTS = "aäßéñłžığœ αβγάς абвёіў אבגּ ابتيپ कख्गा กขค่ 中文字體 かなカナｶﾅ 한국어 ﬁ½№™ 𝒜🙂👩‍👧🏴󠁧󠁢󠁥󠁮󠁧󠁿"
mixed = st.lists(
    st.one_of(st.sampled_from(SCRIPTS), st.sampled_from([*BREAKS, *MARKS, *STOPS, *INVISIBLE])), max_size=40
).map("".join)

# Text read in the wrong encoding, once or twice.
_ENCODINGS = (
    "latin-1",
    "cp1252",
    "cp1250",
    "cp1251",
    "macroman",
    "cp437",
    "koi8-r",
    "shift_jis",
    "gb18030",
    "utf-16-le",
)


def _misread(text: str, written: str, read: str) -> str:
    return text.encode(written, "replace").decode(read, "replace")


_words = st.lists(st.one_of(st.sampled_from(WORDS + list(SCRIPTS)), st.sampled_from(MARKS)), max_size=12).map(" ".join)
misread = st.builds(
    _misread, st.one_of(_words, scraps), st.sampled_from(("utf-8", *_ENCODINGS)), st.sampled_from(_ENCODINGS)
)
misread = st.one_of(misread, st.builds(_misread, misread, st.just("utf-8"), st.sampled_from(_ENCODINGS[:6])))

inline = st.lists(
    st.one_of(st.sampled_from(INLINE), st.sampled_from(INLINE), st.sampled_from(WORDS), st.sampled_from(PROSE)),
    max_size=16,
).flatmap(lambda pieces: st.sampled_from((" ", "", "\n")).map(lambda between: between.join(pieces)))
wrapped = st.builds(
    lambda words, width, margin: "\n".join(margin + line for line in fill(" ".join(words), width).split("\n")),
    st.lists(st.sampled_from((*WORDS[:19], *PROSE, "well-", "NATO", "- item", "")), min_size=20, max_size=60),
    st.integers(38, 90),
    st.sampled_from(("", "  ")),
)

texts = st.one_of(
    st.text(st.characters(), max_size=60), scraps, spaced, pages, outlines, repeats, mixed, misread, inline, wrapped
)
