"""Run the command that the options name."""

import argparse

from cleanmedia.cli.errors import fail

__all__ = ["run"]


def run(options: argparse.Namespace) -> int:
    """Do what the options say and return the exit code."""
    try:
        if options.command == "clean" and not options.list:
            from cleanmedia.cli.clean import clean

            return clean(options)
        if options.command == "play":
            from cleanmedia.play.server import serve

            serve(options.port, options.browser)
            return 0
        if options.command == "learn":
            from cleanmedia.cli.learn import learn

            return learn(options)
        if options.command == "survey":
            from cleanmedia.cli.survey import survey

            return survey(options)
        from cleanmedia.cli import explain
        from cleanmedia.cli.stdout import write_stdout

        if options.command == "explain":
            text = explain.explain(options.name)
        elif options.command == "explain-line":
            text = explain.explain_line(options)
        else:
            text = explain.listing()
        write_stdout(text.encode("utf-8", "surrogatepass"))
        return 0
    except BrokenPipeError:
        raise
    except (ValueError, OSError) as error:
        return fail(error)
