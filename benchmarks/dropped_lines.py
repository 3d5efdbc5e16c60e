"""How many lines NEWS drops of the pages' boilerplate, and how many of the article.

    python benchmarks/dropped_lines.py [--step N] [--converter text_flat] [--remaining 20]

A line of a page belongs to the article if the gold body has a line that says the same, or holds its words in a row;
blank lines do not count. A page's boilerplate lines are all others. A line is dropped where no line of the output says it.
"""

import argparse
import re
from collections import Counter

from pages import pages

from cleanmedia import NEWS
from cleanmedia.page.fold import fold
from cleanmedia.page.lines import squeezed

_WORD = re.compile(r"\w+")


def key(line: str) -> str:
    return fold(squeezed(line))


def words(text: str) -> str:
    return " " + " ".join(_WORD.findall(text.casefold())) + " "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--step", type=int, default=1, help="every N-th page")
    parser.add_argument("--converter", choices=("text_flat", "text_inscriptis"), default="text_flat")
    parser.add_argument("--remaining", type=int, default=20, help="how many of the lines that remain to show")
    options = parser.parse_args()
    article: Counter[str] = Counter()
    article_gone: Counter[str] = Counter()
    copies_gone: Counter[str] = Counter()
    boilerplate: Counter[str] = Counter()
    boilerplate_gone: Counter[str] = Counter()
    remaining: Counter[str] = Counter()
    lost: list[str] = []
    for page in pages(options.step):
        text = page[options.converter]
        if not text or page.get("gold") is None:
            continue
        repaired = NEWS.only("characters", "mojibake", "entities", "quotes", "punctuation")
        gold_text = repaired(page["gold"])
        gold = {key(line) for line in gold_text.split("\n")}
        body = words(gold_text)
        output = Counter(key(line) for line in NEWS(text).split("\n"))
        language = page["lang"] or "?"
        for line in repaired(text).split("\n"):
            folded = key(line)
            if not folded:
                continue
            stays = output[folded] > 0
            output[folded] -= 1
            if folded in gold or (len(folded) > 60 and words(line) in body):
                article[language] += 1
                if not stays:
                    # A second copy of a line that stays once is no loss.
                    if output[folded] < -1 or any(key(other) == folded for other in NEWS(text).split("\n")):
                        copies_gone[language] += 1
                    else:
                        article_gone[language] += 1
                        lost.append(f"{page['id']}: {squeezed(line)[:100]}")
            else:
                boilerplate[language] += 1
                boilerplate_gone[language] += not stays
                if stays:
                    remaining[folded] += 1
    print(
        f"{'language':10}{'boilerplate':>12}{'dropped':>9}{'share':>8}{'article':>10}{'dropped':>9}{'share':>9}{'copies':>8}"
    )
    rows = [language for language, _ in boilerplate.most_common()]
    for language in ["all", *rows]:
        pick = (lambda counts: sum(counts.values())) if language == "all" else (lambda counts: counts[language])  # noqa: B023
        total, gone, kept, bad = map(pick, (boilerplate, boilerplate_gone, article, article_gone))
        print(
            f"{language:10}{total:12}{gone:9}{gone / max(total, 1):8.1%}{kept:10}{bad:9}{bad / max(kept, 1):9.3%}"
            f"{pick(copies_gone):8}"
        )
    print(f"\nthe {options.remaining} most frequent boilerplate lines that remain")
    for line, count in remaining.most_common(options.remaining):
        print(f"{count:6}  {line}")
    print("\narticle lines that went")
    for line in lost[:200]:
        print("  " + line)


if __name__ == "__main__":
    main()
