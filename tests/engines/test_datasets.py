"""Hugging Face datasets: batched, on several processes, streaming, and from its cache."""

import os
import subprocess
import sys

import pytest

from cleanmedia import NEWS, filters
from tests.engines.conftest import needs


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    datasets = needs("datasets", "datasets")
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    datasets.disable_progress_bars()


def test_datasets(pages, recipe):
    names = recipe("datasets.md")
    clean, source = names["clean"], names["pages"]
    assert clean.to_list() == pages.clean_rows
    assert clean.features == source.features
    assert list(names["clean_stream"]) == pages.clean_rows
    on = NEWS.on("text", title="title")
    assert source.map(on).to_list() == pages.clean_rows
    assert [row["why"] for row in source.map(NEWS.on("text", trace="why"), batched=True)].count("[]") < len(source)
    for kind in ("numpy", "pandas", "arrow", "polars"):
        if kind != "polars" or "polars" in sys.modules:
            assert source.with_format(kind).map(on, batched=True).with_format(None).to_list() == pages.clean_rows


def test_a_second_run_finds_the_first_ones_result(pages):
    from datasets import load_dataset

    source = load_dataset("parquet", data_files="pages.parquet", split="train")
    one = source.map(NEWS.on("text"), batched=True)
    again = source.map(NEWS.on("text"), batched=True)
    other = source.map(NEWS.without("quotes").on("text"), batched=True)
    assert one.cache_files == again.cache_files
    assert one.cache_files != other.cache_files


def test_fingerprints_are_the_same_in_every_process():
    script = """
from datasets.fingerprint import Hasher
from cleanmedia import NEWS, filters
print(Hasher.hash(NEWS.replace(filters.widgets(languages=["de", "en"])).guard(0.5).on("text", title="title")))"""
    from datasets.fingerprint import Hasher

    on = NEWS.replace(filters.widgets(languages=["de", "en"])).guard(0.5).on("text", title="title")
    on({"text": "Used..", "title": "before"})
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert found == {Hasher.hash(on)}
