"""The file of weights: its record, its size, and what is refused."""

import gzip
import json
from pathlib import Path

import pytest

from cleanmedia.article.model import WEIGHTS, Model


@pytest.fixture(scope="module")
def shipped():
    return json.loads(gzip.decompress(Path(WEIGHTS).read_bytes()))


def test_the_record_names_what_the_weights_were_made_of(shipped):
    record = shipped["record"]
    assert set(record["sources and what a page of each counts"]) == {
        "fundus", "scrapinghub", "zhhand", "wcxb-article", "wcxb-other", "trafilatura",
    }  # fmt: skip
    assert "CC-BY-4.0" in record["licences"]
    assert len(shipped["vocabulary"]) > 10


def test_the_weights_stay_small():
    assert Path(WEIGHTS).stat().st_size < 150_000


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("vocabulary", None),
        ("vocabulary", [["imprint", -4.0]]),
        ("vocabulary", [[float("inf"), "imprint"]]),
        ("page", {"start": "0", "trees": []}),
        ("page", {"start": float("nan"), "trees": []}),
        ("page", {"start": 0, "trees": {}}),
        ("page", {"start": 0, "trees": [["x", 0]]}),
        ("page", {"start": 0, "trees": [[0, None, [1, 0], [1, 0]]]}),
        ("page", {"start": 0, "trees": [[10_000, 0.5, [1, 0], [1, 0]]]}),
        ("again", {"start": 0, "trees": [[0, 0.5, [1, 0]]]}),
        ("line", {"start": 0, "trees": [5]}),
    ],
)
def test_broken_weights_are_refused(shipped, tmp_path, part, value):
    path = tmp_path / "weights.json"
    path.write_text(json.dumps({**shipped, part: value}))
    with pytest.raises(ValueError, match="are broken; make them again"):
        Model(str(path))


@pytest.mark.parametrize("size", [2, 20, -20])
def test_weights_cut_short_are_refused(tmp_path, size):
    path = tmp_path / "weights.json.gz"
    path.write_bytes(Path(WEIGHTS).read_bytes()[:size])
    with pytest.raises(ValueError, match=r"weights\.json\.gz: no file of weights"):
        Model(str(path))
