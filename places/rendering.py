"""A small map as SVG made on the server: the same without script, on paper and read aloud.

Classes carry the colours of the page; presentation attributes carry those of paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from places.locators import Locator
from places.sheets import Box, Sheet, points_of

# What is drawn smaller than this has a ring put around it.
TINY = 26
AROUND, HERE, PAPER, INK = "#ccd9e6", "#123a66", "#ffffff", "#14191a"

# Row, then column, each in thirds of the whole: north to south, west to east.
LIES: tuple[tuple[str | Promise, ...], ...] = (
    (
        _("%(area)s lies in the north-west of %(whole)s."),
        _("%(area)s lies in the north of %(whole)s."),
        _("%(area)s lies in the north-east of %(whole)s."),
    ),
    (
        _("%(area)s lies in the west of %(whole)s."),
        _("%(area)s lies in the middle of %(whole)s."),
        _("%(area)s lies in the east of %(whole)s."),
    ),
    (
        _("%(area)s lies in the south-west of %(whole)s."),
        _("%(area)s lies in the south of %(whole)s."),
        _("%(area)s lies in the south-east of %(whole)s."),
    ),
)


@dataclass(frozen=True)
class Map:
    """The picture, and what it shows in a sentence."""

    svg: SafeString
    words: str


def locator_map(locator: Locator, *, name: str) -> Map:
    """Where the area called `name` lies."""
    here = [locator.point] if locator.point else points_of(locator.here)
    box = Box.around(points_of([*locator.around, *locator.here]))
    words = _where(box, Box.around(here).middle) % {"area": name, "whole": locator.whole}
    return Map(_svg(locator, Sheet(box), here, words), words)


def _where(box: Box, middle: tuple[float, float]) -> str:
    down = _third(box.north - middle[1], box.north - box.south)
    across = _third(middle[0] - box.west, box.east - box.west)
    return str(LIES[down][across])


def _third(part: float, whole: float) -> int:
    return min(2, max(0, int(3 * part / whole))) if whole else 1


def _svg(locator: Locator, sheet: Sheet, here: Sequence[Sequence[float]], words: str) -> SafeString:
    drawn = format_html_join(
        "",
        '<path class="{}" fill="{}" stroke="{}" fill-rule="evenodd" d="{}"/>',
        [("k1", AROUND, PAPER, sheet.path(shape)) for shape in locator.around]
        + [("k5", HERE, PAPER, sheet.path(shape)) for shape in locator.here],
    )
    return format_html(
        '<svg class="chart map locator" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"'
        ' role="img" direction="ltr" aria-labelledby="map-t"><title id="map-t">{}</title>{}{}'
        "</svg>",
        sheet.width,
        sheet.height,
        words,
        drawn,
        _finger(sheet, here, is_point=locator.point is not None),
    )


def _finger(sheet: Sheet, here: Sequence[Sequence[float]], *, is_point: bool) -> SafeString:
    """A dot for a point, a ring around what is too small to find."""
    box = Box.around(here)
    west, south = sheet.pixel((box.west, box.south))
    east, north = sheet.pixel((box.east, box.north))
    across, down = sheet.pixel(box.middle)
    if is_point:
        dot = '<circle class="k5" fill="{}" stroke="{}" cx="{}" cy="{}" r="8"/>'
        return format_html(dot, HERE, PAPER, across, down)
    size = hypot(east - west, south - north)
    if size >= TINY:
        return SafeString("")
    ring = '<circle class="inkline" fill="none" stroke="{}" cx="{}" cy="{}" r="{}"/>'
    return format_html(ring, INK, across, down, round(size / 2) + 8)
