"""Dirt put into clean articles at known places: how much of it is repaired exactly, how much is left, how much damage is done.

    python benchmarks/injected_dirt.py [--step N] [--per-page N] [--seed N] [--show KIND]

Every article is the gold body of a page of the benchmark, in whatever language, under its title. First table: what NEWS takes from
the articles as they are, which should be nothing but what is no part of them. Then NEWS's own output, in which it
finds no more, gets one piece of dirt of one kind, and must come back as it was. Repaired exactly: every character is what it was.
Left: the text comes out with the dirt in it, otherwise whole. Damaged: a letter or digit of the article is gone or changed.
"""

import argparse
import difflib
import html
import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pages import pages

from cleanmedia import NEWS
from cleanmedia.phrases.catalogue import catalogue

SHORTEST = 400  # code points of an article


class Article(NamedTuple):
    """A clean article."""

    title: str
    text: str
    language: str


Dirt = Callable[
    [random.Random, Article], str | None
]  # the article with one piece of dirt in it; None where it has no place


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--step", metavar="N", type=int, default=1, help="every N-th page")
    parser.add_argument(
        "--per-page", metavar="N", type=int, default=1, help="pieces of dirt of each kind for an article"
    )
    parser.add_argument("--seed", metavar="N", type=int, default=1)
    parser.add_argument("--show", metavar="KIND", help="what was not repaired of a kind")
    options = parser.parse_args()
    bodies = [body for page in pages(options.step) if (body := article(page)) is not None]
    print(f"{len(bodies):,} articles, {sum(len(body.text) for body in bodies):,} code points, languages: ", end="")
    print(", ".join(f"{name} {count}" for name, count in Counter(body.language for body in bodies).most_common()))
    print(kept(bodies))
    clean = [body._replace(text=NEWS(body.text)) for body in bodies]
    print(f"\n{'':28}{'pieces':>8}{'exactly':>9}{'left':>7}{'damaged':>9}  letters lost or changed, of a million")
    outcomes = measure(clean, options.seed, options.per_page, options.show)
    for kind, outcome in outcomes.items():
        print(f"{kind:28}{outcome}")
    print(f"{'all':28}{sum(outcomes.values(), Outcome())}")


def article(page: dict) -> Article | None:
    """Title and gold body of a page, where there is enough of it."""
    body = "\n\n".join(line for line in (page["gold"] or "").split("\n") if line.strip())
    title = " ".join((page["title"] or "").split())
    if len(body) < SHORTEST:
        return None
    if title and not body.startswith(title):
        body = f"{title}\n\n{body}"
    return Article(title, body + "\n", page["lang"])


def kept(bodies: list[Article]) -> str:
    """What NEWS takes from the articles as they are: copies of lines that stay, and what is gone."""
    copies, gone = 0, []
    for body in bodies:
        trace = NEWS.trace(body.text)
        left = letters(trace.text)
        for step in trace.steps:
            for edit, removed in zip(step.edits, step.removed, strict=True):
                if step.filter in ("entities", "mojibake") or len(letters(removed)) <= len(letters(edit.new)) + 3:
                    continue
                if letters(removed) in left:
                    copies += 1
                else:
                    gone.append(f"    {step.filter}: {removed.strip()[:100]!r} ({edit.why[:50]})")
    return "\n".join(
        [f"taken from them: {copies} lines that say what another line says, and {len(gone)} others:", *gone]
    )


