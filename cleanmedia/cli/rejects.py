"""The file of broken records: one line of JSON each, with the record as it stood."""

import json
import os
from collections.abc import Iterable

from cleanmedia.io.records import Broken
from cleanmedia.io.whole import write_whole

__all__ = ["Rejects"]


class Rejects:
    """Writes the broken records of a file when the file is done, all at once.

    A resumed run keeps the records of the files that were done before, and no others.
    """

    def __init__(self, path: str, finished: Iterable[str] = ()) -> None:
        self._path = path
        before = set(finished)
        kept: list[bytes] = []
        if before and os.path.exists(path):
            with open(path, "rb") as file:
                kept = [line for line in file if line.endswith(b"\n") and json.loads(line)["path"] in before]
        write_whole(path, kept)

    def add(self, path: str, broken: Iterable[Broken]) -> None:
        """Write the broken records of a file. Raises OSError."""
        lines = [
            json.dumps({"path": path, "record": record, "error": reason, "raw": raw}) + "\n"
            for record, reason, raw in broken
        ]
        if lines:
            with open(self._path, "ab") as file:
                file.write("".join(lines).encode())
                file.flush()
                os.fsync(file.fileno())
