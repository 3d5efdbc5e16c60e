"""The command line. It imports nothing heavy before the arguments are parsed."""

import os
import sys

__all__ = ["main"]


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return the exit code. The user never sees a traceback."""
    _open_closed_streams()
    try:
        from cleanmedia.cli.arguments import read

        options = read(sys.argv[1:] if argv is None else argv)
        from cleanmedia.cli.run import run

        _leave_nothing_when_ended()
        return run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader is gone, as in `| head`
        return 141
    except MemoryError:
        sys.stderr.write(
            "cleanmedia: out of memory: a text is cleaned as a whole; provide more memory, or split the file\n"
        )
        return 2
    finally:
        _end_output()


def _open_closed_streams() -> None:
    """Open closed standard streams (``>&-``), so that using one is an error and no other file gets its number."""
    for name, mode, way in (("stdin", "r", os.O_WRONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_WRONLY)):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, way), mode))


def _leave_nothing_when_ended() -> None:
    """Make SIGTERM and SIGHUP remove temporary files before the process exits with 143 or 129."""
    import signal
    from contextlib import suppress

    with suppress(ValueError):  # not in the main thread: this is another program's process
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) == signal.SIG_DFL:  # nohup ignores it
                signal.signal(getattr(signal, name), lambda number, _: sys.exit(128 + number))


def _end_output() -> None:
    """Discard what cannot be written, so that the interpreter does not try again, and fail, at exit."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
