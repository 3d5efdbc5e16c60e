"""Errors, each on one line."""

from cleanmedia.cli.terminal import note, write_stderr

__all__ = ["described", "fail"]


def described(error: Exception, path: str | None = None) -> str:
    """Return a line for standard error that says what went wrong and what to do next."""
    name = "standard input" if path == "-" else path
    if getattr(error, "names_its_file", False):
        name = None
    if isinstance(error, UnicodeDecodeError) and error.reason.startswith("binary data"):
        reason = f"{error.reason}; if it is text, name its encoding with --encoding"
    elif isinstance(error, UnicodeDecodeError):
        reason = f"byte {error.start} is not {error.encoding}; name the right encoding with --encoding"
    elif isinstance(error, LookupError) and not isinstance(error, KeyError):
        reason = f"{error}; --encoding takes a name such as windows-1251"
    elif isinstance(error, OSError):
        name, reason = error.filename or name, error.strerror or str(error)
    else:
        reason = str(error)
    return note((f"{name}: " if name else "") + reason.replace("\n", " "))


def fail(error: Exception, path: str | None = None) -> int:
    """Write the error to standard error and return the exit code."""
    write_stderr(described(error, path))
    return 2
