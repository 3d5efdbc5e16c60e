"""What the command line takes."""

import argparse
import os

from cleanmedia import __version__

TYPE_CHECKING = False  # typing.TYPE_CHECKING without the import
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

__all__ = ["read"]

_DESCRIPTION = """\
Clean scraped text: repair entities, mojibake and punctuation, drop widgets and repeated titles.
Reads the files, or standard input, and writes the clean text to standard output in UTF-8.
Data sets come out in the format in which they come in, with all their fields."""

_EPILOG = """\
examples:
  cleanmedia < page.txt > clean.txt
  cleanmedia --preset article page.txt   the article of a whole page
  cleanmedia --diff page.txt             what would change, and why
  cleanmedia --check --report report.html *.txt  the same in a browser
  cleanmedia -i *.txt                    clean files in place
  cleanmedia --only entities,quotes      some filters alone
  cleanmedia -j 8 corpus/ --output-dir clean/    a data set: JSON Lines, Parquet, WET or text
  cleanmedia --phrases mine.txt page.txt with phrases of your own
  cleanmedia play                        try it in the browser
  cleanmedia learn corpus/ -o sites.parquet      the lines that a site's pages share; then --templates sites.parquet
  cleanmedia explain widgets             what a filter does, and what it leaves alone
  cleanmedia explain-line "Share on X"   whether a line would go as a widget's, and why

exit codes: 0 done; 1 --check or --diff found something to change; 2 wrong usage, or a file that cannot be read,
decoded or written; 130 interrupted, 143 terminated; 141 the reader went away."""


class _Help(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_width() - 2)


def _width() -> int:
    """The columns of the terminal, found out as shutil does, which takes longer to import than all of this."""
    try:
        return int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        pass
    try:
        return os.get_terminal_size().columns or 80
    except (OSError, ValueError):
        return 80


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> "NoReturn":
        self.exit(2, f"cleanmedia: {message} (cleanmedia --help shows the usage)\n")


def read(arguments: "Sequence[str]") -> argparse.Namespace:
    """The options; exits with 2 and one line on standard error where they cannot be understood."""
    if arguments and arguments[0] in ("explain", "explain-line", "learn", "play"):
        return _command(arguments)
    parser = _Parser(
        prog="cleanmedia",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=_Help,
    )
    parser.set_defaults(command="clean")
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files or folders to clean; - or nothing: standard input"
    )
    pipeline = parser.add_argument_group("what to do")
    pipeline.add_argument(
        "--preset", choices=("news", "repair", "article"), default="news", help="row of filters (default: news)"
    )
    pipeline.add_argument("--only", metavar="NAMES", type=_names, action="extend", help="these filters alone, by comma")
    pipeline.add_argument("--without", metavar="NAMES", type=_names, action="extend", help="all but these filters")
    pipeline.add_argument("--title", metavar="TEXT", help="the headline, where you know it")
    pipeline.add_argument("--quotes", metavar="STYLE", help="quotation style: keep, straight, or a language such as de")
    pipeline.add_argument("--phrases", metavar="FILE", action="append", default=[], help="more widget phrases")
    pipeline.add_argument("--templates", metavar="FILE", help="drop lines of the page's site that learn found")
    pipeline.add_argument("--host", metavar="NAME", help="the page's host or address, for --templates")
    pipeline.add_argument(
        "--languages", metavar="TAGS", type=_names, help="widget phrases of these languages alone: en,ru"
    )
    pipeline.add_argument(
        "--max-loss", metavar="SHARE", type=float, help="only repair a text that would lose more than this share: 0.5"
    )
    records = parser.add_argument_group("what is in the files")
    records.add_argument(
        "--format",
        choices=("auto", "text", "jsonl", "parquet", "wet"),
        default="auto",
        help="default: as their names say, else text; .gz .bz2 .xz .zst are read and written by name",
    )
    records.add_argument(
        "--field", metavar="NAMES", type=_names, action="extend", help="fields to clean, by comma (default: text)"
    )
    records.add_argument("--title-field", metavar="NAME", help="the field that holds the headline")
    records.add_argument("--host-field", metavar="NAME", help="the field that holds the page's host or address")
    records.add_argument("--encoding", metavar="NAME", help="encoding of text files (default: found out, UTF-8 first)")
    records.add_argument(
        "--max-document", metavar="BYTES", type=_size, default=256 << 20, help="longest text or record (default: 256M)"
    )
    records.add_argument(
        "--on-error",
        choices=("stop", "pass", "reject"),
        help="a broken record stops the run, passes as it is, or is left out (default: stop)",
    )
    records.add_argument("--rejects", metavar="FILE", help="where broken records go, as JSON Lines; --on-error reject")
    output = parser.add_argument_group("what to write").add_mutually_exclusive_group()
    output.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    output.add_argument("-i", "--in-place", action="store_true", help="rewrite the files themselves")
    output.add_argument("--output-dir", metavar="DIR", help="write a file for each, in folders like theirs")
    output.add_argument("--diff", action="store_true", help="show what would change, and why")
    output.add_argument("--explain", action="store_true", help="show every edit as a line of JSON")
    output.add_argument("--check", action="store_true", help="write nothing; exit with 1 if something would change")
    output.add_argument("--list", action="store_true", help="list filters, presets and languages")
    work = parser.add_argument_group("how to work")
    work.add_argument("-j", "--jobs", metavar="N", type=int, default=1, help="processes that clean (default: 1)")
    work.add_argument("--resume", action="store_true", help="leave out what is in --output-dir already")
    work.add_argument("--stats", action="store_true", help="at the end, a table of what each filter did")
    work.add_argument("--stats-json", metavar="FILE", help="the same as JSON, to a file")
    work.add_argument("--report", metavar="FILE", help="one HTML file that shows what was removed, and why")
    work.add_argument(
        "--report-documents",
        metavar="N",
        type=int,
        default=200,
        help="of so many documents, the most changed (default: 200)",
    )
    work.add_argument("--progress", action="store_true", default=None, help="a bar, even where none is shown by itself")
    work.add_argument("--no-progress", dest="progress", action="store_false", help="no bar")
    work.add_argument("--verbose", action="store_true", help="say on standard error how each text was decoded")
    parser.add_argument("--version", action="version", version=f"cleanmedia {__version__}")
    options = parser.parse_args(arguments)
    options.paths = options.paths or ["-"]
    if options.jobs < 1:
        parser.error("--jobs takes a number of processes, at least 1")
    if options.report_documents < 0:
        parser.error("--report-documents takes a number of documents, at least 0")
    if options.in_place and "-" in options.paths:
        parser.error("--in-place needs the names of files; standard input cannot be rewritten")
    if options.output_dir is not None and "-" in options.paths:
        parser.error("--output-dir needs the names of files; standard input has none")
    if options.templates and options.host_field is None:
        options.host_field = "host"
    if options.resume and options.output_dir is None:
        parser.error("--resume goes on with an --output-dir")
    if options.rejects is not None and options.on_error not in (None, "reject"):
        parser.error("--rejects takes what --on-error reject leaves out")
    options.on_error = options.on_error or ("stop" if options.rejects is None else "reject")
    return options


