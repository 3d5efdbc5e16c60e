"""What `site_lines` gains on pages of hosts with many pages, and what it costs.

    python benchmarks/site_lines.py [--least-pages 5] [--least-share 0.1] [--hosts 8] [--prose]

Of the benchmark's pages, those of hosts with at least so many pages that have a gold body. Each host's lines are learned from its pages, and
dropped from them: with and without the filters of NEWS. A line of a page is its article's where a line of the gold body says the
same, or the body holds its words in a row and they are four or more, else boilerplate; it counts as gone where no line of the
output says the same. "Other pages" are products, documentation, forums and lists.
"""

import argparse
import os
import tempfile
from collections import Counter, defaultdict
from functools import partial

from dropped_lines import key, words
from pages import pages

from cleanmedia import ARTICLE, NEWS, REPAIR, learn
from cleanmedia.filters import site_lines
from cleanmedia.page.sites import host_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--least-pages", type=int, default=5)
    parser.add_argument("--least-share", type=float, default=0.1)
    parser.add_argument("--hosts", type=int, default=8, help="pages that a host has at least")
    parser.add_argument("--prose", action="store_true", help="drop the prose as well that is withheld")
    parser.add_argument("--show", type=int, default=0, help="how many of the article's lines that go to show")
    options = parser.parse_args()
    of_host = defaultdict(list)
    for page in pages():
        if page.get("gold"):
            of_host[host_of(page["host"])].append(page)
    many = {host: found for host, found in of_host.items() if len(found) >= options.hosts}
    texts = [(host, REPAIR(page["text_flat"])) for host, found in many.items() for page in found]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "templates.parquet")
        learned = learn(texts, path, least_pages=options.least_pages, least_share=options.least_share)
        print(
            f"{learned.pages} pages of {learned.hosts} hosts: {learned.lines} lines recur, {learned.withheld} more are prose"
        )
        site = partial(site_lines, templates=path, prose=options.prose)
        ways = {
            "site_lines": lambda host: REPAIR.then(site(host=host)),
            "NEWS": lambda host: NEWS,
            "NEWS with site_lines": lambda host: NEWS.before("widgets", site(host=host)),
            "ARTICLE": lambda host: ARTICLE,
            "site_lines before ARTICLE": lambda host: ARTICLE.before("boilerplate", site(host=host)),
            "ARTICLE with site_lines": lambda host: ARTICLE.before("widgets", site(host=host)),
        }
        for others in (False, True):
            print(f"{'other pages' if others else 'articles':26}{'boilerplate gone':>26}{'article gone':>26}")
            for name, way in ways.items():
                counts: Counter[str] = Counter()
                for host, found in many.items():
                    clean = way(host)
                    for page in found:
                        if (page["source"] == "wcxb-other") == others:
                            counts += judged(page, clean(page["text_flat"]), options.show)
                print(
                    f"{name:26}"
                    + "".join(
                        f"{counts[kind + ' gone']:10,} of {counts[kind]:7,}  {counts[kind + ' gone'] / counts[kind]:5.1%}"
                        for kind in ("boilerplate", "article")
                    ),
                    flush=True,
                )


def judged(page: dict, output: str, show: int) -> Counter[str]:
    gold, body = {key(line) for line in page["gold"].split("\n")}, words(page["gold"])
    left = {key(line) for line in output.split("\n")}
    counts: Counter[str] = Counter()
    for line in REPAIR(page["text_flat"]).split("\n"):
        if not key(line):
            continue
        kind = (
            "article" if key(line) in gold or (len(words(line).split()) >= 4 and words(line) in body) else "boilerplate"
        )
        counts[kind] += 1
        if key(line) not in left:
            counts[kind + " gone"] += 1
            if kind == "article" and show:
                print("   ", page["host"], repr(line[:100]))
    return counts


if __name__ == "__main__":
    main()
