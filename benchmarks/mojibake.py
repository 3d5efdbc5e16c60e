"""How much mojibake is repaired, by cleanmedia, ftfy and plsfix: misreadings made from clean text, and what is changed in clean text.

    python benchmarks/mojibake.py [--half report] [--lines 12] [--by route|language|unit|kind] [--markdown]
    python benchmarks/mojibake.py --clean [--half all] [--step N]      # false repairs, each listed
    python benchmarks/mojibake.py --show koi8-r --left -n 20           # what was not repaired exactly, to be read

A route is a pair of encodings: text in the one was read as the other, once or twice. Every route is tried on the lines of every corpus that
it can hold and that it changes: UTF-8 with any of them, an old encoding with those whose language uses it. A piece counts as exact if the
result is the clean text, as left if nothing was changed, and otherwise as other. Runs of spaces count as one space, as a lost no-break
space cannot be told from the space beside it.

Units: single words, lines of 40 and more characters, paragraphs of three such lines, pages of twelve. Kinds: ``alone``; ``mixed``: a correct
dash and a pair of curly quotation marks stand in every line beside the misread words; ``space``: no-break spaces made spaces; ``lost``: bytes that
the wrong encoding leaves undefined made U+FFFD.

The corpora are split in two halves by name: ``dev``, on which the rules were made, and ``report``. The texts lie outside the repository;
see ``clean_text.py``. plsfix is left out if it is not installed.
"""

import argparse
import importlib.util
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

import ftfy
from clean_text import texts
from pages import pages

from cleanmedia.filters import mojibake

KINDS = ("ud", "wiki", "news")
LANGUAGES = {
    "Bulgarian-BTB": "bg", "Cantonese-HK": "zh-Hant", "Chinese-HK": "zh-Hant", "Czech-CAC": "cs", "Dutch-Alpino": "nl", "English-EWT": "en",
    "French-GSD": "fr", "French-Sequoia": "fr", "Greek-GDT": "el", "Hebrew-HTB": "he", "Italian-ISDT": "it", "Japanese-GSD": "ja",
    "Korean-GSD": "ko", "Latvian-LVTB": "lv", "Norwegian-Bokmaal": "no", "Persian-Seraji": "fa", "Polish-PDB": "pl",
    "Portuguese-Bosque": "pt", "Romanian-RRT": "ro", "Slovak-SNK": "sk", "Slovenian-SSJ": "sl", "Swedish-Talbanken": "sv",
    "Vietnamese-VTB": "vi", "xquad-de": "de", "xquad-el": "el", "xquad-en": "en", "xquad-th": "th", "xquad-vi": "vi", "bbc": "en",
}  # fmt: skip
WEST = ("en", "de", "fr", "it", "pt", "nl", "sv", "no")
CENTRE = ("pl", "cs", "sk", "hu", "sl", "ro")
CYRILLIC = ("bg", "ru", "uk")
USED = {
    "windows-1251": CYRILLIC, "koi8-r": CYRILLIC, "cp866": CYRILLIC, "iso-8859-5": CYRILLIC, "mac-cyrillic": CYRILLIC, "windows-1250": CENTRE,
    "iso-8859-2": CENTRE, "windows-1252": WEST, "mac-roman": WEST, "cp850": WEST, "cp437": WEST, "windows-1253": ("el",), "windows-1254": ("tr",),
    "windows-1255": ("he",), "windows-1256": ("ar", "fa"), "windows-1257": ("lt", "lv", "et"), "windows-1258": ("vi",), "cp874": ("th",),
    "gb18030": ("zh-Hans",), "cp950": ("zh-Hant",), "cp932": ("ja",), "euc-jp": ("ja",), "cp949": ("ko",),
}  # fmt: skip
FTFY = (
    "latin-1",
    "windows-1252",
    "windows-1251",
    "windows-1250",
    "windows-1253",
    "windows-1254",
    "windows-1257",
    "iso-8859-2",
    "mac-roman",
    "cp437",
)
MORE = ("koi8-r", "cp866", "mac-cyrillic", "cp850", "windows-1255", "windows-1256", "cp874", "gb18030", "cp932")
CYRILLIC_OLD = ("windows-1251", "koi8-r", "cp866", "iso-8859-5", "mac-cyrillic")
# Right encoding, wrong one, how often; and whether ftfy knows it.
ROUTES = (
    [("utf-8", wrong, times, True) for times in (1, 2) for wrong in FTFY if times == 1 or wrong in ("latin-1", "windows-1252", "windows-1251")]
    + [("utf-8", wrong, 1, False) for wrong in MORE]
    + [
        (right, "windows-1252", 1, False)
        for right in USED
        if right not in ("windows-1252", "windows-1258", "mac-cyrillic")
    ]
    + [(right, wrong, 1, False) for right in CYRILLIC_OLD for wrong in CYRILLIC_OLD if right != wrong]
    + [("windows-1252", wrong, 1, False) for wrong in ("windows-1251", "windows-1250", "mac-roman", "cp437", "cp850")]
)  # fmt: skip
LOSSY = re.compile("[\ufffd\0-\x08\x0b-\x1f\x7f]")
Repair = Callable[[str], str]


