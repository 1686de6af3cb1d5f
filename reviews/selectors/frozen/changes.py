"""What one version says otherwise than another: added, removed, changed, word by word."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from reviews.selectors.frozen.parts import Document, Fact, Part, parts_of, section_title

WORDS = re.compile(r"\s+|[^\s]+")
SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"
# Two lines without a name are the same line, changed, when this much of their words is the same.
ALIKE = 0.5
# Above these, words or lines are not compared one by one.
MOST_WORDS = 3000
MOST_PAIRS = 2500
# What an amendment never changes by what it says: its own clock, its own signatures.
OF_ITS_OWN = frozenset(
    {
        *("reference", "opened_at", "due_at", "submitted_at", "approved_at", "approved_by", "lead"),
        *("signoffs", "dissents"),
    }
)


@dataclass(frozen=True)
class Piece:
    """A run of words: `same`, `added` or `removed`."""

    state: str
    text: str


@dataclass(frozen=True)
class FactChange:
    """One field that says something else."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class PartChange:
    """A line that was added, removed or changed."""

    state: str
    heading: str
    facts: tuple[FactChange, ...]


@dataclass(frozen=True)
class SectionChange:
    """A section with what changed in it."""

    letter: str
    title: str
    parts: tuple[PartChange, ...]


def changes(before: Document, after: Document) -> list[SectionChange]:
    """What `after` says otherwise, by section, in the order of the form."""
    found: dict[str, list[PartChange]] = defaultdict(list)
    for old, new in _pairs(parts_of(before), parts_of(after)):
        change = _change(old, new)
        if change is not None:
            found[(new or old).letter].append(change)  # type: ignore[union-attr]
    return [
        SectionChange(letter, section_title(letter), tuple(found[letter]))
        for letter in sorted(found)
    ]


def count_changes(found: Iterable[SectionChange]) -> dict[str, int]:
    """How many parts were added, removed, changed."""
    states = [part.state for section in found for part in section.parts]
    return {state: states.count(state) for state in (ADDED, REMOVED, CHANGED)}


def content_only(document: Document) -> Document:
    """Without what every amendment has of its own: its clock, its signatures, its references."""
    return {
        key: [_unnumbered(each) for each in held] if isinstance(held, list) else held
        for key, held in document.items()
        if key not in OF_ITS_OWN
    }


def _unnumbered(line: Any) -> Any:
    """A line goes by its number; its reference is spelt by that of its review."""
    if not isinstance(line, dict) or "number" not in line:
        return line
    return {key: held for key, held in line.items() if key != "reference"}


def _pairs(
    before: Sequence[Part], after: Sequence[Part]
) -> Iterator[tuple[Part | None, Part | None]]:
    """Each part with the same part of the other version; the removed after what stands."""
    keys = dict.fromkeys((each.letter, each.key) for each in [*after, *before])
    for key in keys:
        old = [each for each in before if (each.letter, each.key) == key]
        new = [each for each in after if (each.letter, each.key) == key]
        match = _matched(old, new)
        yield from ((old[match[at]] if at in match else None, each) for at, each in enumerate(new))
        taken = set(match.values())
        yield from ((each, None) for at, each in enumerate(old) if at not in taken)


def _matched(old: list[Part], new: list[Part]) -> dict[int, int]:
    """Which new line is which old one: by name, else by the very words, else by the likest."""
    if all(each.name for each in [*old, *new]):
        at = {each.name: place for place, each in enumerate(old)}
        return {place: at[each.name] for place, each in enumerate(new) if each.name in at}
    old, new = ([replace(each, name="") for each in side] for side in (old, new))
    free: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(old):
        free[each.says()].append(place)
    match = {
        place: free[said].pop(0) for place, each in enumerate(new) if free.get(said := each.says())
    }
    return match | _likest(old, new, match)


def _likest(old: list[Part], new: list[Part], match: dict[int, int]) -> dict[int, int]:
    left = [place for place in range(len(old)) if place not in set(match.values())]
    right = [place for place in range(len(new)) if place not in match]
    if len(left) * len(right) > MOST_PAIRS:
        return {}
    scored = sorted((-_likeness(old[a], new[b]), b, a) for a in left for b in right)
    found: dict[int, int] = {}
    for score, b, a in scored:
        if -score >= ALIKE and b not in found and a not in found.values():
            found[b] = a
    return found


def _likeness(one: Part, other: Part) -> float:
    """By what heads them, or by all they say: a line keeps its words when something joins it."""
    return max(_ratio(one.heading, other.heading), _ratio(one.says(), other.says()))


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


def _change(old: Part | None, new: Part | None) -> PartChange | None:
    if old is None and new is not None:
        return PartChange(ADDED, new.heading, _whole(new.facts, ADDED))
    if new is None and old is not None:
        return PartChange(REMOVED, old.heading, _whole(old.facts, REMOVED))
    if old is None or new is None:
        return None
    facts = tuple(_fact_changes(old.facts, new.facts))
    return PartChange(CHANGED, new.heading, facts) if facts else None


def _whole(facts: Iterable[Fact], state: str) -> tuple[FactChange, ...]:
    return tuple(FactChange(each.label, (Piece(state, each.text),)) for each in facts)


def _fact_changes(old: Iterable[Fact], new: Iterable[Fact]) -> Iterator[FactChange]:
    before = {each.path: each for each in old}
    after = {each.path: each for each in new}
    for path in dict.fromkeys([*after, *before]):
        said, says = before.get(path), after.get(path)
        was, now = (each.text if each else "" for each in (said, says))
        if was != now:
            label = (says or said).label  # type: ignore[union-attr]
            yield FactChange(label, tuple(word_changes(was, now)))


def word_changes(was: str, now: str) -> list[Piece]:
    """The words of both, each marked: joined without the removed they are `now`."""
    one, other = WORDS.findall(was), WORDS.findall(now)
    many = len(one) + len(other) > MOST_WORDS
    # What was written anew reads better whole than as a weave of two texts.
    if not one or not other or many or _ratio(was, now) < ALIKE:
        return [Piece(state, said) for state, said in ((REMOVED, was), (ADDED, now)) if said]
    found: list[Piece] = []
    for op, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(Piece(SAME, "".join(one[a:b])))
            continue
        pieces = (Piece(REMOVED, "".join(one[a:b])), Piece(ADDED, "".join(other[c:d])))
        found += [each for each in pieces if each.text]
    return found
