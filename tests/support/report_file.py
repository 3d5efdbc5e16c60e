"""What a browser takes out of the file of a report."""

import json
import re


def data_in(page):
    """The data of a report's file, as a browser takes it out."""
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)[1])


def texts_of(document):
    """Source and clean text from a document of the file."""
    source, clean = [], []
    kind = None
    for part in document["row"]:
        if isinstance(part, int):
            kind = part
            continue
        if kind is None or kind >= 0:
            source.append(part)
        if kind is None or kind < 0:
            clean.append(part)
        kind = None
    return "".join(source), "".join(clean)
