"""Figures of the PDF as SVG: the casualty series, and the code that leads back to the register."""

import io
from functools import lru_cache
from itertools import groupby, pairwise

import segno
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bulletins.rendering.documents import CountRow
from core import text
from core.charts import nice_step

WIDTH, HEIGHT, LEFT, BASE, TOP = 680, 168, 30, 130, 26
ACCENT, INK, MUTED, HAIR = "#17406d", "#111315", "#4b5057", "#b9bec5"
# Below this distance the figures over the dots would touch.
LEAST_STEP = 21


def series(rows: tuple[CountRow, ...]) -> SafeString:
    """The published counts of the killed in order of appearance; time is not to scale."""
    drawn = [row for row in rows if row.figure is not None]
    if len(drawn) < 2:
        return SafeString("")
    most = max(row.figure or 0 for row in drawn) or 1
    tick = nice_step(most, 3)
    top = -(-most // tick) * tick
    step = (WIDTH - LEFT) / len(drawn)
    points = [
        (LEFT + step * (index + 0.5), BASE - (BASE - TOP) * (row.figure or 0) / top, row)
        for index, row in enumerate(drawn)
    ]
    title = _("Killed as reported, in order of report: %(figures)s.") % {
        "figures": ("، " if text.language() == "ur" else ", ").join(row.killed for row in drawn)
    }
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" class="series" role="img"'
        ' font-family="Public Sans"><title>{}</title>{}{}{}{}</svg>',
        WIDTH,
        HEIGHT,
        title,
        _grid(tick, top),
        _days(points, step),
        _steps(points),
        _dots(points, step),
    )


Points = list[tuple[float, float, CountRow]]


def _grid(tick: int, top: int) -> SafeString:
    lines = (
        (BASE - (BASE - TOP) * value / top, value, INK if value == 0 else HAIR)
        for value in range(0, top + 1, tick)
    )
    return format_html_join(
        "",
        '<path d="M{} {}H{}" stroke="{}" stroke-width="0.7" fill="none"/>'
        '<text x="{}" y="{}" font-size="9.6" fill="{}" text-anchor="end">{}</text>',
        (
            (LEFT, f"{y:.1f}", WIDTH, ink, LEFT - 6, f"{y + 3.4:.1f}", MUTED, value)
            for y, value, ink in lines
        ),
    )


def _days(points: Points, step: float) -> SafeString:
    """The day under the first report of each day."""
    firsts = (next(group) for _day, group in groupby(points, key=lambda each: _day_word(each[2])))
    return format_html_join(
        "",
        '<path d="M{} {}V{}" stroke="{}" stroke-width="0.8" fill="none"/>'
        '<text x="{}" y="{}" font-size="9.2" fill="{}">{}</text>',
        (
            (
                f"{x - step / 2 + 1:.1f}",
                BASE,
                BASE + 16,
                MUTED,
                f"{x - step / 2 + 5:.1f}",
                BASE + 13,
                INK,
                _day_word(row),
            )
            for x, _y, row in firsts
        ),
    )


def _day_word(row: CountRow) -> str:
    """`29 Sep`; figures alone in Urdu, whose joined letters the SVG of the renderer takes apart."""
    if row.day is None:
        return row.day_text
    return text.short_day(row.day) if text.language() == "en" else f"{row.day.day}/{row.day.month}"


def _steps(points: Points) -> SafeString:
    """A step from report to report: nothing is said of the time between them."""
    pieces = []
    for (x, y, _row), (next_x, next_y, _next) in pairwise(points):
        pieces.append(f"M{x:.1f} {y:.1f}H{(x + next_x) / 2:.1f}V{next_y:.1f}H{next_x:.1f}")
    return format_html(
        '<path d="{}" fill="none" stroke="{}" stroke-width="1.2"/>', "".join(pieces), ACCENT
    )


def _dots(points: Points, step: float) -> SafeString:
    """Hollow where the source gives only a floor; above it the count, below it the source."""
    every = max(1, round(LEAST_STEP / step))
    return format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="3.6" fill="{}" stroke="{}" stroke-width="1.4"/>'
        '<text x="{}" y="{}" font-size="10.4" font-weight="600" fill="{}"'
        ' text-anchor="middle">{}</text>'
        '<text x="{}" y="{}" font-size="9" fill="{}" text-anchor="middle">{}</text>',
        (
            (
                f"{x:.1f}",
                f"{y:.1f}",
                "#ffffff" if row.is_open_ended else ACCENT,
                ACCENT,
                f"{x:.1f}",
                f"{y - 8:.1f}",
                INK,
                row.killed if index % every == 0 else "",
                f"{x:.1f}",
                BASE + 30,
                ACCENT,
                row.cite.number if row.cite and index % every == 0 else "",
            )
            for index, (x, y, row) in enumerate(points)
        ),
    )


@lru_cache(maxsize=256)
def code(words: str, title: str) -> SafeString:
    """A QR code of `words`, at error level M; kept, because choosing its mask is slow."""
    out = io.BytesIO()
    segno.make(words, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, border=2, omitsize=True, title=title, nl=False
    )
    # Made by segno from a reference and a hash; `title` is escaped there.
    return SafeString(out.getvalue().decode())
