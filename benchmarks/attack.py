"""Attack every promise with random texts and files, for as long as you like, and print the smallest input that breaks one.

    python benchmarks/attack.py --minutes 60 --seed 1

Texts are made of what the package's patterns match, the catalogues' phrases, the cases of the tests, mutated lines and characters
of all of Unicode (``tests/support/attacks.py``). They are checked against the laws (a second pass changes nothing, every edit can be
undone, what drops lines leaves the others alone, letters stay, the result can be encoded), against the growth of time, and, as
files of every format, against the command line. Each violation is printed with its input, made as small as it gets. The exit
code is 1 if there is one.
"""

import argparse
import gzip
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))
from cleanmedia import NEWS, Pipeline, filters
from cleanmedia.core.edits import splice
from cleanmedia.filters import quotes, site_lines
from cleanmedia.presets import PRESETS as PIPELINES
from tests.support.attacks import Attacker
from tests.support.growth import grows_too_fast

PRESETS = {name.upper(): preset for name, preset in PIPELINES.items()}
FILTERS = {name: getattr(filters, name) for name in filters.__all__}
FILTERS["quotes, straight"] = quotes(style="straight")
FILTERS["quotes, de"] = quotes(style="de")
FILTERS["site_lines"] = site_lines(lines=["Home", "World", "12 comments", "A short line between"])
OWNERS_OF_LETTERS = {"entities", "mojibake", "characters", "escapes", "markup", "tokens"}
WHOLE_LINES = {"boilerplate", "repeated_lines", "site_lines"}  # that drop these and nothing else
SUBJECTS = {**FILTERS, **PRESETS}
FILES_EVERY, GROWTH_EVERY, TEXTS_A_FILE = 600, 40, 40  # texts
FORMATS = ("jsonl", "jsonl.gz", "parquet", "txt", "txt.gz", "warc.wet")


def second_pass(name: str, text: str) -> str:
    once = SUBJECTS[name](text)
    return "" if SUBJECTS[name](once) == once else "a second pass changes something"


def record(name: str, text: str) -> str:
    subject = SUBJECTS[name]
    trace = (subject if isinstance(subject, Pipeline) else Pipeline(subject)).trace(text)
    if trace.restore() != text:
        return "the trace does not restore the text"
    if name in FILTERS and splice(text, subject.edits(text)) != subject(text):
        return "the edits do not make the text"
    if name in PRESETS and trace.text != subject(text):
        return "trace and call differ"
    return ""


def letters(name: str, text: str) -> str:
    subject = SUBJECTS[name]
    if name in PRESETS or subject.name in OWNERS_OF_LETTERS or subject.drops:
        return ""
    kept, had = (("".join(filter(str.isalnum, each))) for each in (subject(text), text))
    return "" if kept == had else "letters or digits are lost"


def other_lines(name: str, text: str) -> str:
    if name not in WHOLE_LINES:
        return ""
    lines = iter(text.split("\n"))
    for line in SUBJECTS[name](text).removesuffix("\n").split("\n"):
        if line and not any(other == line for other in lines):
            return "a line that stays is changed"
    return ""


def encodes(name: str, text: str) -> str:
    if name in PRESETS:
        SUBJECTS[name](text).encode()
    return ""


LAWS = (second_pass, record, letters, other_lines, encodes)


def growth(name: str, unit: str) -> str:
    """Check that eight times as many of a unit do not take clearly more than eight times as long."""
    ratio = grows_too_fast(SUBJECTS[name], unit)
    return f"eight times the text takes {ratio:.1f} times the time" if ratio else ""


def failure(check: Callable[[str, str], str], name: str, text: str) -> str:
    """Return what a check says of a text, an exception included."""
    try:
        return check(name, text)
    except Exception as error:
        return f"{type(error).__name__}: {error}"[:200]


