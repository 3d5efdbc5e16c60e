#!/usr/bin/env python3
"""Print a digest of what each preset makes of the benchmark pages and texts: fingerprint.py [--preset NEWS] [--step N].

Run it before and after a change that must not change any output; equal digests mean equal bytes. ``--dump FILE`` also
writes one digest for each text, so that ``diff`` finds the texts that differ.
"""

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path

import cleanmedia

SHARED = Path(__file__).parents[1].with_name("shared")
CONVERTERS = ("text_flat", "text_inscriptis")
PRESETS = ("REPAIR", "NEWS", "ARTICLE")


def records(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def texts() -> Iterator[tuple[str, str]]:
    """Yield a name and a text for every page, in a fixed order."""
    for path in sorted((SHARED / "bench/dev").glob("*.jsonl.gz")):
        for page in records(path):
            yield from ((f"dev {page['id']} {converter}", page[converter]) for converter in CONVERTERS)
    for folder in ("clean", "corpora"):
        for page in records(SHARED / folder / "texts.jsonl.gz"):
            yield f"{folder} {page['corpus']} {page['id']}", page["text"]


def digests(job: tuple[str, str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    name, text, presets = job
    return [
        (preset, name, hashlib.sha256(getattr(cleanmedia, preset)(text).encode()).hexdigest()[:16])
        for preset in presets
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--preset", choices=PRESETS, action="append", help="default: all three")
    parser.add_argument("--step", type=int, default=1, help="take every Nth text (default: 1)")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--dump", type=Path, help="write one digest for each text to this file")
    options = parser.parse_args()
    if not SHARED.is_dir():
        parser.exit(0, f"skipped: {SHARED} is absent\n")
    presets = tuple(options.preset or PRESETS)
    totals = {preset: hashlib.sha256() for preset in presets}
    jobs = ((name, text, presets) for name, text in islice(texts(), 0, None, options.step))
    lines, count = [], 0
    with ProcessPoolExecutor(options.processes) as pool:
        for found in pool.map(digests, jobs, chunksize=32):
            count += 1
            for preset, name, digest in found:
                totals[preset].update(f"{name} {digest}\n".encode())
                lines.append(f"{preset} {name} {digest}\n")
    if options.dump:
        options.dump.write_text("".join(lines), encoding="utf-8")
    for preset, total in totals.items():
        print(f"{preset:8} {count:,} texts  {total.hexdigest()}")


if __name__ == "__main__":
    main()
