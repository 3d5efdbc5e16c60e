"""Errors, each on one line."""

import sys

__all__ = ["described", "fail"]


def described(error: Exception, path: str | None = None) -> str:
    """Return a line for standard error that says what went wrong and what to do next."""
    name = "standard input" if path == "-" else path
    if isinstance(error, UnicodeDecodeError):
        reason = f"byte {error.start} is not {error.encoding}; name the right encoding with --encoding"
    elif isinstance(error, LookupError) and not isinstance(error, KeyError):
        reason = f"{error}; --encoding takes a name such as windows-1251"
    elif isinstance(error, OSError):
        name, reason = error.filename or name, error.strerror or str(error)
    else:
        reason = str(error)
    return "cleanmedia: " + (f"{name}: " if name else "") + reason.replace("\n", " ") + "\n"


def fail(error: Exception, path: str | None = None) -> int:
    """Write the error to standard error and return the exit code."""
    sys.stderr.write(described(error, path))
    return 2
