"""That cleaning reads no file but the package's own, opens no connection, starts no process and runs no code: by an audit hook."""

import json
import subprocess
import sys

WATCHED = """
import json, sys
seen = []
def hook(event, arguments):
    if event == "open":
        seen.append(["open", str(arguments[0]), str(arguments[1])])
    elif event.split(".")[0] in ("socket", "subprocess", "pickle", "ctypes", "urllib", "ftplib", "http", "smtplib", "shutil", "tempfile") or event in (
        "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.spawn", "os.remove", "os.rename", "os.mkdir", "os.chmod", "exec", "compile"
    ):
        seen.append([event, "", ""])
sys.path.insert(0, {root!r})
import cleanmedia
from cleanmedia import ARTICLE, NEWS, REPAIR, decode, filters
from tests.support.dirt import dirty
from tests.support.hostile import TEXTS, UNITS
from tests.support.strategies import LINES, PROSE
texts = [text for text, _ in TEXTS.values()] + [unit * 50 for unit in UNITS.values()]
texts += [dirty("\\n".join([*LINES, *PROSE]), seed) for seed in range(20)]
texts += [
    "/etc/passwd\\n../../etc/shadow\\nfile:///etc/passwd\\n<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "http://169.254.169.254/latest/meta-data\\n<img src=http://tracker.example/x.gif>\\n\\\\\\\\host\\\\share",
    "__import__('os').system('id')\\n{{7*7}}\\n${{jndi:ldap://x}}\\n$(id)\\n`id`\\n%s%n\\ncos\\nsystem\\n(S'id'\\ntR.",
]
data = [text.encode("utf-8", "surrogatepass") for text in texts] + [b"Stra\\xdfe nach S\\xfcden", b"\\x80\\x04\\x95cos\\nsystem\\n"]
def work():
    for text in texts:
        for pipeline in (REPAIR, NEWS, ARTICLE, NEWS.guard(0.5)):
            pipeline.trace(text).restore()
        for name in filters.__all__:
            getattr(filters, name)(text)
    for raw in data:
        decode(raw, errors="surrogateescape")
sys.addaudithook(hook)
work()
first = list(seen)
seen.clear()
work()
print(json.dumps([first, seen]))
"""


def test_cleaning_opens_nothing_and_runs_nothing():
    from pathlib import Path

    root = Path(__file__).parents[1]
    code = WATCHED.replace("{root!r}", repr(str(root))).replace("{{", "{").replace("}}", "}")
    result = subprocess.run([sys.executable, "-B", "-c", code], check=True, capture_output=True, timeout=300)
    first, later = json.loads(result.stdout)
    places = [
        str(root / "cleanmedia"),
        *{str(Path(place).resolve()) for place in (sys.prefix, sys.base_prefix)},
        sys.prefix,
    ]
    assert first, "the first look loads phrases, weights and modules"
    for event, path, mode in first:
        if event == "open":
            assert mode in ("r", "rb", "None"), f"{path} is opened to write"
            assert path.startswith(tuple(places)), f"{path} is none of the package's files"
        else:
            assert event in ("exec", "compile"), f"{event}: only importing may run code"
    assert later == [], "once loaded, nothing is opened and nothing run"


def test_a_bundle_of_code_is_no_catalogue(tmp_path):
    """Phrase files are text: what looks like code in one is a phrase or an error, and is never run."""
    import pytest

    from cleanmedia import filters

    path = tmp_path / "mine.txt"
    path.write_bytes(b"\x80\x04\x95cos\nsystem\n(S'touch pwned'\ntR.")
    with pytest.raises(ValueError, match=r"mine\.txt"):
        filters.widgets(catalogues=[str(path)])
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_no_file_of_the_package_loads_objects_or_evaluates_text():
    import ast
    from pathlib import Path

    import cleanmedia

    for path in Path(cleanmedia.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in ("eval", "exec", "compile", "__import__", "os.system"), (
                    f"{path}:{node.lineno}: {called}"
                )
                assert not called.startswith(("pickle.", "marshal.", "shelve.", "yaml.", "subprocess.")), (
                    f"{path}:{node.lineno}: {called}"
                )
