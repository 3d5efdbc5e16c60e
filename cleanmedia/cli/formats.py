"""The file formats, set up from the options."""

import argparse

from cleanmedia.io.records import Format

__all__ = ["make"]


def make(name: str, options: argparse.Namespace) -> Format:
    """Return the format with this name. Raises MissingExtra, or ValueError for an option that the format does not take."""
    if name == "text":
        from cleanmedia.io.text import Text

        return Text(options.encoding, options.max_document)
    if options.encoding:
        raise ValueError(f"--encoding is for text files; {name} has its own")
    if name == "wet":
        from cleanmedia.io.wet import Wet

        return Wet(options.on_error, options.max_document)
    fields = tuple(options.field or ("text",))
    named = (fields, options.title_field, options.host_field, options.on_error, options.max_document)
    if name == "parquet":
        from cleanmedia.core.extras import need

        need("pyarrow.parquet", "parquet", "Parquet")
        from cleanmedia.io.parquet import Parquet

        return Parquet(*named)
    from cleanmedia.io.jsonl import Jsonl

    return Jsonl(*named)
