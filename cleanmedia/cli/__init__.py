"""The command line. Nothing heavy is imported before the arguments are read."""

import os
import sys

__all__ = ["main"]


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code. No traceback reaches the user."""
    _open_closed_streams()
    try:
        from cleanmedia.cli.arguments import read

        options = read(sys.argv[1:] if argv is None else argv)
        from cleanmedia.cli.run import run

        _leave_nothing_when_ended()
        return run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader has gone, as `| head` does
        return 141
    except MemoryError:
        sys.stderr.write("cleanmedia: out of memory; a file is cleaned in one piece: give it more, or cut the file\n")
        return 2
    finally:
        _end_output()


def _open_closed_streams() -> None:
    """A standard stream that is closed (``>&-``) gives an error when it is used, and no file opened later takes its number."""
    for name, mode, way in (("stdin", "r", os.O_WRONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_WRONLY)):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, way), mode))


def _leave_nothing_when_ended() -> None:
    """Let SIGTERM and SIGHUP unwind what is being done, so that temporary files go; exit codes 143 and 129."""
    import signal
    from contextlib import suppress

    with suppress(ValueError):  # not the main thread: somebody else's process
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) == signal.SIG_DFL:  # nohup ignores it
                signal.signal(getattr(signal, name), lambda number, _: sys.exit(128 + number))


def _end_output() -> None:
    """Let what could not be written go nowhere, so that the interpreter does not try once more, and fail, as it exits."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
