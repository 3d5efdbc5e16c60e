"""What `learn` finds at the edges of the texts of published corpora, and what `site_sentences` and `site_lines` drop there.

    python benchmarks/site_sentences.py [--show 5] [--all FILE]

The corpora lie outside the repository: ``CLEANMEDIA_CORPORA`` names the file, JSON Lines with ``corpus`` and ``text``. None of the texts
has a host, so each corpus is compared as a whole. Each is learned on one half of its texts and applied to the other, both ways round; and learned and
applied on all. ``--all`` writes what is dropped from all texts, a line each, to be read.
"""

import argparse
import gzip
import json
import os
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from cleanmedia import REPAIR, Pipeline, learn
from cleanmedia.filters import site_lines, site_sentences

CORPORA = Path(
    os.environ.get("CLEANMEDIA_CORPORA", Path(__file__).parents[2] / "shared" / "corpora" / "texts.jsonl.gz")
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--show", type=int, default=0, help="how many of the forms that go to show, by corpus")
    parser.add_argument("--all", metavar="FILE", help="write every sentence that goes, with its text before it")
    options = parser.parse_args()
    if not CORPORA.exists():
        sys.exit(f"no corpora in {CORPORA}; name the file with CLEANMEDIA_CORPORA")
    of_corpus = defaultdict(list)
    with gzip.open(CORPORA, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            of_corpus[record["corpus"]].append(REPAIR(record["text"]))
    dropped = []
    print(
        f"{'corpus':15}{'texts':>6}  {'sentences, by halves':>21}{'on all':>8}{'lines on all':>14}{'forms':>7}{'withheld':>10}"
    )
    for corpus, texts in of_corpus.items():
        halves = 0
        for learned, applied in ((texts[::2], texts[1::2]), (texts[1::2], texts[::2])):
            halves += sum(bool(found) for found in run(learned, applied, site_sentences)[0])
        on_all, result = run(texts, texts, site_sentences)
        lines, _ = run(texts, texts, site_lines)
        print(
            f"{corpus:15}{len(texts):6}  {halves:12} {halves / len(texts):7.1%}{sum(map(bool, on_all)):8}{sum(map(bool, lines)):14}"
            f"{result.sentences:7}{result.withheld:10}",
            flush=True,
        )
        forms = Counter(" ".join(gone.split()) for found in on_all for _, gone in found)
        for form, number in forms.most_common(options.show):
            print(f"    {number:4}  {form[:150]}")
        dropped += [(corpus, before, gone) for found in on_all for before, gone in found]
    if options.all:
        with open(options.all, "w", encoding="utf-8") as file:
            file.writelines(f"{corpus}\t{before!r}\t{gone!r}\n" for corpus, before, gone in dropped)


def run(learned, applied, of):
    """Return for each text what goes from it, with the text before it; and what was learned."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "templates.parquet")
        result = learn((("", text) for text in learned), path)
        clean = Pipeline(of(templates=path))
        found = []
        for text in applied:
            steps = clean.trace(text).steps
            edits = [edit for step in steps for edit in step.edits]
            found.append([(text[max(0, edit.start - 100) : edit.start], text[edit.start : edit.end]) for edit in edits])
    return found, result


if __name__ == "__main__":
    main()
