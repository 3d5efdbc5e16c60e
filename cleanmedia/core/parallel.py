"""Work shared among processes: the results in the order of the input, with few of them in memory at a time.

Each worker has a pipe to the main process, and a thread that takes in batches as they are sent. So the main process needs no
threads and no locks, never waits for a worker that waits for it, and learns from the pipe that a worker died, as a worker
learns from it that the main process did.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from cleanmedia.core.signals import held, ignore_all, release

__all__ = ["WorkerDied", "ordered"]

T = TypeVar("T")
R = TypeVar("R")

_CHARS = 1 << 18  # code points of the texts of a batch: some pages
_AHEAD = 2  # how many more batches than processes are in work


class WorkerDied(RuntimeError):
    """A worker process ended in the middle of its work: killed, possibly for lack of memory, or crashed."""


def ordered(function: Callable[[T], R], items: Iterable[T], processes: int, most: int = 256) -> Iterator[R]:
    """Do the work of ``map(function, items)`` with a number of processes. A single one is this process.

    Items are taken as results are. A batch that is sent to a process has at most ``most`` of them. An exception of the function
    is raised here, in the place of its result.

    Raises:
        ValueError: ``processes`` is less than 1.
        WorkerDied: a worker process died.
    """
    if processes < 1:
        raise ValueError(f"processes is {processes}; it takes at least 1")
    return map(function, items) if processes == 1 else _shared(function, items, processes, most)


class _Job:
    """A batch in work. ``done`` holds its results, and the exception that ended it."""

    done: tuple[list[Any], Exception | None] | None = None


def _shared(function: Callable[[T], R], items: Iterable[T], processes: int, most: int) -> Iterator[R]:
    import atexit

    workers: list[_Worker] = []

    def stop() -> None:
        with held():
            for worker in workers:
                worker.kill()
            workers.clear()

    atexit.register(stop)  # before multiprocessing waits for the workers, which wait for batches
    try:
        batches = _batches(items, most)
        jobs: deque[_Job] = deque()
        while True:
            for batch in islice(batches, processes + _AHEAD - len(jobs)):
                jobs.append(_free_worker(function, workers, processes).send(batch))
            if not jobs:
                return
            while jobs[0].done is None:
                _receive(workers)
            results, error = jobs.popleft().done or ([], None)
            yield from results
            if error:
                raise error
    finally:
        stop()
        atexit.unregister(stop)


def _free_worker(function: Callable[[Any], Any], workers: "list[_Worker]", processes: int) -> "_Worker":
    """Return the worker that has least to do; a new one if all are at work and there may be more."""
    free = min(workers, key=lambda worker: len(worker.jobs), default=None)
    if free is None or (free.jobs and len(workers) < processes):
        with held():
            free = _Worker(function)
            workers.append(free)
    return free


def _receive(workers: "list[_Worker]") -> None:
    """Wait for results, and take in those that have arrived."""
    from multiprocessing.connection import wait

    busy = {worker.pipe: worker for worker in workers if worker.jobs}
    for pipe in wait(list(busy)):
        busy[pipe].receive()  # type: ignore[index]


class _Worker:
    """A worker process, with the jobs that it has to do. It does them in order."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        from multiprocessing import Pipe, Process

        self.jobs: deque[_Job] = deque()
        self.pipe, of_worker = Pipe()
        self._process = Process(target=_work, args=(function, of_worker, self.pipe), daemon=True)
        self._process.start()
        of_worker.close()  # so that the pipe ends when the worker does

    def send(self, batch: list[Any]) -> _Job:
        """Give the worker a batch to do. Raises WorkerDied."""
        try:
            self.pipe.send(batch)
        except (BrokenPipeError, ConnectionResetError):
            raise _died() from None
        self.jobs.append(_Job())
        return self.jobs[-1]

    def receive(self) -> None:
        """Take in the results of the first job. Raises WorkerDied."""
        try:
            done = self.pipe.recv()
        except (EOFError, ConnectionResetError):
            raise _died() from None
        self.jobs.popleft().done = done

    def kill(self) -> None:
        """End the process, whatever it does. It has nothing to lose."""
        self._process.kill()
        self._process.join()
        self.pipe.close()


def _died() -> WorkerDied:
    return WorkerDied(
        "a worker process died, possibly out of memory; try fewer processes: with one, the underlying error is raised"
    )


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


def _work(function: Callable[[Any], Any], pipe: Any, other_end: Any) -> None:
    """The main function of a worker. Signals are for the main process to handle, which kills its workers then."""
    from queue import SimpleQueue
    from threading import Thread

    ignore_all()
    release()
    other_end.close()  # the copy of this process; only the main process holds it now
    batches: SimpleQueue[Any] = SimpleQueue()

    def take_in() -> None:
        while True:
            try:
                batches.put((pipe.recv(), None))
            except (EOFError, OSError):  # the main process is gone
                os._exit(1)
            except Exception as error:  # what was sent cannot be unpickled
                batches.put(([], error))

    Thread(target=take_in, daemon=True).start()
    while True:
        batch, error = batches.get()
        done = ([], error) if error else _results(function, batch)
        try:
            pipe.send(done)
        except OSError:
            os._exit(1)
        except Exception as error:  # a result cannot be pickled
            pipe.send(([], error))


def _results(function: Callable[[Any], Any], batch: list[Any]) -> tuple[list[Any], Exception | None]:
    """Return the results up to the first exception, and that."""
    results: list[Any] = []
    try:
        results.extend(map(function, batch))
    except Exception as error:
        return results, error
    return results, None
