"""A page as it was made, drawn as a picture: the text alone, as a scan of it would show it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw

from bulletins.rendering.copies.glyphs import Glyph
from bulletins.rendering.copies.outlines import Point, contours
from bulletins.rendering.copies.text import MasterPage

# Dots a point of the picture that scans are laid on: 200 an inch.
DOTS = 200 / 72
# Each dot is drawn as this many across and down.
FINER = 3
INK, PAPER = 0, 255

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Patch:
    """A word on the picture: what it shows of which place, and where its ink is, in dots."""

    place: int
    line: int
    box: Box


@dataclass(frozen=True)
class Drawn:
    """The picture of a page and the words on it."""

    picture: Image.Image
    patches: tuple[Patch, ...]


@dataclass
class Shapes:
    """The outlines of the fonts of a document, each read once."""

    files: dict[Any, bytes]
    fonts: dict[Any, tuple[Any, list[str], float]] = field(default_factory=dict)
    outlines: dict[tuple[Any, int], list[list[Point]]] = field(default_factory=dict)

    def of(self, glyph: Glyph) -> list[list[Point]]:
        """The contours of a letter, in parts of its size."""
        key = (glyph.font, glyph.code)
        if key not in self.outlines:
            self.outlines[key] = self._read(glyph)
        return self.outlines[key]

    def _read(self, glyph: Glyph) -> list[list[Point]]:
        known = self.fonts.get(glyph.font)
        if known is None:
            file = self.files.get(glyph.font)
            if not file:
                return []
            font = TTFont(io.BytesIO(file), lazy=True)
            known = (font.getGlyphSet(), font.getGlyphOrder(), 1 / font["head"].unitsPerEm)
            self.fonts[glyph.font] = known
        shapes, names, unit = known
        if glyph.code >= len(names):
            return []
        drawn_as = contours(shapes, names[glyph.code])
        return [[(x * unit, y * unit) for x, y in contour] for contour in drawn_as]


def drawn(page: MasterPage, shapes: Shapes) -> Drawn:
    """The page at 200 dots an inch."""
    scale = DOTS * FINER
    size = round(page.width * DOTS) * FINER, round(page.height * DOTS) * FINER
    picture = Image.new("L", size, PAPER)
    pencil = ImageDraw.Draw(picture)
    patches = []
    for line, word in _lines(page):
        points: list[Point] = []
        for glyph in word.glyphs:
            for contour in shapes.of(glyph):
                polygon = [
                    (
                        (glyph.x + x * glyph.size) * scale,
                        (page.height - glyph.y - y * glyph.size) * scale,
                    )
                    for x, y in contour
                ]
                if len(polygon) > 2:
                    pencil.polygon(polygon, fill=INK if _turns_right(polygon) else PAPER)
                    points += polygon
        if points and line >= 0:
            patches.append(Patch(word.place, line, _box(points)))
    return Drawn(picture.reduce(FINER), tuple(patches))


def _lines(page: MasterPage) -> list[tuple[int, Any]]:
    """Each word with the number of its line; words that stand still are drawn and not measured."""
    lines: dict[int, int] = {}
    found = []
    for word in page.words:
        at = -1
        if word.place >= 0:
            at = lines.setdefault(round(word.glyphs[0].y), len(lines))
        found.append((at, word))
    return found


def _turns_right(polygon: Sequence[Point]) -> bool:
    """Outer contours of TrueType run clockwise, the holes in them against it; y runs down here."""
    area = sum(
        x * next_y - next_x * y
        for (x, y), (next_x, next_y) in zip(polygon, [*polygon[1:], polygon[0]], strict=True)
    )
    return area > 0


def _box(points: Sequence[Point]) -> Box:
    across, down = [x / FINER for x, _ in points], [y / FINER for _, y in points]
    return min(across), min(down), max(across), max(down)
