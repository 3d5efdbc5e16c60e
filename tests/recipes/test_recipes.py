"""Each recipe runs the very code of its page in docs/recipes, with the real package."""

import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cleanmedia import NEWS
from tests.support.folders import ROOT

TITLE = "The council keeps the old bridge"
HTML = f"""<html><head><title>{TITLE}</title><meta property="og:title" content="{TITLE}"></head><body><article><h1>{TITLE}</h1>
<p>The council voted on Monday to keep the old bridge open, after a debate of five hours about its cost..</p>
<p>Share on Facebook</p><p>{TITLE}</p>
<p>“Nobody wants to drive around the bay for an hour,” said the mayor, who had changed her mind.</p>
<p>The bridge is a hundred years old, and will be painted next year.</p></article></body></html>"""
DIRTY = "So it was..\nShare on Facebook"
REASONS = [("punctuation", "doubled stop"), ("widgets", "share (en): Share on {network}"), ("whitespace", "blank line")]


def needs(module, *packages):
    names = " ".join(packages or (module,))
    return pytest.importorskip(module, reason=f"{module} is not installed: pip install {names}")


def blocks(page, language):
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / "docs" / "recipes" / page).read_text("utf-8"), re.DOTALL)


def run(page):
    """Run the Python code of a page, all blocks in one; return its names."""
    names = {"__name__": "recipe"}
    for block in blocks(page, "python"):
        exec(compile(block, page, "exec"), names)
    return names


def environment():
    """Return the environment in which the command ``cleanmedia`` is this checkout's."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}


def test_every_recipe_is_listed_and_tested():
    pages = {path.stem for path in (ROOT / "docs" / "recipes").glob("*.md")} - {"README"}
    listed = re.findall(r"\]\(([\w-]+)\.md\)", (ROOT / "docs" / "recipes" / "README.md").read_text("utf-8"))
    assert sorted(listed) == sorted(pages)
    assert {f"test_{page.replace('-', '_')}" for page in pages} <= globals().keys()


def test_trafilatura():
    needs("lxml_html_clean")
    trafilatura = needs("trafilatura", "trafilatura", "lxml_html_clean")
    names = run("trafilatura.md")
    raw = trafilatura.extract(HTML)
    assert "Share on Facebook" in raw
    text = names["article"](HTML)
    assert text == NEWS(raw)
    assert "cost.\n" in text
    assert "Share" not in text
    page = names["page"](HTML)
    assert (page["title"], page["text"].count(TITLE)) == (TITLE, 1)
    assert names["article"]("<p></p>") is names["page"]("<p></p>") is None


SPIDER = """
import scrapy
from scrapy.crawler import CrawlerProcess

class Pages(scrapy.Spider):
    name = "pages"
    start_urls = [ADDRESS]

    def parse(self, response):
        yield {"title": response.css("title::text").get(), "text": "\\n".join(response.css("h1::text, p::text").getall())}
        yield {"text": None}

process = CrawlerProcess({"ITEM_PIPELINES": {CleanText: 300}, "FEEDS": {"items.jsonl": {"format": "jsonlines"}}, "TELNETCONSOLE_ENABLED": False})
process.crawl(Pages)
process.start()
"""


def test_scrapy(tmp_path):
    """A real crawl of a file, in a process of its own: Twisted's reactor runs once."""
    needs("scrapy")
    import json

    (tmp_path / "page.html").write_text(HTML, "utf-8")
    pipeline, settings = blocks("scrapy.md", "python")
    assert "pipelines.CleanText" in settings
    program = pipeline + SPIDER.replace("ADDRESS", repr((tmp_path / "page.html").as_uri()))
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment(), capture_output=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    page, empty = map(json.loads, (tmp_path / "items.jsonl").read_text("utf-8").splitlines())
    assert empty == {"text": None}
    assert page["title"] == TITLE
    assert page["text"].count(TITLE) == 1
    assert "cost.\n" in page["text"]
    assert "Share" not in page["text"]


def test_langchain():
    needs("langchain_core", "langchain-core")
    (document,) = run("langchain.md")["clean_documents"]
    assert document.page_content == NEWS(DIRTY)
    assert document.metadata["source"] == "a.html"
    check_changes(document.metadata["changes"])


