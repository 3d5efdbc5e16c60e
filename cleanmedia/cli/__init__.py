"""The command line. It imports nothing heavy before the arguments are parsed."""

import os
import sys
from contextlib import suppress

__all__ = ["main"]


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return the exit code. The user never sees a traceback.

    This is the last thing that its process does: afterwards, signals that end a process are ignored.
    """
    try:
        from cleanmedia.core.signals import end_cleanly, ignore_all

        end_cleanly()
        code = _outcome(sys.argv[1:] if argv is None else argv)
        ignore_all()
        return code
    except KeyboardInterrupt:  # before end_cleanly()
        code = 130
    except SystemExit as ended:  # of a signal, whenever it came; end_cleanly() ignores those after the first
        code = int(ended.code or 0)
    except Exception:
        from cleanmedia.core.signals import exit_code

        if (by_signal := exit_code()) is None:
            raise
        code = by_signal
    _discard_output()  # it may be a pipe that nobody reads
    return code


def _outcome(argv: list[str]) -> int:
    _open_closed_streams()
    try:
        code = _run(argv)
        if code != 2:  # else the error was reported
            sys.stdout.flush()
            return code
        message = ""
    except BrokenPipeError:  # the reader is gone, as in `| head`
        code, message = 141, ""
    except MemoryError:
        code, message = 2, "out of memory: a text is cleaned as a whole; provide more memory, or split the file"
    except OSError as error:
        code, message = 2, f"{error.filename or 'standard output'}: {error.strerror or error}"
    _discard_output()
    if message:
        from cleanmedia.cli.terminal import note, write_stderr

        write_stderr(note(message))
    return code


def _run(argv: list[str]) -> int:
    from cleanmedia.cli.arguments import read

    try:
        options = read(argv)
    except SystemExit as ended:  # argparse has shown the help, or what is wrong
        return int(ended.code or 0)
    from cleanmedia.cli.run import run

    return run(options)


def _open_closed_streams() -> None:
    """Open closed standard streams (``>&-``), so that using one is an error and no other file gets its number."""
    for name, mode, way in (("stdin", "r", os.O_WRONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_WRONLY)):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, way), mode))


def _discard_output() -> None:
    """Discard what is not written yet, so that the interpreter does not try again, and fail, at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.stdout.flush()
