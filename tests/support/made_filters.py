"""Filters made in each of the usual ways, for the tests of filters and of pipelines."""

from cleanmedia import Edit, drops_lines, finds, rewrites


@finds
def doubled_bangs(text):
    at = text.find("!!")
    if at >= 0:
        yield Edit(at, at + 2, "!", "!!")


@drops_lines
def rules(line):
    return "a rule" if line.startswith("---") else None


@rewrites
def lower(text):
    return text.lower()
