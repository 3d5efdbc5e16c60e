"""Train the weights of the boilerplate filter, and cross-validate them by publisher.

    python benchmarks/train_boilerplate.py [-o cleanmedia/article/boilerplate.json.gz] [--folds FOLDER]

Needs the extra ``train`` (lightgbm, numpy) and the benchmark's pages. Trains on the sources whose licence allows it. With
``--folds``, also writes the weights of each fold, made without the publishers that it holds out: ``benchmarks/article.py``
reads them. The same pages and versions give the same file.

First the vocabulary: how many publishers have a word in their articles, and how many around them. Then three steps, as in the
filter: trees on each line by itself, trees on the line's position on its page, and trees on what the
lines around were scored by these. The evidence of words and the scores that a step is trained on come from vocabularies and models
that have not seen the page's publisher. Where only some segments of a page are labelled,
its other lines are used too if a first model of the second step is sure of them. Besides each page as it is, two others are
made of it for training: its article alone, so that a clean text is left alone; and the page with only the first few lines of
its article, since most real articles are longer than what stands around them, and short ones would be taken for teasers.
"""

import argparse
import gzip
import importlib.metadata
import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import accumulate
from math import log
from pathlib import Path

import lightgbm
import numpy
from gold import labels, segment_labels, tokens
from pages import pages

from cleanmedia import REPAIR, __version__
from cleanmedia.article.line_features import OF_LINE, of_line
from cleanmedia.article.page_features import AGAIN, OF_PAGE, again, of_page
from cleanmedia.article.scored_page import ScoredPage
from cleanmedia.article.vocabulary import Vocabulary, packed
from cleanmedia.page.lines import squeezed
from cleanmedia.page.terms import terms

# The weight of a page of each source; no other sources are trained on.
SOURCES = {
    "fundus": 2.0,
    "scrapinghub": 2.0,
    "zhhand": 2.0,
    "wcxb-article": 1.0,
    "wcxb-other": 0.6,
    "trafilatura": 1.5,
}
FOLDS = 4
CONVERTERS = ("text_flat", "text_inscriptis")
ARTICLE_ALONE = 0.3  # weight of a page's article alone, beside the page
SHORTENED = 0.5  # weight of the page with a short article
SHORTENED_SOURCES = ("fundus", "scrapinghub", "zhhand", "wcxb-article")  # whose pages have an article
SHORTEST, LONGEST = 40, 200  # tokens of a shortened article, about; articles of LONGEST_LEFT or fewer stay as they are
LONGEST_LEFT = 250
SURE_ARTICLE, SURE_BOILERPLATE = 0.65, 0.2  # probabilities above and below which a line without a label gets one
FEWEST_PUBLISHERS = 8  # that have a word, in articles or around them
MOST_WORDS = 8000  # of the vocabulary: those that say most
LOG_ODDS = 0.25  # the log odds of a word are multiples of it
LINE_TREES = {"num_leaves": 24, "learning_rate": 0.1, "rounds": 150, "min_data_in_leaf": 150}
PAGE_TREES = {"num_leaves": 24, "learning_rate": 0.05, "rounds": 400}
LABELLING_TREES = {"num_leaves": 8, "learning_rate": 0.15, "rounds": 100}  # for the lines without labels
TREES_AGAIN = {"num_leaves": 8, "learning_rate": 0.15, "rounds": 80}
SETTINGS = {
    "objective": "binary",
    "min_data_in_leaf": 400,
    "lambda_l2": 50,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "max_bin": 63,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "verbose": -1,
}
WEIGHTS = Path(__file__).parents[1] / "cleanmedia" / "article" / "boilerplate.json.gz"


class Page:
    """One view of a page: its lines that are not blank, their labels (-1 for unknown), their weights in training, its title."""

    def __init__(self, page: dict, lines: list[str], known: list[int], title: str = "", share: float = 1) -> None:
        self.lines, self.labels, self.title = lines, numpy.array(known), title
        self.source, self.publisher = page["source"], page["group"]
        self.fold = fold_of(self.publisher)
        size = numpy.array([len(tokens(line)) + 1 for line in lines], float)
        self.counts = 100 * SOURCES[self.source] * share * size / size.sum()  # so that every page counts the same
        self.features: list[tuple[float, ...]] = []  # of each line by itself, once there is a vocabulary


