"""How many texts in old encodings are decoded exactly, by cleanmedia and by other detectors that are installed.

    python benchmarks/decoding.py FOLDER... [--texts N] [--seed N] [--by-encoding] [--alone]

A FOLDER has real text, one file a language: benchmarks/decoding_texts.py makes them. Pieces of 20, 100, 1,000 and 10,000 bytes are cut from it,
each with a byte above ASCII, and put through Python's codecs, but for what an encoding lacks. A text counts
as decoded exactly where every character comes back. The second table has UTF-8 in the states in which it comes.
"""

import argparse
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from cleanmedia import decode

ENCODINGS = {
    "cp1250": "pl cs hu sl hr ro sk",
    "cp1251": "ru uk bg sr be mk",
    "cp1252": "fr de es it pt sv da fi nl no en",
    "cp1253": "el",
    "cp1254": "tr",
    "cp1255": "he",
    "cp1256": "ar fa",
    "cp1257": "lt et lv",
    "cp1258": "vi",
    "koi8_r": "ru bg",
    "koi8_u": "uk",
    "iso8859_1": "fr de es it pt sv da fi no",
    "iso8859_2": "pl cs hu hr sl sk",
    "iso8859_5": "ru bg sr",
    "iso8859_7": "el",
    "iso8859_8": "he",
    "iso8859_9": "tr",
    "iso8859_15": "fr de es fi",
    "cp866": "ru uk",
    "mac_cyrillic": "ru",
    "mac_roman": "fr de es",
    "cp850": "de fr es",
    "cp437": "de fr",
    "cp852": "pl cs hu",
    "gb18030": "zh-Hans",
    "big5": "zh-Hant",
    "shift_jis": "ja",
    "euc_jp": "ja",
    "euc_kr": "ko",
    "cp874": "th",
}
SIZES = (20, 100, 1_000, 10_000)
Decoder = Callable[[bytes], str | None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", metavar="FOLDER", type=Path, nargs="+")
    parser.add_argument("--texts", metavar="N", type=int, default=40, help="of an encoding and a length")
    parser.add_argument("--seed", metavar="N", type=int, default=1)
    parser.add_argument("--by-encoding", action="store_true")
    parser.add_argument("--alone", action="store_true", help="without the other detectors")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    corpus = [
        (encoding, size, *piece)
        for encoding, languages in ENCODINGS.items()
        for size in SIZES
        for piece in pieces(rng, options.folders, encoding, languages.split(), size, options.texts)
    ]
    compared = dict(list(decoders().items())[: 1 if options.alone else None])
    print(f"{len(corpus):,} texts in {len(ENCODINGS)} encodings, % decoded exactly at {SIZES} bytes")
    for name, decoder in compared.items():
        right, of = Counter(), Counter()
        for encoding, size, data, text in corpus:
            of[encoding, size] += 1
            right[encoding, size] += decoder(data) == text
        print(f"{name:26}", *(f"{100 * total(right, size) / total(of, size):6.1f}" for size in SIZES), flush=True)
        if options.by_encoding:
            for encoding in ENCODINGS:
                print(f"    {encoding:22}", *(f"{right[encoding, size]:3}/{of[encoding, size]:<3}" for size in SIZES))
    for size in SIZES:
        guessed = [(decode(data), text) for _, at, data, text in corpus if at == size]
        sure = [decoded.text == text for decoded, text in guessed if decoded.certain]
        print(
            f"certain at {size}: {100 * len(sure) / len(guessed):.1f} %, of them right {100 * sum(sure) / len(sure):.2f} %"
        )
    states = utf_8(rng, options.folders, options.texts)
    print("\nUTF-8, % decoded as it should be:", ", ".join(states))
    for name, decoder in compared.items():
        shares = [sum(decoder(data) == text for data, text in found) / len(found) for found in states.values()]
        print(f"{name:26}", *(f"{100 * share:6.1f}" for share in shares))


def total(counts: Counter, size: int) -> int:
    return sum(count for (_, each), count in counts.items() if each == size)


def decoders() -> dict[str, Decoder]:
    """cleanmedia first, then whatever else is installed."""

    def read(data: bytes, encoding: str | None) -> str | None:
        try:
            return data.decode(encoding or "cp1252")
        except (UnicodeDecodeError, LookupError):
            return None

    def alone(data: bytes) -> str:
        """Without a second opinion."""
        from cleanmedia.decoding import guessing

        asked, guessing._CLOSE = guessing._CLOSE, 0
        try:
            return decode(data).text
        finally:
            guessing._CLOSE = asked

    found: dict[str, Decoder] = {"cleanmedia": alone}
    if find_spec("chardet"):
        found["cleanmedia with chardet"] = lambda data: decode(data).text
    from charset_normalizer import from_bytes

    def charset_normalizer(data: bytes) -> str | None:
        best = from_bytes(data).best()
        return None if best is None else str(best)

    found["charset-normalizer"] = charset_normalizer
    try:
        import cchardet

        found["faust-cchardet"] = lambda data: read(data, cchardet.detect(data)["encoding"])
    except ImportError:
        pass
    try:
        import chardet

        found[f"chardet {chardet.__version__}"] = lambda data: read(data, chardet.detect(data)["encoding"])
    except ImportError:
        pass
    found["always windows-1252"] = lambda data: read(data, "cp1252")
    return found


def pieces(
    rng: random.Random, folders: list[Path], encoding: str, languages: list[str], size: int, count: int
) -> list[tuple[bytes, str]]:
    """Pieces of a text in an encoding; languages and folders take turns by chance."""
    found: list[tuple[bytes, str]] = []
    texts = {language: [text for folder in folders if (text := load(folder, language))] for language in languages}
    known = [language for language in languages if any(len(text) > size for text in texts[language])]
    for _ in range(count * 30):
        if len(found) == count or not known:
            break
        text = fitting(rng.choice(texts[rng.choice(known)]), encoding)
        start = rng.randrange(max(1, len(text) - size // 2))
        piece = text[start : start + size]
        while len(piece.encode(encoding)) > size:
            piece = piece[: -max(1, (len(piece.encode(encoding)) - size) // 3)]
        data = piece.encode(encoding)
        if len(data) > 0.9 * size - 2 and not data.isascii():
            found.append((data, piece))
    return found


CACHE: dict[tuple, str] = {}


def load(folder: Path, language: str) -> str:
    if (folder, language) not in CACHE:
        path = folder / f"{language}.txt"
        CACHE[folder, language] = path.read_text("utf-8")[:400_000] if path.exists() else ""
    return CACHE[folder, language]


def fitting(text: str, encoding: str) -> str:
    """The text without what the encoding lacks; Vietnamese as windows-1258 has it, tone marks apart."""
    if (text, encoding) not in CACHE:
        fit = text
        if encoding == "cp1258":
            marked = re.sub("([\u0300-\u036f])([\u0302\u0306\u031b])", r"\2\1", unicodedata.normalize("NFD", text))
            fit = re.sub("[aeouAEOU][\u0302\u0306\u031b]", lambda match: unicodedata.normalize("NFC", match[0]), marked)
        fit = "".join(char for char in fit if len(char.encode(encoding, "ignore")) in (1, 2))
        CACHE[text, encoding] = fit.encode(encoding).decode(encoding)
    return CACHE[text, encoding]


def utf_8(rng: random.Random, folders: list[Path], count: int) -> dict[str, list[tuple[bytes, str]]]:
    """UTF-8 as it comes: whole, cut in a character, with a stray byte, with a line of windows-1252, and that with a few signs only."""
    languages = sorted({language for named in ENCODINGS.values() for language in named.split()})
    states: dict[str, list[tuple[bytes, str]]] = {}
    for size in SIZES[1:]:
        for data, text in pieces(rng, folders, "utf-8", languages, size, count * 4):
            states.setdefault("valid", []).append((data, text))
            states.setdefault("one stray byte", []).append((data + b" \x93", text + " “"))
    west = ENCODINGS["cp1252"].split()
    for _, text in pieces(rng, folders, "cp1252", west, 1_000, count * 2):
        lines = [line for line in text.split("\n") if not line.isascii()]
        if len(lines) > 2:
            mixed = "\n".join(lines[1:]).encode() + b"\n" + lines[0].encode("cp1252")
            states.setdefault("a line of windows-1252", []).append((mixed, "\n".join([*lines[1:], lines[0]])))
    plain = "The council met on Tuesday, and voted. "
    for signs in ("“yes”", "it’s", "café", "10 – 12", "…", "Zoë", "“No,” he said"):
        text = plain + signs + plain
        states.setdefault("ASCII with a few signs of windows-1252", []).append((text.encode("cp1252"), text))
    return states


if __name__ == "__main__":
    main()
