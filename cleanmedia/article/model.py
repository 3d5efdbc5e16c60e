"""The trained model: a vocabulary, and ensembles of trees for a line by itself, for its position on the page, and for a second look."""

import os
from functools import lru_cache
from math import isfinite

from cleanmedia.article.forest import Forest
from cleanmedia.article.line_features import OF_LINE, of_line
from cleanmedia.article.page_features import AGAIN, OF_PAGE
from cleanmedia.article.vocabulary import Vocabulary, unpacked
from cleanmedia.page.memo import Memo

__all__ = ["WEIGHTS", "Model", "model"]

WEIGHTS = os.path.join(os.path.dirname(__file__), "boilerplate.json.gz")


class Model:
    """The vocabulary and the three ensembles, read from a file of weights: JSON, compressed or not.

    Raises:
        OSError: there is no such file.
        ValueError: it is no file of weights, or its features are not those of this version.
    """

    def __init__(self, path: str) -> None:
        import gzip  # by now something needs them
        import json
        import zlib

        with open(path, "rb") as file:
            raw = file.read()
        try:
            data = json.loads(gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw)
        except (OSError, EOFError, zlib.error) as error:
            raise ValueError(f"{path}: no file of weights: {error}") from None
        if (
            not isinstance(data, dict)
            or data.get("of_line") != [*OF_LINE]
            or data.get("of_page") != [name for name, _ in OF_PAGE]
            or data.get("of_page_again") != [name for name, _ in AGAIN]
        ):
            raise ValueError(
                f"{path}: weights do not match this version's features; make them again with benchmarks/train_boilerplate.py"
            )
        if path != WEIGHTS and not (
            _is_vocabulary(data.get("vocabulary"))
            and all(
                _is_forest(data.get(part), size)
                for part, size in (("line", len(OF_LINE)), ("page", len(OF_PAGE)), ("again", len(AGAIN)))
            )
        ):
            raise ValueError(
                f"{path}: the trees or the vocabulary are broken; make them again with benchmarks/train_boilerplate.py"
            )
        self.vocabulary: Vocabulary = Vocabulary(unpacked(data["vocabulary"]))
        self.line: Forest = Forest(data["line"]["start"], data["line"]["trees"], OF_LINE)
        self.page: Forest = Forest(data["page"]["start"], data["page"]["trees"], [reason for _, reason in OF_PAGE])
        self.again: Forest = Forest(data["again"]["start"], data["again"]["trees"], [reason for _, reason in AGAIN])
        self.lines: Memo[tuple[tuple[float, ...], float]] = Memo(self._of_line, self._of_lines)

    def _of_line(self, line: str) -> tuple[tuple[float, ...], float]:
        return self._of_lines([line])[0]

    def _of_lines(self, lines: list[str]) -> list[tuple[tuple[float, ...], float]]:
        features = [of_line(line, self.vocabulary) for line in lines]
        scores = self.line.scores([*zip(*features, strict=True)])
        return [(of_this, score) for of_this, (score, _) in zip(features, scores, strict=True)]


def _is_vocabulary(data: object) -> bool:
    """Return whether data is rows of log odds and words."""
    return isinstance(data, list) and all(
        isinstance(row, list) and len(row) == 2 and _is_number(row[0]) and isinstance(row[1], str) for row in data
    )


def _is_forest(data: object, features: int) -> bool:
    """Return whether data is a start value and trees whose splits and leaves are numbers and name features that exist."""
    if not isinstance(data, dict) or not _is_number(data.get("start")) or not isinstance(data.get("trees"), list):
        return False
    nodes = list(data["trees"])
    while nodes:
        node = nodes.pop()
        if not isinstance(node, list) or len(node) not in (2, 4):
            return False
        feature, value = (node[1], node[0]) if len(node) == 2 else node[:2]
        if type(feature) is not int or not 0 <= feature < features or not _is_number(value):
            return False
        nodes += node[2:]
    return True


def _is_number(value: object) -> bool:
    return type(value) is int or (type(value) is float and isfinite(value))


@lru_cache(maxsize=8)
def model(path: str = WEIGHTS) -> Model:
    """Return the model of a file of weights; it is read once."""
    return Model(path)