def fold_of(group: str) -> int:
    return zlib.crc32(group.encode()) % FOLDS


def views(page: dict) -> list[Page]:
    """Return a page through each converter, and what else is made of it.

    ``text_flat`` begins with the page's title. Of the pages through the other converter half are given it.
    """
    made = []
    number = zlib.crc32(page["id"].encode())
    for converter in CONVERTERS:
        lines = [squeezed(line) for line in REPAIR(page[converter] or "").split("\n") if line.strip()]
        if not lines:
            continue
        if page["gold"] is None:
            known = segment_labels(lines, page["with"], page["without"])
        else:
            known = labels([*map(tokens, lines)], tokens(page["gold"]))
        if converter != CONVERTERS[0]:
            made.append(Page(page, lines, known, (page["html_title"] or "") if number % 2 else ""))
            continue
        made.append(Page(page, lines, known))
        article = [line for line, label in enumerate(known) if label == 1]
        if page["gold"] is not None and len(article) > 3:
            made.append(Page(page, [lines[line] for line in article], [1] * len(article), share=ARTICLE_ALONE))
            if page["source"] in SHORTENED_SOURCES:
                made += shortened(page, lines, known, SHORTEST + number % (LONGEST - SHORTEST))
    return made


def shortened(page: dict, lines: list[str], known: list[int], most: int) -> list[Page]:
    """Return the page with the first lines of its article, up to so many tokens; nothing where the article is short."""
    article = [line for line, label in enumerate(known) if label == 1]
    sizes = [len(tokens(lines[line])) for line in article]
    if sum(sizes) <= LONGEST_LEFT:
        return []
    before = [0, *accumulate(sizes)]
    gone = {line for line, above in zip(article, before, strict=False) if above >= most}
    left = [line for line in range(len(lines)) if line not in gone]
    return [Page(page, [lines[line] for line in left], [known[line] for line in left], share=SHORTENED)]


