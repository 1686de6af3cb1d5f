"""A frozen version taken apart for reading: sections, their lines, and what each line says.

It knows no field by name. What is frozen under a new key appears by itself, under the section that
SECTIONS names or, without one, under the last heading.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from reviews.choices import SECTION_OF, Letter
from reviews.selectors.frozen import words

Document = dict[str, Any]
Path = tuple[str, ...]
# Which section a list of lines stands in.
SECTIONS = {
    "reports": Letter.A,
    "sittings": Letter.A,
    "bodies": Letter.A,
    "exclusions": Letter.A,
    "sources_heard": Letter.A,
    "sources_asked": Letter.A,
    "measures": Letter.B,
    "alerts": Letter.B,
    "plans": Letter.B,
    "occasions": Letter.B,
    "decisions": Letter.B,
    "resources": Letter.B,
    "network_roles": Letter.C,
    "timeline": Letter.D,
    "findings": Letter.E,
    "cause_links": Letter.E,
    "capability_ratings": Letter.E,
    "recommendations": Letter.F,
    "care": Letter.G,
    "deaths": Letter.G,
    "justice": Letter.H,
    "words": Letter.I,
    "notices": Letter.I,
    "candour": Letter.I,
    "dissents": Letter.I,
    "signoffs": Letter.J,
}
# What is said under one key and stands in a section of its own, not in the header.
ACCOUNTS = {"adversary": Letter.C}
# Where a key of no section stands: after all letters.
ELSEWHERE = "Z"
# What names a line for good, the first that all lines of a list have and no two share.
NAMES = ("number", "reference", "key", "letter")
# Of these a review has one of each kind, and which key says the kind.
ONE_A_KIND = {"network_roles": "kind", "chapters": "chapter", "sources_heard": "kind"}
# Their number is how many there are, or what somebody else gave them: no place in the list.
UNNUMBERED = frozenset({"network_roles", "sources_heard", "alerts", "plans"})
# What a line is called when it is shown, the first that says something.
TITLES = (
    *("chapter", "title", "text", "said", "name", "about", "kind", "deed"),
    *("body", "what", "occasion", "capability", "agency"),
)
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
    header = _header(document)
    found = [*([header] if header.facts else []), *_accounts(document)]
    found += [
        Part(letter, "narratives", letter, words.label(None, "narratives"), (fact,))
        for letter, said in document.get("narratives", {}).items()
        for fact in _facts(None, said, ("text",), words.label(None, "narratives"))
    ]
    for key in sorted(document):
        if _is_lines(key, document[key]):
            found += _lines(key, _as_lines(document[key]))
    order = list(SECTIONS)
    place = {key: at for at, key in enumerate(order)}
    return sorted(found, key=lambda each: (each.letter, place.get(each.key, -1), each.key))


def _is_lines(key: str, held: Any) -> bool:
    """A list of lines, or the one line that a review has of a kind."""
    if isinstance(held, dict) or held is None:
        return key in SECTIONS
    return isinstance(held, list) and all(isinstance(each, dict) for each in held)


def _as_lines(held: Any) -> list[Document]:
    return held if isinstance(held, list) else [held] if held else []


def _header(document: Document) -> Part:
    owner = words.owner()
    facts = [
        fact
        for key in sorted(document)
        if key not in {"narratives", *ACCOUNTS} and not _is_lines(key, document[key])
        for fact in _facts(owner, document[key], (key,), words.label(owner, key))
    ]
    return Part(Letter.A, "header", "header", _("Header"), tuple(facts))


def _accounts(document: Document) -> Iterator[Part]:
    """What is told once, in the section that it belongs to."""
    for key, letter in ACCOUNTS.items():
        model = words.model_of(words.owner(), key)
        told = document.get(key) or {}
        facts = [
            fact
            for each in sorted(told, key=_place)
            for fact in _facts(model, told[each], (key, each), words.label(model, each))
        ]
        if facts:
            yield Part(letter, key, key, words.label(None, key), tuple(facts))


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
        yield Part(_letter(key, line), key, name, _heading(key, model, line), facts)


def _letter(key: str, line: Document) -> str:
    """The section of a line; a chapter names its own."""
    return SECTION_OF.get(line.get("chapter", ""), SECTIONS.get(key, ELSEWHERE))


def _place(key: str) -> tuple[int, str]:
    """What names a line first, the rest by the alphabet: the same order every time."""
    first = ("number", "date", "time", *TITLES)
    return (first.index(key) if key in first else len(first), key)


def _name_of(list_key: str, lines: list[Document]) -> str:
    for key in (ONE_A_KIND[list_key],) if list_key in ONE_A_KIND else NAMES:
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
    is_place = number not in (None, "") and key not in UNNUMBERED
    return f"{number}. {title}" if is_place else title


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
