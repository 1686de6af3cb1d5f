"""Makes Urdu in our PDFs searchable, copyable and readable aloud.

WeasyPrint gives each glyph one text, that of the first cluster it was seen in. Nastaliq draws a
letter as a bare shape and separate dots on a slope, so the map from glyph to letter is wrong for
most words and readers take a word for three lines. So a line of Nastaliq is there twice:

1. as words, where it stands: one unseen letter for each letter of the text (`carrier.py`), on the
   flat baseline, in reading order, each placed by itself. Poppler and PDFium sort letters by place,
   MuPDF keeps the order of writing: so all three read the same. It is what the tags enclose.
2. as shapes, at the end of the page: the glyphs as they were, an artifact in a span whose
   /ActualText is empty (ISO 32000-1, 14.9.4). It begins with a blank, because PDFium reads the
   first piece of such a span and leaves out the rest. Each shape reads as a joiner of no width.

Each structure element of such text carries /ActualText too. Only lines with Arabic script are
touched; of those Naskh too, since MuPDF reads what is drawn from the left backwards. WeasyPrint 70
has no hook for this, so three of its functions are replaced.
"""

import re
from typing import Any

import pydyf
import weasyprint
import weasyprint.pdf as writer
from weasyprint.draw import text as draw
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.ffi import pango

from bulletins.rendering import carrier
from bulletins.rendering.urdu_line import BLANK, FAMILIES, SILENT, Line, runs_of

ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
WRITTEN_FOR = "70"

_draw_line, _add_tags = draw.draw_first_line, writer.add_tags
_build_fonts = writer.build_fonts_dictionary


def install() -> None:
    """Teach WeasyPrint to write Nastaliq words; twice is the same as once."""
    if weasyprint.__version__.split(".")[0] != WRITTEN_FOR:
        raise RuntimeError(
            f"The Urdu text layer is written for WeasyPrint {WRITTEN_FOR};"
            " compare draw_first_line before raising the version."
        )
    draw.draw_first_line, writer.add_tags = _draw_first_line, _tagged
    writer.build_fonts_dictionary = _finished


def _concerns(box: Any) -> bool:
    return bool(ARABIC.search(box.text)) and not FAMILIES.isdisjoint(box.style["font_family"])


def _draw_first_line(
    stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any
) -> Any:
    plain = text_overflow != "ellipsis" and block_ellipsis == "none"
    if plain and _concerns(textbox) and textbox.style["font_size"] > 1e-6:
        return _draw_words(stream, textbox, matrix)
    return _draw_line(stream, textbox, text_overflow, block_ellipsis, matrix)


def _draw_words(stream: Any, textbox: Any, matrix: Any) -> list[Any]:
    """Write the line as words; its shapes wait for the end of the page."""
    layout = textbox.pango_layout
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    first_line, _index = layout.get_first_line()
    line = Line(stream, matrix, float(textbox.style["font_size"]), layout.text.encode())
    runs = list(runs_of(first_line, line))
    line.write_words(runs)
    line.keep_shapes(runs, textbox.style["color"])
    return []


def _finished(pdf: Any, fonts: Any, *rest: Any) -> Any:
    """All pages are drawn: add the shapes to each, and the unseen font to the fonts."""
    for page in pdf.objects:
        if shapes := getattr(page, "urdu_shapes", None):
            page.stream += [b"/Artifact BMC", SILENT, b"BT", BLANK, b"ET", *shapes, b"EMC EMC"]
    dictionary = _build_fonts(pdf, fonts, *rest)
    letters = frozenset().union(*(getattr(font, "carried", ()) for font in fonts.values()))
    if letters:
        dictionary[carrier.NAME] = carrier.add_to(pdf, letters | {" "})
    return dictionary


def _tagged(pdf: Any, document: Any, pdf_version: Any, page_streams: Any) -> None:
    texts = {
        (page, tag["mcid"]): box.text
        for page, stream in zip(pdf.page_references, page_streams, strict=False)
        for box, tag in stream._tags.items()
        if isinstance(box, TextBox) and _concerns(box)
    }
    _add_tags(pdf, document, pdf_version, page_streams)
    for element in pdf.objects:
        kids = element.get("K") if isinstance(element, pydyf.Dictionary) else None
        if kids and len(kids) == 1 and (element.get("Pg"), kids[0]) in texts:
            element["ActualText"] = pydyf.String(texts[element["Pg"], kids[0]])
