"""That the benchmarks and the tools of the docs import what there is; running them takes pages, time and extras."""

import ast
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.support.folders import ROOT

TOOLS = [*sorted((ROOT / "benchmarks").glob("*.py")), ROOT / "docs" / "pictures.py"]


@pytest.mark.parametrize("path", TOOLS, ids=lambda path: path.stem)
def test_what_is_imported_of_the_package_is_there(path):
    """Modules are read, not imported: some need an extra."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("cleanmedia", "tests"):
            defined = names_in(find_spec(node.module).origin)
            for alias in node.names:
                assert alias.name in defined or find_spec(f"{node.module}.{alias.name}"), (
                    f"{alias.name} of {node.module}"
                )


def names_in(file):
    """Return all names that a module defines or imports."""
    names = set()
    for node in ast.walk(ast.parse(Path(file).read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.add(node.asname or node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names
