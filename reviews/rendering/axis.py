"""Seconds of a day to places on the paper; long empty stretches are broken, never squashed."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Seconds from one tick to the next.
STEPS = (10, 30, 60, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800)
MOST_STEPS = 10
# An empty stretch is broken where it is long (seconds) and takes so much of all that is drawn.
TOO_EMPTY = ((1200, 0.34), (3600, 0.08))
MOST_BREAKS = 5
# How far the room of a piece goes by how much happened in it, the rest by how long it is.
CROWDED = 0.6
# What a break takes on the paper, and the least that a piece between two breaks takes.
BREAK, LEAST_PIECE = 44.0, 46.0


@dataclass(frozen=True)
class Piece:
    """An unbroken stretch: seconds `first` to `last` from `left` to `right`."""

    first: int
    last: int
    left: float
    right: float

    def place(self, second: float) -> float:
        """Where on the paper."""
        share = (second - self.first) / (self.last - self.first)
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)


class Axis:
    """The time of one day, drawn from `left` to `right`.

    `lasting` are stretches in which something went on, which are never left out.
    """

    def __init__(
        self,
        seconds: Iterable[int],
        left: float,
        right: float,
        lasting: Sequence[tuple[int, int]] = (),
    ) -> None:
        known = sorted(set(seconds))
        runs = _runs(known, lasting)
        # Ticks by the second only where somebody gave seconds.
        least = STEPS[0] if any(second % 60 for second in known) else 60
        self.step, spans = _stepped(runs, [step for step in STEPS if step >= least])
        room = right - left - BREAK * (len(spans) - 1) - LEAST_PIECE * len(spans)
        whole = sum(last - first for first, last in spans)
        self.pieces: list[Piece] = []
        at = left
        for first, last in spans:
            held = bisect_right(known, last) - bisect_left(known, first)
            share = (1 - CROWDED) * (last - first) / whole + CROWDED * held / len(known)
            width = LEAST_PIECE + room * share
            self.pieces.append(Piece(first, last, at, at + width))
            at += width + BREAK
        self._firsts = [piece.first for piece in self.pieces]

    def __call__(self, second: int) -> float:
        """Where a moment is drawn."""
        return self.pieces[max(bisect_right(self._firsts, second) - 1, 0)].place(second)

    def ticks(self) -> list[tuple[int, float]]:
        """Seconds and places of the ticks."""
        return [
            (second, piece.place(second))
            for piece in self.pieces
            for second in range(piece.first, piece.last + 1, self.step)
        ]

    def breaks(self) -> list[tuple[float, int]]:
        """The middle of each break and how many seconds are left out there."""
        return [
            ((before.right + after.left) / 2, after.first - before.last)
            for before, after in pairwise(self.pieces)
        ]


def _runs(known: list[int], lasting: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The moments in runs, parted where too long nothing happened."""
    cuts: set[int] = set()
    gaps = sorted(
        (
            (later - earlier, earlier)
            for earlier, later in pairwise(known)
            if not any(begun <= earlier < ended for begun, ended in lasting)
        ),
        reverse=True,
    )
    drawn = known[-1] - known[0]
    for gap, before in gaps[:MOST_BREAKS]:
        if not any(gap >= least and gap >= share * drawn for least, share in TOO_EMPTY):
            break
        cuts.add(before)
        drawn -= gap
    runs: list[tuple[int, int]] = []
    first = known[0]
    for earlier, later in pairwise(known):
        if earlier in cuts:
            runs.append((first, earlier))
            first = later
    return [*runs, (first, known[-1])]


def _stepped(
    runs: list[tuple[int, int]], steps: Sequence[int]
) -> tuple[int, list[tuple[int, int]]]:
    """The finest step that does not crowd the axis, and the runs from tick to tick."""
    for step in steps:
        spans = _rounded(runs, step)
        if sum((last - first) // step for first, last in spans) <= MOST_STEPS:
            return step, spans
    return STEPS[-1], _rounded(runs, STEPS[-1])


def _rounded(runs: list[tuple[int, int]], step: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for first, last in runs:
        begin, end = first // step * step, (last // step + 1) * step
        if spans and begin <= spans[-1][1]:
            begin = spans.pop()[0]
        spans.append((begin, end))
    return spans
