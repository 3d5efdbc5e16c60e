"""The dirt of published corpora, before and after: documents per 1,000 that have each kind, over ``CLEANMEDIA_CORPORA``.

    python benchmarks/corpora.py                   the table over all corpora
    python benchmarks/corpora.py --by-corpus       a table for each kind that some corpus has
    python benchmarks/corpora.py --show links -n 5 what is still there after the filter

A kind is counted by a detector of this file. The detectors are cruder than the filters and share no pattern with them, so a
filter is not measured by itself: what a filter keeps on purpose (``node.js``) counts as dirt that is left.

The data file is gzipped JSON Lines, with the fields corpus, lang, id, title and text.
"""

import argparse
import gzip
import itertools
import json
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from multiprocessing import Pool
from pathlib import Path

import regex

import cleanmedia
from cleanmedia.core.context import given

DATA = Path(os.environ.get("CLEANMEDIA_CORPORA", Path(__file__).parents[2] / "shared" / "corpora" / "texts.jsonl.gz"))
Detector = Callable[[str, str], "str | None"]  # takes a text and its title, and returns the first piece of dirt


def having(pattern: str, fewest: int = 1) -> Detector:
    """Return a detector of texts in which a pattern matches so many times."""
    compiled = regex.compile(pattern, regex.M)

    def find(text: str, _: str) -> str | None:
        found = [
            text[max(0, m.start() - 30) : m.end() + 30]
            for m, _ in zip(compiled.finditer(text), range(fewest), strict=False)
        ]
        return found[0] if len(found) == fewest else None

    return find


def glued_title(text: str, title: str) -> str | None:
    """The title at the start of a longer line."""
    first = title.strip() or text.lstrip().split("\n", 1)[0].strip()
    if not 20 <= len(first) <= 200:
        return None
    at = text.find(first, 0 if title.strip() else len(first))
    rest = text[at + len(first) : at + len(first) + 40]
    return first[-20:] + rest if at >= 0 and rest[:1] not in ("\n", "") and rest.strip()[:1].isupper() else None


def wrapped(text: str, _: str) -> str | None:
    """Lines of about one width, most of which go on in a small letter."""
    lines = [line for line in text.split("\n") if line.strip()]
    broken = [
        one[-30:] + "⏎" + two[:30]
        for one, two in itertools.pairwise(lines)
        if 45 <= len(one) <= 90 and one.rstrip()[-1] not in ".!?:" and two.strip()[:1].islower()
    ]
    return broken[0] if len(broken) >= 3 and len(broken) * 3 > len(lines) else None


# Kinds by the filter that removes them: on by default, then those that are switched on.
DEFAULT: dict[str, tuple[str, Detector]] = {
    "references to control characters": ("entities", having(r"&#(?:x0?)?[1-8];|&#x27(?=\p{L})")),
    "truncation counts": ("truncations", having(r"\[\s?\+\s?\d+ \w+\s?\]")),
    "space before । or ۔": ("punctuation", having(r"\p{L}\p{M}* +[।۔]")),
    "space inside brackets": ("punctuation", having(r"\([ \t]+[\p{L}\p{N}]|[\p{L}\p{N}][ \t]+\)")),
    "stop or comma twice, apart": ("punctuation", having(r"\p{L}(?:\. \.|, ,)(?! ?[.,])")),
    "stop behind ! or ?": ("punctuation", having(r"\p{Ll}[!?]\.(?!\.)")),
    "title glued to the lead": ("repeated_titles", glued_title),
    "consent notice": (
        "widgets",
        having(r"(?i)(?:cookies?|partners)\b.{0,80}\b(?:accept all|reject all|IAB)|accept all\b.{0,90}partners"),
    ),
}
OPT_IN: dict[str, tuple[str, Detector]] = {
    "lost spaces": ("lost_spaces", having(r"\p{Ll}{2}[.!?]\p{Lu}\p{Ll}")),
    "lost apostrophes": (
        "lost_apostrophes",
        having(
            r"\b(?:[Dd]oes|[Dd]id|[Ii]s|[Ww]as|[Cc]ould|[Ww]ould|[Hh]as|[Hh]ad)nt\b|\b(?:[Dd]ont|[Tt]hats|[Yy]oure|[Tt]heyre)\b|\bI(?:ve|m) (?:a|the|not|been|just|so|in|going|never|had)\b"
        ),
    ),
    "datelines: city": (
        "datelines",
        having(
            r"\A\s*(?:.{0,90}\n+\s*)?(?:\p{Lu}[\p{Lu}.' -]{2,30}|\p{Lu}[\p{L}.' -]{1,25}),?[^\n.!?]{0,40}? (?:\(\w[\w/ ]{1,20}\) )?[-–—]{1,2} \p{Lu}"
        ),
    ),
    "datelines: agency": (
        "datelines",
        having(
            r"\A.{0,120}\((?:Reuters|AP|AFP|dpa|APA|ANTARA|Xinhua|IANS|PTI|Bernama)\) ?[-–—]|\A\s*\p{Lu}[\p{Lu}\d]+\.(?:COM|CO\.ID|com)\b[^\n]{0,40}[-–]"
        ),
    ),
    "picture credits": (
        "credits",
        having(
            r"(?i)\((?:photo|foto|image|picture|bild|ảnh)\b[^()\n]{0,60}\)|\b(?:photo|foto|image credit|photo credit|ảnh|fotografie)\s?:\s?\p{Lu}|^.{0,120}/ ?(?:getty images|afp|reuters|ap)\b.{0,20}$|getty images"
        ),
    ),
    "reporters and editors": (
        "credits",
        having(r"\((?:Additional )?[Rr]eporting by[^()\n]*\)|^(?:Additional )?[Rr]eporting by "),
    ),
    "URLs": ("links", having(r"https?://\S|\bwww\.\p{L}")),
    "handles": ("links", having(r"(?<![\w@./])@\w{3,}")),
    "hashtags": ("links", having(r"(?<![\w&#/])#\p{L}\w{2,}")),
    "embedded tweets": ("links", having(r"pic\.twitter\.com/|\(@\w+\) \p{Lu}\p{Ll}+ \d{1,2}, 20\d\d")),
    "tags": ("markup", having(r"</?(?:a|b|i|p|br|em|font|div|span|img|li|ul|ol|strong)(?:\s[^<>]*)?/?>")),
    "escapes": ("escapes", having(r"\\n|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|_x000D_|=\r?\n(?=\p{Ll})|\p{Ll}\\\p{L}")),
    "tokenised": ("tokens", having(r"(?:\p{L} [,.;] (?=\p{L}))|\bn't\b|``|-[LR]RB-", 8)),
    "hard-wrapped lines": ("wrapped_lines", wrapped),
}
KINDS = DEFAULT | OPT_IN


