"""The line at the foot of each page that says whose copy it is, in letters of our own fonts.

The finished document is not laid out again, so the line is set here, letter by letter: Latin as
it comes, Arabic script by the forms its font has for the place of a letter in its word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings
from fontTools.ttLib import TTFont

from bulletins.rendering.copies.outlines import contours
from core.fonts import pdf_faces

SIZE = 7.0
# Above the edge that office printers leave white, under the last line of the page's own foot.
BASE = 16.0
MARGIN = 40.0
ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
RUNS = re.compile("([\u0600-\u06ff\u0750-\u077f]+(?:\\s+[\u0600-\u06ff\u0750-\u077f]+)*)")
JOINS = ("init", "medi", "fina")
FAMILIES = {"CopyLatin": "Public Sans", "CopyArabic": "Amiri"}


@dataclass(frozen=True)
class Face:
    """A font of the line: its file, and what its letters are called and how wide they are."""

    name: str
    path: Path
    names: tuple[str, ...]
    shapes: Any
    unit: float
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    glyphs: dict[int, int]
    joined: dict[str, dict[int, int]]
    widths: tuple[int, ...]

    def shaped(self, text: str) -> list[tuple[int, str]]:
        """Glyphs in the order they are drawn, each with the letter it stands for."""
        if not ARABIC.search(text):
            return [(self.glyphs.get(ord(each), 0), each) for each in text]
        plain = [self.glyphs.get(ord(each), 0) for each in text]
        forward = [glyph in self.joined["init"] for glyph in plain]
        backward = [glyph in self.joined["fina"] for glyph in plain]
        ties = [a and b for (a, _), (_, b) in pairwise(zip(forward, backward, strict=True))]
        drawn = []
        for place, (glyph, letter) in enumerate(zip(plain, text, strict=True)):
            before = place > 0 and ties[place - 1]
            after = place < len(ties) and ties[place]
            form = "medi" if before and after else "fina" if before else "init" if after else ""
            drawn.append((self.joined.get(form, {}).get(glyph, glyph), letter))
        return drawn[::-1]

    def outline(self, glyph: int) -> bytes:
        """The operators that fill the shape of a glyph, in units of the font."""
        parts = []
        for contour in contours(self.shapes, self.names[glyph]):
            way = [b"%.0f %.0f l" % point for point in contour[1:]]
            parts += [b"%.0f %.0f m" % contour[0], *way, b"h"]
        return b"\n".join([*parts, b"f"]) if parts else b""


@cache
def face(name: str) -> Face:
    """A font of the line, read once in a process."""
    path = next(
        path
        for family, weight, style, path in pdf_faces(Path(settings.BUILD_DIR) / "fonts")
        if (family, weight, style) == (FAMILIES[name], 400, "normal")
    )
    font = TTFont(path, lazy=True)
    unit = 1000 / font["head"].unitsPerEm
    order = font.getGlyphOrder()
    places = {glyph: number for number, glyph in enumerate(order)}
    head, lines = font["head"], font["hhea"]
    return Face(
        name=name,
        path=path,
        names=tuple(order),
        shapes=font.getGlyphSet(),
        unit=unit,
        box=(head.xMin, head.yMin, head.xMax, head.yMax),
        ascent=lines.ascent,
        descent=lines.descent,
        glyphs={letter: places[glyph] for letter, glyph in font.getBestCmap().items()},
        joined=_joined(font) if name == "CopyArabic" else {},
        widths=tuple(round(font["hmtx"][glyph][0] * unit) for glyph in order),
    )


def drawn_line(pdf: pikepdf.Pdf, text: str, width: float) -> pikepdf.Object:
    """The line in the middle of a page of this width, once for all pages of this PDF."""
    runs = list(_runs(text))
    total = sum(face(name).widths[glyph] for name, glyphs in runs for glyph, _ in glyphs) / 1000
    size = min(SIZE, (width - 2 * MARGIN) / max(total, 1))
    at, parts, used = (width - total * size) / 2, [b"0.2 g"], dict[int, str]()
    for name, glyphs in runs:
        if name == "CopyLatin":
            codes = "".join(f"{glyph:04x}" for glyph, _ in glyphs).encode()
            parts.append(b"BT /%s %.3f Tf" % (name.encode(), size))
            parts.append(b"1 0 0 1 %.3f %.3f Tm <%s> Tj ET" % (at, BASE, codes))
            used.update(glyphs)
        else:
            parts.append(_as_shapes(face(name), glyphs, at, size))
        at += sum(face(name).widths[glyph] for glyph, _ in glyphs) * size / 1000
    form = pikepdf.Stream(pdf, b"\n".join(parts))
    form["/Type"], form["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
    form["/BBox"] = [0, 0, round(width, 3), round(BASE + 3 * SIZE, 3)]
    fonts = {"/CopyLatin": _embedded(pdf, "CopyLatin", used)}
    form["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(fonts))
    return pdf.make_indirect(form)


def _as_shapes(face: Face, glyphs: list[tuple[int, str]], at: float, size: float) -> bytes:
    """Urdu is drawn, not written: its font weighs more than the whole document."""
    scale, parts = size * face.unit / 1000, []
    for glyph, _ in glyphs:
        parts.append(b"q %.5f 0 0 %.5f %.3f %.3f cm" % (scale, scale, at, BASE))
        parts += [face.outline(glyph), b"Q"]
        at += face.widths[glyph] * size / 1000
    return b"\n".join(parts)


def _embedded(pdf: pikepdf.Pdf, name: str, used: dict[int, str]) -> pikepdf.Object:
    """The font in this PDF, once for all pages."""
    kept = face(name)
    file = kept.path.read_bytes()
    program = pikepdf.Stream(pdf, file)
    program["/Length1"] = len(file)
    base = pikepdf.Name(f"/AARCPY+{FAMILIES[name].replace(' ', '')}")
    scaled = [round(value * kept.unit) for value in kept.box]
    descriptor = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor,
            FontName=base,
            Flags=4,
            FontBBox=scaled,
            ItalicAngle=0,
            Ascent=round(kept.ascent * kept.unit),
            Descent=round(kept.descent * kept.unit),
            CapHeight=round(kept.ascent * kept.unit),
            StemV=80,
            FontFile2=program,
        )
    )
    widths: list[object] = []
    for glyph in sorted(used):
        widths += [glyph, [kept.widths[glyph]]]
    letters = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=base,
        CIDSystemInfo=pikepdf.Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=descriptor,
        W=widths,
        CIDToGIDMap=pikepdf.Name.Identity,
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=base,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(letters)],
            ToUnicode=pikepdf.Stream(pdf, _meanings(used)),
        )
    )


def _runs(text: str) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Stretches of one script, as they are drawn."""
    for part in RUNS.split(text):
        if part:
            name = "CopyArabic" if ARABIC.search(part) else "CopyLatin"
            yield name, face(name).shaped(part)


