"""Where the marks of a day stand: each lane as high as what it holds asks for."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviews.lanes import Lanes, Mark
from reviews.rendering.axis import Axis

WIDTH, TOP = 960.0, 30.0
LEFT, RIGHT = 140.0, 820.0
# Right of the divider stands what has no clock time.
DIVIDER, UNKNOWN, UNKNOWN_STEP, UNKNOWN_ROW = 856.0, 874.0, 17.0, 5
LANE, ROW, MOST_ROWS = 52.0, 16.0, 5
MARK = 14.0
NAME_LINE, NAME_LETTERS, NAME_LINES = 14.0, 19, 3


@dataclass(frozen=True)
class Placed:
    """A mark with the middle of its place; `end` is where a bar ends."""

    mark: Mark
    x: float
    y: float
    end: float | None


@dataclass(frozen=True)
class Lane:
    """One agency's strip, its name in lines."""

    name: str
    lines: tuple[str, ...]
    top: float
    height: float

    @property
    def middle(self) -> float:
        """Where arrows leave and arrive when the deed itself is not drawn."""
        return self.top + self.height / 2


@dataclass(frozen=True)
class Layout:
    """All strips and marks."""

    lanes: tuple[Lane, ...]
    marks: tuple[Placed, ...]
    foot: float


def layout_of(lanes: Lanes, axis: Axis, names: Sequence[str]) -> Layout:
    """Strips one under the other, and in each the marks in rows, so that none hides another."""
    held: list[list[Mark]] = [[] for _name in names]
    for mark in lanes.marks:
        held[mark.lane].append(mark)
    strips: list[Lane] = []
    placed: list[Placed] = []
    top = TOP
    for name, marks in zip(names, held, strict=True):
        rows, count = _rows(marks, axis)
        lines = wrapped(name)
        height = max(LANE, LANE - ROW * 2 + ROW * count, NAME_LINE * len(lines) + 12)
        strips.append(Lane(name, lines, top, height))
        first = top + height / 2 - ROW * (count - 1) / 2
        placed += [
            Placed(mark, x, first + ROW * row, end)
            for mark, (x, end, row) in zip(marks, rows, strict=True)
        ]
        top += height
    return Layout(tuple(strips), tuple(placed), top)


def _rows(marks: Sequence[Mark], axis: Axis) -> tuple[list[tuple[float, float | None, int]], int]:
    """The place, the end and the row of each mark; how many rows there are."""
    ends: list[float] = []
    found: dict[int, tuple[float, float | None, int]] = {}
    order = sorted(range(len(marks)), key=lambda place: (marks[place].start or 0, place))
    untimed = 0
    for place in order:
        mark = marks[place]
        if mark.start is None:
            column, row = untimed % UNKNOWN_ROW, untimed // UNKNOWN_ROW
            found[place] = (UNKNOWN + UNKNOWN_STEP * column, None, row)
            untimed += 1
            continue
        x = axis(mark.start)
        end = None if mark.until is None else max(axis(mark.until), x + 4)
        row = _free_row(ends, x)
        ends[row] = (end or x) + MARK
        found[place] = (x, end, row)
    rows = max([len(ends), -(-untimed // UNKNOWN_ROW), 1])
    return [found[place] for place in range(len(marks))], rows


def _free_row(ends: list[float], x: float) -> int:
    """The first row that is free here; a new one while there is room for it."""
    for row, end in enumerate(ends):
        if end <= x:
            return row
    if len(ends) < MOST_ROWS:
        ends.append(0.0)
        return len(ends) - 1
    return min(range(len(ends)), key=ends.__getitem__)


def wrapped(name: str) -> tuple[str, ...]:
    """The name in at most three lines, cut with an ellipsis only beyond them."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= NAME_LETTERS:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    lines = [
        each if len(each) <= NAME_LETTERS else f"{each[: NAME_LETTERS - 1]}…" for each in lines
    ]
    if len(lines) > NAME_LINES:
        last = lines[NAME_LINES - 1][: NAME_LETTERS - 1].rstrip()
        lines = [*lines[: NAME_LINES - 1], f"{last}…"]
    return tuple(lines)
