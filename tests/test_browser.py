"""The report and the play page in a real browser: headless Chromium, driven by Playwright."""

import re
import signal
import subprocess
import sys
from itertools import pairwise

import pytest

from cleanmedia import ARTICLE, NEWS
from cleanmedia.report.collect import Report
from tests.support.commands import run
from tests.support.folders import SAMPLES

pytestmark = pytest.mark.xdist_group("browser")  # one browser, one worker

WIDTHS = (360, 1200)
HOSTILE = (
    "</script><script>window.hacked = 1</script>\n<img src=x onerror='window.hacked = 1'>..\n<!-- <b>bold</b> -->\n"
    "\u2028\u2029 \ud800 &# 171;\x00\u202e right\n" + "long" * 300 + "\njavascript:window.hacked=1\n<style>body{display:none}</style>\n"
    "Share on Facebook\n"
)  # fmt: skip
SCRIPTS = (
    "قال الوزير إن الجسر سيبقى مفتوحا.. وأضاف أنه لا يعرف متى.\nשיתוף בפייסבוק\n\n"
    "他说：“这是一条很长的中文句子，没有空格，需要在任何地方换行。。”\n分享到新浪微博\n\nनमस्ते दुनिया .. ठीक है\n\nFacebook で共有\n"
)


@pytest.fixture
def visit(browser):
    """Open an address in a fresh context; the page must neither fail nor ask anything of another address."""
    contexts, wrong = [], []

    def go(address, width=1200, **more):
        context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        own = address.partition("#")[0]

        def requested(request):
            if not request.url.startswith((own, "data:", "blob:")):
                wrong.append(request.url)

        page.on("request", requested)
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        return page

    yield go
    for context in contexts:
        context.close()
    assert wrong == []


def written(folder, *texts, pipeline=NEWS):
    report = Report()
    for name, text in texts:
        report.add(name, pipeline.trace(text))
    path = folder / "report.html"
    path.write_text(report.html(), "utf-8")
    return path.as_uri()


def sample(name="voa-libya"):
    return name, (SAMPLES / f"{name}.txt").read_text("utf-8")


def samples():
    return [sample(path.stem) for path in sorted(SAMPLES.glob("*.txt")) if ".clean" not in path.name]


def drawn(page):
    """Source and clean text as the page has them: from the marked side, and from the clean one."""
    page.wait_for_selector(".rows[data-complete]", state="attached")
    return page.evaluate(
        """() => {
          const text = (selector, without) => [...document.querySelectorAll(selector)].map((element) => {
            const copy = element.cloneNode(true);
            copy.querySelectorAll(without).forEach((part) => part.remove());
            return copy.textContent;
          }).join("");
          return [text(".chunk .marked", "ins"), text(".chunk .marked", "del"), text(".chunk .clean", ".note")];
        }"""
    )


def overflow(page):
    """By how much the page is wider than the window, and what sticks out of it."""
    return page.evaluate(
        """() => [document.documentElement.scrollWidth - innerWidth, [...document.querySelectorAll("body *")].filter(
          (element) => element.getBoundingClientRect().right > innerWidth + 1 && element.getClientRects().length
            && !element.closest(".scroll, .visually-hidden")).map((element) => element.outerHTML.slice(0, 80)).slice(0, 3)]"""
    )


@pytest.mark.parametrize("text", [*[text for _, text in samples()], SCRIPTS, HOSTILE, ""], ids=lambda text: text[:12])
def test_the_document_is_source_and_clean_text(visit, tmp_path, text):
    page = visit(written(tmp_path, ("one", text)))
    source, clean, beside = drawn(page)
    assert source == text
    assert clean == beside == NEWS(text)