def subjects() -> dict[str, Repair]:
    config = ftfy.TextFixerConfig(
        unescape_html=False, remove_terminal_escapes=False, fix_latin_ligatures=False, fix_character_width=False, uncurl_quotes=False,
        fix_line_breaks=False, fix_surrogates=False, remove_control_chars=False, normalization=None, explain=False,
    )  # fmt: skip
    found: dict[str, Repair] = {"cleanmedia": mojibake, "ftfy": lambda text: ftfy.fix_text(text, config)}
    if importlib.util.find_spec("plsfix"):
        import plsfix

        found["plsfix"] = plsfix.fix_text
    return found


def read_as(text: str, right: str, wrong: str, lossy: bool) -> str | None:
    """Return text of one encoding as read in another; None if it cannot be held by the one or is not valid in the other."""
    try:
        data = text.encode(right)
    except UnicodeEncodeError:
        return None
    if wrong in ("gb18030", "cp932"):
        try:
            return data.decode(wrong)
        except UnicodeDecodeError:
            return None
    return "".join(_char(byte, wrong, lossy) for byte in data)


def _char(byte: int, wrong: str, lossy: bool) -> str:
    """Return what a byte is read as: where the encoding has no character for it, U+FFFD or the control of Latin-1."""
    try:
        return bytes((byte,)).decode(wrong)
    except UnicodeDecodeError:
        return "\ufffd" if lossy else chr(byte)


def corpora(half: str) -> dict[str, list[str]]:
    """Return the lines of every corpus that belongs to a half."""
    found = defaultdict(dict)
    for kind in KINDS:
        for text in texts(kind, 1):
            for line in text["text"].split("\n"):
                line = " ".join(line.split(" "))
                if not line.isascii() and line.isprintable():
                    found[text["corpus"]][line.strip()] = None
    names = sorted(found)
    chosen = {"dev": names[::2], "report": names[1::2], "all": names}[half]
    return {name: list(found[name]) for name in chosen}


