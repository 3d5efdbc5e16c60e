"""What the phrase catalogues cost: loading all of them, and the look-up of a line in 1,000, 10,000 and 100,000 phrases.

    python benchmarks/phrases.py

CPU time of this process; the least of many rounds for loading, the median of interleaved rounds for look-ups.
"""

import random
import statistics
import time

from cleanmedia.page.fold import _keys
from cleanmedia.phrases.catalogue import Catalogue, _loaded, catalogue, languages
from cleanmedia.phrases.placeholders import _forms

SIZES = (1_000, 10_000, 100_000)  # the smallest has as many as the look-ups ask for
ROUNDS = 15
LOOKUPS = 1_600


def cpu(work) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def load() -> None:
    _loaded.cache_clear()
    catalogue()


def made_up(size: int) -> Catalogue:
    """Phrases of two to six made-up words: half of them of the first thousand words, so that prefixes are shared."""
    chance = random.Random(size)
    words = ["".join(chance.choices("abcdefghijklmnoprstuvz", k=chance.randint(2, 9))) for _ in range(5_000)]
    phrases = {" ".join(chance.choices(words, k=chance.randint(2, 6))) for _ in range(size)}
    found = Catalogue()
    found.add("[share]\n" + "\n".join(sorted(phrases)) + "\n", "xx", "made up", trusted=True)
    return found


def look_up(found: Catalogue, queries: list[str]) -> None:
    for memo in (_keys, _forms):  # what a line costs that was never seen before
        memo.clear()
    for query in queries:
        found.find(query)


def main() -> None:
    times = sorted(cpu(load) for _ in range(ROUNDS))
    count = sum(1 for _ in catalogue().phrases())
    print(
        f"loading {count} phrases in {len(languages())} languages: {times[0] * 1e3:.1f} ms of CPU, median {times[len(times) // 2] * 1e3:.1f}"
    )

    chance = random.Random(0)
    catalogues = {size: made_up(size) for size in SIZES}
    queries = {}
    for size, found in catalogues.items():
        known = [phrase.text for phrase in found.phrases()]
        half = LOOKUPS // 2
        queries[size] = [f"  • {text.upper()}" for text in chance.sample(known, half)] + [
            f"a line of {chance.randint(1, 10**9)} that no catalogue has" for _ in range(half)
        ]
    spent: dict[int, list[float]] = {size: [] for size in SIZES}
    for _ in range(ROUNDS):
        for size, found in catalogues.items():
            spent[size].append(cpu(lambda f=found, q=queries[size]: look_up(f, q)) / len(queries[size]))
    print("\nlook-up of a line never seen before, half of them phrases, in CPU microseconds and as a ratio")
    base = statistics.median(spent[SIZES[0]])
    for size in SIZES:
        median = statistics.median(spent[size])
        print(f"{size:9} phrases {median * 1e6:8.2f} {median / base:6.2f}x")


if __name__ == "__main__":
    main()