def load() -> list[dict]:
    """Return the documents; ends the program with a plain message where there are none."""
    if not DATA.exists():
        sys.exit(f"no corpora in {DATA}; name the file with CLEANMEDIA_CORPORA")
    with gzip.open(DATA, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def pipelines() -> dict[str, cleanmedia.Pipeline]:
    """Return the pipelines to compare."""
    return {"NEWS": cleanmedia.NEWS, "CORPUS": cleanmedia.CORPUS}


def versions(document: dict) -> dict[str, str]:
    """Return the text of a document as it is, and cleaned by each pipeline."""
    title = document["title"]
    return {"before": document["text"]} | {
        name: given(pipeline, title=title)(document["text"]) for name, pipeline in pipelines().items()
    }


def main() -> None:
    """Print what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--by-corpus", action="store_true", help="the same for each corpus")
    parser.add_argument("--show", metavar="KIND", help="print what is left of this kind after CORPUS")
    parser.add_argument("-n", type=int, default=10, help="number of examples")
    parser.add_argument("-j", "--jobs", type=int, default=1, help="processes")
    parser.add_argument("--step", type=int, default=1, help="every so many-th document")
    options = parser.parse_args()
    documents = load()[:: options.step]
    with Pool(options.jobs) as pool:
        cleaned = pool.map(versions, documents, 20)
    counts: dict[str, Counter] = defaultdict(Counter)
    by_corpus: dict[tuple[str, str], Counter] = defaultdict(Counter)
    sizes = Counter(document["corpus"] for document in documents)
    left = []
    for document, texts in zip(documents, cleaned, strict=True):
        for kind, (_, find) in KINDS.items():
            for name, text in texts.items():
                found = find(text, document["title"] or "")
                if found is not None:
                    counts[kind][name] += 1
                    by_corpus[kind, document["corpus"]][name] += 1
                    if name == "CORPUS" and options.show and options.show in kind:
                        left.append((document["id"], found))
    names = ["before", *pipelines()]
    print(f"{len(documents):,} documents of {len(sizes)} corpora; documents per 1,000 with each kind")
    print(f"{'kind':36}{'filter':>17}" + "".join(f"{name:>9}" for name in names))
    for kind, (filter_name, _) in KINDS.items():
        row = [counts[kind][name] * 1000 / len(documents) for name in names]
        print(f"{kind:36}{filter_name:>17}" + "".join(f"{value:9.1f}" for value in row))
        if options.by_corpus:
            for corpus, size in sizes.items():
                if by_corpus[kind, corpus]:
                    row = [by_corpus[kind, corpus][name] * 1000 / size for name in names]
                    print(f"  {corpus:51}" + "".join(f"{value:9.1f}" for value in row))
    random.Random(1).shuffle(left)
    for name, found in left[: options.n]:
        print(f"{name}: {found!r}")


if __name__ == "__main__":
    main()