def words_of(page: Page) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of a page around its article, and those in it."""
    found: tuple[set[str], set[str]] = set(), set()
    for line, label in zip(page.lines, page.labels, strict=True):
        if label >= 0:
            found[label].update(terms(line))
    return frozenset(found[0]), frozenset(found[1])


def vocabularies(
    made: Sequence[Page], words: Sequence[tuple[frozenset[str], frozenset[str]]]
) -> list[dict[str, float]]:
    """Return a vocabulary for each fold, made without the publishers that it holds out, and one of all pages."""
    of_publisher: dict[tuple[int, str], tuple[set[str], set[str]]] = {}
    for page, both in zip(made, words, strict=True):
        mine = of_publisher.setdefault((page.fold, page.publisher), (set(), set()))
        for own, found in zip(mine, both, strict=True):
            own |= found
    return [
        vocabulary([both for (own, _), both in of_publisher.items() if own != fold]) for fold in (*range(FOLDS), None)
    ]


def vocabulary(of_publisher: Sequence[tuple[set[str], set[str]]]) -> dict[str, float]:
    """Return the words that say most, and their log odds, from the words of each publisher around articles and in them."""
    around, inside = (Counter(word for both in of_publisher for word in both[at]) for at in (0, 1))
    found = {
        word: log((inside[word] + 1) / (around[word] + 1))
        for word in around.keys() | inside.keys()
        if around[word] + inside[word] >= FEWEST_PUBLISHERS
    }

    def worth(word: str) -> tuple[float, str]:
        return -abs(found[word]) * (around[word] + inside[word]) ** 0.5, word

    return {word: round(found[word] / LOG_ODDS) * LOG_ODDS for word in sorted(found, key=worth)[:MOST_WORDS]}


_known: list[Vocabulary] = []  # of a worker process


def know(log_odds: Sequence[Mapping[str, float]]) -> None:
    """Set the vocabularies of a worker process."""
    _known[:] = map(Vocabulary, log_odds)


def line_features(page: Page) -> list[tuple[float, ...]]:
    return [of_line(line, _known[page.fold]) for line in page.lines]


def train(
    rows: Sequence[numpy.ndarray], made: Sequence[Page], shape: dict, fold: int | None = None
) -> lightgbm.Booster:
    """Return trees trained on the rows of all pages except those of a fold."""
    chosen = [number for number, page in enumerate(made) if page.fold != fold]
    table = numpy.concatenate([rows[number] for number in chosen])
    known = numpy.concatenate([made[number].labels for number in chosen])
    counts = numpy.concatenate([made[number].counts for number in chosen])
    use = known >= 0
    table, known, counts = table[use], known[use], counts[use]
    if shape is LINE_TREES:
        table, known, counts = merged(table, known, counts)
    data = lightgbm.Dataset(table, known, weight=counts)
    settings = {key: value for key, value in shape.items() if key != "rounds"}
    return lightgbm.train({**SETTINGS, **settings}, data, shape["rounds"])


def merged(table: numpy.ndarray, known: numpy.ndarray, counts: numpy.ndarray) -> tuple[numpy.ndarray, ...]:
    """Return the rows with equal features and labels as one row with the sum of their weights: a fifth of them is left."""
    both = numpy.ascontiguousarray(numpy.column_stack([table, known]).astype(numpy.float32))
    whole = both.view(numpy.dtype((numpy.void, both.dtype.itemsize * both.shape[1]))).ravel()
    _, first, place = numpy.unique(whole, return_index=True, return_inverse=True)
    return table[first], known[first], numpy.bincount(place.ravel(), counts)


def held_out(
    rows: Sequence[numpy.ndarray], made: Sequence[Page], models: Sequence[lightgbm.Booster]
) -> list[numpy.ndarray]:
    """Return the log odds of each page's lines from the model that has not seen its publisher."""
    scores: dict[int, numpy.ndarray] = {}
    for fold, model in enumerate(models):
        numbers = [number for number, page in enumerate(made) if page.fold == fold]
        table = numpy.concatenate([rows[number] for number in numbers])
        of_all = model.predict(table, raw_score=True)
        ends = numpy.cumsum([len(rows[number]) for number in numbers])[:-1]
        scores.update(zip(numbers, numpy.split(of_all, ends), strict=True))
    return [scores[number] for number in range(len(made))]


def page_features(page: Page, scores: numpy.ndarray) -> numpy.ndarray:
    return numpy.array(of_page(scored(page, scores)), numpy.float32).T


def features_again(page: Page, by_itself: numpy.ndarray, scores: numpy.ndarray) -> numpy.ndarray:
    return numpy.array(again(scored(page, by_itself).rescored([*map(float, scores)])), numpy.float32).T


def scored(page: Page, scores: numpy.ndarray) -> ScoredPage:
    return ScoredPage(page.lines, page.features, [*map(float, scores)], page.title)


def exported(model: lightgbm.Booster) -> dict:
    """Return the trees as the nested lists that :class:`cleanmedia.article.forest.Forest` takes."""
    trees = [tree["tree_structure"] for tree in model.dump_model()["tree_info"]]
    start = trees[0]["internal_value"]

    def node(of: dict, steps: list[tuple[float, int]], base: float) -> list:
        if "leaf_value" in of:
            value = of["leaf_value"] - base
            strongest = (min if value < 0 else max)(steps)[1] if steps else 0
            return [round(value, 3), strongest]
        feature = of["split_feature"]

        def branch(name: str) -> list:
            child = of[name]
            change = child.get("internal_value", child.get("leaf_value")) - of["internal_value"]
            return node(child, [*steps, (change, feature)], base)

        return [feature, float(f"{of['threshold']:.4g}"), branch("left_child"), branch("right_child")]

    return {"start": round(start, 3), "trees": [node(tree, [], start * (not at)) for at, tree in enumerate(trees)]}