def test_filters_are_switched_off_and_on(visit, tmp_path):
    page = visit(written(tmp_path, sample()))
    chip = page.get_by_role("button", name="widgets")
    mark = page.locator("del", has_text="Download Adobe Flash Player")
    other = page.locator("del[data-filter=repeated_titles]").first
    assert chip.get_attribute("aria-pressed") == "true"
    assert mark.is_visible()
    chip.click()
    assert chip.get_attribute("aria-pressed") == "false"
    assert not mark.is_visible()
    assert page.locator("del[data-filter=widgets]:visible").count() == 0
    assert not page.locator(".row", has=mark).is_visible(), "a line that is gone leaves no gap"
    assert other.is_visible()
    quotes = page.get_by_role("button", name="quotes")
    put_in = page.locator("ins[data-filter=quotes]")
    weight = "(element) => getComputedStyle(element).fontWeight"
    assert put_in.evaluate(weight) == "650"
    quotes.click()
    assert put_in.is_visible(), "what was put in is there, as it is in the clean text"
    assert put_in.evaluate(weight) == "400", "but not marked"
    assert not page.locator("del[data-filter=quotes]").is_visible()
    chip.click()
    assert mark.is_visible()
    visible = page.evaluate("[...document.querySelectorAll('.marked')].map((e) => e.innerText).join('')")
    assert "“.”" not in visible


def test_filters_stay_off_in_the_next_document(visit, tmp_path):
    page = visit(written(tmp_path, *samples()) + "#document-1")
    page.get_by_role("button", name="widgets").click()
    page.locator("nav li a").nth(1).click()
    page.wait_for_selector("nav li:nth-child(2) a[aria-current]")
    assert page.get_by_role("button", name="widgets").get_attribute("aria-pressed") == "false"
    assert page.locator("del[data-filter=widgets]:visible").count() == 0


def test_views(visit, tmp_path):
    page = visit(written(tmp_path, sample()))
    marked, clean = page.locator(".chunk .marked").first, page.locator(".chunk .clean").first
    assert (marked.is_visible(), clean.is_visible()) == (True, True)
    page.get_by_role("button", name="Clean", exact=True).click()
    assert (marked.is_visible(), clean.is_visible()) == (False, True)
    assert page.locator(".row.gone:visible").count() == 0
    page.get_by_role("button", name="Marked", exact=True).click()
    assert (marked.is_visible(), clean.is_visible()) == (True, False)
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.get_by_role("button", name="Both").count() == 0, "there is no room for both"
    page.set_viewport_size({"width": 1200, "height": 800})
    assert page.get_by_role("button", name="Both").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_overflows(visit, tmp_path, width, scheme):
    texts = [*samples(), ("a-very-long-name/" * 20, SCRIPTS), ("hostile", HOSTILE)]
    page = visit(written(tmp_path, *texts, pipeline=NEWS.guard(0.5)), width, color_scheme=scheme)
    assert overflow(page) == [0, []]
    for place in range(1, len(texts) + 1):
        page.evaluate(f"location.hash = '#document-{place}'")
        page.wait_for_selector(f"nav a[href='#document-{place}'][aria-current]", state="attached")
        assert overflow(page) == [0, []]
        for view in ("marked", "clean"):
            page.locator(f"[data-choice={view}]").click()
            assert overflow(page) == [0, []]


def test_hostile_text_stays_text(visit, tmp_path):
    page = visit(written(tmp_path, ("<img src=x onerror='window.hacked=1'>", HOSTILE), (HOSTILE, "a..\n" + HOSTILE)))
    for address in ("#summary", "#document-1", "#document-2"):
        page.evaluate(f"location.hash = '{address}'")
        page.wait_for_timeout(50)
        assert page.evaluate("[window.hacked, document.scripts.length, document.images.length, document.styleSheets.length]") == [
            None, 2, 0, 1,
        ]  # fmt: skip
        assert page.locator("main").is_visible()
    assert "<img src=x onerror='window.hacked = 1'>" in page.locator(".rows").inner_text()


def test_reasons_on_hover_and_on_focus(visit, tmp_path):
    page = visit(written(tmp_path, sample()))
    tip = page.get_by_role("tooltip")
    page.locator("del", has_text="Download Adobe").hover()
    assert tip.inner_text() == "deleted by widgets\nplayer (en): Download Adobe Flash Player"
    page.mouse.move(0, 0)
    assert not tip.is_visible()
    page.get_by_role("button", name="Copy clean text").focus()
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.outerHTML")
    assert first.startswith("<del")
    assert "repeated_titles" in tip.inner_text()
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "why"
    for key in ("ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    assert page.get_by_text("3 of ").is_visible()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.outerHTML").split(" aria")[0] == first.split(" aria")[0]
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    assert page.locator("main [tabindex='0']:is(del, ins)").count() == 1, "the marks are one stop of the Tab key"


