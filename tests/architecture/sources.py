"""The product's own source files, for rules that are read from them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("aar", "bulletins", "lessons", "reviews", "incidents", "agencies", "places", "audit")
KIT = ("core", "stack")


def python_files(*rooms: str) -> Iterator[Path]:
    """Python files of these rooms, migrations left out."""
    for room in rooms or (*ROOMS, *KIT):
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Top-level functions of a file."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield node


def name_of(path: Path) -> str:
    """The path as a reader would write it."""
    return str(path.relative_to(ROOT))
