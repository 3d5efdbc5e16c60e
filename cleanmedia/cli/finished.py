"""What --output-dir holds: by which options, of which version, and from which state of each input. For --resume."""

import argparse
import hashlib
import json
import os
from typing import Any

from cleanmedia import __version__
from cleanmedia.cli.inputs import Source, State, state_of
from cleanmedia.io.whole import named_errors, write_whole

__all__ = ["Finished", "digest"]

_NAME = ".cleanmedia.jsonl"  # hidden, so that nobody takes it for an output
_OPTIONS = (  # those that decide what an output holds
    "preset", "only", "with_", "without", "title", "quotes", "languages", "max_loss", "host", "prose", "format", "field", "title_field",
    "host_field", "encoding", "max_document", "on_error", "accept_guess", "header",
)  # fmt: skip
_FILES = ("config", "phrases", "templates")  # those that name files which decide it


class Finished:
    """A file of JSON Lines in the folder of the outputs: first the options, then a line for each output that is complete.

    The line of an output has the state of its input when it was opened. So an input that is replaced while it is read, or
    later, is not taken for done. Outputs that no line names are not taken for done either.
    """

    def __init__(self, folder: str, options: argparse.Namespace) -> None:
        self._path = os.path.join(folder, _NAME)
        self._folder = folder
        self._options = _settings(options)
        self._done: dict[str, State] = {}

    def resume(self) -> None:
        """Read what an earlier run has finished. Raises ValueError if that had other options, or the file is broken; OSError."""
        try:
            with named_errors(self._path), open(self._path, "rb") as file:
                lines = [line for line in file if line.endswith(b"\n")]  # a killed run may leave half a line
        except FileNotFoundError:
            return
        try:
            first, *rest = [json.loads(line) for line in lines] or [self._options]
            changed = [name for name in self._options if first.get(name) != self._options[name]]
            self._done = {name: (int(size), int(changed_at)) for name, size, changed_at in rest}
        except (ValueError, TypeError, AttributeError, RecursionError):
            raise ValueError(f"{self._path} is broken; remove it to clean all files again") from None
        if changed:
            names = ", ".join(
                name if name == "version" else "--" + name.strip("_").replace("_", "-") for name in changed
            )
            raise ValueError(
                f"--resume: what is in {self._folder} was made with another {names}; use the same, or another folder"
            )

    def has(self, source: Source) -> bool:
        """Return whether the output of a file is there, and the file has not changed since."""
        try:
            known = self._done.get(self._name(source)) == state_of(os.stat(source.path))
            return known and os.path.isfile(source.target or "")
        except OSError:
            return False

    def begin(self, to_do: list[Source]) -> None:
        """Write the file, without the outputs of the files that are to do. Raises OSError."""
        os.makedirs(self._folder, exist_ok=True)
        again = set(map(self._name, to_do))
        lines: list[Any] = [self._options]
        lines += [(name, *state) for name, state in self._done.items() if name not in again]
        write_whole(self._path, [json.dumps(line).encode() + b"\n" for line in lines])

    def add(self, source: Source, state: State) -> None:
        """Note that the output of a file is complete. Raises OSError."""
        with named_errors(self._path), open(self._path, "ab", buffering=0) as file:
            file.write(json.dumps((self._name(source), *state)).encode() + b"\n")

    def _name(self, source: Source) -> str:
        return os.path.relpath(source.target or "", self._folder)


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    """Return the version and the options that decide what an output holds; files by the digests of their contents."""
    settings: dict[str, Any] = {"version": __version__}
    settings |= {name: getattr(options, name, None) for name in _OPTIONS}
    for name in _FILES:
        paths = getattr(options, name) or []
        settings[name] = [digest(path) for path in ([paths] if isinstance(paths, str) else paths)]
    return settings


def digest(path: str) -> str:
    """Return a digest of a file, or of the files in a folder. Raises OSError."""
    digest = hashlib.sha256()
    names = sorted(os.listdir(path)) if os.path.isdir(path) else [""]
    for name in names:
        with open(os.path.join(path, name) if name else path, "rb") as file:
            digest.update(os.fsencode(name))
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