def pieces(lines: list[str], unit: str, count: int, chance: random.Random) -> Iterator[str]:
    long = [line for line in lines if len(line) >= 40]
    if unit == "word":
        words = [word for line in lines for word in line.split() if not word.isascii() and any(map(str.isalpha, word))]
        yield from chance.sample(words, min(count, len(words)))
    elif unit == "line":
        yield from chance.sample(long, min(count, len(long)))
    else:
        size = 3 if unit == "paragraph" else 12
        for _ in range(count // size):
            if len(long) >= size:
                yield "\n".join(chance.sample(long, size))


def misread(clean: str, kind: str, route: tuple[str, str, int, bool]) -> tuple[str, str] | None:
    """Return a misread text, and the clean one that it was; None if the route does not apply."""
    right, wrong, times, _ = route
    bad = clean
    for _ in range(times):
        new = read_as(bad, right, wrong, kind == "lost")
        if new is None:
            return None
        bad = new
    if kind == "lost" and "\ufffd" not in bad:
        return None
    if kind == "space":
        if "\xa0" not in bad or "\xa0" in clean:
            return None
        bad = bad.replace("\xa0", " ")
    if kind == "mixed":
        bad, clean = (
            "\n".join(f"“{line[: len(line) // 2]}" + line[len(line) // 2 :] + "” – …" for line in text.split("\n"))
            for text in (bad, clean)
        )
    return (bad, clean) if bad != clean else None


def measure(options: argparse.Namespace) -> None:
    tools = subjects()
    tables: dict[str, dict[tuple, Counter]] = {name: defaultdict(Counter) for name in tools}
    for corpus, lines in corpora(options.half).items():
        tag = LANGUAGES.get(corpus)
        for route in ROUTES:
            right, wrong, times, known = route
            if options.route and options.route not in (right, wrong):
                continue
            if right != "utf-8" and tag not in USED[right]:
                continue
            for unit in options.units:
                for kind in options.kinds:
                    chance = random.Random(f"{corpus} {route} {unit}")
                    for clean in pieces(lines, unit, options.lines, chance):
                        made = misread(clean, kind, route)
                        if made is None:
                            continue
                        bad, clean = made
                        name = f"{right} as {wrong}" + (" twice" if times == 2 else "")
                        key = (known, name, corpus, unit, kind)
                        for tool, repair in tools.items():
                            try:
                                got = repair(bad)
                            except Exception as error:
                                got = f"{type(error).__name__}"
                            wanted = (
                                repair(clean) if tool == "plsfix" else clean
                            )  # it does more than this, and cannot be told not to
                            same = " ".join(got.split()) == " ".join(wanted.split())
                            result = "exact" if same else "left" if got == bad else "other"
                            tables[tool][key][result] += 1
                            if (
                                tool == options.tool
                                and result in options.show_results
                                and chance.random() < options.share
                            ):
                                print(
                                    f"{result} {name} {corpus} {unit} {kind}\n  {bad[:150]!r}\n  {got[:150]!r}\n  {clean[:150]!r}"
                                )
    report(tables, options)


def report(tables: dict[str, dict[tuple, Counter]], options: argparse.Namespace) -> None:
    columns = {
        "route": (0, 1),
        "language": (2,),
        "unit": (0, 3),
        "kind": (0, 4),
        "routexlanguage": (0, 1, 2),
        "known": (0,),
    }
    for by in options.by:
        sums: dict[tuple, dict[str, Counter]] = defaultdict(lambda: defaultdict(Counter))
        for tool, table in tables.items():
            for key, counts in table.items():
                sums[tuple(key[place] for place in columns[by])][tool] += counts
        names = list(tables)
        bar = " | " if options.markdown else "  "
        edge = "| " if options.markdown else ""
        print(
            f"\n{edge}{by:44}{bar}{'pieces':>7}{bar}"
            + bar.join(f"{name + ' exact, left, other %':>36}" for name in names)
        )
        if options.markdown:
            print("| --- " * (2 + len(names)) + "|")
        for key in sorted(sums, key=str):
            label = " ".join(
                "ftfy knows" if part is True else "ftfy does not" if part is False else part for part in key
            )
            total = sums[key][names[0]].total()
            row = []
            for name in names:
                shares = [100 * sums[key][name][result] / total for result in ("exact", "left", "other")]
                row.append(f"{', '.join(f'{share:.1f}' for share in shares):>36}")
            print(f"{edge}{label:44}{bar}{total:7}{bar}" + bar.join(row))


def false_repairs(options: argparse.Namespace) -> None:
    """List every change in clean text, and count them per million characters."""
    tools = {
        name: repair for name, repair in subjects().items() if name != "plsfix"
    }  # which changes quotes, widths and more
    changed: dict[str, Counter] = {name: Counter() for name in tools}
    size = 0
    seen = set()
    names = sorted({text["corpus"] for text in texts(None, 1)})
    half = {"dev": set(names[::2]), "report": set(names[1::2]), "all": set(names)}[options.half]
    sources = [(text["corpus"], text["text"]) for text in texts(None, options.step) if text["corpus"] in half]
    if options.half != "dev":
        sources += [(page["id"], page["gold"]) for page in pages(options.step) if page["gold"]]
    for name, text in sources:
        size += len(text)
        for tool, repair in tools.items():
            try:
                new = repair(text)
            except Exception:
                continue
            if new == text:
                continue
            old_lines, new_lines = text.split("\n"), new.split("\n")
            for old, put in zip(old_lines, new_lines, strict=False):
                if old != put:
                    changed[tool][name] += 1
                    if (tool, old) not in seen and tool in options.list:
                        seen.add((tool, old))
                        at = next((at for at, (a, b) in enumerate(zip(old, put, strict=False)) if a != b), 0)
                        print(
                            f"{tool} {name}: {old[max(0, at - 30) : at + 40]!r} -> {put[max(0, at - 30) : at + 40]!r}"
                        )
    print(f"{size:,} characters")
    for tool, counts in changed.items():
        print(
            f"{tool}: {counts.total()} lines changed, {1e6 * counts.total() / size:.2f} a million characters: {dict(counts.most_common(12))}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "report", "all"), default="report")
    parser.add_argument("--lines", type=int, default=12, help="pieces of each corpus, route, unit and kind")
    parser.add_argument("--units", nargs="+", default=["word", "line", "paragraph", "page"])
    parser.add_argument("--kinds", nargs="+", default=["alone", "mixed", "space", "lost"])
    parser.add_argument("--by", nargs="+", default=["known", "route", "unit", "kind", "language"])
    parser.add_argument("--route", help="only routes with this encoding")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--clean", action="store_true", help="measure what is changed in clean text")
    parser.add_argument("--step", type=int, default=1, help="with --clean: every n-th text")
    parser.add_argument(
        "--list", nargs="*", default=["cleanmedia"], help="with --clean: the tools whose changes are listed"
    )
    parser.add_argument("--show", dest="show_results", nargs="*", default=[], choices=("exact", "left", "other"))
    parser.add_argument("--share", type=float, default=0.1, help="with --show: the share that is shown")
    parser.add_argument("--tool", default="cleanmedia", help="with --show: the tool whose results are shown")
    options = parser.parse_args()
    if options.clean:
        false_repairs(options)
    else:
        measure(options)


if __name__ == "__main__":
    sys.exit(main())
