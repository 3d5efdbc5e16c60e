"""Texts made to break promises: of what the filters' own patterns match, the catalogues' phrases, the cases, and mutated lines.

The growth test repeats the pieces; ``benchmarks/attack.py`` puts them together at random.
"""

import importlib
import pkgutil
import random
import re
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache

import cleanmedia.article
import cleanmedia.decoding
import cleanmedia.filters
import cleanmedia.page
import cleanmedia.phrases
from cleanmedia import filters
from cleanmedia.page.patterns import pattern
from cleanmedia.phrases.catalogue import catalogue
from tests.support.cases import KINDS, cases
from tests.support.hostile import TEXTS, UNITS
from tests.support.strategies import INVISIBLE, LINES, MARKS, MOJIBAKE, PROSE, REFERENCES, STOPS, TITLE, WORDS

__all__ = ["Attacker", "pieces", "sources", "units"]

_parser = importlib.import_module("re._parser")  # the standard library's own, which has no public name
_ROOMS = (cleanmedia.filters, cleanmedia.page, cleanmedia.phrases, cleanmedia.article)
_ALPHABET = "aA1é中م. ,;:!?-_()<>&#|\"'“”„«»\t\u00a0\u200b\u0301\n🏴"
_MOST_ALTERNATIVES = 400  # code points of the source of a branch: longer ones are lists of words


@lru_cache(maxsize=1)
def sources() -> dict[str, "re.Pattern[str]"]:
    """Return all patterns of the filters and of what they ask, by module and name."""
    found = {}
    for room in _ROOMS:
        for module in pkgutil.iter_modules(room.__path__, room.__name__ + "."):
            for name, value in vars(importlib.import_module(module.name)).items():
                if isinstance(value, re.Pattern | type(pattern("x"))):
                    found[f"{module.name}.{name}"] = value
    return found


def sample(source: "re.Pattern[str]", chance: random.Random, most: int = 3) -> str:
    """Return a text that a pattern is likely to match; what it repeats comes at most so many times more than it must."""
    value = source.flags  # which compiles a pattern that is compiled at first use
    compiled = re.compile(getattr(source, "_compiled", source))
    return _sampled(_parser.parse(compiled.pattern, value & ~re.UNICODE), chance, most, {})


def _sampled(parsed: Sequence[tuple[object, object]], chance: random.Random, most: int, groups: dict) -> str:
    out = []
    for operation, value in parsed:
        name = str(operation)
        if name == "LITERAL":
            out.append(chr(value))
        elif name == "NOT_LITERAL":
            out.append(chance.choice([char for char in _ALPHABET if ord(char) != value]))
        elif name == "ANY":
            out.append(chance.choice(_ALPHABET.replace("\n", "")))
        elif name == "IN":
            out.append(_one_of(value, chance))
        elif name == "BRANCH":
            out.append(_sampled(chance.choice(value[1]), chance, most, groups))
        elif name == "SUBPATTERN":
            groups[value[0]] = _sampled(value[3], chance, most, groups)
            out.append(groups[value[0]])
        elif name == "ATOMIC_GROUP":
            out.append(_sampled(value, chance, most, groups))
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, inner = value
            count = chance.randint(low, min(int(high), low + most))
            out.append("".join([_sampled(inner, chance, most, groups) for _ in range(count)]))
        elif name == "GROUPREF":
            out.append(groups.get(value, ""))
        elif name == "ASSERT" and (value[0] > 0 or not out):  # what must follow; what must stand before the first
            out.append(_sampled(value[1], chance, most, groups))
    return "".join(out)


_CATEGORIES = {
    "CATEGORY_DIGIT": "17",
    "CATEGORY_SPACE": " \t\u00a0",
    "CATEGORY_WORD": "aAé1_中",
    "CATEGORY_NOT_DIGIT": "a. ",
    "CATEGORY_NOT_SPACE": "a.1",
    "CATEGORY_NOT_WORD": ". -”",
}


def _one_of(parts: Sequence[tuple[object, object]], chance: random.Random) -> str:
    """Return a character of a class."""
    if str(parts[0][0]) == "NEGATE":
        out = [char for char in _ALPHABET if not any(_holds(part, char) for part in parts[1:])]
        return chance.choice(out) if out else "x"
    operation, value = chance.choice(parts)
    name = str(operation)
    if name == "RANGE":
        return chr(chance.randint(*value))
    return chr(value) if name == "LITERAL" else chance.choice(_CATEGORIES[str(value)])


def _holds(part: tuple[object, object], char: str) -> bool:
    name, value = str(part[0]), part[1]
    if name == "LITERAL":
        return ord(char) == value
    if name == "RANGE":
        return value[0] <= ord(char) <= value[1]
    inside = {"DIGIT": char.isdigit(), "SPACE": char.isspace(), "WORD": char.isalnum() or char == "_"}
    kind = str(value).removeprefix("CATEGORY_")
    return not inside[kind[4:]] if kind.startswith("NOT_") else inside[kind]


def _literals(source: "re.Pattern[str]") -> Iterator[str]:
    """Yield the characters that a pattern names one by one."""
    compiled = re.compile(getattr(source, "_compiled", source))

    def walk(parsed: Sequence) -> Iterator[str]:
        for item in parsed:
            if isinstance(item, tuple) and len(item) == 2 and str(item[0]) == "LITERAL":
                yield chr(item[1])
            elif isinstance(item, tuple | list | type(_parser.parse(""))):
                yield from walk(item)

    if len(compiled.pattern) < _MOST_ALTERNATIVES:
        yield from walk(_parser.parse(compiled.pattern))


