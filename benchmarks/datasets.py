"""A large file of JSON Lines through the command line: memory, and whether processes change the output.

    python benchmarks/datasets.py [--megabytes 1000] [--preset repair] [--jobs 2] [--folder /tmp]
    python benchmarks/datasets.py --learn [--megabytes 500] [--jobs 2]
    python benchmarks/datasets.py --crawl [--megabytes 200] [--jobs 2]

The file is made of the benchmark's pages, again and again, and is deleted afterwards. With ``--learn``, it is made of random
lines beside some that recur, so that nearly every line is a new one, and goes through ``cleanmedia learn``; with ``--crawl``, of
the pages of 150 hosts, each with the words of its longer lines in another order every time. Memory is the
highest that each process itself had in use (VmHWM), so this runs on Linux alone; time is CPU time of all processes.
"""

import argparse
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from itertools import count, cycle
from pathlib import Path

from pages import pages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--megabytes", type=int, default=0, help="default: 1000, with --learn 500")
    parser.add_argument("--preset", default="repair")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", help="for the files; default: where temporary files go")
    parser.add_argument("--learn", action="store_true")
    parser.add_argument("--crawl", action="store_true")
    options = parser.parse_args()
    size = (options.megabytes or (500 if options.learn else 200 if options.crawl else 1_000)) * 1_000_000
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        corpus = Path(folder) / "corpus.jsonl"
        records = write(corpus, size, made() if options.learn else crawled() if options.crawl else cycle(list(taken())))
        print(f"{corpus.stat().st_size / 1e6:,.0f} MB of JSON Lines, {records:,} records", flush=True)
        if options.learn or options.crawl:
            run("learn", corpus, "--by", "url", "-o", Path(folder) / "t.parquet", "-j", options.jobs)
            print(f"templates: {(Path(folder) / 't.parquet').stat().st_size / 1e6:.1f} MB")
            return
        digests = set()
        for jobs in (options.jobs, 1):
            output = Path(folder) / f"{jobs}.jsonl"
            run("--preset", options.preset, "-j", jobs, corpus, "-o", output)
            with output.open("rb") as file:
                digests.add(hashlib.file_digest(file, "sha256").hexdigest())
            output.unlink()
        print("the outputs are equal" if len(digests) == 1 else "THE OUTPUTS DIFFER")


def write(path: Path, size: int, source: Iterable[dict]) -> int:
    records = written = 0
    with path.open("w", encoding="utf-8") as file:
        for record in source:
            line = json.dumps({"id": records, **record}, ensure_ascii=False) + "\n"
            written += file.write(line) if line.isascii() else file.write(line) and len(line.encode())
            records += 1
            if written >= size:
                return records
    raise AssertionError


def taken():
    for page in pages():
        yield {"url": f"http://{page['host']}/", "lang": page["lang"], "text": page["text_flat"]}


def made(hosts: int = 300):
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(20_000)]
    while True:
        host = chance.randrange(hosts)
        lines = [f"menu item {number} of host {host}" for number in range(15)]
        lines += [" ".join(chance.choices(words, k=14)) for _ in range(35)]
        yield {"url": f"host{host}.example.org", "text": "\n".join(lines)}


def crawled(hosts: int = 150):
    """Pages of the hosts with most pages, again and again, each time with another address and its longer lines in other words."""
    of_host = defaultdict(list)
    for page in pages():
        of_host[page["host"]].append(page["text_flat"])
    many = sorted(of_host.items(), key=lambda item: -len(item[1]))[:hosts]
    chance = random.Random(1)
    for number in count():
        host, texts = many[number % len(many)]
        lines = chance.choice(texts).split("\n")
        for at, line in enumerate(lines):
            if len(line) >= 60:
                words = line.split()
                chance.shuffle(words)
                lines[at] = " ".join(words)
        yield {"url": f"http://{host}/{number}", "text": "\n".join(lines)}


def run(*arguments: object) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen([sys.executable, "-m", "cleanmedia", *map(str, arguments)])
    peaks: dict[int, int] = {}
    while process.poll() is None:
        for pid in [process.pid, *children(process.pid)]:
            peaks[pid] = max(peaks.get(pid, 0), high_water(pid))
        time.sleep(0.1)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        sys.exit(process.returncode)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    workers = [peak >> 10 for pid, peak in peaks.items() if pid != process.pid]
    shown = " ".join(str(argument) for argument in arguments if not isinstance(argument, os.PathLike))
    print(f"cleanmedia {shown}: {seconds:,.0f} s of CPU; parent {peaks[process.pid] >> 10:,} MB", end="")
    print(f", workers {', '.join(map(str, sorted(workers, reverse=True)))} MB" if workers else "", flush=True)


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def high_water(pid: int) -> int:
    """In KB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    main()
