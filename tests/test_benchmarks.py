"""That the benchmarks and the tools of the docs import what there is; running them takes pages, time and extras."""

import ast
import importlib

import pytest

from tests.support.folders import ROOT

TOOLS = [*sorted((ROOT / "benchmarks").glob("*.py")), ROOT / "docs" / "pictures.py"]


@pytest.mark.parametrize("path", TOOLS, ids=lambda path: path.stem)
def test_what_is_imported_of_the_package_is_there(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("cleanmedia", "tests"):
            module = importlib.import_module(node.module)
            for alias in node.names:
                if not hasattr(module, alias.name):
                    importlib.import_module(f"{node.module}.{alias.name}")