def write(
    path: Path,
    words: Mapping[str, float],
    line: lightgbm.Booster,
    page: lightgbm.Booster,
    once_more: lightgbm.Booster,
    record: dict,
) -> None:
    """Write one tree a line, so that two trainings can be compared; compressed where the name ends in ``.gz``."""

    def dumped(value: object) -> str:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

    def step(model: dict) -> str:
        return f'{{"start":{model["start"]},"trees":[\n' + ",\n".join(map(dumped, model["trees"])) + "\n]}"

    path.parent.mkdir(parents=True, exist_ok=True)
    rows = ",\n".join(map(dumped, packed(words)))
    text = (
        f'{{"record":{json.dumps(record, indent=1, ensure_ascii=False)},\n"of_line":{dumped(OF_LINE)},\n'
        f'"of_page":{dumped([name for name, _ in OF_PAGE])},\n"of_page_again":{dumped([name for name, _ in AGAIN])},\n'
        f'"vocabulary":[\n{rows}\n],\n'
        f'"line":{step(exported(line))},\n"page":{step(exported(page))},\n"again":{step(exported(once_more))}}}\n'
    )
    data = text.encode()
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS)
    parser.add_argument("--folds", type=Path, help="a folder for the weights of the folds")
    options = parser.parse_args()
    chosen = [page for part in ("dev", "more") for page in pages(part=part) if page["source"] in SOURCES]
    with ProcessPoolExecutor(2) as pool:
        made = [view for found in pool.map(views, chosen, chunksize=16) for view in found]
        print(f"{len(chosen)} pages, {len(made)} views, {sum(len(page.lines) for page in made)} lines", flush=True)
        words = vocabularies(made, [*pool.map(words_of, made, chunksize=16)])
    with ProcessPoolExecutor(2, initializer=know, initargs=(words,)) as pool:
        for page, features in zip(made, pool.map(line_features, made, chunksize=16), strict=True):
            page.features = features
        own = [numpy.array(page.features, numpy.float32) for page in made]
        line_models = [train(own, made, LINE_TREES, fold) for fold in range(FOLDS)]
        by_itself = held_out(own, made, line_models)
        rows = [*pool.map(page_features, made, by_itself, chunksize=16)]
        label_the_rest(made, held_out(rows, made, [train(rows, made, LABELLING_TREES, fold) for fold in range(FOLDS)]))
        page_models = [train(rows, made, PAGE_TREES, fold) for fold in range(FOLDS)]
        scores = held_out(rows, made, page_models)
        rows_again = [*pool.map(features_again, made, by_itself, scores, chunksize=16)]
    record = {
        "made by": "benchmarks/train_boilerplate.py",
        "version": __version__,
        "lightgbm": importlib.metadata.version("lightgbm"),
        "sources and what a page of each counts": SOURCES,
        "pages": len(chosen),
        "lines": sum(len(page.lines) for page in made),
        "vocabulary": {"fewest publishers": FEWEST_PUBLISHERS, "words": len(words[-1])},
        "line trees": LINE_TREES,
        "page trees": PAGE_TREES,
        "trees again": TREES_AGAIN,
        "settings": {key: value for key, value in SETTINGS.items() if key != "verbose"},
        "licences": "fundus, scrapinghub and zhhand: MIT; wcxb (Web Content Extraction Benchmark): CC-BY-4.0; trafilatura: Apache-2.0",
    }
    for fold in range(FOLDS) if options.folds else ():
        model = train(rows_again, made, TREES_AGAIN, fold)
        write(
            options.folds / f"{fold}.json.gz",
            words[fold],
            line_models[fold],
            page_models[fold],
            model,
            {**record, "held out": fold},
        )
    of_all = train(own, made, LINE_TREES), train(rows, made, PAGE_TREES), train(rows_again, made, TREES_AGAIN)
    write(options.output, words[-1], *of_all, record)
    print(f"{options.output}: {options.output.stat().st_size} bytes")


def label_the_rest(made: Sequence[Page], scores: Sequence[numpy.ndarray]) -> None:
    """Give a label to the lines without one of whose score a model is sure."""
    for page, own in zip(made, scores, strict=True):
        chance = 1 / (1 + numpy.exp(-own))
        sure = numpy.where(chance > SURE_ARTICLE, 1, numpy.where(chance < SURE_BOILERPLATE, 0, -1))
        page.labels = numpy.where(page.labels >= 0, page.labels, sure)


if __name__ == "__main__":
    main()
