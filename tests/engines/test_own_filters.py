"""Filters that were made in a script or a notebook, which workers cannot import, go to them all the same."""

import subprocess
import sys

import pytest

SCRIPT = '''
import pickle
import sys

from cleanmedia import NEWS, Edit, drops_lines, finds, rewrites
from cleanmedia.core.filter import dropping, settled


@drops_lines
def datelines(line):
    return "a dateline" if line.startswith(DATELINE) else None


@finds
@dropping
@settled
def doubles(text, *, what="xx"):
    """Doubled letters."""
    at = text.find(what)
    if at >= 0:
        yield Edit(at, at + 2, what[0], "doubled")


@rewrites
def lower(text):
    return text.lower()


DATELINE = "LONDON —"
TEXTS = ["LONDON — 3 May\\nThe bridge is Oppppen..", None]
pipe = NEWS.then(datelines, doubles(what="pp"), lower)

if __name__ == "__main__":
    on = pipe.on("text")
    assert pickle.loads(pickle.dumps(on)) == on
    assert pickle.loads(pickle.dumps(datelines)) == datelines != doubles
    assert pipe.batch(TEXTS) == [*map(pipe, TEXTS)] == ["the bridge is open.", None]
    for pickler in sys.argv[1:]:
        options = {"recurse": True} if pickler == "dill" else {}  # as the package datasets calls it
        sys.stdout.buffer.write(__import__(pickler, fromlist=["dumps"]).dumps((on, pipe.batch), **options))
'''
WORKER = """
import importlib, sys
on, batch = importlib.import_module(sys.argv[1]).load(sys.stdin.buffer)
texts = ["LONDON — 3 May\\nThe bridge is Oppppen..", None]
print(batch(texts), on({"text": texts})["text"], on.pipe.filters[-2].drops, on.pipe.filters[-2].__doc__)
"""


def run(script, *arguments, **more):
    result = subprocess.run([sys.executable, script, *arguments], capture_output=True, timeout=300, **more)
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout


@pytest.fixture
def script(tmp_path):
    (tmp_path / "made_here.py").write_text(SCRIPT)
    (tmp_path / "worker.py").write_text(WORKER)
    return tmp_path / "made_here.py"


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_several_processes(script, method):
    with script.open("a") as file:
        file.write(f'''
    import multiprocessing
    multiprocessing.set_start_method("{method}")
    assert pipe.batch(TEXTS * 300, processes=2) == pipe.batch(TEXTS) * 300
    print("done")
''')
    assert run(script) == b"done\n"


@pytest.mark.parametrize("pickler", ["cloudpickle", "pyspark.cloudpickle", "ray.cloudpickle", "dill"])
def test_engines_send_the_function(script, pickler):
    pytest.importorskip(pickler, reason=f"{pickler} is not installed: pip install 'cleanmedia[engines]'")
    sent = run(script, pickler)
    expected = "['the bridge is open.', None] ['the bridge is open.', None] True Doubled letters.\n"
    unpickler = "dill" if pickler == "dill" else "pickle"
    assert run(script.parent / "worker.py", unpickler, input=sent).decode() == expected


def test_datasets(script, pages):
    pytest.importorskip("datasets", reason="datasets is not installed: pip install 'cleanmedia[datasets]'")
    with script.open("a") as file:
        file.write("""
    import datasets
    datasets.disable_progress_bars()
    clean = datasets.Dataset.from_dict({"text": TEXTS * 3}).map(on, batched=True, num_proc=2)
    print(clean["text"][:2] * 3 == clean["text"][:])
""")
    assert run(script) == b"True\n"


def test_a_filter_that_was_made_in_a_function_stays_what_it_is():
    import pickle

    from cleanmedia import drops_lines

    @drops_lines
    def here(line):
        return None

    with pytest.raises((AttributeError, pickle.PicklingError)):
        pickle.dumps(here)
    assert here.name == "here"
    assert here == here
    cloudpickle = pytest.importorskip("cloudpickle", reason="cloudpickle comes with the engines")
    assert pickle.loads(cloudpickle.dumps(here))("a\nb") == "a\nb"