def letters(text: str) -> str:
    """Letters and digits, folded."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


class Outcome:
    """Counts of one kind of dirt."""

    def __init__(self) -> None:
        self.exact = self.left = self.damaged = self.size = self.changed = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        made = Outcome()
        made.__dict__.update({name: value + getattr(other, name) for name, value in vars(self).items()})
        return made

    def __str__(self) -> str:
        total = self.exact + self.left + self.damaged
        shares = [f"{100 * count / max(1, total):.1f} %" for count in (self.exact, self.left, self.damaged)]
        return f"{total:8,}{shares[0]:>9}{shares[1]:>8}{shares[2]:>8}{1e6 * self.changed / max(1, self.size):10.2f}"


def measure(clean: list[Article], seed: int, per_page: int = 1, show: str | None = None) -> dict[str, Outcome]:
    """Every kind of dirt, put into every article that has a place for it."""
    outcomes: dict[str, Outcome] = defaultdict(Outcome)
    for kind, dirty in KINDS.items():
        rng = random.Random(f"{seed} {kind}")
        for body in clean:
            for _ in range(per_page):
                text = dirty(rng, body)
                if text is None or text == body.text:
                    continue
                came = NEWS(text)
                outcome = outcomes[kind]
                outcome.size += len(body.text)
                changed = 0 if came == body.text else damage(body.text, text, came)
                outcome.exact += came == body.text
                outcome.left += came != body.text and not changed
                outcome.damaged += changed > 0
                outcome.changed += changed
                if kind == show and came != body.text:
                    print(
                        "DAMAGED" if changed else "left",
                        *difference(body.text, text),
                        *difference(body.text, came),
                        sep="\n    ",
                    )
    return outcomes


def damage(clean: str, dirty: str, came: str) -> int:
    """Letters and digits of the article that are gone or other than they were, but for those that the dirt itself hides."""
    whole, hidden, now = (Counter(filter(str.isalnum, text)) for text in (clean, dirty, came))
    return ((whole & hidden) - now).total()


def difference(old: str, new: str) -> Iterator[str]:
    matcher = difflib.SequenceMatcher(None, old.split("\n"), new.split("\n"), autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield f"{old.split(chr(10))[a:b]!r:.300} -> {new.split(chr(10))[c:d]!r:.300}"


# ---------------------------------------------------------------- kinds of dirt


def at(rng: random.Random, text: str, pattern: str, put: Callable[[re.Match], str]) -> str | None:
    """The text with one match of a pattern replaced."""
    found = [*re.finditer(pattern, text)]
    if not found:
        return None
    match = rng.choice(found)
    return text[: match.start()] + put(match) + text[match.end() :]


NAMES = {
    char: name for name, char in html.entities.html5.items() if name.endswith(";") and len(name) < 8 and name.islower()
}
SIGNS = "[“”„‘’«»–—…€£éèàüöäßçñ]"


def reference(shape: str, pattern: str = SIGNS) -> Dirt:
    """A sign written as a reference of some shape: {name}, {n} and {x} are its name, its number and that in hexadecimal."""

    def dirty(rng: random.Random, body: Article) -> str | None:
        def put(match: re.Match) -> str:
            char = match[0]
            name = html.entities.codepoint2name.get(ord(char), "")
            return (
                shape.format(name=name, n=ord(char), x=f"{ord(char):X}", NAME=name.upper())
                if name or "ame" not in shape
                else char
            )

        return at(rng, body.text, pattern, put)

    return dirty


def swapped(pattern: str, new: str) -> Dirt:
    return lambda rng, body: at(rng, body.text, pattern, lambda match: match.expand(new))


def paragraphs(change: Callable[[random.Random, list[str], Article], list[str] | None]) -> Dirt:
    def dirty(rng: random.Random, body: Article) -> str | None:
        changed = change(rng, body.text.removesuffix("\n").split("\n\n"), body)
        return None if changed is None else "\n\n".join(changed) + "\n"

    return dirty


PHRASES: dict[str, list[str]] = defaultdict(list)
for found in catalogue().phrases():
    if "{" not in found.text and not found.in_company:
        PHRASES[found.language].append(found.text)


def widget(place: Callable[[random.Random, int], int]) -> Dirt:
    def change(rng: random.Random, parts: list[str], body: Article) -> list[str] | None:
        where = place(rng, len(parts))
        phrase = rng.choice(PHRASES.get(body.language) or PHRASES["en"])
        return [*parts[:where], phrase, *parts[where:]]

    return paragraphs(change)


def repeated(rng: random.Random, parts: list[str], body: Article) -> list[str] | None:
    long = [place for place, part in enumerate(parts) if len(part) > 100 and "\n" not in part]
    if not long:
        return None
    where = rng.choice(long)
    return [*parts[: where + 1], *parts[where:]]


def title_copy(form: Callable[[str], str]) -> Dirt:
    def change(rng: random.Random, parts: list[str], body: Article) -> list[str] | None:
        title = parts[0]
        if title != NEWS(body.title) or len(title.split()) < 6 or len(title) < 30:
            return None
        where = rng.randint(1, min(len(parts), 4))
        return [*parts[:where], form(title), *parts[where:]]

    return paragraphs(change)


def mojibake(encoding: str) -> Dirt:
    def change(rng: random.Random, parts: list[str], body: Article) -> list[str] | None:
        fit = [place for place, part in enumerate(parts) if not part.isascii() and _read(part, encoding) is not None]
        if not fit:
            return None
        where = rng.choice(fit)
        return [*parts[:where], str(_read(parts[where], encoding)), *parts[where + 1 :]]

    return paragraphs(change)


def _read(text: str, encoding: str) -> str | None:
    try:
        return text.encode().decode(encoding)
    except UnicodeDecodeError:
        return None


WORD = r"(?<=[a-zа-яα-ω]{2})(?=[a-zа-яα-ω]{2})"  # a place within a word
KINDS: dict[str, Dirt] = {
    "reference &name;": reference("&{name};"),
    "reference &#n;": reference("&#{n};"),
    "reference &#xX;": reference("&#x{x};"),
    "reference, &amp; before it": reference("&amp;{name};"),
    "reference, no semicolon": reference("&#{n}", SIGNS + r"(?![\d;])"),
    "reference &# n;": reference("&# {n};"),
    "reference & #n;": reference("& #{n};"),
    "reference &#n ;": reference("&#{n} ;"),
    "reference & name;": reference("& {name};"),
    "reference &name ;": reference("&{name} ;"),
    "reference, Arabic semicolon": reference("&{name}؛"),
    "reference, full-width": reference("＆{name}；"),
    "reference &NAME;": reference("&{NAME};", "[“”«»]"),
    "reference to ’ as #39;": swapped(r"(?<=\w)’(?=s\b)", " #39;"),
    "doubled stop": swapped(r"(?<=\w\w)\.(?=\s)", ".."),
    "doubled comma": swapped(r"(?<=\w\w),(?=\s)", ",,"),
    "space before a stop": swapped(r"(?<=\w\w)\.(?=\s)", " ."),
    "space before a comma": swapped(r"(?<=\w\w),(?=\s)", " ,"),
    "stop after ”.": swapped(r"(?<=\w\w)\.”(?=\s)", ".”."),
    "“ that closes": swapped(r"(?<=[\w.,!?])”(?=\s)", "“"),
    "“ that closes, a space before": swapped(r"(?<=[\w.,!?])”(?=\s)", " “"),
    "space inside “": swapped(r"(?<=\s)“(?=\w)", "“ "),
    "space inside ”": swapped(r"(?<=[\w.,!?])”(?=\s)", " ”"),
    "zero-width space": swapped(WORD, "\u200b"),
    "soft hyphen": swapped(WORD, "\u00ad"),
    "byte-order mark": swapped(WORD, "\ufeff"),
    "word joiner": swapped(WORD, "\u2060"),
    "control": swapped(WORD, "\x08"),
    "’ as a control": swapped("(?<=[a-z])’(?=[a-z])", "\x92"),
    "decomposed letter": lambda rng, body: at(
        rng, body.text, "[éèàüöäçñóí]", lambda m: unicodedata.normalize("NFD", m[0])
    ),
    "thin space": swapped(r"(?<=[a-z]) (?=[a-z])", "\u2009"),
    "line separator": swapped(r"(?<=\.)\n(?=\n)", "\u2028"),
    "CR LF": lambda rng, body: body.text.replace("\n", "\r\n"),
    "two spaces": swapped(r"(?<=[a-z]) (?=[a-z])", "  "),
    "spaces at a line's end": swapped(r"(?<=\.)\n", "  \n"),
    "four blank lines": swapped(r"(?<=\.)\n\n", "\n\n\n\n\n"),
    "indented paragraph": swapped(r"(?<=\.)\n\n(?=\w)", "\n\n    "),
    "mojibake, windows-1252": mojibake("cp1252"),
    "mojibake, iso-8859-1": mojibake("latin-1"),
    "mojibake, windows-1251": mojibake("cp1251"),
    "mojibake, Mac Roman": mojibake("macroman"),
    "widget above": widget(lambda rng, size: 0),
    "widget between": widget(lambda rng, size: rng.randint(0, size)),
    "widget below": widget(lambda rng, size: size),
    "paragraph twice": paragraphs(repeated),
    "title twice": title_copy(str),
    "title with the site's name": title_copy(lambda title: f"{title} | Example News"),
    "title in capitals": title_copy(str.upper),
    "title cut short": title_copy(lambda title: title[: title.rindex(" ")] + "…"),
}


if __name__ == "__main__":
    main()
