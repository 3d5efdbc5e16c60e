"""The command line. Nothing heavy is imported before the arguments are read."""

import os
import sys

__all__ = ["main"]


def main(argv: list[str] | None = None) -> int:
    """Run the command line; returns the exit code. No traceback reaches the user."""
    arguments = sys.argv[1:] if argv is None else argv
    try:
        from cleanmedia.cli.arguments import read

        options = read(arguments)
        from cleanmedia.cli.run import run

        code = run(options)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader has gone, as `| head` does. Let the interpreter's last flush go nowhere, instead of failing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
