"""Whether time grows as the length of a text does: told by CPU time, and so that no busy machine makes it look otherwise."""

import gc
import time
from collections.abc import Callable

__all__ = ["CLEARLY", "STRICTLY", "grows_too_fast", "growth"]

CLEARLY = 24  # times as long for eight times the text: a square takes 64 times, and noise has never taken 24
STRICTLY = 9  # what the benchmarks ask for, on a machine that does nothing else

_SMALL = 2_000  # code points of a text that is grown
_SIZES = (1, 1, 4)  # times the small size: who is suspected is measured once more, and then with more text
_FLOOR = 0.0015  # seconds: below, the clock and the cost of a call say more than the text
_HANGS = 20.0  # seconds: what takes longer is not asked again


def grows_too_fast(subject: Callable[[str], object], unit: str, most: float = CLEARLY) -> float:
    """Return how many times as long eight times as much of a unit takes, or 0 if that is no more than it may be."""

    def prepare(size: int) -> Callable[[], object]:
        text = unit * (size // len(unit) + 1)
        return lambda: subject(text)

    return growth(prepare, most=most)


def growth(prepare: Callable[[int], Callable[[], object]], small: int = _SMALL, most: float = CLEARLY) -> float:
    """Return how many times as long work of eight times the size takes, or 0 if that is no more than it may be.

    ``prepare(size)`` returns the work, anew for each time that it is measured. The ratio has to be too large at each of several
    sizes, up to 32 times the small one.
    """
    ratio = 0.0
    for rounds, size in enumerate(_SIZES, 1):
        large = _least(prepare, 8 * size * small, rounds)
        if large <= most * _FLOOR:
            return 0.0
        ratio = large / max(_FLOOR, _least(prepare, size * small, rounds + 2))
        if ratio <= most:
            return 0.0
        if large > _HANGS:
            break
    return ratio


def _least(prepare: Callable[[int], Callable[[], object]], size: int, rounds: int) -> float:
    """Return the least CPU time that work takes in some rounds, in seconds."""
    least = float("inf")
    for _ in range(rounds):
        work = prepare(size)
        gc.disable()  # else it goes through all that other tests have left
        try:
            start = time.process_time()
            work()
            least = min(least, time.process_time() - start)
        finally:
            gc.enable()
        if least > _HANGS:
            break
    return least
