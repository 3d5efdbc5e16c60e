"""The trained model: an ensemble of trees for a line by itself, and one for its position on the page."""

import os
from functools import lru_cache

from cleanmedia.article.forest import Forest
from cleanmedia.article.line_features import OF_LINE, of_line
from cleanmedia.article.page_features import OF_PAGE
from cleanmedia.page.memo import Memo

__all__ = ["WEIGHTS", "Model", "model"]

WEIGHTS = os.path.join(os.path.dirname(__file__), "boilerplate.json")


class Model:
    """The two ensembles, read from a file of weights.

    Raises:
        OSError: there is no such file.
        ValueError: it is no file of weights, or its features are not those of this version.
    """

    def __init__(self, path: str) -> None:
        import json  # by now something needs it

        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        if (
            not isinstance(data, dict)
            or data.get("of_line") != [*OF_LINE]
            or data.get("of_page") != [name for name, _ in OF_PAGE]
        ):
            raise ValueError(
                f"{path}: weights do not match this version's features; make them again with benchmarks/train_boilerplate.py"
            )
        self.line = Forest(data["line"]["start"], data["line"]["trees"], OF_LINE)
        self.page = Forest(data["page"]["start"], data["page"]["trees"], [reason for _, reason in OF_PAGE])
        self.lines = Memo(self._of_line)

    def _of_line(self, line: str) -> tuple[tuple[float, ...], float]:
        features = of_line(line)
        return features, self.line.score(features)


@lru_cache(maxsize=8)
def model(path: str = WEIGHTS) -> Model:
    """Return the model of a file of weights; it is read once."""
    return Model(path)