def test_changes_one_after_the_other(visit, tmp_path):
    page = visit(written(tmp_path, sample()))
    page.get_by_role("button", name="whitespace").click()
    step = page.get_by_role("button", name="Next change")
    seen = []
    for _ in range(40):
        step.click()
        seen.append(page.evaluate("document.activeElement.dataset.filter"))
    assert seen[:2] == ["repeated_titles"] * 2
    assert seen[-1] == "widgets", "and stays at the last one"
    assert "whitespace" not in seen


def test_the_summary(visit, tmp_path):
    page = visit(written(tmp_path, *samples(), ("fine", "Nothing to do.\n")))
    assert page.get_by_role("heading", level=1).inner_text() == "cleanmedia report"
    assert page.get_by_role("heading", name="What was removed, and why").is_visible()
    for role in ("banner", "main", "navigation"):
        assert page.get_by_role(role).count() == 1
    rows = page.get_by_role("table").get_by_role("row")
    assert rows.count() == 1 + len({step.filter for _, text in samples() for step in NEWS.trace(text).steps})
    names = page.evaluate(
        "[...document.querySelectorAll('button, a, input')].filter((e) => !(e.textContent || e.labels?.[0]?.textContent)).length"
    )
    assert names == 0, "every control has a name"
    item = page.locator(".ranking li", has_text="Download Adobe Flash Player")
    item.get_by_role("link").click()
    page.wait_for_selector("del:focus")
    assert page.locator("del:focus").inner_text().strip() == "Download Adobe Flash Player"
    page.go_back()
    page.get_by_role("heading", name="What was removed, and why").wait_for()
    page.locator(".ranking li a", has_text="voa-libya").click()
    page.get_by_role("heading", level=2, name="voa-libya").wait_for()
    assert page.locator("nav [aria-current]").inner_text().startswith("voa-libya")
    assert page.title() == "voa-libya · cleanmedia report"


def test_documents_stand_in_the_order_of_what_they_lost(visit, tmp_path):
    page = visit(
        written(tmp_path, *samples(), ("fine", "Nothing to do.\n"), ("much", "Yes.\n" + "Share on Facebook\n" * 9))
    )
    labels = page.locator("nav li .number").all_inner_texts()
    shares = [float(re.match(r"−([\d.]+)", label)[1]) for label in labels]
    assert len(shares) == 7
    assert shares == sorted(shares, reverse=True)
    assert page.locator("nav li .name").first.inner_text() == "much"


def test_two_dropped_neighbours_show_two_reasons(visit, tmp_path):
    page = visit(written(tmp_path, ("one", "The council voted.\nShare on Facebook\nDownload Adobe Flash Player\n")))
    assert page.locator(".row.gone .note").all_inner_texts() == [
        "widgets\nshare (en): Share on {network}",
        "widgets\nplayer (en): Download Adobe Flash Player",
    ]


def test_counts_of_filters_are_those_of_the_statistics(visit, tmp_path):
    """Also where one mark covers what several edits did, and where an edit covers several lines."""
    name, text = sample()
    counts = NEWS.trace(text).steps
    edits = {}
    for step in counts:
        edits[step.filter] = edits.get(step.filter, 0) + len(step.edits)
    page = visit(written(tmp_path, (name, text)))
    chips = page.locator(".chip").all()
    assert {chip.get_attribute("data-filter"): int(chip.locator(".number").inner_text()) for chip in chips} == edits
    rows = page.locator("table.chart tbody tr").all()
    told = {row.locator("th").inner_text(): int(row.locator("td.number").first.inner_text()) for row in rows}
    assert told == edits


def test_keys_move_through_the_summary_and_the_list(visit, tmp_path):
    page = visit(written(tmp_path, *samples()))
    focused = "document.activeElement.textContent"
    page.locator("main").focus()
    page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.closest('.ranking li').innerText")
    assert first == page.locator(".ranking li").first.inner_text()
    page.keyboard.press("ArrowDown")
    assert (
        page.evaluate("document.activeElement.closest('.ranking li').innerText")
        == page.locator(".ranking li").nth(1).inner_text()
    )
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_selector("del:focus")
    page.locator("nav li a").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == page.locator("nav li a").nth(1).inner_text().replace("\n", "")


