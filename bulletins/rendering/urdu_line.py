"""One line of Nastaliq on its way into a page: as words for readers, as shapes for the eye."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from bulletins.rendering import carrier

FAMILIES = frozenset({"Noto Nastaliq Urdu", "Amiri"})
JOINER = "\u200d"
# Letters of a word overlap by this much: Poppler takes a hair's breadth between them for a blank.
TOUCH = 1.02
# How wide the blank at the end of a line is, in ems.
GAP = 0.05
# What is drawn in such a span says nothing; PDFium reads its first piece none the less.
SILENT = b"/Span <</ActualText ()>> BDC"
BLANK = f"/{carrier.NAME} 1 Tf 3 Tr <{ord(' '):04x}> Tj 0 Tr".encode()
# Beyond, a letter has no code of two bytes and is not carried.
LAST = 0xFFFF


@dataclass(frozen=True)
class Letter:
    """A letter, its place in the text (bytes), where it stands and how wide (CSS pixels)."""

    place: int
    text: str
    x: float
    width: float
    is_rtl: bool


@dataclass(frozen=True)
class Run:
    """Glyphs of one font and direction, and where they begin (CSS pixels from the left)."""

    item: Any
    font: Any
    size: float
    x: float

    @property
    def place(self) -> int:
        """Where its text begins, in bytes of the line."""
        return int(self.item.item.offset)

    @property
    def is_nastaliq(self) -> bool:
        """Whether its glyphs cannot say their letters."""
        return self.font.family in FAMILIES

    def glyphs(self) -> list[tuple[Any, int, int]]:
        """From left to right, each with the bytes of the line that its cluster stands for."""
        glyphs = self.item.glyphs
        starts = glyphs.log_clusters[0 : glyphs.num_glyphs]
        ends = dict(pairwise(sorted({*starts, self.item.item.length})))
        infos = glyphs.glyphs[0 : glyphs.num_glyphs]
        return [
            (info, self.place + start, self.place + ends[start])
            for info, start in zip(infos, starts, strict=True)
        ]

    def letters(self, line: bytes) -> Iterator[Letter]:
        """The letters of its clusters; those of one cluster share its width."""
        is_rtl = bool(self.item.item.analysis.level % 2)
        x = self.x
        for (start, end), group in groupby(self.glyphs(), lambda glyph: glyph[1:]):
            width = sum(info.geometry.width for info, _start, _end in group) * FROM_UNITS
            said = line[start:end].decode(errors="ignore")
            each = width / (len(said) or 1)
            for i, text in enumerate(said):
                turned = len(said) - 1 - i if is_rtl else i
                yield Letter(start + i, text, x + turned * each, each, is_rtl)
            x += width


@dataclass(frozen=True)
class Line:
    """Where a line stands in a page: text matrix, size of type, its text in UTF-8."""

    stream: Any
    matrix: Any
    size: float
    text: bytes

    def write_words(self, runs: list[Run]) -> None:
        """In reading order: unseen letters for Nastaliq; other scripts as they are drawn."""
        found: list[Run | Letter] = [self._end(runs)]
        for run in runs:
            if run.is_nastaliq:
                letters = [each for each in run.letters(self.text) if ord(each.text) <= LAST]
                run.font.carried = getattr(run.font, "carried", frozenset()).union(
                    each.text for each in letters
                )
                found += letters
            else:
                found.append(run)
        word: list[Letter] = []
        for each in sorted(found, key=lambda one: one.place):
            if word and (isinstance(each, Run) or _parted(word[-1], each)):
                self._say(word)
                word = []
            if isinstance(each, Run):
                self._draw(each)
            else:
                word.append(each)
        if word:
            self._say(word)

    def _end(self, runs: list[Run]) -> Letter:
        """A blank at the left edge: MuPDF sees no gap between two cells read from the right."""
        is_rtl = bool(runs[0].item.item.analysis.level % 2)
        return Letter(len(self.text), " ", -GAP * self.size, GAP * self.size, is_rtl)

    def keep_shapes(self, runs: list[Run], color: Any) -> None:
        """Draw the glyphs of Nastaliq aside, for the end of the page (`urdu_shapes`)."""
        stream = self.stream
        own, stream.stream = stream.stream, []
        state = stream._current_color, stream._current_alpha, stream._current_font
        stream._current_color = stream._current_alpha = stream._current_font = None
        stream.set_color(color)
        for run in runs:
            if run.is_nastaliq:
                self._draw(run)
        made, stream.stream = stream.stream, own
        stream._current_color, stream._current_alpha, stream._current_font = state
        if hasattr(stream, "id"):  # a group or a pattern: it has no end of page
            stream.stream += [SILENT, BLANK, *made, b"EMC"]
            stream._current_color = stream._current_alpha = stream._current_font = None
        else:
            kept = stream.__dict__.setdefault("urdu_shapes", [])
            kept += [self._placed(), *made, b"ET Q"]

    def _placed(self) -> bytes:
        """The way from the end of the page to where the line stands."""
        matrix = self.stream.ctm @ self.stream._ctm_stack[0].invert
        return b"q " + b" ".join(f"{each:.5f}".encode() for each in matrix.values) + b" cm BT"

    def _draw(self, run: Run) -> None:
        """Show a run where it stands; only what is not Nastaliq says its letters."""
        self._at(run.x)
        self.stream.set_font_size(run.font.hash, 1 if run.font.bitmap else run.size)
        show(self.stream, run, self.text)

    def _at(self, x: float, stretch: float = 1) -> None:
        a, b, c, d, e, f = self.matrix.values
        self.stream.set_text_matrix(a * stretch, b, c, d, e + x, f)

    def _say(self, word: list[Letter]) -> None:
        """The letters of a word, equally wide, one show operator each; their order is kept."""
        left = min(each.x for each in word)
        wide = (max(each.x + each.width for each in word) - left) / len(word)
        step = -wide if word[0].is_rtl else wide
        stretch = max(TOUCH * wide * 1000 / (self.size * carrier.WIDTH), 0.01)
        self.stream.set_font_size(carrier.NAME, self.size)
        self._at(left + (len(word) - 1) * wide if word[0].is_rtl else left, stretch)
        shown = f" {step / stretch:.3f} 0 Td ".join(f"<{ord(one.text):04x}> Tj" for one in word)
        self.stream.stream.append(f"3 Tr {shown} 0 Tr".encode())


def runs_of(first_line: Any, line: Line) -> Iterator[Run]:
    """The runs of a line from left to right."""
    run, x = first_line.runs[0], 0.0
    while run != ffi.NULL:
        item, run = run.data, run.next
        font, size = line.stream.add_font(item.item.analysis.font)
        if pango.pango_version() < 14802 or font.png:
            size = line.size
        yield Run(item, font, size, x)
        infos = item.glyphs.glyphs[0 : item.glyphs.num_glyphs]
        x += sum(info.geometry.width for info in infos) * FROM_UNITS


def _parted(last: Letter, following: Letter) -> bool:
    """Whether another word begins: after a blank, at the left edge, where the direction turns."""
    return last.text.isspace() or following.x < 0 or last.is_rtl != following.is_rtl


def show(stream: Any, run: Run, line: bytes) -> None:
    """Show the glyphs of a run: widths, kerning, offsets and rises, as WeasyPrint 70 does.

    Each says the letters of its cluster in `line`; shapes of Nastaliq a joiner, blanks a blank,
    behind which copies are marked.
    """
    font, size, string = run.font, run.size, "<"
    for info, start, end in run.glyphs():
        width = info.geometry.width
        if info.glyph == pango.PANGO_GLYPH_EMPTY:
            string += f">{-width / size}<"
            continue
        glyph = _known(font, info.glyph, width, size)
        says = line[start:end].decode(errors="ignore")
        if run.is_nastaliq and not says.isspace():
            says = JOINER
        font.to_unicode.setdefault(glyph, says)
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
        _measure(stream, font, size, run.item.item.analysis.font, glyph)
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
