"""Train the weights of the boilerplate filter, and cross-validate them by publisher.

    python benchmarks/train_boilerplate.py [-o cleanmedia/article/boilerplate.json] [--folds FOLDER]

Needs the extra ``train`` (lightgbm, numpy) and the benchmark's pages. Trains on the sources whose licence allows it. With
``--folds``, also writes the weights of each fold, made without the publishers that it holds out: ``benchmarks/article.py``
reads them. The same pages and versions give the same file.

Two steps, as in the filter: trees on each line by itself, then trees on the line's position on its page, for which the scores
of the first step come from models that have not seen the page's publisher. Where only some segments of a page are labelled,
its other lines are used too if a first model of the second step is sure of them. Besides each page as it is, its article
alone is a training page, so that a clean text is left alone.
"""

import argparse
import importlib.metadata
import json
import zlib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import lightgbm
import numpy
from gold import labels, segment_labels, tokens
from pages import pages

from cleanmedia import REPAIR, __version__
from cleanmedia.article.line_features import OF_LINE, of_line
from cleanmedia.article.page_features import OF_PAGE, of_page
from cleanmedia.page.lines import squeezed

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
SURE_ARTICLE, SURE_BOILERPLATE = 0.65, 0.2  # probabilities above and below which a line without a label gets one
LINE_TREES = {"num_leaves": 24, "learning_rate": 0.1, "rounds": 150}
PAGE_TREES = {"num_leaves": 8, "learning_rate": 0.15, "rounds": 100}
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
WEIGHTS = Path(__file__).parents[1] / "cleanmedia" / "article" / "boilerplate.json"


class Page:
    """One view of a page: its lines that are not blank, their labels (-1 for unknown) and their weights in training."""

    def __init__(self, lines: list[str], known: list[int], sizes: list[int], source: str, group: str, share: float = 1):
        self.lines, self.labels, self.source = lines, numpy.array(known), source
        self.fold = fold_of(group)
        size = numpy.array(sizes, float) + 1
        self.counts = 100 * SOURCES[source] * share * size / size.sum()  # so that every page counts the same
        self.features = [of_line(line) for line in lines]


def fold_of(group: str) -> int:
    return zlib.crc32(group.encode()) % FOLDS


def views(page: dict) -> list[Page]:
    made = []
    for converter in CONVERTERS:
        lines = [squeezed(line) for line in REPAIR(page[converter] or "").split("\n") if line.strip()]
        if not lines:
            continue
        parts = [tokens(line) for line in lines]
        if page["gold"] is None:
            known = segment_labels(lines, page["with"], page["without"])
        else:
            known = labels(parts, tokens(page["gold"]))
        sizes = [*map(len, parts)]
        made.append(Page(lines, known, sizes, page["source"], page["group"]))
        article = [number for number, label in enumerate(known) if label == 1]
        if page["gold"] is not None and converter == CONVERTERS[0] and len(article) > 3:
            made.append(
                Page(
                    [lines[n] for n in article],
                    [1] * len(article),
                    [sizes[n] for n in article],
                    page["source"],
                    page["group"],
                    ARTICLE_ALONE,
                )
            )
    return made


def train(
    rows: Sequence[numpy.ndarray], made: Sequence[Page], shape: dict, fold: int | None = None
) -> lightgbm.Booster:
    """Return trees trained on the rows of all pages except those of a fold."""
    chosen = [number for number, page in enumerate(made) if page.fold != fold]
    table = numpy.concatenate([rows[number] for number in chosen])
    known = numpy.concatenate([made[number].labels for number in chosen])
    counts = numpy.concatenate([made[number].counts for number in chosen])
    use = known >= 0
    data = lightgbm.Dataset(table[use], known[use], weight=counts[use])
    settings = {key: value for key, value in shape.items() if key != "rounds"}
    return lightgbm.train({**SETTINGS, **settings}, data, shape["rounds"])


def held_out(rows: Sequence[numpy.ndarray], made: Sequence[Page], models: Sequence[lightgbm.Booster]) -> list:
    """Return the log odds of each page's lines from the model that has not seen its publisher."""
    return [models[page.fold].predict(row, raw_score=True) for page, row in zip(made, rows, strict=True)]


def page_features(page: Page, scores: numpy.ndarray) -> numpy.ndarray:
    return numpy.array(of_page(page.lines, page.features, [*map(float, scores)]), numpy.float32).T


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


def write(path: Path, line: lightgbm.Booster, page: lightgbm.Booster, record: dict) -> None:
    """Write one tree a line, so that two trainings can be compared."""

    def dumped(value: object) -> str:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

    def step(model: dict) -> str:
        return f'{{"start":{model["start"]},"trees":[\n' + ",\n".join(map(dumped, model["trees"])) + "\n]}"

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'{{"record":{json.dumps(record, indent=1, ensure_ascii=False)},\n"of_line":{dumped(OF_LINE)},\n"of_page":{dumped([name for name, _ in OF_PAGE])},\n'
        f'"line":{step(exported(line))},\n"page":{step(exported(page))}}}\n',
        encoding="utf-8",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS)
    parser.add_argument("--folds", type=Path, help="a folder for the weights of the folds")
    options = parser.parse_args()
    with ProcessPoolExecutor(2) as pool:
        chosen = [page for page in pages() if page["source"] in SOURCES]
        made = [view for found in pool.map(views, chosen, chunksize=16) for view in found]
        print(f"{len(chosen)} pages, {len(made)} views, {sum(len(page.lines) for page in made)} lines", flush=True)

        own = [numpy.array(page.features, numpy.float32) for page in made]
        line_models = [train(own, made, LINE_TREES, fold) for fold in range(FOLDS)]
        rows = [*pool.map(page_features, made, held_out(own, made, line_models), chunksize=16)]
    first = [train(rows, made, PAGE_TREES, fold) for fold in range(FOLDS)]
    for page, scores in zip(made, held_out(rows, made, first), strict=True):
        chance = 1 / (1 + numpy.exp(-scores))
        page.labels = numpy.where(
            page.labels >= 0,
            page.labels,
            numpy.where(chance > SURE_ARTICLE, 1, numpy.where(chance < SURE_BOILERPLATE, 0, -1)),
        )
    record = {
        "made by": "benchmarks/train_boilerplate.py",
        "version": __version__,
        "lightgbm": importlib.metadata.version("lightgbm"),
        "sources and what a page of each counts": SOURCES,
        "pages": len(chosen),
        "lines": sum(len(page.lines) for page in made),
        "line trees": LINE_TREES,
        "page trees": PAGE_TREES,
        "settings": {key: value for key, value in SETTINGS.items() if key != "verbose"},
        "licences": "fundus, scrapinghub and zhhand: MIT; wcxb (Web Content Extraction Benchmark): CC-BY-4.0; trafilatura: Apache-2.0",
    }
    if options.folds:
        for fold in range(FOLDS):
            model = train(rows, made, PAGE_TREES, fold)
            write(options.folds / f"{fold}.json", line_models[fold], model, {**record, "held out": fold})
    write(options.output, train(own, made, LINE_TREES), train(rows, made, PAGE_TREES), record)
    print(f"{options.output}: {options.output.stat().st_size} bytes")


if __name__ == "__main__":
    main()
