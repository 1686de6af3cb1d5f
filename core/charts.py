"""Charts as SVG made on the server: the page, the PDF and a reader without script see the same.

Classes carry the colours of the page; presentation attributes carry those of paper, where no
stylesheet of the site is loaded. The chart runs left to right in both languages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core import text

WIDTH, HEIGHT = 940, 270
LEFT, RIGHT, TOP, BASE = 38, 936, 52, 236
GAP, INSET = 8, 18
POINT_ROOM = 130  # two reports do not fill a page
MIN_BAND = 92  # narrow enough for one point, wide enough for `Sun 1 Oct` under it
ACCENT, PAPER, WASH, RULE, FIRM, INK, INK_2 = (
    "#17406d",
    "#ffffff",
    "#e9eff5",
    "#d6dbd9",
    "#78827f",
    "#14191a",
    "#4a5456",
)
# A day in Urdu reads from the right; its left edge still stands at the band's start.
URDU_LABEL = SafeString(' direction="rtl" text-anchor="end"')


@dataclass(frozen=True)
class CountPoint:
    """One published count: its day, its range, what is printed above it, who said it."""

    day: date
    value: int
    label: str
    said_by: str
    low: int | None = None
    high: int | None = None
    # "50+", "about 50": drawn as a ring, because the source gives no exact figure
    vague: bool = False


@dataclass(frozen=True)
class _Band:
    day: date
    start: float
    width: float
    points: tuple[CountPoint, ...]

    def x(self, index: int) -> float:
        """Where the point stands: in reported order, evenly; order within a day is not time."""
        room = self.width - 2 * INSET
        steps = len(self.points) - 1
        return self.start + (self.width / 2 if steps == 0 else INSET + room * index / steps)


def nice_step(most: int, ticks: int = 4) -> int:
    """A round step that covers `most` in about `ticks` parts: 60 → 15, 5 → 2, 149 → 50."""
    for scale in (1, 10, 100, 1000, 10_000):
        for base in (1, 2, 5, 10, 15, 20, 25, 50):
            if base * scale * ticks >= most:
                return base * scale
    return most


def _bands(points: Sequence[CountPoint]) -> list[_Band]:
    days = [(day, tuple(each)) for day, each in groupby(points, key=lambda point: point.day)]
    room = RIGHT - LEFT - GAP * (len(days) - 1)
    weights = [max(1.0, len(each) * 0.9) for _, each in days]
    least = min(MIN_BAND, room / len(days))
    spare = room - least * len(days)
    extra = [weight - 1 for weight in weights]
    total = sum(extra)
    start, bands = float(LEFT), []
    for (day, each), more in zip(days, extra, strict=True):
        width = least + (spare * more / total if total else spare / len(days))
        width = min(width, max(least, POINT_ROOM * len(each)))
        bands.append(_Band(day, start, width, each))
        start += width + GAP
    return bands


def _grid(step: int, top_value: int, y_of: "_Scale") -> SafeString:
    return format_html_join(
        "",
        '<path class="grid" fill="none" stroke="{}" d="M34 {}H{}"/>'
        '<text x="28" y="{}" text-anchor="end" font-size="12" fill="{}">{}</text>',
        (
            (RULE, f"{y_of(value):.1f}", RIGHT, f"{y_of(value) + 4:.1f}", INK_2, value)
            for value in range(0, top_value + 1, step)
        ),
    )


@dataclass(frozen=True)
class _Scale:
    top_value: int

    def __call__(self, value: float) -> float:
        return BASE - (BASE - TOP) * value / self.top_value


def _least(point: CountPoint) -> int:
    return point.value if point.low is None else point.low


def _most(point: CountPoint) -> int:
    return point.value if point.high is None else point.high


def _band(band: _Band, y_of: _Scale) -> SafeString:
    top = y_of(max(map(_most, band.points))) - 8
    bottom = y_of(min(map(_least, band.points))) + 8
    return format_html(
        '<rect class="band" fill="{}" x="{}" y="{}" width="{}" height="{}"/>'
        '<path class="firm" fill="none" stroke="{}" d="M{} 238H{}"/>'
        '<text class="strong" font-size="12" fill="{}" x="{}" y="258"{}>{}</text>',
        WASH,
        f"{band.start:.1f}",
        f"{top:.1f}",
        f"{band.width:.1f}",
        f"{bottom - top:.1f}",
        FIRM,
        f"{band.start:.1f}",
        f"{band.start + band.width:.1f}",
        INK,
        f"{band.start:.1f}",
        URDU_LABEL if text.language() == "ur" else "",
        text.short_day(band.day),
    )


def _point(point: CountPoint, x: float, y_of: _Scale) -> SafeString:
    whisker = SafeString("")
    if _least(point) != _most(point):
        whisker = format_html(
            '<path class="inkline" fill="none" stroke="{}" d="M{x} {}V{}"/>',
            INK,
            f"{y_of(_least(point)):.1f}",
            f"{y_of(_most(point)):.1f}",
            x=f"{x:.1f}",
        )
    mark_class, fill, stroke = ("open", PAPER, ACCENT) if point.vague else ("mark", ACCENT, PAPER)
    return format_html(
        '{}<circle class="{}" fill="{}" stroke="{}" cx="{x}" cy="{}" r="5">'
        "<title>{}: {}</title></circle>"
        '<text class="strong halo" font-size="12" fill="{}" x="{x}" y="{}"'
        ' text-anchor="middle">{}</text>',
        whisker,
        mark_class,
        fill,
        stroke,
        f"{y_of(point.value):.1f}",
        point.label,
        point.said_by,
        INK,
        f"{y_of(_most(point)) - 11:.1f}",
        point.label,
        x=f"{x:.1f}",
    )


def _join(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def casualty_chart(
    points: Sequence[CountPoint], *, title: str, description: str, uid: str
) -> SafeString:
    """The dated series of one casualty state, a band for each day, a point for each report."""
    if not points:
        return SafeString("")
    ordered = sorted(points, key=lambda point: point.day)
    most = max(map(_most, ordered)) or 1
    step = nice_step(most)
    y_of = _Scale(-(-most // step) * step)
    bands = _bands(ordered)
    body = _join(
        [
            _grid(step, y_of.top_value, y_of),
            *(_band(band, y_of) for band in bands),
            *(
                _point(point, band.x(index), y_of)
                for band in bands
                for index, point in enumerate(band.points)
            ),
        ]
    )
    return format_html(
        '<svg class="chart mid" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img"'
        ' direction="ltr" aria-labelledby="{uid}-t {uid}-d">'
        '<title id="{uid}-t">{}</title><desc id="{uid}-d">{}</desc>{}</svg>',
        WIDTH,
        HEIGHT,
        title,
        description,
        body,
        uid=uid,
    )
