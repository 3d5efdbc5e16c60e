"""Errors that say what to do."""

from collections.abc import Iterable

__all__ = ["check_text", "did_you_mean"]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the end of a message that names what was probably meant, or an empty string.

    >>> did_you_mean("wigdets", ["quotes", "widgets"]), did_you_mean("text", ["quotes"])
    ("; did you mean 'widgets'?", '')
    """
    from difflib import get_close_matches  # only where something is wrong

    close = get_close_matches(name, list(known), 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def check_text(text: object, name: str) -> None:
    """Raise TypeError if what is to be cleaned is not a ``str``; ``name`` says what cleans it."""
    if not isinstance(text, str):
        raise TypeError(
            f"{name} cleans str, not {type(text).__name__}"
            + ("; cleanmedia.decode turns bytes into text" if isinstance(text, bytes | bytearray) else "")
            + ("; for a column with missing values use .batch(column)" if isinstance(text, float) else "")
        )
