"""Signals that end the process: when they may interrupt it, and when they have to wait.

A signal handler may run between any two steps of the program. If it raises between creating a temporary file and
remembering its name, the file stays; between starting a process and remembering it, the process stays. Such steps go inside
``with held():``, which delays the signal until they are done.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

__all__ = ["end_cleanly", "exit_code", "held", "ignore_all", "release"]

TYPE_CHECKING = False  # typing.TYPE_CHECKING without the import
if TYPE_CHECKING:
    from typing import NoReturn

_ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
_depth = 0  # of held() blocks
_waiting: int | None = None  # the signal that came in one
_ended_by: int | None = None  # the signal that ends the process


def end_cleanly() -> None:
    """Make SIGINT, SIGTERM and SIGHUP raise SystemExit with the code 128 + number, so that temporary files are removed.

    Later signals are ignored, so that they do not interrupt the removal. Signals that the process ignores already, under
    ``nohup`` say, stay ignored. Outside the main thread nothing changes: the process belongs to another program.
    """
    with suppress(ValueError):
        for number in _ENDING:
            if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
                signal.signal(number, _handle)


def ignore_all() -> None:
    """Ignore these signals from now on."""
    with suppress(ValueError):
        for number in _ENDING:
            signal.signal(number, signal.SIG_IGN)


@contextmanager
def held() -> Iterator[None]:
    """Delay signals until the block is left. Processes that it starts have them blocked; see :func:`release`."""
    global _depth, _waiting
    blocked = _block()
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
        if blocked is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)  # a signal that waits is handled here
        if not _depth and _waiting is not None:
            number, _waiting = _waiting, None
            _end(number)


def release() -> None:
    """Unblock the signals in a process that was started while they were held."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)


def _block() -> "set[int] | None":
    if not hasattr(signal, "pthread_sigmask"):
        return None
    return {*signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)}


def _handle(number: int, _: object) -> None:
    global _waiting
    if _depth:  # another thread, whose signals are not blocked, received it
        _waiting = number
    else:
        _end(number)


def exit_code() -> int | None:
    """Return the exit code of a process that a signal ends, or None.

    The SystemExit that a signal raises may be replaced by another exception, raised by code that it interrupted and that tidies
    up what it had not begun yet.
    """
    return None if _ended_by is None else 128 + _ended_by


def _end(number: int) -> "NoReturn":
    global _ended_by
    ignore_all()
    _ended_by = number
    sys.unraisablehook = _again
    # For SIGINT, too: after a KeyboardInterrupt that passed through eval() or exec(), as in the making of a named tuple, CPython
    # ends the process by SIGINT, even if the exception was handled.
    sys.exit(128 + number)


def _again(dropped: "sys.UnraisableHookArgs") -> None:
    """Exit a moment later, if the signal came within a callback, from which the interpreter drops what is raised."""
    if not isinstance(dropped.exc_value, SystemExit):
        sys.__unraisablehook__(dropped)
    elif hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, lambda *_: sys.exit(exit_code()))
        signal.setitimer(signal.ITIMER_REAL, 0.01)
