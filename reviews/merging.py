"""Two people wrote in one place: what can be put together without losing a word, and what cannot.

Pure: texts and values in, texts and values out. A field that one side left as it was read is taken
from the other side. Two texts of one field are put together by paragraph where each side wrote in
paragraphs that the other left alone; everything else is a clash, which people settle.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

BETWEEN = re.compile(r"\n[ \t]*\n\s*")
WORD = re.compile(r"\s+|\w+|[^\w\s]")
GAP = "\n\n"
# Above this many words a side, a changed passage is shown whole: the comparison is quadratic.
LONGEST = 2_000


@dataclass(frozen=True)
class Merged:
    """What can stand, and the fields that both sides changed, each its own way."""

    values: dict[str, Any]
    clashes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A run of words: on both sides (`same`), only before (`gone`) or only after (`new`)."""

    how: str
    text: str


@dataclass(frozen=True)
class Wording:
    """What something says, or said, at a version; `by` is the number of who saved it.

    `is_typed`: as one person typed it, before others' words were put to it.
    """

    version: int
    values: Mapping[str, Any]
    by: int | None
    is_typed: bool = False


@dataclass(frozen=True)
class Settled:
    """What shall stand after somebody saved.

    `read` is the version that says what they typed, to write on from there; `earlier` is what must
    be kept, because another version follows it. With `clashes` nothing changes.
    """

    values: Mapping[str, Any]
    version: int
    read: int
    earlier: tuple[Wording, ...] = ()
    clashes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """Paragraphs `start` to `end` of what was read are now `put`."""

    start: int
    end: int
    put: tuple[str, ...]

    @property
    def adds(self) -> bool:
        """Nothing that was there is touched."""
        return self.start == self.end


def merge(
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    *,
    prose: Collection[str] = (),
) -> Merged:
    """`mine` and `theirs`, both written over `base`; where they clash, `theirs` is left standing.

    `prose` names the fields that may be put together by paragraph.
    """
    values: dict[str, Any] = {}
    clashes = []
    for name, typed in mine.items():
        held = theirs.get(name)
        values[name] = held
        if typed == held or (name in base and typed == base[name]):
            continue
        if name in base and held == base[name]:
            values[name] = typed
            continue
        is_prose = name in base and name in prose and isinstance(held, str)
        text = merge_prose(base[name], typed, str(held)) if is_prose else None
        if text is None:
            clashes.append(name)
        else:
            values[name] = text
    return Merged(values, tuple(clashes))


def settle(
    held: Wording,
    since: Sequence[Wording],
    typed: Mapping[str, Any],
    *,
    seen: int,
    by: int,
    prose: Collection[str] = (),
) -> Settled:
    """`typed` was written by `by` over version `seen`, and `held` is what is saved now.

    `since`: the wording of `seen` and those that followed it before `held`, in order; empty where
    that is not known any more, and then every difference is a clash.
    """
    for each in (held, *since[1:]):
        if each.values == typed and (each is held or each.by == by):  # a second click
            return Settled(held.values, held.version, each.version)
    merged = Merged(dict(typed))
    if seen != held.version:
        merged = _over(held, since, typed, by, prose)
    if merged.clashes:
        return Settled(held.values, held.version, seen, clashes=merged.clashes)
    if merged.values == held.values:
        return Settled(held.values, held.version, seen)
    earlier, version = [held], held.version + 1
    if merged.values != typed:
        earlier.append(Wording(version, typed, by, is_typed=True))
        version += 1
    return Settled(merged.values, version, held.version + 1, tuple(earlier))


def _over(
    held: Wording,
    since: Sequence[Wording],
    typed: Mapping[str, Any],
    by: int,
    prose: Collection[str],
) -> Merged:
    if not since:
        differ = tuple(name for name in typed if typed[name] != held.values.get(name))
        return Merged(dict(held.values), differ)
    base = since[0]
    # Their words put together with others' are no later words of theirs.
    own = base.version + 1 if base.is_typed else None
    writers = {each.by for each in (*since[1:], held) if each.version != own}
    # Own words saved since, unknown to the page (a lost answer, a second window), are not put in
    # a second time: both texts are shown.
    return merge(base.values, typed, held.values, prose=() if by in writers else prose)


