"""How far the words on a scan stand off from the page as it was made.

The scan is turned, scaled and moved onto the drawn page: first by the dark and light of its rows
and columns, then by its words. What a word still stands off then is its shift.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin
from operator import mul
from statistics import median

from PIL import Image, ImageOps

from bulletins.rendering.copies.drawing import DOTS, PAPER, Drawn, Patch
from bulletins.rendering.copies.fitting import Lie, Pair, lie_of
from bulletins.rendering.copies.text import MasterPage

# Where rows and columns are compared: every fourth dot, 50 an inch.
COARSE = 4
TURNS = [step / 4 for step in range(-12, 13)]
SCALES = [1 + step / 200 for step in range(-14, 15)]
# How far a page may have slid on the glass, in coarse dots: 25 mm.
SLIDE = 48
# How far a word is looked for, in dots, each time it is laid on more closely.
REACHES = (12, 5, 3)
# A word less like what it should be than this was not found.
ALIKE = 0.6
PAD = 2
# So many lines before and after a line drift as it does.
ABOUT = 4


@dataclass(frozen=True)
class Scan:
    """A scan made ready: grey, and turned until its lines lie level, small."""

    grey: Image.Image
    small: Image.Image
    turn: float
    grow: float


def made_ready(picture: Image.Image, width: float) -> Scan:
    """The scan of a page of this width in points, upright or on its head."""
    grey = picture.convert("L")
    across = width * DOTS / COARSE
    size = round(across), round(grey.height * across / grey.width)
    small = ImageOps.autocontrast(grey.resize(size, Image.Resampling.BOX), cutoff=1)
    turn = _turn(small)
    turned = small.rotate(turn, Image.Resampling.BILINEAR, fillcolor=PAPER)
    return Scan(grey, turned, turn, grey.width / across)


def likeness(scan: Scan, page: MasterPage) -> float:
    """How much the rows of a scan are like those of a page, before that page is drawn."""
    rows = [0.0] * round(page.height * DOTS / COARSE)
    for word in page.words:
        for glyph in word.glyphs:
            base = round((page.height - glyph.y) * DOTS / COARSE)
            for row in range(base - max(1, round(glyph.size * DOTS / COARSE / 2)), base):
                if 0 <= row < len(rows):
                    rows[row] += glyph.width
    return _slide(rows, _rows(scan.small), SCALES[::3])[0]


def laid_on(scan: Scan, page: Drawn) -> Lie | None:
    """Where the dots of the page are found on the scan, by its rows and columns."""
    target = page.picture.reduce(COARSE)
    alike, scale, down = _slide(_rows(target), _rows(scan.small))
    if alike <= 0:
        return None
    _alike, _scale, right = _slide(_columns(target), _columns(scan.small), (scale,))
    # From dots of the page to dots of the turned picture, then back round, then to the scan's own.
    middle, angle = (scan.small.width / 2, scan.small.height / 2), radians(scan.turn)
    a, b = cos(angle) * scale / COARSE, -sin(angle) * scale / COARSE
    x, y = right - middle[0], down - middle[1]
    e = cos(angle) * x - sin(angle) * y + middle[0]
    f = sin(angle) * x + cos(angle) * y + middle[1]
    grow = scan.grow
    return Lie(a * grow, b * grow, e * grow, -b * grow, a * grow, f * grow)


def measured(scan: Scan, page: Drawn, places: int) -> list[float | None] | None:
    """The shift at each place in points; None where the words are not found on the scan."""
    lie = laid_on(scan, page)
    if lie is None:
        return None
    found: list[tuple[Patch, float, float]] = []
    for reach in REACHES:
        over = _laid_over(scan.grey, lie, page.picture.size)
        found = [
            (patch, *off)
            for patch in page.patches
            if (off := _off(page.picture, over, patch, reach)) is not None
        ]
        if 3 * len(found) < len(page.patches):
            return None
        closer = lie_of(_pairs(found, lie))
        if closer is None:
            return None
        if reach != REACHES[-1]:
            lie = closer
    return _shifts(found, places)


def _shifts(found: Sequence[tuple[Patch, float, float]], places: int) -> list[float | None]:
    """Less what the lines about it are off: paper is not drawn through a scanner evenly."""
    lines: dict[int, list[float]] = defaultdict(list)
    for patch, right, _down in found:
        lines[patch.line].append(right)
    drifts = {
        line: median(
            off for near in range(line - ABOUT, line + ABOUT + 1) for off in lines.get(near, ())
        )
        for line in lines
    }
    read: list[float | None] = [None] * places
    for patch, right, _down in found:
        read[patch.place] = (right - drifts[patch.line]) / DOTS
    return read


def _pairs(found: Sequence[tuple[Patch, float, float]], lie: Lie) -> list[Pair]:
    pairs = []
    for patch, right, down in found:
        left, top, end, bottom = patch.box
        x, y = (left + end) / 2, (top + bottom) / 2
        pairs.append((x, y, *lie.at(x + right, y + down)))
    return pairs


def _laid_over(scan: Image.Image, lie: Lie, size: tuple[int, int]) -> Image.Image:
    """The scan as it would be had it lain straight."""
    where = (lie.a, lie.b, lie.e, lie.c, lie.d, lie.f)
    return scan.transform(
        size, Image.Transform.AFFINE, where, Image.Resampling.BICUBIC, fillcolor=PAPER
    )


def _off(
    picture: Image.Image, over: Image.Image, patch: Patch, reach: int
) -> tuple[float, float] | None:
    """How many dots right and down of its place a word is found."""
    left, top = int(patch.box[0]) - PAD, int(patch.box[1]) - PAD
    right, bottom = int(patch.box[2]) + 1 + PAD, int(patch.box[3]) + 1 + PAD
    if left < reach or top < reach:
        return None
    if right + reach > picture.width or bottom + reach > picture.height:
        return None
    word = picture.crop((left, top, right, bottom))
    seen = over.crop((left - reach, top - reach, right + reach, bottom + reach))
    across = _best(_columns(word), _columns(seen), reach)
    down = _best(_rows(word), _rows(seen), reach)
    return None if across is None or down is None else (across, down)


def _best(word: Sequence[float], seen: Sequence[float], reach: int) -> float | None:
    """The shift, to a part of a dot, at which two profiles are most alike."""
    scores = [_likeness(word, seen[at : at + len(word)]) for at in range(2 * reach + 1)]
    at = max(range(len(scores)), key=scores.__getitem__)
    if scores[at] < ALIKE or at in {0, len(scores) - 1}:
        return None
    before, here, after = scores[at - 1 : at + 2]
    bend = before - 2 * here + after
    return at - reach + (0.5 * (before - after) / bend if bend else 0.0)


def _likeness(one: Sequence[float], two: Sequence[float]) -> float:
    """Pearson's correlation."""
    n = len(one)
    mean_one, mean_two = sum(one) / n, sum(two) / n
    shared = sum(map(mul, one, two)) - n * mean_one * mean_two
    spread = (sum(map(mul, one, one)) - n * mean_one**2) * (
        sum(map(mul, two, two)) - n * mean_two**2
    )
    return shared / spread**0.5 if spread > 1e-9 else 0.0


