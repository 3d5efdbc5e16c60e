"""A progress bar on standard error, if that is a terminal."""

import os
import sys
from typing import Any

from cleanmedia.cli.inputs import Source
from cleanmedia.cli.terminal import write_stderr
from cleanmedia.core.extras import MissingExtra, need

__all__ = ["Progress"]


class Progress:
    """Shows how many bytes of the files are done, if a progress bar is wanted and possible."""

    def __init__(self, sources: list[Source], wanted: bool | None, output_on_terminal: bool) -> None:
        """Show a bar always, never, or if it does no harm (``wanted`` is None). Raises MissingExtra if tqdm is missing and it is True."""
        self._bar: Any = None
        self._done = 0
        if wanted is False or (wanted is None and (output_on_terminal or not sys.stderr.isatty())):
            return
        try:
            tqdm = need("tqdm", "progress", "--progress")
        except MissingExtra:
            if wanted:
                raise
            return
        tqdm.tqdm.monitor_interval = 0  # no thread that could receive signals while they are held
        total = sum(os.path.getsize(source.path) for source in sources if os.path.isfile(source.path))
        self._bar = tqdm.tqdm(total=total or None, unit="B", unit_scale=True, delay=0 if wanted else 1, leave=False)

    def at(self, position: int) -> None:
        """Show how many bytes of the current file are done."""
        if self._bar is not None:
            self._bar.update(self._done + position - self._bar.n)

    def file_done(self, source: Source) -> None:
        """Show that the current file is done."""
        if self._bar is not None and os.path.isfile(source.path):
            self._done += os.path.getsize(source.path)
            self.at(0)

    def write(self, note: str) -> None:
        """Write a note to standard error, above the bar."""
        if self._bar is None:
            write_stderr(note)
        elif note:
            self._bar.write(note, file=sys.stderr, end="")

    def close(self) -> None:
        """Remove the bar."""
        if self._bar is not None:
            self._bar.close()
