"""Work shared among processes: results in the order of what came in, and no more of it in memory than is being worked on."""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

__all__ = ["WorkerDied", "ordered"]

T = TypeVar("T")
R = TypeVar("R")

_CHARS = 1 << 18  # code points of texts that go to a process at once: some pages
_AHEAD = 2  # how many more of such lots are under way than there are processes

_function: Callable[[Any], Any]


class WorkerDied(RuntimeError):
    """A process came to its end in the middle of its work: killed, as it is when memory runs out, or crashed."""


def ordered(function: Callable[[T], R], items: Iterable[T], processes: int, most: int = 256) -> Iterator[R]:
    """``map(function, items)``, done by so many processes; with one, in this process.

    Items are asked for as results are taken. Up to ``most`` items go to a process at once. What the function raises is raised
    here, in its place.

    Raises:
        ValueError: ``processes`` is less than 1.
        WorkerDied: a process came to its end.
    """
    if processes < 1:
        raise ValueError(f"processes is {processes}; it takes at least 1")
    return map(function, items) if processes == 1 else _shared(function, items, processes, most)


def _shared(function: Callable[[T], R], items: Iterable[T], processes: int, most: int) -> Iterator[R]:
    from concurrent.futures import Future, ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(processes, initializer=_prepare, initargs=(function,))
    try:
        waiting: deque[Future[tuple[list[R], Exception | None]]] = deque()
        lots = _lots(items, most)
        while True:
            for lot in islice(lots, processes + _AHEAD - len(waiting)):
                waiting.append(pool.submit(_work, lot))
            if not waiting:
                return
            results, error = waiting.popleft().result()
            yield from results
            if error:
                raise error
    except BrokenProcessPool:
        raise WorkerDied(
            "a worker process died, perhaps for want of memory; fewer processes need less, and with one the error shows itself"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _lots(items: Iterable[T], most: int) -> Iterator[list[T]]:
    lot: list[T] = []
    size = 0
    for item in items:
        lot.append(item)
        size += len(item) if isinstance(item, str) else 0
        if size >= _CHARS or len(lot) >= most:
            yield lot
            lot, size = [], 0
    if lot:
        yield lot


def _prepare(function: Callable[[Any], Any]) -> None:
    """In a worker, before its work: keep the function; an interrupt is for the main process to handle; its death is ours."""
    from threading import Thread

    global _function
    _function = function
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    """A process that was killed cannot tell its workers; they would wait for work for ever."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(lot: list[Any]) -> tuple[list[Any], Exception | None]:
    """In a worker: the results, as far as the first error, and that."""
    results: list[Any] = []
    try:
        results.extend(map(_function, lot))
    except Exception as error:
        return results, error
    return results, None
