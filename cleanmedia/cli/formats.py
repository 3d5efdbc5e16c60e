"""The formats, with what the options say of each."""

import argparse

from cleanmedia.io.records import Format

__all__ = ["make"]


def make(name: str, options: argparse.Namespace) -> Format:
    """The format of a name; its package is imported here. Raises MissingExtra, or ValueError for an option it has no use for."""
    fields = tuple(options.field or ("text",))
    if name == "text":
        from cleanmedia.io.text import Text

        return Text(options.encoding, options.max_document)
    if options.encoding:
        raise ValueError(f"--encoding is for files of text; {name} has its own")
    if name == "wet":
        from cleanmedia.io.wet import Wet

        return Wet(options.on_error, options.max_document)
    named = (fields, options.title_field, options.host_field, options.on_error, options.max_document)
    if name == "parquet":
        from cleanmedia.io.parquet import Parquet

        return Parquet(*named)
    from cleanmedia.io.jsonl import Jsonl

    return Jsonl(*named)
