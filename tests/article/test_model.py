"""The weights' record."""

import json

from cleanmedia.article.model import WEIGHTS


def test_the_record_names_what_the_weights_were_made_of():
    with open(WEIGHTS, encoding="utf-8") as file:
        record = json.load(file)["record"]
    assert set(record["sources and what a page of each counts"]) == {
        "fundus", "scrapinghub", "zhhand", "wcxb-article", "wcxb-other", "trafilatura",
    }  # fmt: skip
    assert "CC-BY-4.0" in record["licences"]