def _rows(picture: Image.Image) -> list[float]:
    """How dark each row is."""
    return _darkness(picture.resize((1, picture.height), Image.Resampling.BOX))


def _columns(picture: Image.Image) -> list[float]:
    """How dark each column is."""
    return _darkness(picture.resize((picture.width, 1), Image.Resampling.BOX))


def _darkness(strip: Image.Image) -> list[float]:
    return [float(PAPER - value) for value in strip.tobytes()]


def _turn(small: Image.Image) -> float:
    """By how many degrees it must be turned for its lines to lie level."""

    def level(turn: float) -> float:
        rows = _rows(small.rotate(turn, Image.Resampling.BILINEAR, fillcolor=PAPER))
        return sum((one - two) ** 2 for one, two in pairwise(rows))

    turn = max(TURNS, key=level)
    return max((turn + step / 20 for step in range(-4, 5)), key=level)


def _slide(
    wanted: Sequence[float], seen: Sequence[float], scales: Sequence[float] = SCALES
) -> tuple[float, float, float]:
    """Likeness, scale and shift at which one profile lies best on another."""
    best = (0.0, 1.0, 0.0)
    for scale in scales:
        # As long as the page at this scale, with room for the slide on both sides.
        scaled = []
        for at in range(-SLIDE, len(wanted) + SLIDE):
            place = at * scale
            low = int(place // 1)
            part = place - low
            one = seen[low] if 0 <= low < len(seen) else 0.0
            two = seen[low + 1] if 0 <= low + 1 < len(seen) else 0.0
            scaled.append(one * (1 - part) + two * part)
        for shift in range(2 * SLIDE + 1):
            alike = _likeness(wanted, scaled[shift : shift + len(wanted)])
            if alike > best[0]:
                best = (alike, scale, (shift - SLIDE) * scale)
    return best
