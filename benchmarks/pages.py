"""The benchmark's pages. They belong to their publishers, and lie outside the repository.

``CLEANMEDIA_BENCH`` names their folder: one ``<source>.jsonl.gz`` a source under ``dev/``, a page a line. ``more/`` may hold
further pages, of other publishers, which are for training alone.
"""

import gzip
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

BENCH = Path(os.environ.get("CLEANMEDIA_BENCH", Path(__file__).parents[2] / "shared" / "bench"))


def pages(step: int = 1, part: str = "dev") -> Iterator[dict]:
    """Every ``step``-th page of a part; ends the program with a plain message where there are none to measure."""
    paths = sorted((BENCH / part).glob("*.jsonl.gz"))
    if not paths and part == "dev":
        sys.exit(f"no benchmark pages in {BENCH / 'dev'}; name their folder with CLEANMEDIA_BENCH")
    number = 0
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                if number % step == 0:
                    yield json.loads(line)
                number += 1
