"""How much data that is not text ``decode`` refuses, and how much text.

    python benchmarks/not_text.py TEXTS... [--files FOLDER...] [--most N] [--seed N]

Files under the folders are binary if ``file --mime`` says so; at most N of a kind are read, whole and cut to 4,096 and 100 bytes. Random data has 16 to
10,000 bytes; compressed data is made from the texts, and tried with and without its first 15 bytes. TEXTS are folders or files that
benchmarks/decoding_texts.py makes, or JSON Lines (``.jsonl.gz``) with a field ``text``: pieces of them are put in every encoding that holds them.
"""

import argparse
import bz2
import gzip
import json
import lzma
import os
import random
import subprocess
import zlib
from collections import Counter, defaultdict
from pathlib import Path

from cleanmedia import decode
from cleanmedia.decoding.guessing import ENCODINGS

SIZES = (40, 200, 2_000, 1_000_000)
LONGEST = 500_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", metavar="TEXTS", type=Path, nargs="+")
    parser.add_argument("--files", metavar="FOLDER", type=Path, nargs="*", default=[])
    parser.add_argument(
        "--most", metavar="N", type=int, default=40, help="of each kind of data, of each source of texts"
    )
    parser.add_argument("--seed", metavar="N", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    texts = {name: rng.sample(found, min(len(found), options.most)) for name, found in sources(options.texts).items()}
    print("data refused")
    for size in (16, 40, 100, 1_000, 10_000):
        told(f"random, {size} bytes", [rng.randbytes(size) for _ in range(options.most * 5)])
    some = rng.sample([text.encode() for found in texts.values() for text in found], options.most)
    for name, compress in (
        ("gzip", gzip.compress),
        ("bzip2", bz2.compress),
        ("xz", lzma.compress),
        ("zlib", zlib.compress),
    ):
        told(name, [compress(data) for data in some])
        told(f"{name}, without its beginning", [compress(data)[15:] for data in some if len(compress(data)) > 120])
    for kind, paths in sorted(binary(options.files, rng, options.most).items()):
        whole = [path.read_bytes()[:LONGEST] for path in paths]
        for size in (LONGEST, 4_096, 100):
            told(f"{kind}, {'whole' if size == LONGEST else size}", [data[:size] for data in whole])
    print("\ntext refused")
    seen, refusals = Counter(), Counter()
    for name, found in texts.items():
        for text in found:
            for encoding, _, _ in ENCODINGS:
                for size in SIZES:
                    data = piece(text, encoding, size)
                    if data is not None and len(data) > 0.9 * min(size, 40):
                        seen[size] += 1
                        if refused(data):
                            refusals[size] += 1
                            print("    refused:", name, encoding, size, data[:40])
    for size in SIZES:
        print(f"up to {size:9,} bytes: {refusals[size]} of {seen[size]:,}")


def refused(data: bytes) -> bool:
    try:
        decode(data)
    except UnicodeDecodeError:
        return True
    return False


def told(name: str, lot: list[bytes]) -> None:
    print(f"{name:60} {sum(map(refused, lot)):5} of {len(lot):5}", flush=True)


def sources(paths: list[Path]) -> dict[str, list[str]]:
    """Texts by where they come from."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
            if file.name.endswith(".jsonl.gz"):
                with gzip.open(file, "rt", encoding="utf-8") as lines_of:
                    for line in lines_of:
                        record = json.loads(line)
                        name = record.get("corpus") or record.get("lang") or file.name
                        found[name].append(record.get("text") or record["text_flat"])
            else:
                lines = file.read_text("utf-8").split("\n")
                found[str(file)] += ["\n".join(lines[start : start + 40]) for start in range(0, len(lines), 40)]
    return found


def piece(text: str, encoding: str, size: int) -> bytes | None:
    """Return the longest beginning of a text that has at most so many bytes in an encoding, or None if it does not hold it."""
    text = text[:size]
    try:
        while len(data := text.encode(encoding)) > size:
            text = text[: -max(1, (len(data) - size) // 4)]
    except UnicodeEncodeError:
        return None
    return data


def binary(folders: list[Path], rng: random.Random, most: int) -> dict[str, list[Path]]:
    """Binary files by kind."""
    by_suffix: dict[str, list[Path]] = defaultdict(list)
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in names:
                path = Path(place, name)
                if path.is_file() and not path.is_symlink() and path.stat().st_size > 16:
                    by_suffix[path.suffix.lower()].append(path)
    kinds: dict[str, list[Path]] = defaultdict(list)
    for _, paths in sorted(by_suffix.items()):
        some = rng.sample(paths, min(len(paths), most))
        said = subprocess.run(
            ["file", "-b", "--mime", "-f", "-"],
            input="\n".join(map(str, some)),
            capture_output=True,
            text=True,
            check=True,
        )
        for path, kind in zip(some, said.stdout.splitlines(), strict=True):
            if "charset=binary" in kind and len(kinds[kind.split(";")[0]]) < most:
                kinds[kind.split(";")[0]].append(path)
    return {kind: paths for kind, paths in kinds.items() if paths}


if __name__ == "__main__":
    main()
