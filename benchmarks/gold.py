"""Which lines of a page are its article's: the labels that the model is trained on, from a page's gold body."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(f"[{_UNSPACED}]|[^\\W{_UNSPACED}]+")
_FEWEST_FOR_SHARE, _SHARE = 5, 0.6  # a line of so many tokens may be the article's by the share of its triples
_MOST_PLACES = 30  # of a line in the gold; more of them say nothing


def tokens(text: str) -> list[str]:
    """The words of a text, folded; single characters in scripts without spaces."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


def labels(lines: list[list[str]], gold: list[str]) -> list[int]:
    """1 for each line, given by its tokens, that is the article's: the heaviest row of lines that stand in the gold in order.

    A longer line also counts where most of its triples of tokens stand there.
    """
    triples = Counter(zip(gold, gold[1:], gold[2:], strict=False))
    places = defaultdict(list)
    for place, token in enumerate(gold):
        places[token].append(place)
    share = [0.0] * len(lines)
    found: list[tuple[int, int, int]] = []  # line, place in the gold, weight
    for number, line in enumerate(lines):
        size = len(line)
        begin, weight, needed = 0, size, size
        if size >= _FEWEST_FOR_SHARE:
            own = [*zip(line, line[1:], line[2:], strict=False)]
            share[number] = sum(triple in triples for triple in own) / len(own)
            if size >= 8 and share[number] >= 0.5:
                begin = next(at for at, triple in enumerate(own) if triple in triples)
                weight, needed = int(size * share[number]), 3
            elif size >= 8:
                continue
        if size:
            stand = [p for p in places[line[begin]] if gold[p : p + needed] == line[begin : begin + needed]]
            found += [(number, place, weight) for place in stand[:_MOST_PLACES]]
    chosen = set(_heaviest_row(found, len(gold)))
    return [
        int(number in chosen or (len(line) >= _FEWEST_FOR_SHARE and share[number] >= _SHARE))
        for number, line in enumerate(lines)
    ]


def _heaviest_row(found: list[tuple[int, int, int]], size: int) -> Iterator[int]:
    """The lines of the heaviest row of (line, place, weight) in which both lines and places grow (by a Fenwick tree)."""
    best = [(0, -1)] * (size + 2)
    weights, back = [0] * len(found), [-1] * len(found)
    found.sort()
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and found[end][0] == found[at][0]:
            i, top = found[end][1] + 1, (0, -1)
            while i > 0:
                top = max(top, best[i])
                i -= i & -i
            weights[end], back[end] = top[0] + found[end][2], top[1]
            end += 1
        for number in range(at, end):
            i = min(found[number][1] + found[number][2], size) + 1
            while i < len(best):
                best[i] = max(best[i], (weights[number], number))
                i += i & -i
        at = end
    last = max(range(len(found)), key=weights.__getitem__, default=-1)
    while last >= 0:
        yield found[last][0]
        last = back[last]


def segment_labels(lines: list[str], within: list[str], without: list[str]) -> list[int]:
    """1 or 0 for each line that holds, or is part of, a segment known to be the article's or not; -1 for the others."""

    def touches(line: str, segments: list[str]) -> bool:
        return any(segment in line or (len(line) > 25 and line in segment) for segment in segments)

    within, without = [" ".join(s.split()) for s in within], [" ".join(s.split()) for s in without]
    squeezed = [" ".join(line.split()) for line in lines]
    return [1 if touches(line, within) else 0 if touches(line, without) else -1 for line in squeezed]
