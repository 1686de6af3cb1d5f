"""Which finding led to which: layers from cause to effect, boxes that never lie over each other.

Pure figures from findings and links; `rendering_causes` draws them and the page prints them as a
table. The same review gives the same drawing: every order ends in the findings' own numbers.
Findings without a link are not drawn; what no link joins is a drawing of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reviews.wrapping import line_height, wrapped

# Figures of the drawing, in its own units (a unit is a pixel at full size).
BOX, GUTTER, GAP, MARGIN = 196, 64, 18, 8
PAD = 9
TYPE = 12  # size of the letters
WIDTH = 100 * (BOX - 2 * PAD) // TYPE
BOLD = WIDTH * 9 // 10  # bold letters are wider
LANE = 12  # where a link passes a layer between two boxes
SWEEPS = 6


@dataclass(frozen=True)
class Node:
    """One finding to be drawn; `word`: its kind in the language of the page."""

    number: int
    title: str
    kind: str
    word: str = ""


@dataclass(frozen=True)
class Link:
    """`cause` did `kind` to `effect`: numbers of findings of one review."""

    cause: int
    effect: int
    kind: str
    text: str = ""


@dataclass(frozen=True)
class Box:
    """Where a finding stands; above its number and kind, below its title, each in lines."""

    node: Node
    x: float
    y: float
    width: float
    height: float
    head: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Way:
    """Where a link runs: from the edge of one box past the others to the edge of another."""

    link: Link
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Chain:
    """Findings that links join, directly or through others."""

    boxes: tuple[Box, ...]
    ways: tuple[Way, ...]
    width: float
    height: float

    @property
    def links(self) -> list[Link]:
        """Its links, from what stands first to what came of it."""
        place = {box.node.number: (box.x, box.node.number) for box in self.boxes}
        ways = sorted(self.ways, key=lambda way: (place[way.link.cause], place[way.link.effect]))
        return [way.link for way in ways]


def chains_of(nodes: Iterable[Node], links: Iterable[Link]) -> list[Chain]:
    """The drawings, the largest first, then by the lowest number in them."""
    by_number = {node.number: node for node in nodes}
    sound = sorted(
        (each for each in links if each.cause in by_number and each.effect in by_number),
        key=lambda each: (each.cause, each.effect),
    )
    groups = _joined(sound)
    groups.sort(key=lambda group: (-len(group), group[0]))
    return [
        _chain([by_number[each] for each in group], [e for e in sound if e.cause in set(group)])
        for group in groups
    ]


def _joined(links: Sequence[Link]) -> list[list[int]]:
    """Numbers of findings that hang together, each group in order."""
    beside: dict[int, set[int]] = defaultdict(set)
    for each in links:
        beside[each.cause].add(each.effect)
        beside[each.effect].add(each.cause)
    groups, seen = [], set[int]()
    for start in sorted(beside):
        if start in seen:
            continue
        group, waiting = {start}, [start]
        while waiting:
            fresh = beside[waiting.pop()] - group
            group |= fresh
            waiting.extend(fresh)
        seen |= group
        groups.append(sorted(group))
    return groups


def _depths(numbers: Iterable[int], links: Sequence[Link]) -> dict[int, int]:
    """The layer of each: one more than the deepest of its causes.

    A cause that has room moves towards its first effect, so that short links stay short.
    """
    causes, effects = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for each in links:
        causes[each.effect].append(each.cause)
        effects[each.cause].append(each.effect)
    left = {number: len(causes[number]) for number in numbers}
    waiting = sorted(number for number, n in left.items() if not n)
    depth: dict[int, int] = {}
    order: list[int] = []
    while waiting:
        number = waiting.pop(0)
        depth[number] = max((depth[each] + 1 for each in causes[number]), default=0)
        order.append(number)
        for effect in effects[number]:
            left[effect] -= 1
            if not left[effect]:
                waiting.append(effect)
    for number in reversed(order):
        if effects[number]:
            depth[number] = min(depth[each] for each in effects[number]) - 1
    first = min(depth.values(), default=0)
    return {number: each - first for number, each in depth.items()}


class _Spot:
    """A place in a layer: a box, or where a long link passes."""

    def __init__(self, key: tuple[int, ...], height: float) -> None:
        self.key, self.height = key, height
        self.before: list[_Spot] = []
        self.after: list[_Spot] = []
        self.rank = 0.0
        self.middle = 0.0


def _chain(nodes: Sequence[Node], links: Sequence[Link]) -> Chain:
    depth = _depths((node.number for node in nodes), links)
    layers: list[list[_Spot]] = [[] for _each in range(max(depth.values(), default=0) + 1)]
    words: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    spots: dict[int, _Spot] = {}
    for node in nodes:
        head = wrapped(f"{node.number} · {node.word or node.kind}", width=BOLD, most=2)
        lines = wrapped(node.title, width=WIDTH)
        words[node.number] = (head, lines)
        spot = _Spot((node.number,), 2 * PAD + _deep(head) + _deep(lines))
        spots[node.number] = spot
        layers[depth[node.number]].append(spot)
    runs = [_run(each, spots, depth, layers) for each in links]
    _sort(layers)
    _settle(layers)
    top = min(spot.middle - spot.height / 2 for layer in layers for spot in layer) - MARGIN
    boxes = tuple(
        Box(
            node,
            MARGIN + depth[node.number] * (BOX + GUTTER),
            spots[node.number].middle - spots[node.number].height / 2 - top,
            BOX,
            spots[node.number].height,
            *words[node.number],
        )
        for node in nodes
    )
    ways = tuple(
        Way(link, _points(run, depth[link.cause], top))
        for link, run in zip(links, runs, strict=True)
    )
    foot = max(spot.middle + spot.height / 2 for layer in layers for spot in layer) - top + MARGIN
    return Chain(boxes, ways, 2 * MARGIN + len(layers) * (BOX + GUTTER) - GUTTER, foot)


def _deep(lines: Sequence[str]) -> int:
    """Units that the lines take from top to bottom."""
    return len(lines) * line_height(" ".join(lines))


def _run(
    link: Link, spots: dict[int, _Spot], depth: dict[int, int], layers: list[list[_Spot]]
) -> list[_Spot]:
    """The spots that a link passes, a narrow one made in each layer between its ends."""
    run = [spots[link.cause]]
    for layer in range(depth[link.cause] + 1, depth[link.effect]):
        passing = _Spot((link.cause, link.effect), LANE)
        layers[layer].append(passing)
        run.append(passing)
    run.append(spots[link.effect])
    for one, other in pairwise(run):
        one.after.append(other)
        other.before.append(one)
    return run


def _sort(layers: Sequence[list[_Spot]]) -> None:
    """Each spot near the middle of what it is joined to, to and fro, so that few links cross."""
    for layer in layers:
        layer.sort(key=lambda spot: spot.key)
        _number(layer)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        for layer in layers if forward else reversed(layers):
            wanted = {id(spot): _mean(spot, forward=forward) for spot in layer}
            layer.sort(key=lambda spot: (wanted[id(spot)], spot.key))
            _number(layer)


def _number(layer: Sequence[_Spot]) -> None:
    for place, spot in enumerate(layer):
        spot.rank = (place + 0.5) / len(layer)


def _mean(spot: _Spot, *, forward: bool) -> float:
    near = spot.before if forward else spot.after
    return sum(each.rank for each in near) / len(near) if near else spot.rank


def _settle(layers: Sequence[Sequence[_Spot]]) -> None:
    """Heights: as near to what it is joined to as the boxes above and below allow."""
    for layer in layers:
        at = 0.0
        for spot in layer:
            spot.middle = at + spot.height / 2
            at += spot.height + GAP
        for spot in layer:
            spot.middle -= (at - GAP) / 2
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        for layer in layers if forward else reversed(layers):
            near = [spot.before if forward else spot.after for spot in layer]
            _place(
                layer,
                [
                    sum(each.middle for each in joined) / len(joined) if joined else spot.middle
                    for spot, joined in zip(layer, near, strict=True)
                ],
            )


def _place(layer: Sequence[_Spot], wanted: Sequence[float]) -> None:
    """The nearest places to those wanted at which nothing overlaps and the order is kept.

    Neighbours that want to pass each other are pooled and share the mean of what they want.
    """
    offsets, at = [], 0.0
    for spot in layer:
        offsets.append(at + spot.height / 2)
        at += spot.height + GAP
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        total, many = want - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / many:
            other, more = pools.pop()
            total, many = total + other, many + more
        pools.append((total, many))
    shifts = [total / many for total, many in pools for _each in range(many)]
    for spot, offset, shift in zip(layer, offsets, shifts, strict=True):
        spot.middle = offset + shift


def _points(run: Sequence[_Spot], first: int, top: float) -> tuple[tuple[float, float], ...]:
    """From the end of the first box through the lanes to the start of the last."""
    points = []
    for place, spot in enumerate(run):
        start = MARGIN + (first + place) * (BOX + GUTTER)
        y = spot.middle - top
        if place > 0:
            points.append((start, y))
        if place < len(run) - 1:
            points.append((start + BOX, y))
    return tuple(points)