@pytest.mark.parametrize("width", WIDTHS)
def test_how_it_was_cleaned(visit, tmp_path, width):
    source = tmp_path / "page.txt"
    source.write_text("So it was..\n")
    run("--check", "--report", tmp_path / "out.html", "--without", "widgets", source)
    page = visit((tmp_path / "out.html").as_uri(), width)
    details = page.locator("details", has_text="How it was cleaned")
    details.locator("summary").click()
    told = details.locator("pre").inner_text()
    assert '"widgets"' not in told
    assert '"sha256"' in told
    assert overflow(page) == [0, []]


def test_where_a_guard_stepped_in(visit, tmp_path):
    page = visit(
        written(
            tmp_path, ("kept", "Share on Facebook\nDownload Adobe Flash Player\n"), *samples(), pipeline=NEWS.guard(0.5)
        )
    )
    panel = page.locator(".panel", has_text="Where the guard stepped in")
    assert panel.get_by_role("link", name="kept").is_visible()
    panel.get_by_role("link", name="kept").click()
    page.locator(".guard").wait_for()
    assert "widgets: 46 characters" in page.locator(".guard").inner_text()


def test_the_search(visit, tmp_path):
    page = visit(written(tmp_path, *samples()))
    box = page.get_by_role("searchbox", name="Search the documents")
    box.fill("Haftar")
    page.get_by_text("1 document found").wait_for()
    assert [item.inner_text().split("\n")[0] for item in page.locator("nav li:visible").all()] == ["voa-libya"]
    page.locator("nav li:visible a").click()
    page.wait_for_selector("nav li a[aria-current]")
    assert page.evaluate("CSS.highlights.get('search').size") > 5
    box.fill("")
    page.get_by_text("5 documents, the largest share lost first").wait_for()
    assert page.locator("nav li:visible").count() == 5


def test_a_long_document_is_drawn_to_its_end(visit, tmp_path):
    text = "".join(f"Line {number} of a long text..\n" for number in range(3000)) + "Share on Facebook\n"
    page = visit(written(tmp_path, ("long", text)))
    source, clean, _ = drawn(page)
    assert (source, clean) == (text, NEWS(text))
    page.get_by_role("button", name="Previous change").focus()


def test_a_long_line_is_drawn_in_pieces(visit, tmp_path):
    text = "The council kept 🙂.. the bridge &amp; so&# 33; " * 2_000
    page = visit(written(tmp_path, ("long", text)))
    source, clean, _ = drawn(page)
    assert (source, clean) == (text, NEWS(text))


def test_colours_are_told_apart_without_colour(visit, tmp_path):
    """Neighbours in the legend differ in the kind of their line, not in colour alone; deletions are struck."""
    page = visit(
        written(tmp_path, *samples(), ("more", "naÃ¯ve &amp; so\u200bon..\n" + "A line that is long enough.\n" * 2))
    )
    looks = page.evaluate(
        """() => [...Array(12).keys()].map((n) => {
          const element = document.body.appendChild(document.createElement("ins"));
          element.className = `c${n}`;
          const { borderBottomColor, borderBottomStyle } = getComputedStyle(element);
          element.remove();
          return [borderBottomColor, borderBottomStyle];
        })"""
    )
    assert len(set(map(tuple, looks))) == 12
    assert all(one[1] != other[1] for one, other in pairwise(looks))
    page.evaluate("location.hash = '#document-1'")
    assert "line-through" in page.locator("del:not(:empty)").first.evaluate(
        "(e) => getComputedStyle(e).textDecorationLine"
    )


# ---- cleanmedia play


@pytest.fixture(scope="module")
def address():
    pytest.importorskip("uvicorn", reason="no uvicorn: pip install 'cleanmedia[play]'")
    process = subprocess.Popen(
        [sys.executable, "-m", "cleanmedia", "play", "--no-browser"], stdout=subprocess.PIPE, text=True
    )
    yield re.search(r"http://[^ ]*", process.stdout.readline())[0]
    process.send_signal(signal.SIGINT)
    process.wait(30)


