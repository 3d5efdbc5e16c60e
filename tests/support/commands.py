"""The command line run as a real process, and a text for it."""

import os
import subprocess
import sys

DIRTY = "It&# 39;s over..\n\nShare on Facebook\n"
CLEAN = "It's over.\n"
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
HEADLINE_PAGE = """Home
News
The council keeps the old bridge
12 May 2021
Share on Facebook
The council voted on Monday to keep the old bridge open, after a debate of five hours about its cost.
“Nobody wants to drive around the bay for an hour,” said the mayor, who had changed her mind.
The bridge is a hundred years old, and will be painted next year.
Privacy policy
Terms of use"""


def run(*arguments, stdin="", cwd=None, env=None, **more):
    result = subprocess.run(
        [sys.executable, "-m", "cleanmedia", *map(str, arguments)],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        timeout=300,
        **more,
    )
    assert b"Traceback" not in result.stderr
    return result.returncode, result.stdout.decode(), result.stderr.decode()
