"""The documentation site builds without a warning, has no dead link, and works in a browser."""

import functools
import http.server
import re
import subprocess
import sys
import threading
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag

import pytest

from cleanmedia import filters
from tests.support.folders import ROOT

pytestmark = pytest.mark.xdist_group("site")  # built once, by one worker
PATIENCE = 120_000  # milliseconds, for a busy machine


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the built site."""
    for module in ("zensical", "mkdocstrings"):
        pytest.importorskip(module, reason=f"{module} is not installed: pip install -e '.[docs]'")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, str(ROOT / "docs" / "build_site.py"), "--to", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    assert "griffe:" not in built.stdout + built.stderr, "a docstring is not what its function is"
    return folder / "html"


class Page(HTMLParser):
    """The links of a page, and the places that a link can lead to."""

    def __init__(self, text):
        super().__init__()
        self.links, self.places = [], {""}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name in ("href", "src", "srcset") and value is not None:
                self.links.append(value.split()[0] if name == "srcset" else value)
            elif name in ("id", "name") and value is not None:
                self.places.add(value)


def test_no_link_is_dead(site):
    pages = {path: Page(path.read_text("utf-8")) for path in site.rglob("*.html")}
    assert len(pages) > 50
    dead, external = [], 0
    for path, page in pages.items():
        for link in page.links:
            target, place = urldefrag(link)
            if re.match(r"[a-z]+:|//", link):
                external += 1
            elif path.name != "404.html":  # its links begin at the top of the site
                found = (path.parent / unquote(target)).resolve() if target else path
                found = found / "index.html" if found.is_dir() else found
                there = unquote(place) in pages[found].places if found in pages else found.exists()
                if not there:
                    dead.append(f"{path.relative_to(site)}: {link}")
    assert dead == []
    assert external > 0


def test_every_filter_has_a_page_with_its_cases(site):
    for name in filters.__all__:
        text = (site / "filters" / f"{name}.html").read_text("utf-8")
        for heading in ("Why.", "Keeps.", "Risk.", "What it changes", "What it keeps"):
            assert heading in text, f"{name}: {heading}"


def test_the_public_names_are_in_the_reference(site):
    import cleanmedia

    places = Page((site / "api.html").read_text("utf-8")).places
    missing = [
        name
        for name in cleanmedia.__all__
        if not name.isupper() and not any(place.endswith(f".{name}") for place in places)
    ]
    assert missing in ([], ["__version__"])


@pytest.fixture(scope="module")
def address(site):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1200, "light")])
def test_pages_fit_and_load_nothing_from_elsewhere(browser, address, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    elsewhere, wrong = [], []
    page.on(
        "request",
        lambda request: (
            elsewhere.append(request.url) if not request.url.startswith((address, "data:", "blob:")) else None
        ),
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda response: wrong.append(response.url) if response.status >= 400 else None)
    for name in ("index", "filters/index", "filters/punctuation", "api", "quality", "comparison"):
        page.goto(f"{address}{name}.html")
        page.wait_for_selector("h1")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
    dark = page.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).every((part) => part < 60)"
    )
    assert dark == (scheme == "dark")
    context.close()
    assert (elsewhere, wrong) == ([], [])


def test_the_search_finds_a_page(browser, address):
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}index.html", wait_until="networkidle")
    box = page.locator("input:visible")
    for _ in range(40):  # until the script of the page listens
        page.keyboard.press("Control+k")
        try:
            box.first.wait_for(timeout=PATIENCE / 40)
            break
        except Exception as error:
            if "Timeout" not in str(error):
                raise
    box.first.fill("mojibake")
    page.get_by_text(re.compile(r"^\d+ results$")).wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/*mojibake.html*")
    context.close()
