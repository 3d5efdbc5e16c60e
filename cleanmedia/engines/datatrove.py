"""A step for datatrove's pipelines."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from cleanmedia.core.extras import need
from cleanmedia.engines.on import On
from cleanmedia.presets import NEWS

__all__ = ["Clean"]

if TYPE_CHECKING:

    class PipelineStep:
        """The base class of steps, as far as it is used here. datatrove has no types."""

        def __init__(self) -> None: ...
        def stat_update(self, *labels: str, value: int = 1) -> None: ...
        def track_time(self) -> AbstractContextManager[Any]: ...
else:
    PipelineStep = need("datatrove.pipeline.base", "datatrove", "a step for datatrove").PipelineStep


class Clean(PipelineStep):
    """Cleans the text of every document. Counts the documents, those that changed, and the characters removed.

    Args:
        pipe: a pipeline or a filter.
        title, host: the metadata keys of the page's title and host, for the filters that use them. A document need not have
            them.
        trace: a metadata key to add, which lists every edit as JSON.
    """

    name = "cleanmedia"
    type = "✂️ - FORMAT"

    def __init__(
        self, pipe: Any = NEWS, title: str | None = None, host: str | None = None, trace: str | None = None
    ) -> None:
        super().__init__()
        self.keys: dict[str, str | None] = {"title": title, "host": host}
        self.trace = trace
        self.on: On = On(pipe, ("text",), "title", "host", "trace" if trace else None)

    def run(self, data: Iterable[Any] | None, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """Yield the documents in order. Raises TypeError for a text, title or host that is neither a ``str`` nor a null."""
        for document in data or ():
            self.stat_update("total")
            with self.track_time():
                known = {name: document.metadata.get(key) for name, key in self.keys.items()}
                row = self.on({"text": document.text, **known})
                if row["text"] != document.text:
                    self.stat_update("changed")
                    self.stat_update("characters_removed", value=len(document.text) - len(row["text"]))
                    document.text = row["text"]
                if self.trace:
                    document.metadata[self.trace] = row["trace"]
            yield document
