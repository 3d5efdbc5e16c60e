"""Errors, in one line each."""

import sys

__all__ = ["described", "fail"]


def described(error: Exception, path: str | None = None) -> str:
    """What went wrong and what to do next, as a line for standard error."""
    place = "standard input" if path == "-" else path
    if isinstance(error, UnicodeDecodeError):
        reason = f"byte {error.start} is not {error.encoding}; name the right encoding with --encoding"
    elif isinstance(error, LookupError) and not isinstance(error, KeyError):
        reason = f"{error}; --encoding takes a name such as windows-1251"
    elif isinstance(error, OSError):
        place, reason = error.filename or place, error.strerror or str(error)
    else:
        reason = str(error)
    return "cleanmedia: " + (f"{place}: " if place else "") + reason.replace("\n", " ") + "\n"


def fail(error: Exception, path: str | None = None) -> int:
    """Say what went wrong; returns the exit code."""
    sys.stderr.write(described(error, path))
    return 2
