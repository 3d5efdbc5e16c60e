"""Build the documentation site: ``python docs/build_site.py`` writes ``build/site/html``.

The pages of ``docs/`` and the Markdown files at the top of the checkout are copied, their links rewritten, and two kinds of pages
added: one for each filter, made of its docstring and its cases, and the API reference. Zensical then builds the site, strictly:
a warning, such as a dead link, is an error. Needs ``pip install -e '.[docs]'``.
"""

import argparse
import difflib
import re
import shutil
import subprocess
import sys
import tomllib
import unicodedata
from pathlib import Path
from textwrap import dedent

import cleanmedia
from cleanmedia import filters
from cleanmedia.presets import PRESETS

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "docs"))
from docstrings import examples_as_blocks  # noqa: E402

TOP = {  # files outside docs/ that are pages of the site
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "report-a-fault.md",
    "benchmarks/README.md": "benchmarks.md",
}
MOST_CASES = 15  # of each kind, on the page of a filter
LONGEST_CASE = 600  # code points


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--to", type=Path, default=ROOT / "build" / "site", metavar="FOLDER", help="default: build/site"
    )
    folder = parser.parse_args().to.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    stage(folder)
    command = [sys.executable, "-m", "zensical", "build", "--strict", "--clean", "-f", str(folder / "zensical.toml")]
    sys.exit(subprocess.run(command, cwd=folder).returncode)


def stage(folder: Path) -> None:
    """Write the configuration and all pages of the site into a folder."""
    pages = folder / "docs"
    shutil.copytree(ROOT / "docs" / "pictures", pages / "pictures")
    for source, target in staged().items():
        put(pages / target, linked(source.read_text("utf-8"), source, target))
    for name in filters.__all__:
        put(pages / "filters" / f"{name}.md", filter_page(name))
    put(pages / "api.md", api_page())
    listed = ", ".join(f'{{ "{name}" = "filters/{name}.md" }}' for name in sorted(filters.__all__))
    config = (ROOT / "docs" / "zensical.toml").read_text("utf-8").replace('"FILTERS"', listed)
    config = config.replace("DOCSTRINGS", (ROOT / "docs" / "docstrings.py").as_posix())
    put(folder / "zensical.toml", config)


def staged() -> dict[Path, str]:
    """Return the Markdown files that are pages, each with its path in the site's source."""
    pages = {ROOT / source: target for source, target in TOP.items()}
    for path in sorted((ROOT / "docs").rglob("*.md")):
        if path != ROOT / "docs" / "README.md":  # a list of the pages for who reads them without the site
            target = path.relative_to(ROOT / "docs")
            pages[path] = str(target.with_name("index.md") if target.name == "README.md" else target)
    return pages


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def linked(text: str, source: Path, target: str) -> str:
    """Return a page with its links rewritten for the site. Raises SystemExit for one that leads nowhere there."""
    known = staged()
    depth = "../" * target.count("/")

    def rewritten(match: re.Match[str]) -> str:
        link, _, anchor = match[2].partition("#")
        path = (source.parent / link).resolve()
        if path == ROOT / "docs" / "README.md":
            path = ROOT / "README.md"
        place = known.get(path) or known.get(path / "README.md")
        if place is None and path.parent == ROOT / "cleanmedia" / "filters" and path.stem in filters.__all__:
            place = f"filters/{path.stem}.md"  # made by this script
        if place is None and path.is_relative_to(ROOT / "docs" / "pictures") and path.exists():
            place = str(path.relative_to(ROOT / "docs"))
        if place is None and path == ROOT / "LICENSE":
            return match[1].strip("[]").removesuffix("](") + " (see the file LICENSE)"
        if place is None:
            sys.exit(f"{source.relative_to(ROOT)}: {match[2]} is no page of the site")
        return match[1] + depth + place + (anchor and "#" + anchor) + match[3]

    parts = re.split(r"(^ *```.*?^ *```$)", text, flags=re.MULTILINE | re.DOTALL)  # every second one is a block of code
    parts[::2] = [
        re.sub(r"(\]\(|(?:src|srcset)=\")(?![a-z]+:|#)([^)\"\s]+)([)\"])", rewritten, part) for part in parts[::2]
    ]
    return "".join(parts)


