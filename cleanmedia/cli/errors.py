"""Errors, each on one line."""

from cleanmedia.cli.terminal import note, write_stderr

__all__ = ["described", "fail"]


def described(error: Exception, path: str | None = None) -> str:
    """Return a line for standard error that says what went wrong and what to do next."""
    name = "standard input" if path == "-" else path
    if getattr(error, "names_its_file", False):
        name = None
    if isinstance(error, UnicodeDecodeError) and error.reason.startswith("binary data"):
        reason = f"{error.reason}; {_hint(path or '', error.reason)}"
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


_HINTS = (  # endings of names, words of the reason, what to do
    ((".xlsx", ".xls", ".ods"), (), "save it as CSV; --field names the column with the text"),
    ((".docx", ".doc", ".odt", ".epub", ".rtf", ".pptx"), ("OLE document",), "save it as plain text"),
    ((".pdf",), ("PDF",), "extract its text first, with pdftotext for example"),
    ((), ("ZIP archive", "tar archive", "7-Zip", "RAR"), "unpack it first"),
    ((), ("gzip", "bzip2", "XZ", "Zstandard"), "name it .gz, .bz2, .xz or .zst, or unpack it first"),
    ((), ("SQLite",), "export the table as CSV or JSON Lines"),
    ((), ("Parquet",), "name it .parquet, or use --format parquet"),
)


def _hint(path: str, reason: str) -> str:
    """Return what to do with data that is not text."""
    name = path.lower()
    for endings, words, hint in _HINTS:
        if name.endswith(endings) or any(word in reason for word in words):
            return hint
    return "if it is text, name its encoding with --encoding"
