"""How far the words of a page in somebody's PDF stand off from the document as it was made."""

import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import pikepdf

from bulletins.rendering.copies.fitting import Lie, lie_of
from bulletins.rendering.copies.glyphs import Glyph, glyphs_of
from bulletins.rendering.copies.places import page_fonts, page_text
from bulletins.rendering.copies.stamping import shifted_only

# How far a letter may stand off and still be the same letter, points.
NEAR_X, NEAR_Y = 0.45, 0.3
# Of the letters of a page, found again: fewer and it is another page.
ENOUGH = 0.6
# So many letters in a row name a place in the text.
RUN = 12

Near = dict[tuple[int, int], list[Glyph]]


@dataclass(frozen=True)
class Word:
    """The letters that one place moves; place -1 are the words that stand still."""

    place: int
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True)
class MasterPage:
    """A page as it was made: its size in points, its words, and how many places it has."""

    width: float
    height: float
    words: tuple[Word, ...]
    places: int
    drawn: tuple[Glyph, ...]


@dataclass(frozen=True)
class Master:
    """A document as it was made: its pages, and the files of its fonts by the name glyphs use."""

    pages: tuple[MasterPage, ...]
    fonts: dict[Any, bytes]


def read_master(master: bytes) -> Master:
    """Every page of a document with the words of each place.

    Which letters a place moves is found by moving them: the word of place n by n + 1 points, so no
    rule of the marking is written twice.
    """
    fonts: dict[Any, bytes] = {}
    with pikepdf.open(io.BytesIO(master)) as pdf:
        counts = [len(page_text(page).places) for page in pdf.pages]
        sizes = [[float(each) for each in page.mediabox] for page in pdf.pages]
        still = [glyphs_of(page) for page in pdf.pages]
        for page in pdf.pages:
            for font in page_fonts(page).values():
                if font.get("/Subtype") == "/Type0" and font.objgen not in fonts:
                    file = font.DescendantFonts[0].FontDescriptor.get("/FontFile2")
                    fonts[font.objgen] = file.read_bytes() if file is not None else b""
    moves = [[float(place + 1) for place in range(count)] for count in counts]
    with pikepdf.open(io.BytesIO(shifted_only(master, moves))) as pdf:
        moved = [glyphs_of(page) for page in pdf.pages]
    pages = (
        MasterPage(box[2] - box[0], box[3] - box[1], _words(before, after), count, tuple(before))
        for box, before, after, count in zip(sizes, still, moved, counts, strict=True)
    )
    return Master(tuple(pages), fonts)


def read_shifts(page: MasterPage, found: Sequence[Glyph]) -> list[float | None] | None:
    """The shift at each place, None where its word is not found; None when it is another page."""
    lie = _lie(page, found)
    return None if lie is None else _read(page, _laid(found, lie))


def _read(page: MasterPage, near: Near) -> list[float | None] | None:
    read: list[float | None] = [None] * page.places
    hits = total = 0
    for word in page.words:
        offs = [off for each in word.glyphs if (off := _off(each, near)) is not None]
        hits, total = hits + len(offs), total + len(word.glyphs)
        if word.place >= 0 and 2 * len(offs) >= len(word.glyphs):
            read[word.place] = median(offs)
    return read if total and hits >= ENOUGH * total else None


def _words(before: Sequence[Glyph], after: Sequence[Glyph]) -> tuple[Word, ...]:
    found: dict[int, list[Glyph]] = defaultdict(list)
    for one, two in zip(before, after, strict=True):
        found[round(two.x - one.x) - 1].append(one)
    return tuple(Word(place, tuple(glyphs)) for place, glyphs in sorted(found.items()))


def _lie(page: MasterPage, found: Sequence[Glyph]) -> Lie | None:
    """How the page found lies on the page as it was made: printing to a file scales and moves it.

    Runs of letters that are as wide, one after the other, are the same words. The first guess is
    from all of them; the second from those that no place moves.
    """
    runs = _runs(page.drawn)
    pairs = {
        (here.x, here.y): (there.x, there.y)
        for key, start in _runs(found).items()
        if key in runs
        for there, here in zip(
            page.drawn[runs[key] : runs[key] + RUN], found[start : start + RUN], strict=True
        )
    }
    lie = lie_of((*here, *there) for here, there in pairs.items())
    if lie is None:
        return None
    near = _laid(found, lie)
    still = [word for word in page.words if word.place < 0]
    seen = [
        (*lie.back().at(got.x, got.y), each.x, each.y)
        for word in still
        for each in word.glyphs
        if (got := _nearest(each, near)) is not None
    ]
    return lie_of(seen) or lie


def _runs(glyphs: Sequence[Glyph]) -> dict[tuple[int, ...], int]:
    """Runs of letters by their widths, and where each begins; what occurs twice is left out."""
    widths = [round(40 * each.width / each.size) if each.size else 0 for each in glyphs]
    found: dict[tuple[int, ...], int] = {}
    twice = set()
    for start in range(len(widths) - RUN + 1):
        key = tuple(widths[start : start + RUN])
        if key in found:
            twice.add(key)
        found[key] = start
    return {key: start for key, start in found.items() if key not in twice}


def _laid(glyphs: Sequence[Glyph], lie: Lie) -> Near:
    near: Near = defaultdict(list)
    for each in glyphs:
        x, y = lie.at(each.x, each.y)
        near[round(x), round(y)].append(replace(each, x=x, y=y))
    return near


def _off(glyph: Glyph, near: Near) -> float | None:
    """How far right of its place the nearest letter stands."""
    found = _nearest(glyph, near)
    return None if found is None else found.x - glyph.x


def _nearest(glyph: Glyph, near: Near) -> Glyph | None:
    x, y = round(glyph.x), round(glyph.y)
    best: Glyph | None = None
    for column in (x - 1, x, x + 1):
        for row in (y - 1, y, y + 1):
            for each in near.get((column, row), ()):
                off = each.x - glyph.x
                if (
                    abs(each.y - glyph.y) <= NEAR_Y
                    and abs(off) <= NEAR_X
                    and (best is None or abs(off) < abs(best.x - glyph.x))
                ):
                    best = each
    return best
