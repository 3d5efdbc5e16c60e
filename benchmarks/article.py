"""How much of the article comes out of a whole page's text, and how much else: the filters, simple rules and HTML extractors.

    python benchmarks/article.py [--folds FOLDER] [--converter text_flat] [--step N] [--only ARTICLE]
    python benchmarks/article.py --after        # NEWS and ARTICLE on the outputs of HTML extractors
    python benchmarks/article.py --site         # ARTICLE.site on the hosts with four pages or more

The scorer is the benchmark's own, and its CORE is the mean over five sources of news pages, each of the same weight, with
a bootstrap interval over publishers. Pages that the shipped weights were trained on say little about other pages: with
``--folds``, which ``train_boilerplate.py`` writes, each of them is judged by weights that have not seen its publisher.
"""

import argparse
import gzip
import importlib.util
import json
import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import fmean

from pages import BENCH, pages

from cleanmedia import ARTICLE, NEWS
from cleanmedia.engines.site import FEWEST_PAGES
from cleanmedia.filters import boilerplate
from cleanmedia.page.body import find_body
from cleanmedia.page.prose import is_prose

sys.path.insert(0, str(BENCH))

_ENDS = re.compile(r"[.!?…。！？\"'”’»)]\s*$")
_POLICY = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")


def long_sentences(text: str, fewest: int = 15) -> str:
    """Lines of at least 15 words (or 30 characters of a script without spaces) that end in punctuation."""
    return "\n".join(
        line
        for line in text.split("\n")
        if _ENDS.search(line)
        and (len(line.split()) >= fewest or (not line.isascii() and len(re.findall("[\u3040-\u9fff]", line)) >= 30))
    )


def c4(text: str) -> str:
    """C4's rules on lines (Raffel et al. 2020): five words, terminal punctuation, no javascript, no policy notice."""
    return "\n".join(
        line
        for line in text.split("\n")
        if line.rstrip().endswith((".", "!", "?", '"', "”"))
        and len(line.split()) >= 5
        and "javascript" not in line.lower()
        and not any(policy in line.lower() for policy in _POLICY)
    )


def best_run(text: str) -> str:
    """The stretch of lines with the greatest sum of prose, in which other lines cost."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    body = find_body(lines, [*map(is_prose, lines)])
    return "\n".join(lines[body.start : body.stop])


def justext_rule(text: str, language: str) -> str:
    """jusText's classification, with each line as a paragraph without links."""
    import justext.core
    import justext.utils
    from justext.paragraph import Paragraph

    names = {
        "en": "English",
        "de": "German",
        "fr": "French",
        "ru": "Russian",
        "pl": "Polish",
        "el": "Greek",
        "es": "Spanish",
    }
    name = names.get(language, "English")

    class Place:
        dom = xpath = ""

    made = []
    for line in text.split("\n"):
        if line.strip():
            paragraph = Paragraph(Place())
            paragraph.append_text(line.strip())
            made.append(paragraph)
    justext.core.classify_paragraphs(made, justext.utils.get_stoplist(name))
    justext.core.revise_paragraph_classification(made)
    return "\n".join(paragraph.text for paragraph in made if not paragraph.is_boilerplate)


def fold_weights(page: dict, folds: Path | None) -> str:
    """The weights that have not seen the page's publisher; the shipped ones for pages that are never trained on."""
    if folds is None:
        return ""
    from train_boilerplate import SOURCES, fold_of

    return str(folds / f"{fold_of(page['group'])}.json.gz") if page["source"] in SOURCES else ""


def article(page: dict, text: str, folds: Path | None) -> str:
    weights = fold_weights(page, folds)
    return (ARTICLE.replace(boilerplate(weights=weights)) if weights else ARTICLE)(text)


