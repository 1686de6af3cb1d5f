"""A font of blanks: each code is the letter of that number, drawn as nothing.

It carries the words of a line whose shapes cannot say them (`urdu_text.py`).
"""

import io
from functools import cache

import pydyf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

NAME = "Words"
FAMILY = "AARTXT+AAR-Words"
# Of a thousandth of the size of type; the words are stretched to what they measure.
WIDTH = 500
ASCENT, DESCENT = 800, -200
HEIGHT = 700
BLANK = 1


@cache
def font_file() -> bytes:
    """A TrueType font of two empty glyphs; the same bytes each time."""
    build = FontBuilder(1000, isTTF=True)
    build.setupGlyphOrder([".notdef", "blank"])
    build.setupCharacterMap({ord(" "): "blank"})
    build.setupGlyf({".notdef": Glyph(), "blank": _corners()})
    build.setupHorizontalMetrics({".notdef": (WIDTH, 0), "blank": (WIDTH, 0)})
    build.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    build.setupNameTable({"familyName": "AAR Words", "styleName": "Regular"})
    build.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT)
    build.setupPost()
    build.setupMaxp()
    build.font["head"].created = build.font["head"].modified = 0
    build.font.recalcTimestamp = False
    made = io.BytesIO()
    build.font.save(made)
    return made.getvalue()


def _corners() -> Glyph:
    """Two specks that span the letter: to PDFium a letter without a box is not there."""
    pen = TTGlyphPen(None)
    for x, y in ((0, 0), (WIDTH - 1, HEIGHT - 1)):
        pen.moveTo((x, y))
        pen.lineTo((x, y + 1))
        pen.lineTo((x + 1, y))
        pen.closePath()
    return pen.glyph()


def add_to(pdf: pydyf.PDF, letters: frozenset[str]) -> bytes:
    """Put the font into `pdf`, for these letters; the reference of its dictionary."""
    codes = sorted(ord(each) for each in letters if ord(each) <= 0xFFFF)
    file = pydyf.Stream([font_file()], {"Length1": len(font_file())}, compress=True)
    glyphs = bytearray(2 * (codes[-1] + 1))
    for code in codes:
        glyphs[2 * code + 1] = BLANK
    shapes = pydyf.Stream([bytes(glyphs)], compress=True)
    says = pydyf.Stream([_to_unicode(codes)], compress=True)
    for each in (file, shapes, says):
        pdf.add_object(each)
    name = f"/{FAMILY}"
    descriptor = pydyf.Dictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": 4,
            "FontBBox": pydyf.Array([0, DESCENT, WIDTH, ASCENT]),
            "ItalicAngle": 0,
            "Ascent": ASCENT,
            "Descent": DESCENT,
            "CapHeight": ASCENT,
            "StemV": 80,
            "FontFile2": file.reference,
        }
    )
    pdf.add_object(descriptor)
    descendant = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": pydyf.Dictionary(
                {
                    "Registry": pydyf.String("Adobe"),
                    "Ordering": pydyf.String("Identity"),
                    "Supplement": 0,
                }
            ),
            "CIDToGIDMap": shapes.reference,
            "DW": WIDTH,
            "FontDescriptor": descriptor.reference,
        }
    )
    pdf.add_object(descendant)
    font = pydyf.Dictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pydyf.Array([descendant.reference]),
            "ToUnicode": says.reference,
        }
    )
    pdf.add_object(font)
    reference: bytes = font.reference
    return reference


def _to_unicode(codes: list[int]) -> bytes:
    """Each code says the letter of its number."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
    ]
    for at in range(0, len(codes), 100):
        some = codes[at : at + 100]
        lines += [f"{len(some)} beginbfchar"]
        lines += [f"<{code:04x}> <{code:04x}>" for code in some]
        lines += ["endbfchar"]
    lines += ["endcmap CMapName currentdict /CMap defineresource pop end end"]
    return "\n".join(lines).encode()