@lru_cache(maxsize=1)
def units(seed: int = 0) -> dict[str, str]:
    """Return texts to repeat: what each pattern matches, and nearly matches, alone, with a space, and beside another piece."""
    chance = random.Random(seed)
    found = dict(UNITS)
    known = set(found.values())
    triggers: set[str] = set()
    for name, source in sources().items():
        short = name.removeprefix("cleanmedia.")
        source.flags  # noqa: B018  # compiles it
        triggers.update(_literals(source))
        text = sample(source, chance)[:60]
        for label, unit in ((short, text), (f"{short} and a space", text + " ")):
            if unit and unit not in known:
                known.add(unit)
                found[label] = unit
    for one in sorted(triggers):
        if not one.isalnum():
            other = chance.choice(sorted(triggers))
            found.setdefault(f"U+{ord(one):04X} behind a letter", f"a{one}")
            found.setdefault(f"U+{ord(one):04X} and spaces", f"a {one} ")
            found.setdefault(f"U+{ord(one):04X} and U+{ord(other):04X}", f"{one}{other}x ")
    return found


@lru_cache(maxsize=1)
def pieces() -> dict[str, tuple[str, ...]]:
    """Return what texts are put together of, by sort."""
    texts = [case.text for name in filters.__all__ for kind in KINDS for case in cases(name, kind)]
    phrases = [phrase.text.replace("{name}", "Ann Lee").replace("{n}", "12") for phrase in catalogue().phrases()]
    return {
        "marks": (*MARKS, *STOPS, *"\t\n\r ,.;:-()[]<>&#|\"'"),
        "references": (*REFERENCES, "&#5", "&#4;", ";", "&amp", "＆iuml;", "¼†iuml;"),
        "invisible": (*INVISIBLE, "\U000e0041", "\U000e0061", "\U0001f3f4", "\u0323", "\x85\x85"),
        "mojibake": (*MOJIBAKE, *(text for text, _ in TEXTS.values() if len(text) < 80)),
        "words": tuple(WORDS),
        "lines": (*LINES, *PROSE, TITLE),
        "phrases": tuple(phrases),
        "cases": tuple(text for text in texts if len(text) < 2_000),
        "case lines": tuple({line for text in texts for line in text.split("\n") if 0 < len(line) < 200}),
        "units": tuple(unit for unit in units().values() if len(unit) < 80),
    }


class Attacker:
    """Makes texts, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._sources = list(sources().values())
        for source in self._sources:
            source.flags  # noqa: B018

    def piece(self) -> str:
        """Return something that a filter looks for, or a character of any kind."""
        draw = self.chance.random()
        if draw < 0.25:
            return sample(self.chance.choice(self._sources), self.chance)[:80]
        if draw < 0.32:
            return chr(self.chance.choice((self.chance.randrange(0x3000), self.chance.randrange(sys.maxunicode + 1))))
        return self.chance.choice(pieces()[self.chance.choice([*pieces()])])

    def text(self) -> str:
        """Return a text of up to some thousand code points."""
        make = self.chance.choice(
            (self._row, self._row, self._repeated, self._nested, self._mutated, self._page, self._misread)
        )
        return make()[:6_000]

    def _row(self) -> str:
        between = self.chance.choice(("", "", " ", "\n", "  "))
        return between.join([self.piece() for _ in range(self.chance.randint(1, 12))])

    def _repeated(self) -> str:
        count = self.chance.choice((2, 3, 5, 12, 25, 60))
        return self._row()[:40] + (self.piece() + self.chance.choice(("", " ", "\n")))[:80] * count + self._row()[:40]

    def _nested(self) -> str:
        """One piece inside another, several times."""
        text = self.piece()
        pair = (self.piece()[:12], self.piece()[:12])
        for _ in range(self.chance.randint(2, 14)):
            at = self.chance.randint(0, len(text))
            text = text[:at] + self.chance.choice(pair) + text[at:]
        return text

    def _mutated(self) -> str:
        text = self.chance.choice(pieces()[self.chance.choice(("cases", "lines", "case lines"))])
        for _ in range(self.chance.randint(1, 6)):
            start = self.chance.randint(0, len(text))
            end = min(len(text), start + self.chance.choice((0, 1, 1, 2, 5, 30)))
            span = text[start:end]
            new = self.chance.choice(
                ("", self.piece(), span * 2, span.upper(), span[::-1], span + " ", "\n" + span, "\t" + span)
            )
            text = text[:start] + new + text[end:]
        return text

    def _page(self) -> str:
        lines = []
        for _ in range(self.chance.randint(2, 16)):
            make = self.chance.choice((self._mutated, self._row, lambda: self.chance.choice(pieces()["phrases"])))
            line = self.chance.choice((make, lambda: self.chance.choice(pieces()["lines"])))()
            lines.append(
                self.chance.choice(("", "", "", " ", "  ", "    ", "\t", "• ")) + line.replace("\n", " ")[:400]
            )
        if self.chance.random() < 0.3:
            lines.insert(self.chance.randint(0, len(lines)), self.chance.choice(lines))
        return self.chance.choice(("\n", "\n", "\n\n", "\n\n\n")).join(lines)

    def _misread(self) -> str:
        text = self.chance.choice((self._row, self._mutated))()[:300]
        for _ in range(self.chance.randint(1, 2)):
            read = self.chance.choice(
                ("latin-1", "cp1252", "cp1250", "cp1251", "macroman", "cp437", "koi8-r", "cp1254")
            )
            text = text.encode("utf-8", "surrogatepass").decode(read, "replace")
        return text
