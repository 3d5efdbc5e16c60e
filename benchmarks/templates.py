"""What templates add to NEWS and ARTICLE, learned on one half of a site's pages and applied to the other, both ways round.

    python benchmarks/templates.py [--hosts 4] [--least-pages N --least-share S] [--dropped FILE]

The pages are those of hosts that have at least so many pages with a gold body in the benchmark's folders ``dev`` and ``more``. Every
second page of a host is of the one half. The pipelines are those of the command line. Precision, recall and F1 are of tokens, the
mean over pages. ``--grid`` compares numbers of pages and shares by the size of the host's half; ``--dropped`` writes the lines that
templates drop, in a random order, to be read.
"""

import argparse
import gzip
import json
import os
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator

from gold import tokens
from pages import BENCH

from cleanmedia import REPAIR, learn
from cleanmedia.cli.arguments import read
from cleanmedia.cli.pipeline import pipeline
from cleanmedia.core.context import given
from cleanmedia.core.edits import splice
from cleanmedia.page.sites import host_of

_SIZES = ((2, 4), (5, 9), (10, 99))  # pages of a host's half


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--hosts", type=int, default=4, help="pages that a host has at least")
    parser.add_argument("--presets", default="repair,news,article")
    parser.add_argument("--least-pages", type=int)
    parser.add_argument("--least-share", type=float)
    parser.add_argument("--grid", action="store_true", help="compare numbers of pages and shares, with NEWS")
    parser.add_argument("--dropped", metavar="FILE", help="write the lines that site_lines drops under NEWS")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    halves = split(options.hosts)
    print(f"{len(halves[0]) + len(halves[1])} pages of {len({page['site'] for page in halves[0]})} hosts")
    presets = options.presets.split(",")
    alone = {preset: [scores(pipeline(read(["--preset", preset])), half) for half in halves] for preset in presets}
    least = {}
    if options.least_pages:
        least["least_pages"] = options.least_pages
    if options.least_share is not None:
        least["least_share"] = options.least_share
    if options.grid:
        grid(halves, alone["news"])
        return
    dropped: list[tuple] = []
    with tempfile.TemporaryDirectory() as folder:
        paths = taught(halves, folder, **least)
        print(f"{'':24}{'P':>8}{'R':>8}{'F1':>8}{'worse':>8}{'better':>8}  pages by more than .02")
        for preset in presets:
            before = alone[preset][0] + alone[preset][1]
            after = []
            for number, half in enumerate(halves):
                made = pipeline(read(["--preset", preset, "--templates", paths[number]]))
                after += scores(made, half, dropped if preset == "news" else None)
            show(preset.upper(), before)
            show("  with templates", after, before)
            for kind, of in (("articles", False), ("other pages", True)):
                chosen = [
                    number
                    for number, page in enumerate(halves[0] + halves[1])
                    if (page["source"] == "wcxb-other") == of
                ]
                show(f"  on {kind}", [before[n] for n in chosen])
                show("    with templates", [after[n] for n in chosen], [before[n] for n in chosen])
    if options.dropped:
        random.Random(options.seed).shuffle(dropped)
        with open(options.dropped, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in dropped)
        print(
            f"{len(dropped):,} dropped lines, of which {sum(one['gold'] for one in dropped):,} stand in the gold body"
        )


def grid(halves: tuple[list, list], alone: list[list]) -> None:
    for smallest, largest in _SIZES:
        print(f"\nhosts of which {smallest} to {largest} pages were read\n{'':24}{'P':>8}{'R':>8}{'F1':>8}")
        chosen = []
        for number, half in enumerate(halves):
            counts = Counter(page["site"] for page in halves[1 - number])
            chosen.append([at for at, page in enumerate(half) if smallest <= counts[page["site"]] <= largest])
        show("NEWS", [alone[n][at] for n in (0, 1) for at in chosen[n]])
        for pages in (2, 3, 4, 5):
            for share in (0.1, 0.2, 0.3, 0.5):
                with tempfile.TemporaryDirectory() as folder:
                    paths = taught(halves, folder, least_pages=pages, least_share=share)
                    after = []
                    for number, half in enumerate(halves):
                        made = pipeline(read(["--templates", paths[number]]))
                        after += scores(made, [half[at] for at in chosen[number]])
                show(f"  {pages} pages, {share:.0%}", after)


def split(fewest: int) -> tuple[list[dict], list[dict]]:
    """Return the pages of hosts that have so many, in two halves."""
    by_host = defaultdict(list)
    for page in pages():
        if page.get("gold"):
            by_host[host_of(page["host"])].append({**page, "site": host_of(page["host"])})
    many = [found for found in by_host.values() if len(found) >= fewest]
    return [page for found in many for page in found[::2]], [page for found in many for page in found[1::2]]


def pages() -> Iterator[dict]:
    paths = [path for folder in ("dev", "more") for path in sorted((BENCH / folder).glob("*.jsonl.gz"))]
    if not paths:
        sys.exit(f"no benchmark pages in {BENCH}; name their folder with CLEANMEDIA_BENCH")
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from map(json.loads, file)


def taught(halves: tuple[list, list], folder: str, **least) -> list[str]:
    """Return for each half the templates that were learned on the other."""
    paths = []
    for number in (0, 1):
        paths.append(os.path.join(folder, f"{number}.parquet"))
        learn(map(address_and_text, halves[1 - number]), paths[-1], **least)
    return paths


def address_and_text(page: dict) -> tuple[str, str]:
    if "repaired" not in page:
        page["repaired"] = REPAIR(page["text_flat"])
    url = page.get("url") or ""
    return (url if host_of(url) == page["site"] else page["site"]), page["repaired"]


def scores(made, half: list[dict], dropped: list | None = None) -> list[tuple[float, float, float]]:
    """Return precision, recall and F1 of each page."""
    found = []
    for page in half:
        clean = given(made, host=page["site"])
        if dropped is None:
            text = clean(page["text_flat"])
        else:
            trace = clean.trace(page["text_flat"])
            text = trace.text
            dropped += lines_of(trace, page)
        found.append(score(Counter(tokens(text)), Counter(tokens(page["gold"]))))
    return found


def lines_of(trace, page: dict) -> Iterator[dict]:
    gold = {" ".join(tokens(line)) for line in page["gold"].split("\n")}
    text = trace.source
    for step in trace.steps:
        if step.filter == "site_lines":
            for edit in step.edits:
                line = text[edit.start : edit.end].strip()
                yield {
                    "id": page["id"], "host": page["site"], "line": line, "why": edit.why, "gold": " ".join(tokens(line)) in gold,
                    "before": text[max(0, edit.start - 150) : edit.start], "after": text[edit.end : edit.end + 150],
                }  # fmt: skip
        text = splice(text, step.edits)


def score(found: Counter, gold: Counter) -> tuple[float, float, float]:
    same = (found & gold).total()
    p, r = same / max(1, found.total()), same / max(1, gold.total())
    return p, r, 2 * p * r / max(1e-9, p + r)


def show(name: str, rows: list[tuple], before: list[tuple] | None = None) -> None:
    if not rows:
        return
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    line = f"{name:24}" + "".join(f"{mean:8.4f}" for mean in means)
    if before is not None:
        pairs = [(old[2], new[2]) for old, new in zip(before, rows, strict=True)]
        line += f"{sum(new < old - 0.02 for old, new in pairs):8}{sum(new > old + 0.02 for old, new in pairs):8}"
    print(line, flush=True)


if __name__ == "__main__":
    main()
