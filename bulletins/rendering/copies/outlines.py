"""The shapes of letters as polygons, from a TrueType font."""

from typing import Any

from fontTools.pens.basePen import decomposeQuadraticSegment
from fontTools.pens.recordingPen import DecomposingRecordingPen

# Straight pieces that a curve is drawn with.
STEPS = 5

Point = tuple[float, float]


def contours(shapes: Any, name: str) -> list[list[Point]]:
    """The closed outlines of a glyph, in units of its font."""
    pen = DecomposingRecordingPen(shapes)
    shapes[name].draw(pen)
    found: list[list[Point]] = []
    for deed, points in pen.value:
        if deed == "moveTo":
            found.append([points[0]])
        elif deed == "lineTo":
            found[-1].append(points[0])
        elif deed == "qCurveTo" and points[-1] is not None:
            for middle, end in decomposeQuadraticSegment(points):
                found[-1] += _curve(found[-1][-1], middle, end)
    return found


def _curve(start: Point, middle: Point, end: Point) -> list[Point]:
    drawn = []
    for step in range(1, STEPS + 1):
        t = step / STEPS
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        drawn.append(
            (
                a * start[0] + b * middle[0] + c * end[0],
                a * start[1] + b * middle[1] + c * end[1],
            )
        )
    return drawn
