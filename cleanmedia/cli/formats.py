"""The file formats, set up from the options."""

import argparse
import json

from cleanmedia.io.records import Format

__all__ = ["make"]


def make(name: str, options: argparse.Namespace) -> Format:
    """Return the format with this name. Raises MissingExtra, or ValueError for an option that the format does not take."""
    if options.command == "clean":
        _check(name, options)
    if name == "text":
        from cleanmedia.io.text import Text

        return Text(options.encoding, options.max_document)
    if name in ("csv", "tsv"):
        from cleanmedia.io.csv import Csv

        more = options.on_error, options.max_document, name == "tsv", getattr(options, "header", True), options.encoding
        return Csv(tuple(options.field or ()), options.title_field, options.host_field, *more)
    if options.encoding:
        raise ValueError(f"--encoding is for text and CSV; {name} has its own")
    if name == "wet":
        from cleanmedia.io.wet import Wet

        return Wet(options.on_error, options.max_document)
    fields = tuple(options.field or ("text",))
    named = (fields, options.title_field, options.host_field, options.on_error, options.max_document)
    if name == "parquet":
        from cleanmedia.core.extras import need

        need("pyarrow.parquet", "parquet", "Parquet")
        from cleanmedia.io.parquet import Parquet

        return Parquet(*named, note=json.dumps(options.provenance) if "provenance" in options else "")
    if name == "json":
        from cleanmedia.io.json import Json

        return Json(*named)
    from cleanmedia.io.jsonl import Jsonl

    return Jsonl(*named)


def _check(name: str, options: argparse.Namespace) -> None:
    """Raise ValueError for an option that does nothing, because none of the files has such a format."""
    for option, takes in _ONLY_FOR.items():
        given = getattr(options, option)
        if given is not None and given is not True and not takes & options.formats:
            shown = "--no-header" if option == "header" else "--" + option.replace("_", "-")
            raise ValueError(
                f"{shown} is for {', '.join(sorted(takes))}, and what is to be cleaned is {name}; --format names another format"
            )


_FIELDS = {"csv", "tsv", "json", "jsonl", "parquet"}
_ONLY_FOR = {
    "field": _FIELDS,
    "title_field": _FIELDS,
    "header": {"csv", "tsv"},
    "rejects": _FIELDS | {"wet"},
}
