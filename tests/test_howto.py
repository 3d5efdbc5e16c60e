"""The commands of the pages for beginners run as they stand there: docs/start.md and docs/how-to."""

import json
import os
import re
import subprocess
import sys

import pytest

from tests.support.folders import ROOT
from tests.support.planted_site import pages_of_a_site

PAGES = [ROOT / "docs" / "start.md", *sorted((ROOT / "docs" / "how-to").glob("*.md"))]


def blocks(page):
    """Return the blocks of a page: (language, text)."""
    return re.findall(r"^```(\w+)\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture
def shell(tmp_path):
    """Run a block of commands in a folder with some pages; return its output. Each ``cleanmedia`` must end with 0, or 1 for ``--check``."""
    (tmp_path / "bin").mkdir()
    wrapper = tmp_path / "bin" / "cleanmedia"
    wrapper.write_text(
        f'#!/bin/sh\n"{sys.executable}" -m cleanmedia "$@"\ncode=$?\necho "$code $*" >> "{tmp_path}/codes"\nexit $code\n'
    )
    (tmp_path / "bin" / "pip").write_text("#!/bin/sh\n")  # what is to be installed is installed, or the test is skipped
    for path in (tmp_path / "bin").iterdir():
        path.chmod(0o755)
    (tmp_path / "page.txt").write_text("So it was..\nShare on Facebook\n")
    for folder, fields in (("crawl", ("url", "title", "text", "article")), ("corpus", ("title", "text"))):
        (tmp_path / folder).mkdir()
        records = [json.dumps({field: record[field] for field in fields}) + "\n" for record in pages_of_a_site()]
        (tmp_path / folder / "pages.jsonl").write_text("".join(records))
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}

    def run(commands):
        done = subprocess.run(["sh", "-c", commands], cwd=tmp_path, env=environment, capture_output=True, text=True)
        for line in (tmp_path / "codes").read_text().splitlines() if (tmp_path / "codes").exists() else []:
            code, _, rest = line.partition(" ")
            assert code == "0" or (code == "1" and re.search("--check|--diff|explain-line", rest)), (
                f"{line}\n{done.stderr}"
            )
        return done.stdout

    run.folder = tmp_path
    return run


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_run_as_they_stand(page, shell):
    if "cleanmedia learn" in page.read_text("utf-8"):
        for module in ("duckdb", "pyarrow"):
            pytest.importorskip(module, reason=f"{module} is not installed: pip install 'cleanmedia[learn,parquet]'")
    found = blocks(page)
    for (language, text), (following, shown) in zip(found, [*found[1:], ("", "")], strict=True):
        if language == "sh":
            out = shell(text)
            if following == "text" and page.stem == "start":
                assert out.rstrip() == shown.rstrip()
    if page.stem == "clean-a-crawl":
        check_clean_crawl(shell.folder)


def check_clean_crawl(folder):
    """Each page has lost what the site's pages share, and kept its article."""
    records = [json.loads(line) for line in (folder / "clean" / "pages.jsonl").read_text("utf-8").splitlines()]
    raw = pages_of_a_site()
    assert [record["url"] for record in records] == [record["url"] for record in raw]
    for before, after in zip(raw, records, strict=True):
        assert "Our bay, our paper" in before["text"]
        assert "Our bay, our paper" not in after["text"]
        assert before["article"] in after["text"]