def outputs(page: dict, converter: str, folds: Path | None, only: str) -> dict[str, str]:
    text = page[converter] or ""
    ways = {
        "raw": lambda: text,
        "lines of 15 words": lambda: long_sentences(text),
        "C4's rules": lambda: c4(text),
        "best run of lines": lambda: best_run(text),
        "NEWS": lambda: NEWS(text),
        "ARTICLE": lambda: article(page, text, folds),
    }
    if importlib.util.find_spec("justext"):
        ways["jusText's rule"] = lambda: justext_rule(text, page["lang"])
    return {name: way() for name, way in ways.items() if only in ("", name) or name in ("raw", "ARTICLE")}


def cleaned(page: dict, text: str, folds: Path | None) -> tuple[str, str]:
    return NEWS(text), article(page, text, folds)


def stable(page: dict, once: str, folds: Path | None) -> tuple[bool, float]:
    """Whether a second pass changes nothing in what the first left, and the share of the text that it takes."""
    twice = article(page, once, folds)
    return twice == once, 1 - len(twice) / max(1, len(once))


def row(name: str, summary: dict) -> str:
    core, other = summary["CORE"], summary["source=wcxb-other"]
    low, high = core.get("ci", (0, 0))
    return (
        f"{name:20} {core['f1']:.3f} [{low:.3f} {high:.3f}] {core['p']:.3f} {core['r']:.3f} {core['lost']:.3f} {core['kept']:.3f}"
        f"  | {other['f1']:.3f} {other['lost']:.3f} | {summary['segments']['acc']:.3f}"
    )


HEADING = f"{'':20} {'CORE F1':>7} {'95 %':>11}     P     R     lost  kept   | other F1 lost | with/without"


