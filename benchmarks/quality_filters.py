"""How many documents datatrove's quality filters keep, raw and cleaned: FineWeb's, Gopher's two, C4's, and all in a row.

    pip install -e '.[datatrove]' spacy
    python benchmarks/quality_filters.py [--step N] [--after trafilatura] [--sample samples/voa-libya.txt]

English pages of the benchmark, as text with everything on it; with ``--after``, what that HTML extractor gave of them. Every
filter has datatrove's own settings; in a row they have FineWeb's (C4's without its rule on the ends of lines). "gold" is the
article as people marked it: what a perfect cleaner would give. Pages whose source the shipped weights of ``boilerplate`` were
trained on are counted apart.
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from pages import BENCH, pages

from cleanmedia import ARTICLE, NEWS

sys.path.append(sys.path.pop(0))  # spaCy needs the package catalogue, and not the file of that name beside this one
try:
    import spacy  # noqa: F401  # datatrove counts English words with it
    from datatrove.data import Document
    from datatrove.pipeline.filters import (
        C4QualityFilter,
        FineWebQualityFilter,
        GopherQualityFilter,
        GopherRepetitionFilter,
    )
except ImportError as error:
    sys.exit(f"{error}: pip install -e '.[datatrove]' spacy")

SAMPLE = Path(__file__).parents[1] / "samples" / "voa-libya.txt"
UNSEEN = ("waddle", "cleanportal", "trafilatura")  # sources that train_boilerplate.py does not read
ALONE = {
    "FineWeb": FineWebQualityFilter(),
    "Gopher quality": GopherQualityFilter(),
    "Gopher repetition": GopherRepetitionFilter(),
    "C4": C4QualityFilter(),
}
IN_A_ROW = [
    GopherRepetitionFilter(),
    GopherQualityFilter(),
    C4QualityFilter(filter_no_terminal_punct=False),
    FineWebQualityFilter(),
]
VERSIONS: dict[str, Callable[[str], str]] = {"raw": str, "NEWS": NEWS, "ARTICLE": ARTICLE}


def verdict(filters: list, text: str) -> str:
    """``kept``, or the reason of the first filter that does not keep it."""
    document = Document(text=text, id="page")
    for found in filters:
        result = found.filter(document) if document.text.strip() else (False, "empty")
        kept, reason = result if isinstance(result, tuple) else (result, "no reason")
        if not kept:
            return str(reason)
    return "kept"


def verdicts(text: str) -> dict[str, str]:
    return {name: verdict([found], text) for name, found in ALONE.items()} | {"all in a row": verdict(IN_A_ROW, text)}


def judge(page: tuple[str, dict[str, str]]) -> list[tuple[str, str, str, str]]:
    group, texts = page
    return [(group, version, name, said) for version, text in texts.items() for name, said in verdicts(text).items()]


def chosen(step: int, after: str | None) -> Iterator[tuple[str, dict[str, str]]]:
    """The group of a page, and its text in each version."""
    extracted = {}
    if after:
        with gzip.open(BENCH / "out" / f"{after}.jsonl.gz", "rt", encoding="utf-8") as file:
            extracted = {row["id"]: row["text"] or "" for row in map(json.loads, file)}
    for page in pages(step):
        if page["lang"] != "en" or (after and page["id"] not in extracted):
            continue
        text = extracted[page["id"]] if after else page["text_flat"]
        texts = {version: clean(text) for version, clean in VERSIONS.items()}
        if page["kind"] == "article":
            seen = "not seen in training" if page["source"] in UNSEEN else "seen in training"
            yield f"articles, {seen}", {**texts, "gold": page["gold"]}
        elif page["source"] == "wcxb-other":
            yield "forums, products, listings, documentation, services", {**texts, "gold": page["gold"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--step", type=int, default=1, help="every N-th page")
    parser.add_argument(
        "--after", metavar="EXTRACTOR", help="judge what it gave, out/EXTRACTOR.jsonl.gz of the benchmark"
    )
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()

    print("the sample page")
    for version, clean in VERSIONS.items():
        print(f"  {version:8}", *[f"{name}: {said};" for name, said in verdicts(clean(SAMPLE.read_text())).items()])

    kept: Counter[tuple[str, str, str]] = Counter()
    reasons: Counter[tuple[str, str, str]] = Counter()
    number: Counter[str] = Counter()
    with ProcessPoolExecutor(options.processes) as pool:
        for rows in pool.map(judge, chosen(options.step, options.after), chunksize=8):
            number[rows[0][0]] += 1
            for group, version, name, said in rows:
                kept[group, version, name] += said == "kept"
                if said != "kept" and name == "all in a row":
                    reasons[group, version, said] += 1
    for group in sorted(number):
        print(f"\n{group}: {number[group]} pages; kept, in percent")
        print(f"  {'':20}" + "".join(f"{version:>9}" for version in (*VERSIONS, "gold")))
        for name in (*ALONE, "all in a row"):
            shares = [100 * kept[group, version, name] / number[group] for version in (*VERSIONS, "gold")]
            print(f"  {name:20}" + "".join(f"{share:9.1f}" for share in shares))
        for version in VERSIONS:
            most = [(said, n) for (g, v, said), n in reasons.most_common() if (g, v) == (group, version)][:5]
            print(f"  rejected {version:8}", ", ".join(f"{said} {n}" for said, n in most))


if __name__ == "__main__":
    main()
