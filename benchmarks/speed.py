"""How long cleanmedia and its peers take for the same pages, as ratios against ftfy.fix_text.

    python benchmarks/speed.py [--step N] [--converter text_flat] [--rounds 5] [--warm]
                               [--only pages,articles,corpora,growth,worst,memory,processes]

Three kinds of texts: whole pages, articles as extractors leave them (the gold bodies of these pages), and published corpora,
which lie outside the repository as the pages do. CPU time of one process. All subjects take turns, round after round; a ratio is that of the medians. The caches of lines are
emptied before each turn; ``--warm`` keeps them.
Peers that are not installed are left out: ``pip install -e '.[bench]'`` has them.
"""

import argparse
import gc
import gzip
import html
import importlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import ftfy
from pages import BENCH, pages

from cleanmedia import filters
from cleanmedia.page import view
from cleanmedia.page.memo import Memo
from cleanmedia.page.runs import runs
from cleanmedia.presets import NEWS, PRESETS

sys.path.append(str(Path(__file__).parents[1]))
from tests.support.attacks import units
from tests.support.growth import STRICTLY, grows_too_fast
from tests.support.hostile import UNITS

Work = Callable[[str], object]
HARMLESS = [sys.modules[f"cleanmedia.filters.{name}"]._harmless for name in ("characters", "mojibake")]
HARMLESS += [getattr(sys.modules["cleanmedia.filters.mojibake"], name) for name in ("_doubtful", "_foreign")]


FILTERS: dict[str, Work] = {name: getattr(filters, name) for name in filters.__all__}
FILTERS["site_lines"] = filters.site_lines(
    lines=["Home", "Privacy policy", "a", "Share on Facebook"]
)  # it has none of its own


def memos() -> list[set | dict]:
    """What is kept of lines and of runs of characters; those of the catalogue are there once it is loaded."""
    NEWS("Share on Facebook")
    return [thing for thing in gc.get_objects() if isinstance(thing, Memo)] + HARMLESS


def forget(kept: list[set | dict]) -> None:
    runs.cache_clear()
    view._last = view.View("")
    for memo in kept:
        memo.clear()


def peer(module: str, make: Callable[[object], Work]) -> Work | None:
    try:
        return make(importlib.import_module(module))
    except Exception as error:
        print(f"left out: {module}: {type(error).__name__}: {str(error)[:80]}")
        return None


def c4(module) -> Work:
    from datatrove.data import Document

    module.split_into_sentences = lambda line, language: [line]  # which needs spacy, and is no work of the filter's own
    found = module.C4QualityFilter()
    return lambda text: found.filter(Document(text=text, id="page"))


def sacremoses(module) -> Work:
    normalise = module.MosesPunctNormalizer("en").normalize
    return lambda text: [normalise(line) for line in text.split("\n")]


def subjects() -> dict[str, Work]:
    found: dict[str, Work | None] = {"ftfy.fix_text": ftfy.fix_text}
    found |= FILTERS
    found |= {name.upper(): preset for name, preset in PRESETS.items()}
    found |= {"NEWS.trace": NEWS.trace}
    found["str.splitlines"] = str.splitlines
    found["html.unescape"] = html.unescape
    found["plsfix"] = peer("plsfix", lambda module: module.fix_text)
    found["clean-text"] = peer(
        "cleantext", lambda module: lambda text: module.clean(text, lower=False, no_line_breaks=False)
    )
    found["sacremoses"] = peer("sacremoses", sacremoses)
    found["datatrove C4"] = peer("datatrove.pipeline.filters.c4_filters", c4)
    found["charset-normalizer"] = peer(
        "charset_normalizer", lambda module: lambda text: module.from_bytes(text.encode("utf-8", "replace")).best()
    )
    return {name: work for name, work in found.items() if work}


def seconds(work: Work, texts: list[str]) -> float:
    start = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - start


def corpora(step: int) -> list[str]:
    """Every N-th text of the published corpora, as their users have them."""
    path = BENCH.parent / "corpora" / "texts.jsonl.gz"
    if not path.exists():
        print(f"\nno corpora in {path.parent}: left out")
        return []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for number, line in enumerate(file) if number % step == 0]