def smallest(fails: Callable[[str], bool], text: str, limit: float = 30.0) -> str:
    """Return a text of which no piece can be taken away such that the check still fails, as far as it is found in time."""
    end = time.monotonic() + limit
    size = max(1, len(text) // 2)
    while size and time.monotonic() < end:
        at, smaller = 0, False
        while at < len(text) and time.monotonic() < end:
            shorter = text[:at] + text[at + size :]
            if shorter and fails(shorter):
                text, smaller = shorter, True
            else:
                at += size
        if not smaller or size > len(text):
            size //= 2
    return text


def encoded(kind: str, texts: list[str]) -> bytes:
    """Return a file of a format that holds these texts, each a document; a text file holds one."""
    if kind.startswith("txt"):
        data = texts[0].encode()
    elif kind == "warc.wet":
        records = []
        for number, text in enumerate(texts):
            body = text.encode()
            head = f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://x.example/{number}\r\nContent-Length: {len(body)}\r\n"
            records.append(head.encode() + b"\r\n" + body + b"\r\n\r\n")
        data = b"".join(records)
    elif kind == "parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        sink = pa.BufferOutputStream()
        pq.write_table(pa.table({"text": texts}), sink)
        data = sink.getvalue().to_pybytes()
    else:
        data = b"".join(json.dumps({"text": text}, ensure_ascii=False).encode() + b"\n" for text in texts)
    return gzip.compress(data, mtime=0) if kind.endswith(".gz") else data


def documents(kind: str, data: bytes) -> list[str] | None:
    """Return the texts of a file of JSON Lines or Parquet, None for other formats."""
    if kind == "parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        return pq.read_table(pa.BufferReader(data))["text"].to_pylist()
    if kind.startswith("jsonl"):
        data = gzip.decompress(data) if kind.endswith(".gz") else data
        return [json.loads(line)["text"] for line in data.split(b"\n") if line]
    return None


def files(texts: list[str], chance: random.Random) -> Iterator[str]:
    """Clean a file by the command line, sound or broken, and yield what is wrong."""
    kind = chance.choice(FORMATS)
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    data = encoded(kind, texts)
    broken = chance.random() < 0.5
    if broken:
        at = chance.randrange(len(data) + 1)
        data = chance.choice((data[:at], data[:at] + chance.randbytes(8) + data[at + 8 :], data[at:], data[:at] + data))
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, f"in.{kind}"), Path(folder, "out")
        source.write_bytes(data)
        way = chance.choice((["--output-dir", str(out)], ["-i"], ["--check"], ["--output-dir", str(out), "-j", "2"]))
        command = [sys.executable, "-m", "cleanmedia", *way, str(source)]
        done = subprocess.run(command, capture_output=True, timeout=120)
        errors = done.stderr.decode(errors="replace")
        told = f"{kind}, {' '.join(way[:1])}, {'broken' if broken else 'sound'}"
        if done.returncode not in (0, 1, 2) or "Traceback" in errors:
            yield f"{told}: exit code {done.returncode}: {errors[-300:]!r}; the file is {data[:400]!r}"
        elif not errors.isprintable() and any(not line.isprintable() for line in errors.splitlines()):
            yield f"{told}: a control reaches the terminal: {errors[:200]!r}"
        written = {"-i": source, "--output-dir": out / source.name}.get(way[0])
        if (
            written
            and not broken
            and done.returncode == 0
            and (kept := documents(kind, written.read_bytes())) is not None
        ):
            wrong = [(text, new) for text, new in zip(texts, kept, strict=False) if NEWS(text) != new]
            if len(kept) != len(texts) or wrong:
                yield f"{told}: {len(texts)} documents came out as {len(kept)}, {len(wrong)} of them otherwise: {wrong[:1]!r}"
        if way[0] == "-i" and done.returncode == 2 and source.read_bytes() != data:
            yield f"{told}: the file was changed though it was refused"
        if leftover := [path.name for path in Path(folder).rglob(".cleanmedia-*.tmp")]:
            yield f"{told}: leaves {leftover}"


def attack(seconds_left: float, seed: int, most: int, texts: float) -> tuple[Counter[str], dict[str, str]]:
    """Attack for so long, or until so many sorts of violations are found; return the counts of what was done, and these."""
    end = time.monotonic() + seconds_left
    attacker, chance = Attacker(seed), random.Random(seed)
    counts: Counter[str] = Counter()
    found: dict[str, str] = {}
    kept: list[str] = []
    while time.monotonic() < end and len(found) < most and counts["texts"] < texts:
        text = attacker.text()
        counts["texts"] += 1
        kept = [*kept[1 - TEXTS_A_FILE :], text]
        checks: list[tuple[Callable[[str, str], str], str, str]] = [
            (law, name, text) for name in SUBJECTS for law in LAWS
        ]
        if counts["texts"] % GROWTH_EVERY == 1:
            unit = "".join(attacker.piece() for _ in range(chance.choice((1, 1, 2, 3))))[:80] or "a"
            checks += [(growth, name, unit) for name in PRESETS]
        for check, name, given in checks:
            counts[f"checks of {check.__name__}"] += 1
            sort = f"{name}: {check.__name__}"
            if (said := failure(check, name, given)) and sort not in found:
                small = smallest(lambda shorter, check=check, name=name: bool(failure(check, name, shorter)), given)
                found[sort] = f"{failure(check, name, small) or said}: {small!r}"
                print(f"{sort}: {found[sort]}", flush=True)
        if counts["texts"] % FILES_EVERY == FILES_EVERY // 4:
            counts["files"] += 1
            for said in files(kept, chance):
                found.setdefault(f"file {len(found)}", said)
                print(said, flush=True)
    return counts, found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--texts", type=int, default=float("inf"), help="end after so many texts, if the time is not over before"
    )
    parser.add_argument("--most", type=int, default=20, help="sorts of violations after which it stops")
    options = parser.parse_args()
    counts, found = attack(options.minutes * 60, options.seed, options.most, options.texts)
    print(", ".join(f"{count:,} {what}" for what, count in counts.items()))
    print(f"{len(found)} sorts of violations")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
