"""Where the incidents of a document happened: their areas on a sheet, and the sheet in the country.

Only figures stand on it, since the renderer takes joined letters apart in SVG: the names are in the
table beside it. An area is shaded, never a point: no more than the area is known of most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bulletins.rendering.documents import IncidentBlock
from core import text
from places import geometry
from places.locators import Shape
from places.sheets import Box, Sheet, points_of

SIZE, INSET = 480, 120
PAPER, LAND, HERE, LINE, INK = "#ffffff", "#e9ebee", "#17406d", "#9aa1a9", "#111315"
# Degrees of land shown round about, at least; more around a large area.
LEAST, SHARE = 0.45, 0.5
# Codes of provinces have no more letters than this; those of districts do.
PROVINCE = 3
# Half the width of a number on the map.
BADGE = 11


@dataclass(frozen=True)
class Place:
    """One shaded area: its number on the map, its name, the incidents there."""

    number: int
    code: str
    name: str
    incidents: tuple[IncidentBlock, ...]


@dataclass(frozen=True)
class Map:
    """The picture, the key to its numbers, and whose lines it shows."""

    svg: SafeString
    places: tuple[Place, ...]
    credit: str


def map_of(incidents: Sequence[IncidentBlock]) -> Map | None:
    """The map of the areas of these incidents; None where the sources draw none of them."""
    shapes = _shapes(settings.MAP_GEOMETRY)
    by_area: dict[str, list[IncidentBlock]] = {}
    for incident in incidents:
        if incident.area in shapes:
            by_area.setdefault(incident.area, []).append(incident)
    if not by_area:
        return None
    places = tuple(
        Place(number, code, there[0].area_name, tuple(there))
        for number, (code, there) in enumerate(by_area.items(), start=1)
    )
    return Map(_svg(places, shapes), places, geometry.credit())


@lru_cache(maxsize=2)
def _shapes(_file: str) -> dict[str, Shape]:
    """Every shape by its code, read once for each file that a deployment names."""
    return geometry.shapes()


def _svg(places: Sequence[Place], shapes: dict[str, Shape]) -> SafeString:
    here = [shapes[place.code] for place in places]
    sheet = Sheet(_wider(Box.around(points_of(here))), SIZE)
    comma = "، " if text.language() == "ur" else ", "
    names = comma.join(f"{place.number} {place.name}" for place in places)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" class="where" role="img"'
        ' font-family="Public Sans"><title>{title}</title>'
        '<defs><clipPath id="sheet"><rect x="0" y="0" width="{w}" height="{h}"/></clipPath></defs>'
        '<rect x="0" y="0" width="{w}" height="{h}" fill="{paper}"/>'
        '<g clip-path="url(#sheet)">{around}{here}</g>{badges}{inset}'
        '<rect x="0.5" y="0.5" width="{w1}" height="{h1}" fill="none" stroke="{ink}"/></svg>',
        w=sheet.width,
        h=sheet.height,
        w1=sheet.width - 1,
        h1=sheet.height - 1,
        title=_("Map of the areas where it happened: %(names)s.") % {"names": names},
        paper=PAPER,
        ink=INK,
        around=_paths(sheet, _near(sheet, shapes, {place.code for place in places}), LAND, LINE),
        here=_paths(sheet, here, HERE, PAPER),
        badges=_badges(sheet, places, shapes),
        inset=_inset(sheet, shapes),
    )


def _wider(box: Box) -> Box:
    """The box with the land round about."""
    more = max(LEAST, SHARE * max(box.east - box.west, box.north - box.south))
    return Box(box.west - more, box.south - more, box.east + more, box.north + more)


def _near(sheet: Sheet, shapes: dict[str, Shape], without: set[str]) -> list[Shape]:
    """The districts that reach into the sheet, and provinces that have none."""
    box, near = sheet.box, []
    divided = {code[:PROVINCE] for code in shapes if len(code) > PROVINCE}
    for code, shape in shapes.items():
        if code in without or (len(code) <= PROVINCE and code in divided):
            continue
        its = Box.around(points_of([shape]))
        across = its.west <= box.east and its.east >= box.west
        if across and its.south <= box.north and its.north >= box.south:
            near.append(shape)
    return near


def _paths(sheet: Sheet, shapes: Sequence[Shape], fill: str, stroke: str) -> SafeString:
    return format_html_join(
        "",
        '<path fill="{}" stroke="{}" stroke-width="0.8" fill-rule="evenodd" d="{}"/>',
        ((fill, stroke, sheet.path(shape)) for shape in shapes),
    )


def _badges(sheet: Sheet, places: Sequence[Place], shapes: dict[str, Shape]) -> SafeString:
    """The number of each area in its middle."""
    rows = []
    for place in places:
        x, y = sheet.pixel(Box.around(points_of([shapes[place.code]])).middle)
        rows.append((x, y, BADGE, PAPER, INK, x, y + 5, INK, place.number))
    return format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}"/>'
        '<text x="{}" y="{}" font-size="14" font-weight="700" fill="{}"'
        ' text-anchor="middle">{}</text>',
        rows,
    )


def _inset(sheet: Sheet, shapes: dict[str, Shape]) -> SafeString:
    """The country in a corner, with the sheet on it."""
    whole = [shape for code, shape in shapes.items() if len(code) <= PROVINCE]
    if not whole:
        return SafeString("")
    small = Sheet(Box.around(points_of(whole)), INSET)
    west, north = small.pixel((sheet.box.west, sheet.box.north))
    east, south = small.pixel((sheet.box.east, sheet.box.south))
    return format_html(
        '<g transform="translate({} 0)"><rect x="0" y="0" width="{}" height="{}" fill="{}"'
        ' stroke="{}"/>{}<rect x="{}" y="{}" width="{}" height="{}" fill="none" stroke="{}"'
        ' stroke-width="1.6"/></g>',
        sheet.width - small.width,
        *(small.width, small.height, PAPER, INK),
        _paths(small, whole, LAND, LINE),
        *(west, north, max(east - west, 3), max(south - north, 3), HERE),
    )