def typed(page, text):
    """Put a text into the box, and wait for what becomes of it."""
    page.get_by_role("textbox", name="Text to clean").fill(text)
    page.wait_for_selector(f"html[data-cleaned='{len(text.encode('utf-16-le')) // 2}']", state="attached")


def test_play_cleans_what_is_typed(visit, address):
    page = visit(address)
    page.get_by_role("textbox", name="Text to clean").press_sequentially("So it was.. Really")
    page.wait_for_selector("del[data-filter=punctuation]")
    assert drawn(page)[:2] == ["So it was.. Really", "So it was. Really"]
    typed(page, sample()[1])
    source, clean, _ = drawn(page)
    assert (source, clean) == (sample()[1], NEWS(sample()[1]))
    page.get_by_role("checkbox", name="widgets").uncheck()
    page.wait_for_selector("del[data-filter=widgets]", state="detached")
    assert drawn(page)[1] == NEWS.without("widgets")(sample()[1])
    page.get_by_role("button", name="article", exact=True).click()
    page.wait_for_selector("del[data-filter=boilerplate]")
    assert drawn(page)[1] == ARTICLE.without("widgets")(sample()[1])


def test_play_takes_a_file(visit, address, tmp_path):
    path = tmp_path / "page.txt"
    path.write_bytes("Да, это так..\nЗагрузить Adobe Flash Player\n".encode("utf-16"))
    page = visit(address)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_text("read as utf-16").wait_for()
    assert drawn(page)[1] == "Да, это так.\n"


def test_play_makes_a_phrase_of_a_line(visit, address):
    page = visit(address)
    typed(page, "The council voted.\nTell all of your 12 neighbours\nThe mayor had changed her mind.\n")
    row = page.locator(".row", has_text="Tell all of your")
    row.hover()
    row.get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    assert dialog.locator("pre").inner_text() == "[more]\nTell all of your {n} neighbours\n"
    dialog.get_by_label("Kind of widget").select_option("share")
    dialog.get_by_role("button", name="Try it here").click()
    page.wait_for_selector("del[data-filter=widgets]")
    assert drawn(page)[1] == "The council voted.\nThe mayor had changed her mind.\n"
    assert page.get_by_text("1 phrase of your own at work").is_visible()


def test_play_makes_a_case_of_a_mark(visit, address):
    page = visit(address)
    typed(page, "It was 🙂 over.. Really.\nThe end.\nShare on Facebook\n")
    page.locator("del[data-filter=punctuation]").click()
    dialog = page.get_by_role("dialog")
    assert dialog.locator("pre").inner_text() == (
        '[[fails]]\nname = "doubled stop"\ntext = "It was 🙂 over.. Really.\\n"\n'
    )
    assert dialog.locator("code").inner_text() == "tests/cases/punctuation.toml"
    page.keyboard.press("Escape")
    page.locator("del[data-filter=widgets]").focus()
    page.keyboard.press("Enter")
    assert '"Share on Facebook\\n"' in dialog.locator("pre").inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_play_shows_hostile_text_as_text(visit, address, width):
    page = visit(address, width)
    assert overflow(page) == [0, []]
    typed(page, HOSTILE.replace("\ud800", ""))
    assert page.evaluate("[window.hacked, document.scripts.length, document.images.length]") == [None, 2, 0]
    assert overflow(page) == [0, []]
    assert "<img src=x" in page.locator(".rows").inner_text()


def test_play_refuses_another_origin(browser, address):
    context = browser.new_context()
    page = context.new_page()
    page.goto("data:text/html,<p>another origin</p>")
    ask = """(address) => fetch(address + "clean", {method: "POST", body: '{"text": "x", "preset": "news"}'%s})
      .then((answer) => answer.type + answer.status, (error) => "refused")"""
    assert page.evaluate(ask % ', headers: {"Content-Type": "application/json"}', address) == "refused"
    assert page.evaluate(ask % ', mode: "no-cors"', address) == "refused"
    assert page.evaluate("(address) => fetch(address).then(() => 'read', () => 'refused')", address) == "refused"
    context.close()
