"""The benchmark's pages. They belong to their publishers, and lie outside the repository.

``CLEANMEDIA_BENCH`` names their folder: one ``<source>.jsonl.gz`` a source under ``dev/``, a page a line.
"""

import gzip
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

BENCH = Path(os.environ.get("CLEANMEDIA_BENCH", Path(__file__).parents[2] / "shared" / "bench"))


def pages(step: int = 1) -> Iterator[dict]:
    """Every ``step``-th page; ends the program with a plain message where there are none."""
    paths = sorted((BENCH / "dev").glob("*.jsonl.gz"))
    if not paths:
        sys.exit(f"no benchmark pages in {BENCH / 'dev'}; name their folder with CLEANMEDIA_BENCH")
    number = 0
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                if number % step == 0:
                    yield json.loads(line)
                number += 1
