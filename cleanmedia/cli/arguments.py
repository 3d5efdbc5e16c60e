"""The options of the command line."""

import argparse
import os
import sys

from cleanmedia import __version__

TYPE_CHECKING = False  # typing.TYPE_CHECKING without the import
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, NoReturn

__all__ = ["read"]

_MOST_JOBS = 4096  # processes

_DESCRIPTION = """\
Clean scraped text: repair entities, mojibake and punctuation, drop widgets and repeated titles.
Reads the files, or standard input, and writes the clean text to standard output in UTF-8.
Data sets keep their format and all their fields."""

_EPILOG = """\
examples:
  cleanmedia < page.txt > clean.txt
  cleanmedia --preset article page.txt            the article of a whole page
  cleanmedia --diff page.txt                      what would change, and why
  cleanmedia --check --report report.html *.txt   the same in a browser
  cleanmedia -i *.txt                             clean files in place
  cleanmedia --only entities,quotes page.txt      some filters only
  cleanmedia --preset corpus --diff x.jsonl       what would change in a published corpus; or --with links,credits
  cleanmedia -j 8 corpus/ --output-dir clean/     a data set: JSON Lines, JSON, CSV, Parquet, WET or text
  cleanmedia --phrases mine.txt page.txt          with phrases of your own
  cleanmedia --learn --host-field url crawl/ --output-dir clean/   also drop what a site's pages share

commands, each with a --help of its own:
  cleanmedia survey corpus/                   what dirt a corpus has, and which option removes it
  cleanmedia learn corpus/ -o sites.parquet   find the lines that a site's pages share, for --templates
  cleanmedia play                             try it in the browser
  cleanmedia explain widgets                  what a filter does, and what it leaves alone
  cleanmedia explain-line "Share on X"        whether a line would be removed as a widget, and why

exit codes: 0 done; 1 --check or --diff found something to change; 2 wrong usage, or a file that cannot be read,
decoded or written; 130 interrupted, 143 terminated, 129 hung up; 141 the output pipe was closed."""


class _Help(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_width() - 2)


def _width() -> int:
    """Return the columns of the terminal, as ``shutil.get_terminal_size`` does. Importing ``shutil`` takes longer."""
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
        from cleanmedia.cli.terminal import note

        self.exit(2, note(f"{message} (cleanmedia --help shows the usage)"))

    def parse_args(self, args: "Sequence[str]") -> argparse.Namespace:  # type: ignore[override]
        options, rest = self.parse_known_intermixed_args(args)
        if rest:
            from cleanmedia.core.hints import did_you_mean

            hint = did_you_mean(rest[0].partition("=")[0], self._option_string_actions)
            self.error(f"there is no option {rest[0]}{hint}")
        return options

    def _print_message(self, message: str, file: "Any" = None) -> None:
        """Write the message. Unlike argparse, raise OSError: help on a full disk was not shown."""
        if message:
            (file or sys.stderr).write(message)


def read(arguments: "Sequence[str]") -> argparse.Namespace:
    """Parse the arguments. Exits with 2 and one line on standard error if they are wrong."""
    name = arguments[0] if arguments else ""
    if name in _COMMANDS:
        parser = _Parser(prog=f"cleanmedia {name}", description=_COMMANDS[name][0], allow_abbrev=False)
        parser.set_defaults(command=name)
        _COMMANDS[name][1](parser)
        options = parser.parse_args(arguments[1:])
    else:
        parser = _Parser(
            prog="cleanmedia", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=_Help, allow_abbrev=False
        )
        parser.set_defaults(command="clean")
        _clean(parser)
        _check_command(parser, name)
        options = parser.parse_args(arguments)
        _check(parser, options)
    if "jobs" in options:
        options.jobs = options.jobs or len(
            os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
        )
    return options


def _clean(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", type=_path, help="files or folders to clean; - or nothing: standard input"
    )
    _pipeline(parser.add_argument_group("what to do"))
    _records(parser.add_argument_group("what is in the files"))
    _output(parser.add_argument_group("what to write").add_mutually_exclusive_group())
    _work(parser.add_argument_group("how to work"))
    parser.add_argument("-V", "--version", action="version", version=f"cleanmedia {__version__}")


