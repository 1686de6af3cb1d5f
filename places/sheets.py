"""A sheet of paper for a map: from degrees to whole pixels, and shapes as paths on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians

from places.locators import Shape

Ring = Sequence[Sequence[float]]
SIZE, EDGE = 480, 6


@dataclass(frozen=True)
class Box:
    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, points: Sequence[Sequence[float]]) -> "Box":
        across, up = [point[0] for point in points], [point[1] for point in points]
        return cls(min(across), min(up), max(across), max(up))

    @property
    def middle(self) -> tuple[float, float]:
        return (self.west + self.east) / 2, (self.south + self.north) / 2


class Sheet:
    """From degrees to whole pixels: north up, true in its middle, as large as fits."""

    def __init__(self, box: Box, size: int = SIZE) -> None:
        self.box = box
        self.narrower = cos(radians(box.middle[1]))
        across = (box.east - box.west) * self.narrower or 1.0
        up = (box.north - box.south) or 1.0
        self.scale = (size - 2 * EDGE) / max(across, up)
        self.width = round(across * self.scale) + 2 * EDGE
        self.height = round(up * self.scale) + 2 * EDGE

    def pixel(self, point: Sequence[float]) -> tuple[int, int]:
        return (
            round((point[0] - self.box.west) * self.narrower * self.scale) + EDGE,
            round((self.box.north - point[1]) * self.scale) + EDGE,
        )

    def path(self, shape: Shape) -> str:
        """The rings of a shape, each in steps of whole pixels; a step of none is left out."""
        return "".join(self._ring(ring) for ring in rings(shape))

    def _ring(self, ring: Ring) -> str:
        at = self.pixel(ring[0])
        drawn = f"M{at[0]} {at[1]}l"
        for point in ring[1:]:
            to = self.pixel(point)
            if to != at:
                drawn += f"{to[0] - at[0]} {to[1] - at[1]} "
                at = to
        return f"{drawn.rstrip().removesuffix('l')}z"


def rings(shape: Shape) -> Iterator[Ring]:
    """Every ring of a GeoJSON Polygon or MultiPolygon."""
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    for polygon in polygons:
        yield from polygon


def points_of(shapes: Sequence[Shape]) -> list[Sequence[float]]:
    return [point for shape in shapes for ring in rings(shape) for point in ring]
