"""The command line. Nothing heavy is imported before the arguments are read."""

import os
import sys

__all__ = ["main"]


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code. No traceback reaches the user."""
    try:
        from cleanmedia.cli.arguments import read

        options = read(sys.argv[1:] if argv is None else argv)
        from cleanmedia.cli.run import run

        return run(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader has gone, as `| head` does
        return 141
    finally:
        _end_output()


def _end_output() -> None:
    """Let what could not be written go nowhere, so that the interpreter does not try once more, and fail, as it exits."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