def _pipeline(group: argparse._ActionsContainer) -> None:
    add = group.add_argument
    add(
        "--preset",
        type=str.lower,
        choices=("news", "repair", "article", "corpus"),
        help="pipeline to run (default: news)",
    )
    add(
        "--config",
        metavar="FILE",
        type=_path,
        help="pipeline to run, as TOML or JSON; of pyproject.toml, the table tool.cleanmedia",
    )
    add("--only", metavar="NAMES", type=_names, action="extend", help="run these filters only, comma-separated")
    add(
        "--with",
        dest="with_",
        metavar="NAMES",
        type=_names,
        action="extend",
        help="add these filters, in the order of the preset corpus: links,credits",
    )
    add("--without", metavar="NAMES", type=_names, action="extend", help="leave out these filters")
    add("--title", metavar="TEXT", help="the page's headline, if you know it")
    add("--quotes", metavar="STYLE", help="quotation style: keep, straight, or a language such as de")
    add("--phrases", metavar="FILE", type=_path, action="append", default=[], help="file with more widget phrases")
    add(
        "--templates",
        metavar="FILE",
        type=_path,
        action="append",
        help="drop what learn found on other pages of the site; may be repeated",
    )
    add(
        "--learn",
        action="store_true",
        help="first find what the pages of each site in the files share, then drop it; the files are read twice",
    )
    add("--prose", action="store_true", help="also drop the lines of prose that learn found and withheld")
    add("--host", metavar="NAME", help="the page's host or address, for --templates or --learn")
    add("--languages", metavar="TAGS", type=_names, help="widget phrases of these languages only: en,ru")
    add(
        "--max-loss",
        metavar="SHARE",
        type=_share,
        help="repair only, if the text would lose more than this share: 0.5",
    )


def _records(group: argparse._ActionsContainer) -> None:
    add = group.add_argument
    add(
        "--format",
        choices=("auto", "text", "jsonl", "json", "csv", "tsv", "parquet", "wet"),
        default="auto",
        help="default: by file name, standard input by its beginning, else text; files named .gz .bz2 .xz .zst are compressed",
    )
    add(
        "--field",
        metavar="NAMES",
        type=_names,
        action="extend",
        help="fields to clean, such as text, meta.text, messages[].content (default: text);"
        " columns of CSV by name, or by number from 1",
    )
    add(
        "--no-header",
        dest="header",
        action="store_false",
        default=True,
        help="the first row of CSV is a record; --field takes numbers",
    )
    add("--title-field", metavar="NAME", help="field with the headline")
    add("--host-field", metavar="NAME", help="field with the page's host or address, for --templates or --learn")
    add("--encoding", metavar="NAME", help="encoding of text files (default: detected, UTF-8 first)")
    add("--accept-guess", action="store_true", help="rewrite files even if their encoding is a guess")
    _max_document(group)
    add(
        "--on-error",
        choices=("stop", "pass", "reject"),
        help="on a broken record: stop, write it unchanged, or leave it out (default: stop)",
    )
    add(
        "--rejects",
        metavar="FILE",
        type=_path,
        help="write broken records there, as JSON Lines; implies --on-error reject",
    )


def _output(group: argparse._ActionsContainer) -> None:
    add = group.add_argument
    add("-o", "--output", metavar="FILE", type=_path, help="write to this file instead of standard output")
    add("-i", "--in-place", action="store_true", help="rewrite the files, as UTF-8")
    add("--output-dir", metavar="DIR", type=_path, help="write one file for each input, in the same folders")
    add("--diff", action="store_true", help="show what would change, and why")
    add("--explain", action="store_true", help="print every edit as a line of JSON")
    add("--check", action="store_true", help="write nothing; exit with 1 if something would change")
    add("--list", action="store_true", help="list filters, presets and languages")


def _work(group: argparse._ActionsContainer) -> None:
    add = group.add_argument
    _jobs(group, "processes that clean")
    add("--resume", action="store_true", help="skip inputs that --output-dir already has")
    add("--stats", action="store_true", help="print a table of what each filter did at the end")
    add("--stats-json", metavar="FILE", type=_path, help="write these statistics to a file, as JSON")
    add("--report", metavar="FILE", type=_path, help="write one HTML file that shows what was removed, and why")
    add(
        "--report-documents",
        metavar="N",
        type=_number(0),
        help="number of most-changed documents to include (default: 200)",
    )
    add("--exit-zero", action="store_true", help="exit with 0 even if --check or --diff found something to change")
    _progress(group)
    told = group.add_mutually_exclusive_group()
    told.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="print on standard error how each text was decoded; with --preset article, also how sure it is and the headline",
    )
    told.add_argument("-q", "--quiet", action="store_true", help="print errors only, and no progress bar")


