"""The report's promises on the benchmark's pages: exact, light, and open at once.

``python benchmarks/report.py`` makes a report of every page and takes source and clean text out of its file again; then one of
200 whole pages, which it weighs, and opens in headless Chromium (``pip install -e '.[browser]'``).
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from pages import pages

from cleanmedia import ARTICLE, NEWS, Pipeline
from cleanmedia.report.collect import Report

sys.path.append(str(Path(__file__).parents[1]))
from tests.support.chromium import ARGUMENTS, CHROMIUM
from tests.support.report_file import data_in, texts_of

TIMES = """() => [performance.getEntriesByType("navigation")[0].loadEventEnd,
  performance.getEntriesByName("first-contentful-paint")[0].startTime]"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--runs", type=int, default=9, help="how often the report is opened")
    options = parser.parse_args()
    for name, pipeline, field in (("NEWS", NEWS, "text_inscriptis"), ("ARTICLE", ARTICLE, "text_flat")):
        print(
            f"{exact(pipeline, field):,} pages by {name}: source and clean text are in the report's file, to the letter"
        )
    step = max(1, sum(1 for _ in pages()) // options.documents)
    report, size = Report(options.documents), 0
    for page in [*pages(step)][: options.documents]:
        report.add(page["id"], NEWS.trace(page["text_inscriptis"]))
        size += len(page["text_inscriptis"].encode())
    text = report.html()
    weight = len(text.encode())
    print(
        f"{len(report.shown())} whole pages, {size / 1e6:.2f} MB of text: the report weighs {weight / 1e6:.2f} MB, {weight / size:.2f} times"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.html")
        path.write_text(text, "utf-8")
        for what, address in (("the summary", path.as_uri()), ("a document", path.as_uri() + "#document-1")):
            told(what, opened(address, options.runs))


def exact(pipeline: Pipeline, field: str) -> int:
    """How many pages; ends the program with the first that is not in the report as it should be."""
    traces = {page["id"]: pipeline.trace(page[field]) for page in pages()}
    report = Report(documents=len(traces))
    for name, trace in traces.items():
        report.add(name, trace)
    found = {document["name"]: texts_of(document) for document in data_in(report.html())["documents"]}
    for name, trace in traces.items():
        if found[name] != (trace.source, trace.text):
            sys.exit(f"{name}: the report does not hold it")
    return len(traces)


def opened(address: str, runs: int) -> list[tuple[float, float, float]]:
    """Seconds until all is drawn as the clock has it, until the page has loaded, and until the first paint."""
    if CHROMIUM is None:
        sys.exit("no chromium on this machine: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    times = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for _ in range(runs):
            page = browser.new_context().new_page()
            start = time.perf_counter()
            page.goto(address)
            page.wait_for_selector("html[data-ready]", state="attached")
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            end = time.perf_counter()
            loaded, painted = page.evaluate(TIMES)
            times.append((end - start, loaded / 1000, painted / 1000))
            page.context.close()
        browser.close()
    return times


def told(what: str, times: list[tuple[float, float, float]]) -> None:
    for name, column in zip(("drawn", "loaded", "first paint"), zip(*times, strict=True), strict=True):
        print(f"{what}: {name} after {median(column):.2f} s (median of {len(column)}; slowest {max(column):.2f} s)")


if __name__ == "__main__":
    main()
