"""What a preset changes in text that is clean already: plays, code, tables, logs, scripture and more, by kind of text.

    python benchmarks/clean_text.py [--preset NEWS] [--step N] [--processes 2]
    python benchmarks/clean_text.py --show punctuation --kind code -n 20    # edits in their context, to be read
    python benchmarks/clean_text.py --markdown                              # the tables of docs/quality.md

Nearly every edit here is a fault of a filter. Some are right, for the texts have real dirt too (terminal colours,
treebanks whose words stand apart, references left over from feeds); so the figures serve to compare versions, and
``--show`` serves to judge. All figures are per million code points of the text. A letter or digit counts as lost where an
edit holds fewer of them than what it replaces.

The texts belong to their makers, and lie outside the repository. ``CLEANMEDIA_CLEAN`` names their file: JSON Lines in gzip, each
text with its ``kind``, the ``corpus`` it comes from, its ``id`` in it and the ``text``.
"""

import argparse
import gzip
import json
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import cleanmedia
from cleanmedia.core.history import LogEntry
from cleanmedia.core.parallel import ordered

CLEAN = Path(os.environ.get("CLEANMEDIA_CLEAN", Path(__file__).parents[2] / "shared" / "clean" / "texts.jsonl.gz"))
AROUND = 60  # code points of context on either side of an example


class Measured(NamedTuple):
    """What was changed in one text, by filter; and the edits of the filter to be shown, in their context."""

    kind: str
    size: int
    edits: Counter[str]
    lost: Counter[str]
    examples: list[str]


class Totals:
    """The sums of a kind of text."""

    def __init__(self) -> None:
        self.size = 0
        self.edits: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()

    def add(self, measured: Measured) -> None:
        self.size += measured.size
        self.edits += measured.edits
        self.lost += measured.lost

    def edits_a_million(self, name: str) -> float:
        return self.edits[name] / self.size * 1e6

    def lost_a_million(self, *names: str) -> float:
        return sum(self.lost[name] for name in names) / self.size * 1e6


def texts(kind: str | None, step: int) -> Iterator[dict]:
    """Every ``step``-th text, of one kind if one is given; ends the program with a plain message where there are none."""
    if not CLEAN.is_file():
        sys.exit(f"no clean texts in {CLEAN}; name their file with CLEANMEDIA_CLEAN")
    with gzip.open(CLEAN, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number % step == 0:
                text = json.loads(line)
                if kind in (None, text["kind"]):
                    yield text


def measure(text: dict, preset: str, show: str | None) -> Measured:
    """Clean a text, and count what was changed."""
    trace = getattr(cleanmedia, preset).trace(text["text"])
    found = Measured(text["kind"], len(trace.source), Counter(), Counter(), [])
    for entry in trace.log():
        found.edits[entry.filter] += 1
        found.lost[entry.filter] += max(0, letters(entry.before) - letters(entry.after))
        if entry.filter == show:
            found.examples.append(f"{text['kind']}, {text['corpus']}, {text['id']}: {shown(entry, trace.source)}")
    return found


def letters(text: str) -> int:
    """The number of letters and digits."""
    return sum(map(str.isalnum, text))


def shown(entry: LogEntry, source: str) -> str:
    """An edit between what stands around it in the source."""
    left = source[max(0, entry.start - AROUND) : entry.start]
    right = source[entry.end : entry.end + AROUND]
    gone, new = (f"[-{entry.before}-]" if entry.before else ""), (f"{{+{entry.after}+}}" if entry.after else "")
    return f"{entry.why}\n    {left}{gone}{new}{right}".replace("\n", "⏎").replace("⏎    ", "\n    ", 1)


def table(heading: str, kinds: dict[str, Totals], columns: dict[str, tuple[str, ...]], cell: str) -> list[list[str]]:
    """Rows of cells: a kind of text a row, the largest first, and all of them; a column for each name or group of names."""
    rows = [[heading, "size", *columns]]
    for kind, totals in kinds.items():
        figures = [
            totals.edits_a_million(names[0]) if cell == "edits" else totals.lost_a_million(*names)
            for names in columns.values()
        ]
        rows.append([kind, f"{totals.size / 1e6:.2f} M", *[f"{figure:,.1f}" if figure else "" for figure in figures]])
    return rows


def print_table(rows: list[list[str]], markdown: bool) -> None:
    if markdown:
        rows = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
        print(
            "\n".join(f"| {' | '.join(row)} |".replace("|  |", "| |").replace("|  |", "| |") for row in rows),
            end="\n\n",
        )
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        print(
            first.ljust(widths[0]), *[each.rjust(width) for each, width in zip(rest, widths[1:], strict=True)], sep="  "
        )
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--preset", default="NEWS", choices=["REPAIR", "NEWS", "ARTICLE"])
    parser.add_argument("--kind", help="texts of this kind alone")
    parser.add_argument("--step", type=int, default=1, help="every N-th text (default: 1)")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--show", metavar="FILTER", help="print edits of this filter in their context")
    parser.add_argument("-n", type=int, default=20, help="how many edits to show (default: 20)")
    parser.add_argument("--seed", type=int, default=1, help="which of them (default: 1)")
    parser.add_argument("--markdown", action="store_true", help="print the tables as Markdown")
    options = parser.parse_args()
    filters = getattr(cleanmedia, options.preset).filters
    names = [found.name for found in filters]
    if options.show and options.show not in names:
        parser.error(f"no filter {options.show!r} in {options.preset}; it has {', '.join(names)}")

    kinds: dict[str, Totals] = defaultdict(Totals)
    examples: list[str] = []
    work = partial(measure, preset=options.preset, show=options.show)
    for found in ordered(work, texts(options.kind, options.step), options.processes):
        kinds[found.kind].add(found)
        kinds["all"].add(found)
        examples += found.examples
    if not kinds:
        parser.error(f"no text of kind {options.kind!r} in {CLEAN}")
    if options.show:
        random.Random(options.seed).shuffle(examples)
        print(f"{min(options.n, len(examples))} of {len(examples)} edits of {options.show}\n")
        print("\n\n".join(examples[: options.n]))
        return
    everything = kinds.pop("all")
    by_size = {kind: kinds[kind] for kind in sorted(kinds, key=lambda kind: (-kinds[kind].size, kind))} | {
        "all": everything
    }
    found = [name for name in names if everything.edits[name]]
    dropping = tuple(each.name for each in filters if each.drops)
    print_table(table("edits a million", by_size, {name: (name,) for name in found}, "edits"), options.markdown)
    losing = {name: (name,) for name in names if everything.lost[name]}
    losing |= {"all that drop lines": dropping, "all": tuple(names)}
    print_table(table("letters and digits lost a million", by_size, losing, "lost"), options.markdown)


if __name__ == "__main__":
    main()