def _command(arguments: "Sequence[str]") -> argparse.Namespace:
    parser = _Parser(prog="cleanmedia " + arguments[0])
    parser.set_defaults(command=arguments[0])
    if arguments[0] == "explain":
        parser.description = "What a filter does, why, what it leaves alone, and its risk."
        parser.add_argument("name", metavar="FILTER")
    elif arguments[0] == "play":
        parser.description = (
            "Try filters on a text in the browser: a page on this machine, which no other machine can reach."
        )
        parser.add_argument(
            "--port", metavar="N", type=int, default=0, help="port of 127.0.0.1 (default: any free one)"
        )
        parser.add_argument("--no-browser", dest="browser", action="store_false", help="only print the page's address")
    elif arguments[0] == "learn":
        _learn(parser)
    else:
        parser.description = "Whether a line would go as a widget's text, and why: phrase, kind, file and line."
        parser.add_argument("line", metavar="LINE")
        parser.add_argument("--phrases", metavar="FILE", action="append", default=[], help="more widget phrases")
        parser.add_argument("--languages", metavar="TAGS", type=_names, help="phrases of these languages alone: en,ru")
    options = parser.parse_args(arguments[1:])
    if arguments[0] == "learn" and options.jobs < 1:
        parser.error("--jobs takes a number of processes, at least 1")
    return options


def _learn(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Find the lines that the pages of each site have in common, for --templates. Takes JSON Lines, Parquet and WET."
    )
    parser.set_defaults(title_field=None, encoding=None)
    parser.add_argument("paths", nargs="+", metavar="CORPUS", help="files, or folders of them")
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="write there, as Parquet")
    parser.add_argument(
        "--catalogues", metavar="DIR", help="and as a file of phrases for each host, to read and to edit"
    )
    parser.add_argument(
        "--by", dest="host_field", metavar="NAME", default="host", help="field of the host or address (default: host)"
    )
    parser.add_argument("--field", metavar="NAME", action="append", help="field of the page's text (default: text)")
    parser.add_argument(
        "--least-pages",
        metavar="N",
        type=int,
        default=5,
        help="a line stands on so many pages of its host (default: 5)",
    )
    parser.add_argument(
        "--least-share", metavar="SHARE", type=float, default=0.1, help="and on such a share of them (default: 0.1)"
    )
    parser.add_argument("--memory", metavar="SIZE", default="500MB", help="for the engine that counts (default: 500MB)")
    parser.add_argument(
        "--format", choices=("auto", "jsonl", "parquet", "wet"), default="auto", help="default: by name"
    )
    parser.add_argument(
        "--max-document", metavar="BYTES", type=_size, default=256 << 20, help="longest text or record (default: 256M)"
    )
    parser.add_argument(
        "--on-error", choices=("stop", "pass"), default="stop", help="a broken record stops the run, or is passed over"
    )
    parser.add_argument("-j", "--jobs", metavar="N", type=int, default=1, help="processes that read (default: 1)")
    parser.add_argument(
        "--progress", action="store_true", default=None, help="a bar, even where none is shown by itself"
    )
    parser.add_argument("--no-progress", dest="progress", action="store_false", help="no bar")


def _size(value: str) -> int:
    """Bytes: 500000, 64K, 256M, 2G."""
    number, unit = (value[:-1], value[-1].upper()) if value[-1:].isalpha() else (value, "")
    size = int(number) << {"": 0, "K": 10, "M": 20, "G": 30}.get(unit, -1)
    if size < 1:
        raise ValueError
    return size


_size.__name__ = "size such as 256M"  # as it stands in argparse's message


def _names(value: str) -> list[str]:
    return [name.strip() for name in value.split(",") if name.strip()]
