"""Makes Urdu in our PDFs searchable, copyable and readable aloud.

WeasyPrint gives each glyph one text, that of the first cluster it was seen in. Nastaliq draws a
letter as a bare shape and separate dots, so for most words the map from glyph to letter is wrong.
Two layers mend it, because two kinds of reader disagree (both ISO 32000-1, 14.9.4 /ActualText):

1. Each Arabic-script word is drawn inside a marked-content span whose /ActualText is the word in
   drawing order. Poppler and PDFium turn right-to-left letters round themselves.
2. Each structure element of such text carries /ActualText in reading order, which is what a
   screen reader takes from a tagged PDF.

No glyph moves. Only Arabic script in the named families is touched: a Naskh face maps well as it
is. WeasyPrint 70 has no hook for this, so two of its functions are replaced.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pydyf
import weasyprint
import weasyprint.pdf as writer
from weasyprint.draw import text as draw
from weasyprint.formatting_structure.boxes import TextBox
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
FAMILIES = frozenset({"Noto Nastaliq Urdu"})
WRITTEN_FOR = "70"

_draw_line, _add_tags = draw.draw_first_line, writer.add_tags


def install() -> None:
    """Teach WeasyPrint to write /ActualText for Nastaliq words; twice is the same as once."""
    if weasyprint.__version__.split(".")[0] != WRITTEN_FOR:
        raise RuntimeError(
            f"The Urdu text layer is written for WeasyPrint {WRITTEN_FOR};"
            " compare draw_first_line before raising the version."
        )
    draw.draw_first_line, writer.add_tags = _draw_first_line, _tagged


def _concerns(box: Any) -> bool:
    return bool(ARABIC.search(box.text)) and not FAMILIES.isdisjoint(box.style["font_family"])


def _draw_first_line(
    stream: Any, textbox: Any, text_overflow: str, block_ellipsis: Any, matrix: Any
) -> Any:
    plain = text_overflow != "ellipsis" and block_ellipsis == "none"
    if plain and _concerns(textbox) and textbox.style["font_size"] > 1e-6:
        return _draw_words(stream, textbox, matrix)
    return _draw_line(stream, textbox, text_overflow, block_ellipsis, matrix)


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


def _words(text: str) -> list[tuple[int, int, str]]:
    """Byte ranges of the words of a line, as Pango counts: (start, end, word)."""
    return [
        (len(text[: match.start()].encode()), len(text[: match.end()].encode()), match.group())
        for match in re.finditer(r"\S+", text)
    ]


@contextmanager
def _span(stream: Any, word: str | None) -> Iterator[None]:
    """Say what the glyphs drawn inside mean."""
    if word is None:
        yield
        return
    text = word[::-1] if ARABIC.search(word) else word
    stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(text)}))
    yield
    stream.end_marked_content()


def _draw_words(stream: Any, textbox: Any, matrix: Any) -> list[Any]:
    """Draw the line as WeasyPrint does, one show operator and one span per word."""
    layout = textbox.pango_layout
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    first_line, _index = layout.get_first_line()
    text = layout.text.encode()
    words = _words(layout.text)
    stream.set_text_matrix(*matrix.values)
    current, run = None, first_line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        pango_font = item.item.analysis.font
        if pango_font != current:
            current = pango_font
            font, size = stream.add_font(pango_font)
            if pango.pango_version() < 14802 or font.png:
                size = textbox.style["font_size"]
            stream.set_font_size(font.hash, 1 if font.bitmap else size)
        for word, glyphs in _grouped(item, words):
            with _span(stream, word):
                _show(stream, font, size, pango_font, glyphs, text)
    return []


def _grouped(
    item: Any, words: list[tuple[int, int, str]]
) -> Iterator[tuple[str | None, list[tuple[Any, int, int]]]]:
    """Glyphs of a run in drawing order, grouped by the word they belong to (None between words)."""
    count, infos, clusters = item.glyphs.num_glyphs, item.glyphs.glyphs, item.glyphs.log_clusters
    base, length = item.item.offset, item.item.length
    ends = sorted({clusters[i] for i in range(count)} | {length})
    following = dict(pairwise(ends))
    group: list[tuple[Any, int, int]] = []
    owner: int | None = None
    label: str | None = None
    for i in range(count):
        start, end = base + clusters[i], base + following[clusters[i]]
        where, word = next(((a, w) for a, b, w in words if a <= start < b), (None, None))
        if where != owner and group:
            yield label, group
            group = []
        owner, label = where, word
        group.append((infos[i], start, end))
    if group:
        yield label, group


def _show(
    stream: Any,
    font: Any,
    size: float,
    pango_font: Any,
    glyphs: list[tuple[Any, int, int]],
    text: bytes,
) -> None:
    """Show the glyphs of one word: widths, kerning, offsets and rises, as WeasyPrint 70 does."""
    string = "<"
    for info, start, end in glyphs:
        width = info.geometry.width
        if info.glyph == pango.PANGO_GLYPH_EMPTY:
            string += f">{-width / size}<"
            continue
        glyph = _known(font, info.glyph, width, size)
        font.to_unicode.setdefault(glyph, text[start:end].decode(errors="ignore"))
        code = f"{glyph:02x}" if font.bitmap else f"{glyph:04x}"
        offset, rise = info.geometry.x_offset / size, info.geometry.y_offset / 1000
        if rise:
            _flush(stream, string)
            stream.set_text_rise(-rise)
            stream.show_text((f"{-offset}" if offset else "") + f"<{code}>")
            stream.set_text_rise(0)
            string = "<"
        else:
            string += f">{-offset}<{code}" if offset else code
        _measure(stream, font, size, pango_font, glyph)
        if kerning := font.widths[glyph] + offset - width * 1000 * FROM_UNITS / size:
            string += f">{int(kerning)}<"
    _flush(stream, string)


def _known(font: Any, glyph: int, width: int, size: float) -> int:
    """The glyph, or for a letter the font lacks an id that is free, with its width noted."""
    if not glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
        return glyph
    free: int = font.get_unused_glyph_id(glyph - pango.PANGO_GLYPH_UNKNOWN_FLAG)
    font.widths[free] = round(width * 1000 * FROM_UNITS / size)
    font.widths.setdefault(0, font.widths[free])
    return free


def _measure(stream: Any, font: Any, size: float, pango_font: Any, glyph: int) -> None:
    if glyph not in font.widths:
        pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
        font.widths[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)


def _flush(stream: Any, string: str) -> None:
    """Write what was gathered: an open string is closed, an empty one dropped."""
    string = string[:-1] if string.endswith("<") else string + ">"
    if string:
        stream.show_text(string)