def check_changes(changes):
    """Applied to the source, the changes give the clean text."""
    text = DIRTY
    for change in reversed(changes):
        text = text[: change["start"]] + change["new"] + text[change["end"] :]
    assert text == NEWS(DIRTY)
    assert {reason for change in changes for reason in change["reasons"]} >= set(REASONS[:2])


def test_haystack():
    needs("haystack", "haystack-ai")
    names = run("haystack.md")
    (document,) = names["clean_documents"]
    (source,) = names["documents"]
    assert document.content == NEWS(DIRTY)
    assert document.meta["source"] == "a.html"
    assert document.id != source.id
    check_changes(document.meta["changes"])
    assert "preset: news" in names["pipeline"].dumps()


def test_spacy():
    needs("spacy")
    names = run("spacy.md")
    assert [doc.text for doc in names["docs"]] == [NEWS(text) for text in names["texts"]]
    sentences = [pair for pair in names["sentences"] if pair[0].strip()]
    assert [sentence for sentence, _ in sentences][-2:] == ["It rained.", "It was over."]
    assert sentences[0][1].startswith("Voices of&# 160;America&# 187; reports")


def test_scikit_learn():
    sklearn = needs("sklearn", "scikit-learn")
    names = run("scikit-learn.md")
    texts = [
        "The bridge is old..\nShare on Facebook",
        "The mayor&# 39;s bridge",
        "Rain on Monday",
        "Rain fell .. again",
    ] * 2
    copy = pickle.loads(pickle.dumps(sklearn.clone(names["model"])))
    copy.fit(texts, [1, 1, 0, 0] * 2)
    assert {"facebook", "share", "39"}.isdisjoint(copy["words"].vocabulary_)
    assert list(copy.predict(["an old bridge", "rain"])) == [1, 0]
    search = names["search"].fit(texts, [1, 1, 0, 0] * 2)
    assert len(search.cv_results_["params"]) == 3


def test_pre_commit(tmp_path):
    needs("pre_commit", "pre-commit")

    def git(*arguments):
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments],
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )

    def hooks():
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--all-files"],
            cwd=tmp_path, env={**environment(), "PRE_COMMIT_HOME": str(tmp_path / "home")}, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        return done.returncode, done.stdout

    (settings,) = blocks("pre-commit.md", "yaml")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("So it was..\n")
    (tmp_path / "notes.txt").write_text("not this one..\n")
    (tmp_path / ".pre-commit-config.yaml").write_text(settings)
    git("init")
    git("add", "texts", "notes.txt", ".pre-commit-config.yaml")
    code, out = hooks()
    assert code == 1
    assert "texts/a.txt" in out
    assert "notes.txt" not in out
    (tmp_path / ".pre-commit-config.yaml").write_text(settings.replace("--check", "-i"))
    git("add", ".")
    assert hooks()[0] == 1, "files were modified"
    assert (tmp_path / "texts" / "a.txt").read_text() == "So it was.\n"
    (tmp_path / ".pre-commit-config.yaml").write_text(settings)
    git("add", ".")
    assert hooks()[0] == 0


def test_cron(tmp_path):
    (script,) = blocks("cron.md", "sh")
    (line,) = blocks("cron.md", "text")
    assert re.match(r"(\S+ ){5} ", line)
    (tmp_path / "clean-new.sh").write_text(script)
    (tmp_path / "crawl").mkdir()
    (tmp_path / "crawl" / "a.txt").write_text("So it was..\n")
    command = re.sub(r"PATH=\S+", "", line.split(maxsplit=5)[5]).replace("/srv/news", str(tmp_path))

    def night():
        subprocess.run(command, shell=True, check=True, env=environment())

    night()
    first = (tmp_path / "clean" / "a.txt").stat()
    (tmp_path / "crawl" / "b.txt").write_text("And so on..\n")
    night()
    assert (tmp_path / "clean" / "a.txt").stat().st_mtime_ns == first.st_mtime_ns, "done already"
    assert (tmp_path / "clean" / "b.txt").read_text() == "And so on.\n"
    assert '"documents": 1' in (tmp_path / "stats.json").read_text()
