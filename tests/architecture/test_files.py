"""Rules of the house that no linter sees, read from the source."""

import ast
import re

import pytest

from tests.architecture.sources import ROOMS, ROOT, functions, name_of, python_files

LONGEST = 400
# Records with a marking: read through the one door only.
MARKED = "Incident|Evidence|Review|Lesson|Recurrence|Bulletin|Brief"
TEXT_FILES = ("*.py", "*.html", "*.css", "*.js", "*.md", "*.toml", "*.yml", "*.json", "Makefile")
SKIPPED = {".git", ".venv", ".build", ".aar", "node_modules", "static-collected"}


def text_files():
    for pattern in TEXT_FILES:
        for path in ROOT.rglob(pattern):
            if not SKIPPED & set(path.parts):
                yield path


class TestFiles:
    def test_stay_short_enough_to_read(self):
        long = {
            name_of(path): lines
            for path in python_files()
            if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
        }

        assert not long

    def test_name_no_path_of_a_machine(self):
        told = re.compile(r"(?<![\w.:/])/(?:work|home/\w+|root|Users)/")

        assert not [
            name_of(path) for path in text_files() if told.search(path.read_text(encoding="utf-8"))
        ]

    def test_never_mark_a_text_as_safe_by_hand(self):
        assert not [
            name_of(path)
            for path in python_files()
            if re.search(r"\bmark_safe\b", path.read_text(encoding="utf-8"))
        ]

    def test_send_no_signal_between_our_rooms(self):
        assert not [
            name_of(path)
            for path in python_files(*ROOMS)
            if "django.dispatch" in path.read_text(encoding="utf-8")
        ]


class TestActions:
    def actions(self):
        for room in ROOMS:
            for path in python_files(room):
                if "actions" in path.parent.parts or path.name == "actions.py":
                    for function in functions(path):
                        if _takes(function, "by") and _takes(function, "at"):
                            yield path, function

    def test_take_their_arguments_by_name(self):
        assert not [
            f"{name_of(path)}: {function.name}"
            for path, function in self.actions()
            if function.args.args or function.args.posonlyargs
        ]

    def test_are_done_whole_or_not_at_all(self):
        assert not [
            f"{name_of(path)}: {function.name}"
            for path, function in self.actions()
            if not {"deed", "transaction.atomic"} & set(map(ast.unparse, function.decorator_list))
        ]

    def test_take_no_switch_that_makes_one_deed_two(self):
        assert not [
            f"{name_of(path)}: {function.name}({argument.arg})"
            for path, function in self.actions()
            for argument in function.args.kwonlyargs
            if argument.annotation and ast.unparse(argument.annotation) == "bool"
        ]

    def test_know_nothing_of_http(self):
        assert not [
            name_of(path)
            for path, function in self.actions()
            if _takes(function, "request") or "HttpRequest" in path.read_text(encoding="utf-8")
        ]


def _takes(function: ast.FunctionDef, name: str) -> bool:
    return name in {each.arg for each in (*function.args.args, *function.args.kwonlyargs)}


@pytest.mark.parametrize("room", ROOMS[1:])
def test_views_never_choose_rows_by_themselves(room):
    """A view fetches through `visible_to`; whatever narrows rows is a queryset method."""
    careless = re.compile(rf"\b(?:{MARKED})\.objects\.(?!visible_to|none)\w+\(")
    for path in python_files(room):
        if "views" in path.parts or path.name == "views.py":
            assert not careless.search(path.read_text(encoding="utf-8")), name_of(path)
