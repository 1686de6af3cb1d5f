"""A frozen version taken apart for reading: sections, their lines, and what each line says.

It knows no field by name. What is frozen under a new key appears by itself, under the section that
SECTIONS names or, without one, under the last heading.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from reviews.choices import Letter
from reviews.selectors.frozen import words

Document = dict[str, Any]
Path = tuple[str, ...]
# Which section a list of lines stands in.
SECTIONS = {
    "measures": Letter.B,
    "network_roles": Letter.C,
    "timeline": Letter.D,
    "findings": Letter.E,
    "recommendations": Letter.F,
    "dissents": Letter.I,
    "signoffs": Letter.J,
}
# Where a key of no section stands: after all letters.
ELSEWHERE = "Z"
# What names a line for good, the first that all lines of a list have and no two share.
NAMES = ("number", "reference", "key", "letter")
# Of these a review has one of each kind.
ONE_A_KIND = frozenset({"network_roles"})
# What a line is called when it is shown, the first that says something.
TITLES = ("title", "text", "said", "name", "about", "kind", "deed")
LONGEST_TITLE = 120


@dataclass(frozen=True)
class Fact:
    """One thing that a line says. `path` stays the same from version to version."""

    path: Path
    label: str
    text: str


@dataclass(frozen=True)
class Part:
    """The header, a narrative, or one line of a list. `name` is empty where nothing names it."""

    letter: str
    key: str
    name: str
    heading: str
    facts: tuple[Fact, ...]

    def says(self) -> str:
        """All of its words, for comparing."""
        return "\n".join(f"{each.label}: {each.text}" for each in self.facts)


@dataclass(frozen=True)
class Passage:
    """A section with its parts."""

    letter: str
    title: str
    parts: tuple[Part, ...]


def section_title(letter: str) -> str:
    """`Why`, or that it belongs to no section."""
    return str(Letter(letter).label) if letter in Letter.values else _("Further parts")


def passages_of(document: Document) -> list[Passage]:
    """The sections that say something, A to J."""
    parts = parts_of(document)
    letters = sorted({each.letter for each in parts})
    return [
        Passage(letter, section_title(letter), tuple(p for p in parts if p.letter == letter))
        for letter in letters
    ]


def parts_of(document: Document) -> list[Part]:
    """All parts, in the order of the form: by section, the header and words before the lines."""
    found = [_header(document)]
    found += [
        Part(letter, "narratives", letter, words.label(None, "narratives"), (fact,))
        for letter, said in document.get("narratives", {}).items()
        for fact in _facts(None, said, ("text",), words.label(None, "narratives"))
    ]
    for key in sorted(document):
        if _is_lines(document[key]):
            found += _lines(key, document[key])
    order = list(SECTIONS)
    place = {key: at for at, key in enumerate(order)}
    return sorted(found, key=lambda each: (each.letter, place.get(each.key, -1), each.key))


def _is_lines(held: Any) -> bool:
    return isinstance(held, list) and all(isinstance(each, dict) for each in held)


def _header(document: Document) -> Part:
    owner = words.owner()
    facts = [
        fact
        for key in sorted(document)
        if key != "narratives" and not _is_lines(document[key])
        for fact in _facts(owner, document[key], (key,), words.label(owner, key))
    ]
    return Part(Letter.A, "header", "header", _("Header"), tuple(facts))


def _lines(key: str, lines: list[Document]) -> Iterator[Part]:
    model = words.model_of(words.owner(), key)
    named = _name_of(key, lines)
    for line in lines:
        facts = tuple(
            fact
            for each in sorted(line, key=_place)
            for fact in _facts(model, line[each], (each,), words.label(model, each))
        )
        name = str(line[named]) if named else ""
        yield Part(SECTIONS.get(key, ELSEWHERE), key, name, _heading(key, model, line), facts)


def _place(key: str) -> tuple[int, str]:
    """What names a line first, the rest by the alphabet: the same order every time."""
    first = ("number", "date", "time", *TITLES)
    return (first.index(key) if key in first else len(first), key)


def _name_of(list_key: str, lines: list[Document]) -> str:
    for key in ("kind",) if list_key in ONE_A_KIND else NAMES:
        held = [line.get(key) for line in lines]
        if all(each not in (None, "") for each in held) and len(set(map(str, held))) == len(held):
            return key
    return ""


def _heading(key: str, model: type[models.Model] | None, line: Document) -> str:
    title = next((words.value(model, k, line[k]) for k in TITLES if line.get(k)), "")
    if len(title) > LONGEST_TITLE:
        title = f"{title[: LONGEST_TITLE - 1].rstrip()}…"
    number = line.get("number")
    title = title or words.label(None, key)
    return f"{number}. {title}" if number not in (None, "") else title


def _facts(model: type[models.Model] | None, held: Any, path: Path, label: str) -> Iterator[Fact]:
    """What is said under one key, whatever its shape; nothing where nothing is said."""
    if isinstance(held, dict):
        inner = words.model_of(model, path[-1])
        for key in sorted(held, key=_place):
            name = words.label(inner, key)
            yield from _facts(inner, held[key], (*path, key), f"{label}: {name}")
    elif isinstance(held, list) and any(isinstance(each, dict | list) for each in held):
        inner = words.model_of(model, path[-1])
        for at, each in enumerate(held, start=1):
            yield from _facts_of_item(inner, each, (*path, str(at)), f"{label} {at}")
    elif isinstance(held, list):
        said = "; ".join(words.value(model, path[-1], each) for each in held)
        if said:
            yield Fact(path, label, said)
    elif said := words.value(model, path[-1], held):
        yield Fact(path, label, said)


def _facts_of_item(
    model: type[models.Model] | None, held: Any, path: Path, label: str
) -> Iterator[Fact]:
    if not isinstance(held, dict):
        yield from _facts(model, held, path, label)
        return
    for key in sorted(held, key=_place):
        name = words.label(model, key)
        yield from _facts(model, held[key], (*path, key), f"{label}: {name}")
