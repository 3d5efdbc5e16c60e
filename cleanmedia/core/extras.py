"""Optional dependencies: imported when they are needed, with a clear error if they are missing."""

from importlib import import_module
from typing import Any

__all__ = ["MissingExtra", "need"]


class MissingExtra(ImportError, ValueError):
    """A package is not installed; the message names the command that installs it."""


def need(module: str, extra: str, what: str) -> Any:
    """Import and return a module that ``what`` needs; ``extra`` is the extra of this package that installs it.

    >>> need("no_such_module", "parquet", "Parquet")
    Traceback (most recent call last):
      ...
    cleanmedia.core.extras.MissingExtra: Parquet needs the package no_such_module: pip install 'cleanmedia[parquet]'

    Raises:
        MissingExtra: the module is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        name = module.partition(".")[0] if not module.startswith("backports") else module
        raise MissingExtra(f"{what} needs the package {name}: pip install 'cleanmedia[{extra}]'") from None