def extractor(path: Path) -> dict[str, str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return {page["id"]: page["text"] or "" for page in map(json.loads, file)}


def rows_of(texts: dict[str, str], chosen: list[dict], golds: dict) -> list[dict]:
    from score import score_all

    return score_all(texts, chosen, "free", golds)


def scored(texts: dict[str, str], chosen: list[dict], golds: dict) -> dict:
    from score import summary

    return summary(rows_of(texts, chosen, golds))


LENGTHS = (0, 100, 200, 400, 800, sys.maxsize)  # tokens


def by_length(rows: list[dict], golds: dict) -> None:
    """Print F1 and lost of the pages of CORE by the length of the article, and by language."""
    from benchlib import CORE

    core = [(sum(golds[row["id"]].bag.values()), row) for row in rows if row["source"] in CORE]
    groups = [
        (
            f"up to {most} tokens" if most < sys.maxsize else "longer",
            [row for size, row in core if above < size <= most],
        )
        for above, most in pairwise(LENGTHS)
    ]
    groups += [(lang, [row for _, row in core if row["lang"] == lang]) for lang in ("en", "de", "zh", "ru", "pl", "el")]
    print("by length of the article and by language: pages, F1 and lost")
    for name, found in groups:
        if found:
            f1, lost = (fmean(row[key] for row in found) for key in ("f1", "lost"))
            print(f"  {name:18}{len(found):5}{f1:7.3f}{lost:7.3f}")


def whole_pages(options: argparse.Namespace, chosen: list[dict]) -> None:
    golds: dict = {}
    with ProcessPoolExecutor(2) as pool:
        for converter in options.converter:
            made = [
                *pool.map(
                    partial(outputs, converter=converter, folds=options.folds, only=options.only), chosen, chunksize=16
                )
            ]
            print(f"\n{converter}, {len(chosen)} pages{', weights of the folds' if options.folds else ''}\n{HEADING}")
            by_source = {}
            for name in made[0]:
                by_source[name] = scored(
                    {p["id"]: texts[name] for p, texts in zip(chosen, made, strict=True)}, chosen, golds
                )
                print(row(name, by_source[name]), flush=True)
            print("\nby source: F1 and lost, raw and ARTICLE")
            for key, raw in by_source["raw"].items():
                if key.startswith("source="):
                    ours = by_source["ARTICLE"][key]
                    print(f"  {key[7:]:14}{raw['f1']:7.3f}{raw['lost']:7.3f}{ours['f1']:9.3f}{ours['lost']:7.3f}")
            texts = {page["id"]: texts["ARTICLE"] for page, texts in zip(chosen, made, strict=True)}
            by_length(rows_of(texts, chosen, golds), golds)
            once = [texts["ARTICLE"] for texts in made]
            second = [*pool.map(partial(stable, folds=options.folds), chosen, once, chunksize=16)]
            print(
                f"second pass: {sum(same for same, _ in second) / len(second):.2%} of the pages unchanged, "
                f"{max(taken for _, taken in second):.1%} of a page taken at the most"
            )
    print(f"\nfrom the HTML\n{HEADING}")
    for path in sorted((BENCH / "out").glob("*.jsonl.gz")):
        print(row(path.name.split(".")[0], scored(extractor(path), chosen, golds)), flush=True)


def after_extractors(options: argparse.Namespace, chosen: list[dict]) -> None:
    golds: dict = {}
    print(f"{'':16}{'F1':>22}{'P':>24}{'lost':>24}\n{'':16}" + f"{'alone':>8}{'NEWS':>8}{'ARTICLE':>8}" * 3)
    with ProcessPoolExecutor(2) as pool:
        for path in sorted((BENCH / "out").glob("*.jsonl.gz")):
            texts = extractor(path)
            mine = [page for page in chosen if page["id"] in texts]
            clean = [
                *pool.map(partial(cleaned, folds=options.folds), mine, [texts[p["id"]] for p in mine], chunksize=16)
            ]
            rows = [texts] + [{p["id"]: pair[i] for p, pair in zip(mine, clean, strict=True)} for i in (0, 1)]
            scores = [scored(one, mine, golds)["CORE"] for one in rows]
            print(
                f"{path.name.split('.')[0]:16}"
                + "".join(f"{score[key]:8.4f}" for key in ("f1", "p", "lost") for score in scores),
                flush=True,
            )


def sites(options: argparse.Namespace, chosen: list[dict]) -> None:
    """Print F1 and lost of pages never trained on, each by itself and with the others of its host."""
    from train_boilerplate import SOURCES

    golds: dict = {}
    hosts: dict[str, list[dict]] = {}
    for page in chosen:
        if page["source"] not in SOURCES and page["gold"] is not None:
            hosts.setdefault(page["host"], []).append(page)
    mine = {host: found for host, found in hosts.items() if host and len(found) >= FEWEST_PAGES}
    for converter in options.converter:
        alone: dict[str, str] = {}
        together: dict[str, str] = {}
        for found in mine.values():
            texts = [page[converter] or "" for page in found]
            for page, one, other in zip(found, map(ARTICLE, texts), ARTICLE.site(texts), strict=True):
                alone[page["id"]], together[page["id"]] = one, other or ""
        scored_pages = [page for found in mine.values() for page in found]
        rows = [rows_of(texts, scored_pages, golds) for texts in (alone, together)]
        print(
            f"\n{converter}, {len(mine)} hosts: pages, F1 and lost by itself, F1 and lost with the others of its host"
        )
        for source in sorted({page["source"] for page in scored_pages}):
            own = [[row for row in way if row["source"] == source] for way in rows]
            figures = [fmean(row[key] for row in way) for way in own for key in ("f1", "lost")]
            print(f"  {source:14}{len(own[0]):5}" + "".join(f"{figure:7.3f}" for figure in figures), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--folds", type=Path, help="the folder that train_boilerplate.py --folds wrote")
    parser.add_argument("--converter", nargs="*", default=["text_flat", "text_inscriptis"])
    parser.add_argument("--only", default="", help="leave out the other filters and rules, except the page as it is")
    parser.add_argument("--step", type=int, default=1, help="every N-th page")
    parser.add_argument("--after", action="store_true", help="clean the outputs of HTML extractors")
    parser.add_argument("--site", action="store_true", help="judge the pages of a host together")
    options = parser.parse_args()
    start = time.time()
    chosen = [*pages(options.step)]
    if options.after:
        after_extractors(options, chosen)
    elif options.site:
        sites(options, chosen)
    else:
        whole_pages(options, chosen)
    print(f"\n{time.time() - start:.0f} s")


if __name__ == "__main__":
    main()
