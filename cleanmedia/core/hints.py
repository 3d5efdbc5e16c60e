"""Hints in error messages."""

from collections.abc import Iterable

__all__ = ["did_you_mean"]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the end of a message that names what was probably meant, or an empty string.

    >>> did_you_mean("wigdets", ["quotes", "widgets"]), did_you_mean("text", ["quotes"])
    ("; did you mean 'widgets'?", '')
    """
    from difflib import get_close_matches  # only where something is wrong

    close = get_close_matches(name, list(known), 1)
    return f"; did you mean {close[0]!r}?" if close else ""
