"""Which lines NEWS drops in two checkouts: how many of the lines that the old one drops the new one still drops.

    PYTHONPATH=OLD python benchmarks/compare_drops.py record old.jsonl.gz [--step N]
    PYTHONPATH=NEW python benchmarks/compare_drops.py record new.jsonl.gz [--step N]
    python benchmarks/compare_drops.py show old.jsonl.gz new.jsonl.gz [--filter widgets] [-n 50] [--added]

``record`` cleans the benchmark's pages, as both converters left them, and writes down the lines that each filter dropped.
``show`` counts by filter, and prints lines that are no longer dropped, with the reason why they were. A line still counts as dropped if
another filter drops it now. Lines of repeated_titles are counted a second time where they are variants of the page's
title as its HTML has it.
"""

import argparse
import gzip
import json
import random
from collections import Counter, defaultdict

from pages import pages

from cleanmedia import NEWS

DROPPERS = ("widgets", "repeated_titles", "repeated_lines")
CONVERTERS = ("text_flat", "text_inscriptis")


def dropped(text: str) -> list[tuple[str, str, str]]:
    """The filter, the line and the reason of each line, or piece of a line, that NEWS drops."""
    return [
        (step.filter, line, edit.why)
        for step in NEWS.trace(text).steps
        if step.filter in DROPPERS
        for edit, removed in zip(step.edits, step.removed, strict=True)
        for line in removed.split("\n")
        if line.strip()
    ]


def record(path: str, step: int) -> None:
    """Write the dropped lines of every page, a page a line."""
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for page in pages(step):
            for converter in CONVERTERS:
                if page.get(converter):
                    titles = [page[field] for field in ("title", "html_title") if page.get(field)]
                    found = dropped(page[converter])
                    print(json.dumps([page["id"], converter, titles, found], ensure_ascii=False), file=file)


def show(old: str, new: str, only: str | None, count: int, added: bool) -> None:
    """Print the table, and a sample of the differences."""
    # Imported here, so that checkouts from before this package can record.
    from cleanmedia.page.lines import squeezed
    from cleanmedia.page.titles import is_copy, titles_of

    total: dict[str, Counter[str]] = defaultdict(Counter)
    gone: list[tuple[str, str, str, str]] = []
    with gzip.open(old, "rt", encoding="utf-8") as one, gzip.open(new, "rt", encoding="utf-8") as other:
        for before, now in zip(one, other, strict=True):
            name, converter, titles, drops = json.loads(before)
            other_name, other_converter, _, other_drops = json.loads(now)
            if (name, converter) != (other_name, other_converter):
                raise SystemExit(f"the files are of different pages: {name} and {other_name}")
            if added:
                drops, other_drops = other_drops, drops
            left = Counter(key(line) for _, line, _ in other_drops)
            known = [found for title in titles for found in titles_of(squeezed(title))]
            for filter_name, line, why in drops:
                still = left[key(line)] > 0
                left[key(line)] -= still
                rows = [filter_name]
                if filter_name == "repeated_titles" and any(is_copy(squeezed(line), title) for title in known):
                    rows.append("  of the page's title")
                for row in rows:
                    total[row]["all"] += 1
                    total[row][converter] += 1
                    total[row]["still"] += still
                if not still and only in (None, filter_name):
                    gone.append((name, filter_name, squeezed(line), why))
    print(
        f"{'':24}{'lines':>8}{'still':>8}{'share':>9}" if not added else f"{'':24}{'lines':>8}{'before':>8}{'share':>9}"
    )
    for row, counts in sorted(total.items(), key=lambda item: (item[0].startswith(" "), item[0])):
        print(f"{row:24}{counts['all']:8}{counts['still']:8}{counts['still'] / counts['all']:9.2%}")
    print(f"\n{min(count, len(gone))} of {len(gone)} lines that only one of them drops")
    for name, filter_name, line, why in random.Random(1).sample(gone, min(count, len(gone))):
        print(f"{name} {filter_name} ({why[:60]})\n    {line[:160]}")


def key(line: str) -> str:
    from cleanmedia.page.fold import fold
    from cleanmedia.page.lines import squeezed

    return fold(squeezed(line))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record", help="write the lines that NEWS drops to a file")
    recording.add_argument("file")
    recording.add_argument("--step", metavar="N", type=int, default=1, help="every N-th page")
    showing = commands.add_parser("show", help="compare two such files")
    showing.add_argument("old")
    showing.add_argument("new")
    showing.add_argument("--filter", choices=DROPPERS, help="print lines of this filter only")
    showing.add_argument("-n", metavar="N", type=int, default=20, help="how many lines to print")
    showing.add_argument(
        "--added", action="store_true", help="count the lines of the new file, print what it drops anew"
    )
    options = parser.parse_args()
    if options.command == "record":
        record(options.file, options.step)
    else:
        show(options.old, options.new, options.filter, options.n, options.added)


if __name__ == "__main__":
    main()
