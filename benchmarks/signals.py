"""Send signals at random moments to the command line at work, beside busy processes, and check how it ends.

    python benchmarks/signals.py --signals 300 --busy 2

A trial cleans a few files by two processes (``-j 2``) into a folder, into one file or in place, and gets SIGINT, SIGTERM or SIGHUP
once. The signal comes at a random moment between the one in which the process takes over its signals (before, the interpreter
answers by itself) and the usual end of a run; half of the signals come in the first third of that time, in which the
workers start. A trial fails if the process hangs, if it writes anything to standard error, if its exit code is neither
128 + signal nor 0, if a temporary file is left, or if an output is neither complete nor absent.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
COMMAND = [sys.executable, "-m", "cleanmedia", "-j", "2"]
_BUSY = "import os; parent = os.getppid()\nwhile os.getppid() == parent: pass"
_FILES, _LINES, _TIMEOUT = 6, 80, 300  # files of so many lines of JSON; seconds


def prepare(folder: Path) -> Path:
    """Write the corpus of the trials, and return its folder."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for number in range(_FILES):
        text = f"Page {number}: it&# 39;s over, said the mayor..\\nShare on Facebook\\n" * 10
        (corpus / f"{number}.jsonl").write_text(f'{{"text": "{text}"}}\n' * _LINES)
    return corpus


def arguments(way: str, corpus: Path, work: Path) -> list[str]:
    """Return the options of a trial, which writes into the folder ``work``."""
    if way == "--output-dir":
        return [way, str(work), str(corpus)]
    if way == "-o":
        return [way, str(work / "out.jsonl"), *map(str, sorted(corpus.iterdir()))]
    for path in corpus.iterdir():
        shutil.copy(path, work)
    return [way, str(work)]


def started(command: list[str], stdin: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Start the command, and return once it handles SIGTERM itself."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=stdin)
    while process.poll() is None:
        status = Path(f"/proc/{process.pid}/status").read_text()
        caught = int(status.partition("SigCgt:")[2].split()[0], 16)
        if caught >> (signal.SIGTERM - 1) & 1:
            break
    return process


def trial(way: str, number: int | None, delay: float, corpus: Path, expected: dict[str, bytes]) -> tuple[int, str]:
    """Run the command with one signal (or none); return the exit code, and what is wrong, if anything."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder, "out")
        work.mkdir()
        process = started([*COMMAND, *arguments(way, corpus, work)])
        if number is not None:
            time.sleep(delay)
            process.send_signal(number)
        try:
            _, errors = process.communicate(timeout=_TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return -1, "hangs"
        code = process.returncode
        if errors:
            return code, "says " + errors.decode(errors="replace")
        if code not in (0, 128 + (number or 0)):
            return code, f"exit code {code}"
        for path in work.rglob("*"):
            if path.name.startswith(".cleanmedia-"):
                return code, f"leaves {path.name}"
            wanted = [expected[path.name]] if path.name in expected else []
            wanted += [(corpus / path.name).read_bytes()] if way == "-i" else []
            if wanted and path.read_bytes() not in wanted:
                return code, f"{path.name} is half-written"
        return code, ""


def expected_outputs(corpus: Path) -> tuple[dict[str, bytes], float]:
    """Return the outputs of runs without signals, by name, and how long such a run takes from its start, in seconds."""
    outputs: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        for way in ("--output-dir", "-o"):
            begin = time.monotonic()
            subprocess.run([*COMMAND, *arguments(way, corpus, Path(folder))], check=True, timeout=_TIMEOUT)
            seconds = time.monotonic() - begin
        outputs = {path.name: path.read_bytes() for path in Path(folder).iterdir() if not path.name.startswith(".")}
    return outputs, seconds


def run(count: int, busy: int, seed: int) -> tuple[Counter[tuple[str, int]], list[str]]:
    """Run trials. Return how often each signal gave each exit code, and the failures."""
    for number in SIGNALS:  # in the background, or under nohup, a process inherits that they are ignored
        signal.signal(number, signal.SIG_DFL)
    loops = [subprocess.Popen([sys.executable, "-c", _BUSY]) for _ in range(busy)]
    codes: Counter[tuple[str, int]] = Counter()
    failures: list[str] = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            corpus = prepare(Path(folder))
            expected, seconds = expected_outputs(corpus)
            draw = random.Random(seed)
            for _ in range(count):
                way, number = draw.choice(("--output-dir", "-o", "-i")), draw.choice(SIGNALS)
                delay = draw.random() * seconds * draw.choice((1 / 3, 1))
                code, wrong = trial(way, number, delay, corpus, expected)
                codes[signal.Signals(number).name, code] += 1
                if wrong:
                    failures.append(f"{way} {signal.Signals(number).name} after {delay:.3f} s: {wrong}")
                    print(failures[-1], flush=True)
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()
    return codes, failures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--signals", type=int, default=300)
    parser.add_argument("--busy", type=int, default=2, help="processes that do nothing but take time")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not os.path.isdir("/proc/self"):
        parser.error("needs /proc")
    codes, failures = run(options.signals, options.busy, options.seed)
    for (name, code), count in sorted(codes.items()):
        print(f"{name:8} exit code {code:4}: {count}")
    print(f"{options.signals} signals, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
