"""Every row of THREAT_MODEL.md names tests that exist."""

import ast
import re
from functools import cache

import pytest

from tests.architecture.sources import ROOT

MODEL = ROOT / "THREAT_MODEL.md"
# What an actor does, what stands against it, which tests show that.
COLUMNS = 3
TEST = re.compile(r"`(tests/[\w/]+\.py)((?:::\w+)+)`")
ACTORS = 12


def rows():
    """The rows of every table, without heads and rules."""
    found = []
    for line in MODEL.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        is_rule = set("".join(cells)) <= set("-: ")
        if line.startswith("|") and not is_rule and cells[0] != "can":
            found.append(cells)
    return found


@cache
def names_in(path):
    """`Class::test` and `test` of one file, by its source."""
    found = set()
    for node in ast.parse((ROOT / path).read_text()).body:
        if isinstance(node, ast.ClassDef):
            found.add(f"::{node.name}")
            found |= {
                f"::{node.name}::{each.name}"
                for each in node.body
                if isinstance(each, ast.FunctionDef)
            }
        elif isinstance(node, ast.FunctionDef):
            found.add(f"::{node.name}")
    return found


@pytest.mark.parametrize("cells", rows(), ids=lambda cells: cells[0][:40])
def test_each_row_names_a_test_that_is_there(cells):
    named = TEST.findall(cells[-1])

    assert len(cells) == COLUMNS
    assert all(cells)
    assert named, "a row without a test"
    for path, name in named:
        assert (ROOT / path).exists(), path
        assert name in names_in(path), f"{path}{name}"


def test_every_actor_has_rows_and_what_is_not_covered_is_said():
    text = MODEL.read_text()
    parts = re.split(r"^## ", text, flags=re.M)[1:]
    actors = [part for part in parts if "| can |" in part]

    assert len(actors) >= ACTORS
    assert any(part.startswith("Not covered") and part.count("\n- ") >= 5 for part in parts)