def _jobs(group: argparse._ActionsContainer, text: str) -> None:
    group.add_argument(
        "-j",
        "--jobs",
        metavar="N",
        type=_number(0, _MOST_JOBS),
        default=1,
        help=f"{text}; 0: one for each processor (default: 1)",
    )


def _max_document(group: argparse._ActionsContainer) -> None:
    group.add_argument(
        "--max-document", metavar="BYTES", type=_size, default=64 << 20, help="longest text or record (default: 64M)"
    )


def _progress(group: argparse._ActionsContainer) -> None:
    group.add_argument("--progress", action="store_true", default=None, help="always show a progress bar")
    group.add_argument("--no-progress", dest="progress", action="store_false", help="never show a progress bar")


def _check(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Set the defaults that depend on other options, and exit with 2 if two options contradict each other."""
    options.paths = options.paths or ["-"]
    if options.exit_zero and not (options.check or options.diff):
        parser.error("--exit-zero needs --check or --diff")
    if options.report_documents is not None and options.report is None:
        parser.error("--report-documents needs --report")
    options.report_documents = 200 if options.report_documents is None else options.report_documents
    if options.in_place and "-" in options.paths:
        parser.error("--in-place needs file names; standard input cannot be rewritten")
    if options.output_dir is not None and "-" in options.paths:
        parser.error("--output-dir needs file names; standard input has none")
    if options.config is not None and options.preset is not None:
        parser.error("--config has a preset of its own; leave out --preset")
    options.preset = options.preset or "news"
    for name, value in (("--host", options.host), ("--host-field", options.host_field)):
        if value is not None and not (options.templates or options.learn):
            parser.error(f"{name} needs --templates or --learn")
    options.by = options.host_field  # None if it was not given
    if (options.templates or options.learn) and options.host_field is None:
        options.host_field = "host"
    if options.prose and not (options.templates or options.learn):
        parser.error("--prose needs --templates or --learn")
    if options.resume and options.output_dir is None:
        parser.error("--resume needs --output-dir")
    if options.rejects is not None and options.on_error not in (None, "reject"):
        parser.error("--rejects needs --on-error reject")
    options.on_error = options.on_error or ("stop" if options.rejects is None else "reject")


def _check_command(parser: argparse.ArgumentParser, name: str) -> None:
    """Exit with 2 if the first argument is no file, and looks like the name of a command."""
    if name.isidentifier() and not os.path.lexists(name):
        from cleanmedia.core.hints import did_you_mean

        hint = did_you_mean(name, _COMMANDS)
        if hint:
            parser.error(f"{name}: no such file or command{hint}")


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="a filter, or a preset such as NEWS")


def _explain_line(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("line", metavar="LINE")
    parser.add_argument(
        "--phrases", metavar="FILE", type=_path, action="append", default=[], help="file with more widget phrases"
    )
    parser.add_argument("--languages", metavar="TAGS", type=_names, help="phrases of these languages only: en,ru")
    parser.add_argument(
        "--templates", metavar="FILE", type=_path, action="append", help="look there, too; may be repeated"
    )
    parser.add_argument("--host", metavar="NAME", default="", help="the page's host or address, for --templates")


def _play(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--port", metavar="N", type=_number(0, 65535), default=0, help="port on 127.0.0.1 (default: any free one)"
    )
    parser.add_argument("--no-browser", dest="browser", action="store_false", help="only print the page's address")


def _learn(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(title_field=None, encoding=None)
    add = parser.add_argument
    add(
        "paths",
        nargs="*",
        metavar="CORPUS",
        type=_path,
        help="files, or folders of them; none to merge the files of --update",
    )
    add(
        "--update",
        metavar="FILE",
        type=_path,
        action="append",
        default=[],
        help="merge with this file of templates; may be repeated, and be the output",
    )
    add("-o", "--output", metavar="FILE", type=_path, required=True, help="Parquet file to write")
    add("--catalogues", metavar="DIR", type=_path, help="write an editable phrase file for each host there, too")
    add("--by", dest="host_field", metavar="NAME", help="field with the host or address (default: host)")
    add("--field", metavar="NAME", action="append", help="field with the page's text (default: text)")
    add(
        "--least-pages",
        metavar="N",
        type=_number(2),
        default=3,
        help="minimum number of pages of a host that a line must appear on (default: 3)",
    )
    add(
        "--least-share",
        metavar="SHARE",
        type=_share,
        default=0.1,
        help="minimum share of the host's pages that it must appear on (default: 0.1)",
    )
    add("--memory", metavar="SIZE", default="500MB", help="memory limit of the engine that counts (default: 500MB)")
    add(
        "--format",
        choices=("auto", "jsonl", "json", "csv", "tsv", "parquet", "wet"),
        default="auto",
        help="default: by file name",
    )
    _max_document(parser)
    add("--on-error", choices=("stop", "pass"), default="stop", help="on a broken record: stop, or skip it")
    _jobs(parser, "processes that read")
    _progress(parser)


def _survey(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(host_field=None)
    add = parser.add_argument
    add("paths", nargs="+", metavar="CORPUS", type=_path, help="files, or folders of them; - for standard input")
    add("--field", metavar="NAMES", type=_names, action="extend", help="fields to look at (default: text)")
    add("--title-field", metavar="NAME", help="field with the headline")
    add("--encoding", metavar="NAME", help="encoding of text files (default: detected, UTF-8 first)")
    add(
        "--format",
        choices=("auto", "text", "jsonl", "parquet", "wet"),
        default="auto",
        help="default: by file name, else text",
    )
    _max_document(parser)
    add("--on-error", choices=("stop", "pass"), default="stop", help="on a broken record: stop, or skip it")
    _jobs(parser, "processes that read")
    _progress(parser)


_COMMANDS = {
    "explain": (
        "Show what a filter does, why, what it leaves alone, and its risk; or the filters of a preset.",
        _explain,
    ),
    "explain-line": (
        "Show whether a line would be removed as a widget, and why: phrase, kind, file and line.",
        _explain_line,
    ),
    "learn": (
        "Find the lines and sentences that the pages of each site have in common, for --templates."
        " Takes JSON Lines, Parquet and WET. Texts without a host are compared with each other.",
        _learn,
    ),
    "survey": (
        "Count the dirt that cleanmedia knows in a corpus, by the filter that removes it, with examples.",
        _survey,
    ),
    "play": ("Try filters on a text in the browser. Only this machine can reach the page.", _play),
}


def _path(value: str) -> str:
    """Return the name of a file or folder. Raises ArgumentTypeError if it is empty, which the system's error would not say."""
    if not value:
        raise argparse.ArgumentTypeError("takes the name of a file or folder, not an empty one")
    return value


def _number(least: int, most: int | None = None) -> "Callable[[str], int]":
    """Return a parser of whole numbers in a range. It raises ArgumentTypeError."""

    def number(value: str) -> int:
        try:
            found = int(value)
        except ValueError:
            found = least - 1
        if found < least or (most is not None and found > most):
            takes = f"of at least {least}" if most is None else f"from {least} to {most}"
            raise argparse.ArgumentTypeError(f"takes a whole number {takes}, not {value!r}")
        return found

    return number


def _share(value: str) -> float:
    """Parse a number from 0 to 1. Raises ArgumentTypeError."""
    try:
        share = float(value)
    except ValueError:
        share = -1
    if not 0 <= share <= 1:  # nor NaN
        raise argparse.ArgumentTypeError(f"takes a number from 0 to 1, not {value!r}")
    return share


def _size(value: str) -> int:
    """Parse a number of bytes: 500000, 64K, 256M, 2G. What is more than any file has is no limit. Raises ArgumentTypeError."""
    number, unit = (value[:-1], value[-1].upper()) if value[-1:].isalpha() else (value, "")
    try:
        size = int(number) << {"": 0, "K": 10, "M": 20, "G": 30}.get(unit, -1)
    except ValueError:
        size = 0
    if size < 1:
        raise argparse.ArgumentTypeError(f"takes a number of bytes such as 500000, 64K, 256M or 2G, not {value!r}")
    return min(size, sys.maxsize - 1)


def _names(value: str) -> list[str]:
    """Parse names, comma-separated. Raises ArgumentTypeError if there is none."""
    names = [name.strip() for name in value.split(",") if name.strip()]
    if not names:
        raise argparse.ArgumentTypeError("takes names, comma-separated")
    return names
