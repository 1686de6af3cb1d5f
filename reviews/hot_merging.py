"""Two people write on the one page of a hot debrief: what of it stands, box by box.

Pure, like `reviews.merging`, which says what is a clash. A line is known by the number it was saved
under, not by its place: places differ from page to page once somebody adds or takes out a line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from reviews.hot import ASKED_LINES, FINDING_LINES, AskedLine, Debrief, FindingLine, Line
from reviews.merging import merge

L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class Together:
    """What stands after somebody saved, at the places of their page.

    With `clashes` nothing may be written.
    """

    debrief: Debrief
    clashes: tuple[str, ...] = ()


def put_together(typed: Debrief, read: Debrief, held: Debrief) -> Together:
    """`typed` was written over what was `read`, and `held` is what is saved now."""
    merged = merge(read.boxes(), typed.boxes(), held.boxes())
    findings, asked = _lines(typed, read, held)
    values = dict(merged.values)
    moment = values.pop("moment")
    stands = Debrief(**moment, **values, findings=findings.settled(), asked=asked.settled())
    lines = [f"finding_{each}" for each in findings.clashes]
    lines += [f"asked_{each}" for each in asked.clashes]
    return Together(stands, (*merged.clashes, *lines))


def at_places_of(held: Debrief, read: Debrief, typed: Debrief) -> Debrief:
    """`held`, its lines where the page has them that was read as `read` and now says `typed`."""
    findings, asked = _lines(typed, read, held)
    return replace(held, findings=findings.laid_out(), asked=asked.laid_out())


def keep_emptied(typed: Debrief, read: Debrief) -> Debrief:
    """`typed`, but a line that was emptied says what it said: only who saves takes a line out."""
    return replace(
        typed,
        findings=_kept(FindingLine(), typed.findings, read.findings),
        asked=_kept(AskedLine(), typed.asked, read.asked),
    )


def numbered_as(typed: Debrief, read: Debrief, stands: Debrief) -> Debrief:
    """`typed` with the numbers under which its lines are saved now, to write on from there."""
    return replace(
        typed,
        findings=_numbered(FindingLine(), typed.findings, read.findings, stands.findings),
        asked=_numbered(AskedLine(), typed.asked, read.asked, stands.asked),
    )


class _Lines(Generic[L]):
    """The lines of one kind on one page: as typed, as read there, and as saved now."""

    def __init__(
        self, blank: L, places: int, typed: Sequence[L], read: Sequence[L], held: Sequence[L]
    ) -> None:
        self.blank, self.places = blank, places
        self.typed, self.read = _padded(typed, blank, places), _padded(read, blank, places)
        self.held = {each.row: each for each in held if each.words}
        ours = {each.row for each in self.read}
        self.others = [each for row, each in self.held.items() if row not in ours]
        self.clashes: list[int] = []

    def settled(self) -> tuple[L, ...]:
        """Each place once what was typed is put together with what is saved."""
        return self._with_others([self._settle(place) for place in range(self.places)])

    def laid_out(self) -> tuple[L, ...]:
        """What is saved, each line at the place where it was read."""
        found = [self.held.get(each.row, self.blank) for each in self.read]
        return self._with_others(found)

    def _with_others(self, found: list[L]) -> tuple[L, ...]:
        for line in self.others:
            free = [
                place
                for place in range(self.places)
                if not (found[place].words or found[place].row or self.typed[place].words)
            ]
            # Without a place left on this page it stands all the same, and the next page shows it.
            if free:
                found[free[0]] = line
        return _trimmed(found)

    def _settle(self, place: int) -> L:
        typed, read = self.typed[place], self.read[place]
        if not read.row:
            return self._new(typed)
        held = self.held.get(read.row)
        if held is None:
            # Taken out by somebody else: what was changed here is a line again.
            return self.blank if typed == read else replace(typed, row=0)
        if not typed.words:
            if held != read:
                self.clashes.append(place + 1)
            return replace(self.blank, row=read.row)
        merged = merge(read.answers(), typed.answers(), held.answers())
        if merged.clashes:
            self.clashes.append(place + 1)
        return replace(typed, row=read.row, **merged.values)

    def _new(self, typed: L) -> L:
        """A line of this page; sent a second time, it is the one that the first time saved."""
        twin = next((each for each in self.others if each == typed), None)
        if twin is None:
            return replace(typed, row=0)
        self.others.remove(twin)
        return replace(typed, row=twin.row)


def _lines(
    typed: Debrief, read: Debrief, held: Debrief
) -> tuple[_Lines[FindingLine], _Lines[AskedLine]]:
    return (
        _Lines(FindingLine(), FINDING_LINES, typed.findings, read.findings, held.findings),
        _Lines(AskedLine(), ASKED_LINES, typed.asked, read.asked, held.asked),
    )


def _padded(lines: Sequence[L], blank: L, places: int) -> list[L]:
    return [*lines, *[blank] * (places - len(lines))]


def _trimmed(lines: Sequence[L]) -> tuple[L, ...]:
    """Without the empty places at the end."""
    last = max((at for at, each in enumerate(lines) if each.words or each.row), default=-1)
    return tuple(lines[: last + 1])


def _kept(blank: L, typed: Sequence[L], read: Sequence[L]) -> tuple[L, ...]:
    size = max(len(typed), len(read))
    pairs = zip(_padded(typed, blank, size), _padded(read, blank, size), strict=True)
    return _trimmed([was if was.row and not line.words else line for line, was in pairs])


def _numbered(
    blank: L, typed: Sequence[L], read: Sequence[L], stands: Sequence[L]
) -> tuple[L, ...]:
    size = max(len(typed), len(read), len(stands))
    places = zip(*(_padded(each, blank, size) for each in (typed, read, stands)), strict=True)
    return tuple(
        replace(line, row=(now.row or was.row) if line.words else 0) for line, was, now in places
    )
