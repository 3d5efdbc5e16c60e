"""``map`` over several processes: results in input order, with only a few batches of input in memory."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

__all__ = ["WorkerDied", "ordered"]

T = TypeVar("T")
R = TypeVar("R")

_CHARS = 1 << 18  # code points of a batch, about: some pages
_AHEAD = 2  # how many more batches are submitted than there are processes, so that none of them waits

_function: Callable[[Any], Any]  # in a worker process: what it applies


class WorkerDied(RuntimeError):
    """A worker process was killed, as happens when memory runs out, or crashed."""


def ordered(function: Callable[[T], R], items: Iterable[T], processes: int, most: int = 256) -> Iterator[R]:
    """Return ``map(function, items)``, computed by that many worker processes; with one, in this process.

    Items are consumed lazily, as results are taken, and are sent to the workers in batches of at most ``most``. An error that
    the function raises is raised here, when its turn comes.

    Raises:
        ValueError: ``processes`` is less than 1.
        WorkerDied: a worker process died.
    """
    if processes < 1:
        raise ValueError(f"processes is {processes}; it must be at least 1")
    return map(function, items) if processes == 1 else _shared(function, items, processes, most)


def _shared(function: Callable[[T], R], items: Iterable[T], processes: int, most: int) -> Iterator[R]:
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(processes, initializer=_prepare, initargs=(function,))
    try:
        waiting: deque[Future[tuple[list[R], Exception | None]]] = deque()
        batches = _batches(items, most)
        while True:
            for batch in islice(batches, processes + _AHEAD - len(waiting)):
                waiting.append(pool.submit(_work, batch))
            if not waiting:
                return
            results, error = waiting.popleft().result()
            yield from results
            if error:
                raise error
    except BrokenProcessPool:
        raise WorkerDied(
            "a worker process died, possibly out of memory; try fewer processes; with one, the error itself is raised"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _batches(items: Iterable[T], most: int) -> Iterator[list[T]]:
    batch: list[T] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item) if isinstance(item, str) else 0
        if size >= _CHARS or len(batch) >= most:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _prepare(function: Callable[[Any], Any]) -> None:
    """Set up a worker: keep the function, leave Ctrl-C to the main process, and exit when that one dies."""
    from threading import Thread

    global _function
    _function = function
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    """Exit when the main process ends. If it is killed it cannot stop its workers, and they would wait forever."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(batch: list[Any]) -> tuple[list[Any], Exception | None]:
    """Apply the function, in a worker: return the results up to the first error, and that error."""
    results: list[Any] = []
    try:
        results.extend(map(_function, batch))
    except Exception as error:
        return results, error
    return results, None
