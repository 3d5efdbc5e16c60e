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
Reads the files, or standard input, and writes the clean text to standard output in UTF-8."""

_EPILOG = """\
examples:
  cleanmedia < page.txt > clean.txt
  cleanmedia --preset article page.txt   the article of a whole page
  cleanmedia --diff page.txt             what would change, and why
  cleanmedia -i *.txt                    clean files in place
  cleanmedia --only entities,quotes      some filters alone
  cleanmedia --phrases mine.txt page.txt with phrases of your own
  cleanmedia explain widgets             what a filter does, and what it leaves alone
  cleanmedia explain-line "Share on X"   whether a line would go as a widget's, and why

exit codes: 0 done; 1 --check or --diff found something to change; 2 wrong usage, or a file that cannot be read,
decoded or written; 130 interrupted; 141 the reader went away."""


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
    if arguments and arguments[0] in ("explain", "explain-line"):
        return _command(arguments)
    parser = _Parser(
        prog="cleanmedia",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=_Help,
    )
    parser.set_defaults(command="clean")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files to clean; - or nothing: standard input")
    pipeline = parser.add_argument_group("what to do")
    pipeline.add_argument(
        "--preset", choices=("news", "repair", "article"), default="news", help="row of filters (default: news)"
    )
    pipeline.add_argument("--only", metavar="NAMES", type=_names, action="extend", help="these filters alone, by comma")
    pipeline.add_argument("--without", metavar="NAMES", type=_names, action="extend", help="all but these filters")
    pipeline.add_argument("--title", metavar="TEXT", help="the headline, where you know it")
    pipeline.add_argument("--quotes", metavar="STYLE", help="quotation style: keep, straight, or a language such as de")
    pipeline.add_argument("--phrases", metavar="FILE", action="append", default=[], help="more widget phrases")
    pipeline.add_argument(
        "--languages", metavar="TAGS", type=_names, help="widget phrases of these languages alone: en,ru"
    )
    pipeline.add_argument("--encoding", metavar="NAME", help="encoding of the input (default: found out, UTF-8 first)")
    output = parser.add_argument_group("what to write").add_mutually_exclusive_group()
    output.add_argument("-o", "--output", metavar="FILE", help="write there instead of to standard output")
    output.add_argument("-i", "--in-place", action="store_true", help="rewrite the files themselves")
    output.add_argument("--diff", action="store_true", help="show what would change, and why")
    output.add_argument("--explain", action="store_true", help="show every edit as a line of JSON")
    output.add_argument("--check", action="store_true", help="write nothing; exit with 1 if something would change")
    output.add_argument("--list", action="store_true", help="list filters, presets and languages")
    parser.add_argument("-j", "--jobs", metavar="N", type=int, default=1, help="clean so many files at once")
    parser.add_argument("--verbose", action="store_true", help="say on standard error how each file was decoded")
    parser.add_argument("--version", action="version", version=f"cleanmedia {__version__}")
    options = parser.parse_args(arguments)
    options.paths = options.paths or ["-"]
    if options.jobs < 1:
        parser.error("--jobs takes a number of processes, at least 1")
    if options.in_place and "-" in options.paths:
        parser.error("--in-place needs the names of files; standard input cannot be rewritten")
    return options


def _command(arguments: "Sequence[str]") -> argparse.Namespace:
    parser = _Parser(prog="cleanmedia " + arguments[0])
    parser.set_defaults(command=arguments[0])
    if arguments[0] == "explain":
        parser.description = "What a filter does, why, what it leaves alone, and its risk."
        parser.add_argument("name", metavar="FILTER")
    else:
        parser.description = "Whether a line would go as a widget's text, and why: phrase, kind, file and line."
        parser.add_argument("line", metavar="LINE")
        parser.add_argument("--phrases", metavar="FILE", action="append", default=[], help="more widget phrases")
        parser.add_argument("--languages", metavar="TAGS", type=_names, help="phrases of these languages alone: en,ru")
    return parser.parse_args(arguments[1:])


def _names(value: str) -> list[str]:
    return [name.strip() for name in value.split(",") if name.strip()]
