"""Draws the pictures of the docs anew: ``python docs/pictures.py`` (with ``pip install -e '.[browser]'``, and Chromium).

The report of the sample page, of all samples, and the play page with its own example. Fonts are those of the machine; the
pictures here were made with Noto (Debian's fonts-noto-core and fonts-noto-cjk), and pngquant.
"""

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from cleanmedia import NEWS
from cleanmedia.report.collect import Report

sys.path.append(str(Path(__file__).parents[1]))
from tests.support.chromium import ARGUMENTS, CHROMIUM

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"


def main() -> None:
    if CHROMIUM is None:
        sys.exit("no chromium on this machine: apt-get install chromium")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        one, many = reports(Path(folder))
        for scheme in ("light", "dark"):
            page = opened(browser, one, 1180, 900, scheme)
            page.locator(".row", has_text="This is nothing new").evaluate(
                "(row) => scrollTo(0, scrollY + row.getBoundingClientRect().top - 130)"
            )
            page.locator("ins[data-filter=quotes]").hover()
            taken(page, f"report-{scheme}")
        taken(opened(browser, many, 1180, 900, "light"), "report-summary")
        page = opened(browser, one, 390, 800, "dark")
        page.locator("del", has_text="Download Adobe").scroll_into_view_if_needed()
        page.locator("del", has_text="Download Adobe").hover()
        taken(page, "report-narrow")
        played(browser)
        browser.close()


def reports(folder: Path) -> tuple[str, str]:
    """Addresses of the report of the sample page, and of that of all samples."""
    paths = [path for path in sorted((ROOT / "samples").glob("*.txt")) if not path.name.endswith(".clean.txt")]
    addresses = []
    for name, chosen in (("one", [ROOT / "samples" / "voa-libya.txt"]), ("many", paths)):
        report = Report()
        for path in chosen:
            report.add(path.name, NEWS.trace(path.read_text("utf-8")))
        target = folder / f"{name}.html"
        target.write_text(report.html(), "utf-8")
        addresses.append(target.as_uri())
    return addresses[0], addresses[1]


def opened(browser: Browser, address: str, width: int, height: int, scheme: str) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=1.5, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("html[data-ready]", state="attached")
    return page


def taken(page: Page, name: str) -> None:
    page.wait_for_timeout(300)
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path)
    if shutil.which("pngquant"):  # a third of the size
        subprocess.run(["pngquant", "--force", "--speed", "1", "--strip", "--output", path, path], check=True)
    page.context.close()


def played(browser: Browser) -> None:
    """The play page, with a line that should have been removed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "cleanmedia", "play", "--no-browser"], stdout=subprocess.PIPE, text=True
    )
    try:
        address = re.search(r"http://[^ ]*", process.stdout.readline())[0]
        page = opened(browser, address, 1180, 820, "light")
        page.get_by_role("button", name="Show an example").click()
        row = page.locator(".row", has_text="Tell a neighbour")
        row.wait_for()
        row.hover()
        taken(page, "play")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


if __name__ == "__main__":
    main()
