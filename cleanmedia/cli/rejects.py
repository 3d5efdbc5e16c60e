"""The file of broken records: one line of JSON each, with the record as it stood."""

import json
import os
from collections.abc import Iterable

from cleanmedia.io.records import Broken
from cleanmedia.io.whole import named_errors, write_whole

__all__ = ["Rejects"]


class Rejects:
    """Writes the broken records of a file when the file is done: all of them, or none.

    With ``--in-place`` this file is the only copy of a record. So it is never emptied: a run begins with a file that does not
    exist or is empty. A run that resumes keeps what is there, except the records of the files that it does again.

    Raises:
        ValueError: the file is not empty, or to resume, holds something else than broken records.
        OSError: it cannot be read or written.
    """

    def __init__(self, path: str, to_do: Iterable[str] | None = None) -> None:
        """``to_do`` names the files that a resumed run does again; None for a run from the start."""
        self._path = path
        if to_do is None:
            with named_errors(path), open(path, "ab") as file:
                if file.seekable() and file.tell():
                    raise ValueError(
                        f"--rejects {path} is not empty; move it away or name another file, so that no record is lost"
                    )
        elif os.path.exists(path):
            again = set(to_do)
            with named_errors(path), open(path, "rb") as file:
                kept = [line for number, line in enumerate(file, 1) if self._path_of(line, number) not in again]
            write_whole(path, [line for line in kept if line.endswith(b"\n")])  # a killed run may leave half a line

    def add(self, path: str, broken: Iterable[Broken]) -> None:
        """Write the broken records of a file. Raises OSError, and then writes none of them."""
        lines = [
            json.dumps({"path": path, "record": record, "error": reason, "raw": raw}) + "\n"
            for record, reason, raw in broken
        ]
        if not lines:
            return
        with named_errors(self._path), open(self._path, "ab", buffering=0) as file:
            size = file.tell() if file.seekable() else None
            rest = memoryview("".join(lines).encode())
            try:
                while rest:
                    rest = rest[file.write(rest) :]
                if size is not None:
                    os.fsync(file.fileno())
            except BaseException:
                if size is not None:
                    file.truncate(size)
                raise

    def _path_of(self, line: bytes, number: int) -> str:
        if not line.endswith(b"\n"):
            return ""
        try:
            path = json.loads(line)["path"]
        except (ValueError, TypeError, KeyError, RecursionError):
            path = None
        if not isinstance(path, str):
            raise ValueError(f"--rejects {self._path}:{number} is not a record that was rejected; name another file")
        return path