def merge_prose(base: str, mine: str, theirs: str) -> str | None:
    """Both texts in one, by paragraph; None where both changed the same passage.

    From an empty text nothing is put together: two whole answers to one question are for people.
    """
    was = paragraphs(base)
    if not was:
        return None
    together = _together(_changes(was, mine), _changes(was, theirs))
    if together is None:
        return None
    put: list[str] = []
    at = 0
    for change in together:
        put += [*was[at : change.start], *change.put]
        at = change.end
    return GAP.join([*put, *was[at:]])


def both(theirs: str, mine: str) -> str:
    """Their text, and below it every paragraph of mine that is not in it."""
    held = paragraphs(theirs)
    return GAP.join([*held, *(each for each in paragraphs(mine) if each not in held)])


def paragraphs(text: str) -> list[str]:
    """What stands between empty lines."""
    return [each for each in BETWEEN.split(text.strip("\n")) if each.strip()]


def differences(before: str, after: str) -> list[Piece]:
    """Word by word what was taken out of `before` and put into `after`, both readable from it."""
    old, new = _lines(before), _lines(after)
    pieces: list[Piece] = []
    for how, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            pieces.append(Piece("same", "".join(old[i1:i2])))
        else:
            pieces += _by_word("".join(old[i1:i2]), "".join(new[j1:j2]))
    return _joined(pieces)


def _changes(was: Sequence[str], text: str) -> list[Change]:
    now = paragraphs(text)
    codes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    return [Change(i1, i2, tuple(now[j1:j2])) for how, i1, i2, j1, j2 in codes if how != "equal"]


def _together(mine: list[Change], theirs: list[Change]) -> list[Change] | None:
    """The changes of both sides in order; None where two touch the same paragraphs."""
    found: list[Change] = []
    for change in theirs:
        for other in mine:
            if change != other and _collide(change, other):
                return None
    for change in mine:
        twins = [each for each in theirs if each.adds and change.adds and _same(each, change)]
        if change in theirs or (twins and _within(change.put, twins[0].put)):
            continue  # it stands there already
        found.append(change)
    own = {each.start: each.put for each in found if each.adds}
    for change in theirs:
        if change.adds and _within(change.put, own.get(change.start, ())):
            continue
        found.append(change)
    # What was saved first stands first where both added in one place; additions before changes.
    return sorted(found, key=lambda each: (each.start, not each.adds, each not in theirs))


def _collide(one: Change, other: Change) -> bool:
    if one.adds and other.adds:
        return False
    if one.adds or other.adds:
        point, span = (one, other) if one.adds else (other, one)
        return span.start < point.start < span.end
    return one.start < other.end and other.start < one.end


def _same(one: Change, other: Change) -> bool:
    return one.start == other.start


def _within(few: Sequence[str], many: Sequence[str]) -> bool:
    """Whether `few` stands in `many`, in one run."""
    size = len(few)
    return any(tuple(many[at : at + size]) == tuple(few) for at in range(len(many) - size + 1))


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _by_word(before: str, after: str) -> list[Piece]:
    old, new = WORD.findall(before), WORD.findall(after)
    if max(len(old), len(new)) > LONGEST:
        return [Piece("gone", before), Piece("new", after)]
    pieces = []
    for how, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            pieces.append(Piece("same", "".join(old[i1:i2])))
            continue
        pieces += [Piece("gone", "".join(old[i1:i2])), Piece("new", "".join(new[j1:j2]))]
    return pieces


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one kind in one piece; nothing empty."""
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and joined[-1].how == piece.how:
            joined[-1] = Piece(piece.how, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined
