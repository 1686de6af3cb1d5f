"""What a small map shows: shared by those who gather it and those who draw it."""

from dataclasses import dataclass
from typing import Any

# GeoJSON, a Polygon or a MultiPolygon.
Shape = dict[str, Any]


@dataclass(frozen=True)
class Locator:
    """Where an area lies: its shape or its point, and the shapes that it lies in."""

    whole: str
    around: list[Shape]
    here: list[Shape]
    point: tuple[float, float] | None