# ---- the pages of filters


def filter_page(name: str) -> str:
    """Return the page of a filter: its docstring, where it is used, and its cases."""
    found = getattr(filters, name)
    used = [preset.upper() for preset, pipeline in PRESETS.items() if name in pipeline]
    where = (
        f"In the presets {', '.join(f'`{preset}`' for preset in used)}."
        if used
        else f"In no preset: `NEWS.then({name})`."
    )
    head = f"# {name}\n\n{where} `from cleanmedia.filters import {name}`\n\n"
    return head + markdown(found.__doc__ or "") + cases(name)


def markdown(docstring: str) -> str:
    """Return a filter's docstring as Markdown: bold headings for its parts, blocks for its examples."""
    first, _, rest = docstring.partition("\n")
    text = examples_as_blocks(first.strip() + "\n\n" + dedent(rest))
    return re.sub(r"^(Why|Keeps|Risk|Options|Raises):\s*", r"**\1.** ", text, flags=re.MULTILINE).strip() + "\n\n"


def cases(name: str) -> str:
    """Return the cases of ``tests/cases/NAME.toml`` as Markdown: what changes, what is kept, and known failures."""
    tables = tomllib.loads((ROOT / "tests" / "cases" / f"{name}.toml").read_text("utf-8"))
    out = []
    for kind, title, note in (
        ("changes", "What it changes", ""),
        ("keeps", "What it keeps", "Text that looks like dirt and stays as it is.\n\n"),
        ("fails", "Known failures", "What it does not manage today: the second text is what it should return.\n\n"),
    ):
        short = [case for case in tables.get(kind, []) if len(case["text"]) <= LONGEST_CASE]
        if not short:
            continue
        out.append(f"## {title}\n\n{note}")
        for case in short[:MOST_CASES]:
            options = ", ".join(f"{key}={value!r}" for key, value in case.get("options", {}).items())
            out.append(
                f"{case['name'][0].upper()}{case['name'][1:]}{f' (`{name}({options})`)' if options else ''}:\n\n"
            )
            out.append(block(case["text"], case.get("becomes", case["text"])))
    left = sum(map(len, tables.values())) - sum(min(MOST_CASES, len(tables.get(kind, []))) for kind in tables)
    more = f" has {left} more" if left else " has them as data"
    return "".join(out) + f"`tests/cases/{name}.toml`{more}. The tests run every case.\n"


def block(before: str, after: str) -> str:
    """Return a text, or its change line by line, as a block of Markdown; what cannot be seen is escaped."""
    old, new = visible(before).split("\n"), visible(after).split("\n")
    lines = old if before == after else [line for line in difflib.ndiff(old, new) if not line.startswith("?")]
    fence = "`" * max(3, *[len(run) + 1 for run in re.findall(r"`+", before + after)] or [3])
    return f"{fence}{'text' if before == after else 'diff'}\n" + "\n".join(lines) + f"\n{fence}\n\n"


def visible(text: str) -> str:
    def shown(char: str) -> str:
        unseen = unicodedata.category(char)[0] in "CZ" and char not in " \n"
        return char.encode("unicode_escape").decode() if unseen or char == "\r" else char

    return "".join(map(shown, text))


def api_page() -> str:
    """Return the API reference: a directive for each public name, which mkdocstrings replaces by its documentation."""
    parts = [
        "# API\n\nThe public names of `cleanmedia`. Everything else may change between versions.\n\n## Presets\n\n"
    ]
    parts += [
        "`clean(text)` and `trace(text)` use `NEWS`. Each preset is a [`Pipeline`](#cleanmedia.core.pipeline.Pipeline).\n\n"
    ]
    for module, names in cleanmedia._MODULES.items():
        for name in names:
            if name.isupper():
                continue
            inherited = "\n    options:\n      inherited_members: true" if name in ("Pipeline", "Filter") else ""
            parts.append(f"::: cleanmedia.{module}.{name}{inherited}\n\n")
    return "".join(parts)


if __name__ == "__main__":
    main()
