"""How one page lies on another: turned, scaled, moved; found from points that belong together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# A pair further off than this many times the usual is no pair.
WILD = 4.0
ROUNDS = 4


@dataclass(frozen=True)
class Lie:
    """x' = a x + b y + e, y' = c x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    e: float = 0.0
    c: float = 0.0
    d: float = 1.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.b * y + self.e, self.c * x + self.d * y + self.f

    def back(self) -> "Lie":
        """The way back. Raises ZeroDivisionError where there is none."""
        whole = self.a * self.d - self.b * self.c
        a, b, c, d = self.d / whole, -self.b / whole, -self.c / whole, self.a / whole
        return Lie(a, b, -(a * self.e + b * self.f), c, d, -(c * self.e + d * self.f))


# Where a point is, and where it was found.
Pair = tuple[float, float, float, float]


def lie_of(pairs: Iterable[Pair]) -> Lie | None:
    """The best lie by least squares, pairs far off left out; None where the points are too few."""
    kept = list(pairs)
    found: Lie | None = None
    for _round in range(ROUNDS):
        found = _solved(kept)
        if found is None:
            return None
        offs = [_off(found, each) for each in kept]
        usual = sorted(offs)[len(offs) // 2]
        closer = [pair for pair, off in zip(kept, offs, strict=True) if off <= WILD * usual + 1e-6]
        if len(closer) == len(kept):
            break
        kept = closer
    return found


def _off(lie: Lie, pair: Pair) -> float:
    x, y = lie.at(pair[0], pair[1])
    return float(abs(x - pair[2]) + abs(y - pair[3]))


def _solved(pairs: Sequence[Pair]) -> Lie | None:
    if len(pairs) < 6:
        return None
    # About the middle, so that the sums stay small.
    n = len(pairs)
    mx, my = sum(p[0] for p in pairs) / n, sum(p[1] for p in pairs) / n
    rows = [(x - mx, y - my, u, v) for x, y, u, v in pairs]
    xx = sum(x * x for x, _, _, _ in rows)
    xy = sum(x * y for x, y, _, _ in rows)
    yy = sum(y * y for _, y, _, _ in rows)
    whole = xx * yy - xy * xy
    if whole <= 1e-9 * (xx + yy + 1) ** 2:
        return None
    lines = []
    for column in (2, 3):
        xu = sum(row[0] * row[column] for row in rows)
        yu = sum(row[1] * row[column] for row in rows)
        one, two = (xu * yy - yu * xy) / whole, (yu * xx - xu * xy) / whole
        mean = sum(row[column] for row in rows) / n
        lines.append((one, two, mean - one * mx - two * my))
    return Lie(*lines[0], *lines[1])