def race(kind: str, texts: list[str], rounds: int, warm: bool) -> None:
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    print(f"\n{len(texts)} {kind}, {size / 1e6:.2f} MB, {sum(text.count(chr(10)) + 1 for text in texts)} lines")
    works = subjects()
    for work in works.values():
        work(texts[0])  # what is imported, loaded or compiled at first use is no work on pages
    spent: dict[str, list[float]] = {name: [] for name in works}
    kept = memos()
    for _ in range(rounds):
        for name, work in works.items():
            if not warm:
                forget(kept)
            spent[name].append(seconds(work, texts))
    medians = {name: statistics.median(times) for name, times in spent.items()}
    base = medians["ftfy.fix_text"]
    print(f"\n{'':20}{'ms':>9}{'MB/s':>9}{'x ftfy':>9}")
    for name, median in medians.items():
        print(f"{name:20}{median * 1e3:9.1f}{size / 1e6 / median:9.1f}{base / median:9.2f}")
    print(f"\ntrace takes {medians['NEWS.trace'] / medians['NEWS']:.2f} times as long as NEWS")


def growth(texts: list[str]) -> None:
    """The longest that any hostile text takes at 8n, in terms of what it takes at n, for each filter and preset."""
    works: dict[str, Work] = {**FILTERS}
    works |= {name.upper(): preset for name, preset in PRESETS.items()}
    size = 8_000
    hostile = {label: unit * (size // len(unit)) for label, unit in UNITS.items()}
    hostile["real pages"] = "\n".join(texts)[:size] + "\n"
    made = {label: [unit * factor for factor in (1, 2, 4, 8)] for label, unit in hostile.items()}
    made["different lines"] = ["\n".join(map(str, range(size // 6 * factor))) for factor in (1, 2, 4, 8)]
    made["much text"] = [("\n".join(texts)[: 20 * size] + "\n") * factor for factor in (1, 2, 4, 8)]
    print("\ngrowth of time at 2n, 4n and 8n, n being 8,000 code points (160,000 of much text): the worst text of each")
    kept = memos()
    gc.collect()
    gc.freeze()  # else the garbage collector goes through what the peers have left, and more often for longer texts
    for name, work in works.items():
        work(hostile["real pages"])
        worst = (0.0, "", "")
        for label, grown in made.items():
            times = [least(work, text, kept) for text in grown]
            # Below half a millisecond the clock's grain and what a call costs whatever its text say more than the text.
            ratios = [time / max(times[0], 0.0005) for time in times[1:]]
            worst = max(worst, (ratios[2], label, " ".join(f"{ratio:5.1f}" for ratio in ratios)))
        print(f"{name:20}{worst[2]}   {worst[1]}", flush=True)
    print(
        f"\nof {len(units()):,} texts made of the package's patterns, those that take over {STRICTLY} times as long at 8n"
    )
    for name, work in works.items():
        slow = {unit: ratio for unit in units().values() if (ratio := grows_too_fast(work, unit, STRICTLY))}
        told = [f"{unit[:30]!r} {slow[unit]:.1f}" for unit in sorted(slow, key=lambda unit: -slow[unit])[:3]]
        print(f"{name:20}{len(slow)}   {', '.join(told)}", flush=True)


_WORST = 10  # texts that are told


def worst(articles: list[str]) -> None:
    """The texts that cost most a code point, of those made of the package's patterns, in terms of what articles cost."""
    size = 10_000
    prose = "\n".join(articles)[:size]
    made = {label: unit * (size // len(unit) + 1) for label, unit in units().items()}
    print(f"\nNEWS on {len(made):,} hostile texts of {size:,} code points: times as long as articles; the worst of all")
    kept = memos()
    base = least(NEWS, prose, kept) / len(prose)
    gc.freeze()
    print(f"articles: {base * 1e6:.2f} µs a code point", flush=True)
    # Each once; the worst of them again, as carefully as the articles.
    roughly = {label: seconds(NEWS, [text]) for label, text in made.items() if forget(kept) is None}
    suspects = sorted(made, key=lambda label: -roughly[label])[: 5 * _WORST]
    ratios = {label: least(NEWS, made[label], kept) / len(made[label]) / base for label in suspects}
    for label in sorted(ratios, key=lambda label: -ratios[label])[:_WORST]:
        parts = {name: least(work, made[label], kept) for name, work in FILTERS.items()}
        longest = sorted(parts, key=lambda name: -parts[name])[:3]
        told = ", ".join(f"{name} {parts[name] / len(made[label]) / base:.1f}" for name in longest)
        print(f"{ratios[label]:6.1f}   {label}: {units()[label][:50]!r}   ({told})", flush=True)


def least(work: Work, text: str, kept: list[set | dict]) -> float:
    times = []
    for _ in range(3):
        forget(kept)
        gc.collect()
        times.append(seconds(work, [text]))
    return min(times)


def processes(texts: list[str]) -> None:
    """Wall-clock time of two processes against one; it says something on a machine that does nothing else only."""
    texts = texts * max(1, 1_000 // len(texts))
    print(f"\nNEWS.map on {len(texts)} pages, seconds of wall clock; load before: {os.getloadavg()[0]:.1f}")
    spent = {}
    for number in (1, 2, 1, 2):
        start = time.perf_counter()
        for _ in NEWS.map(texts, processes=number):
            pass
        spent[number] = min(spent.get(number, float("inf")), time.perf_counter() - start)
    print(f"one {spent[1]:.2f}, two {spent[2]:.2f}: {spent[1] / spent[2]:.2f}x")


def memory(texts: list[str]) -> None:
    """Peak memory of the command line, where the system tells: many files, and one big one."""
    import tempfile

    if not Path("/proc/self/status").exists():
        return

    print("\npeak memory of the command line, MB")
    whole = "\n".join(texts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.txt")
        for size, count in ((0, 1), (100_000, 1), (100_000, 200), (1_000_000, 1), (4_000_000, 1), (16_000_000, 1)):
            path.write_text((whole * (size // len(whole) + 1))[:size], "utf-8")
            paths = [str(path)] * count
            result = subprocess.run([sys.executable, __file__, "--child", *paths], stdout=subprocess.PIPE, check=True)
            files = f"{count} of {path.stat().st_size / 1e6:.1f} MB"
            print(f"  {files:20}{int(result.stdout.splitlines()[-1]) / 1024:9.1f}")


def child(paths: list[str]) -> None:
    from cleanmedia.cli import main

    sink = os.open(os.devnull, os.O_WRONLY)
    kept = os.dup(1)
    os.dup2(sink, 1)
    main(paths)
    os.dup2(kept, 1)
    with open("/proc/self/status") as file:  # getrusage would count what this process was before it began
        print(next(line for line in file if line.startswith("VmHWM")).split()[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--step", type=int, default=1, help="every N-th page")
    parser.add_argument("--converter", choices=("text_flat", "text_inscriptis"), default="text_flat")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--warm", action="store_true", help="do not empty the memos between turns")
    parser.add_argument("--only", default="pages,articles,corpora,growth,worst,memory,processes")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return child(options.child)
    chosen = [*pages(options.step)]
    texts = [page[options.converter] for page in chosen if page[options.converter]]
    parts = options.only.split(",")
    if "pages" in parts:
        race("pages", texts, options.rounds, options.warm)
    if "articles" in parts:
        race("articles", [page["gold"] for page in chosen if page["gold"]], options.rounds, options.warm)
    if "corpora" in parts and (found := corpora(options.step)):
        race("texts of corpora", found, options.rounds, options.warm)
    if "growth" in parts:
        growth(texts)
    if "worst" in parts:
        worst([page["gold"] for page in chosen if page["gold"]])
    if "memory" in parts:
        memory(texts)
    if "processes" in parts:
        processes(texts)


if __name__ == "__main__":
    main()