def _joined(font: TTFont) -> dict[str, dict[int, int]]:
    """For each place in a word, the glyph that takes the place of a letter's own."""
    found: dict[str, dict[int, int]] = {name: {} for name in JOINS}
    table = font["GSUB"].table
    for record in table.FeatureList.FeatureRecord:
        for index in record.Feature.LookupListIndex if record.FeatureTag in JOINS else ():
            for each in table.LookupList.Lookup[index].SubTable:
                single = getattr(each, "ExtSubTable", each)
                for letter, drawn in getattr(single, "mapping", {}).items():
                    # One for one in some fonts, a sequence of one in others.
                    one = drawn[0] if isinstance(drawn, list) else drawn
                    ids = font.getGlyphID(letter), font.getGlyphID(one)
                    found[record.FeatureTag].setdefault(*ids)
    return found


def _meanings(used: dict[int, str]) -> bytes:
    """The map from glyph to letter, so that the line can be copied and searched."""
    pairs = [
        f"<{glyph:04x}> <{letter.encode('utf-16-be').hex()}>"
        for glyph, letter in sorted(used.items())
    ]
    blocks = [
        f"{len(some)} beginbfchar\n" + "\n".join(some) + "\nendbfchar"
        for some in (pairs[at : at + 100] for at in range(0, len(pairs), 100))
    ]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <ffff> endcodespacerange",
            *blocks,
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode()
