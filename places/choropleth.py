"""The districts shaded by a number: made on the server, so that paper shows it too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Max
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from places.choices import Level
from places.models import Area
from places.sheets import Box, Sheet, points_of

SIZE = 560
KEPT_SECONDS = 3600
# The colours of paper, lightest first; those of the page are its stylesheet's.
SHADES = ("#e9ecea", "#ccd9e6", "#9db7d0", "#5f8ab0", "#2f6296", "#123a66")
PAPER, INK = "#ffffff", "#14191a"
# Class, fill and stroke of a place that is known itself; its radius, the least of any.
EXACT = (" sure", INK, PAPER)
DOT = 3
KM_IN_A_DEGREE = 111
# Where a shade begins, as the drawn look has them; the first of several scales that is wide enough.
SCALES = (
    (1, 2, 3, 5, 8),
    (1, 5, 10, 20, 40),
    (1, 10, 50, 150, 400),
    (1, 50, 250, 1_000, 5_000),
    (1, 500, 2_500, 10_000, 50_000),
)


@dataclass(frozen=True)
class Drawn:
    """One district on the sheet."""

    pk: int
    name: str
    name_ur: str
    path: str


@dataclass(frozen=True)
class Ground:
    """All districts on one sheet, drawn once for everybody."""

    width: int
    height: int
    box: Box
    districts: tuple[Drawn, ...]


@dataclass(frozen=True)
class Mark:
    """One place: a dot where it is known itself, else a ring as wide as it is known."""

    east: float
    north: float
    # 0 where the place itself is known.
    within_km: int
    words: str
    url: str


@dataclass(frozen=True)
class Choropleth:
    """The picture and what its shades mean."""

    svg: SafeString
    key: list[tuple[str, int, int | None]]


def ground() -> Ground:
    """The districts as paths; kept between requests, for their shapes are long. Two queries."""
    there = Area.objects.aggregate(Count("pk"), Max("pk"))
    key = f"places:ground:{there['pk__count']}:{there['pk__max']}"
    kept: Ground | None = cache.get(key)
    if kept is None:
        rows = list(
            Area.objects.current()
            .filter(level=Level.DISTRICT, shape__isnull=False)
            .order_by("name")
            .values_list("pk", "name", "name_ur", "shape")
        )
        shapes = [shape or {} for *_names, shape in rows]
        box = Box.around(points_of(shapes)) if shapes else Box(60, 23, 78, 37)
        sheet = Sheet(box, SIZE)
        districts = tuple(
            Drawn(pk, name, name_ur, sheet.path(shape or {})) for pk, name, name_ur, shape in rows
        )
        kept = Ground(sheet.width, sheet.height, box, districts)
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def choropleth(
    numbers: Mapping[int, int],
    *,
    title: str,
    label: Callable[[Drawn], str],
    address: Callable[[int], str],
    marks: Sequence[Mark] = (),
) -> Choropleth:
    """Each district shaded by its number in `numbers`, leading to `address` of it; over them the
    places of `marks`, the widest first, so that none hides a closer one."""
    on = ground()
    scale = _scale(max(numbers.values(), default=0))
    shapes = format_html_join(
        "",
        '<a href="{}"><path class="k{}" fill="{}" stroke="{}" fill-rule="evenodd" d="{}">'
        "<title>{}: {}</title></path></a>",
        (
            (
                *(address(each.pk), shade, SHADES[shade], PAPER, SafeString(each.path)),
                *(label(each), f"{number:,}"),
            )
            for each in on.districts
            for number in [numbers.get(each.pk, 0)]
            for shade in [_shade(number, scale)]
        ),
    )
    svg = format_html(
        '<svg class="chart map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"'
        ' direction="ltr" role="group" aria-labelledby="mp-t"><title id="mp-t">{}</title>{}{}'
        "</svg>",
        *(on.width, on.height, title, shapes, _drawn_marks(on, marks)),
    )
    return Choropleth(svg, _key(scale))


def _drawn_marks(on: Ground, marks: Sequence[Mark]) -> SafeString:
    sheet = Sheet(on.box, SIZE)
    return format_html_join(
        "",
        '<a href="{}"><circle class="dot{}" fill="{}" stroke="{}" cx="{}" cy="{}" r="{}">'
        "<title>{}</title></circle></a>",
        (
            (
                *((each.url, "", "none", INK) if each.within_km else (each.url, *EXACT)),
                *sheet.pixel((each.east, each.north)),
                *(_radius(sheet, each), each.words),
            )
            for each in sorted(marks, key=lambda mark: -mark.within_km)
            if _is_on(on.box, (each.east, each.north))
        ),
    )


def _radius(sheet: Sheet, mark: Mark) -> str:
    return f"{max(DOT, sheet.scale * mark.within_km / KM_IN_A_DEGREE):.1f}"


def _is_on(box: Box, point: tuple[float, float]) -> bool:
    return box.west <= point[0] <= box.east and box.south <= point[1] <= box.north


def _scale(most: int) -> tuple[int, ...]:
    return next((scale for scale in SCALES if most < 3 * scale[-1]), SCALES[-1])


def _shade(number: int, scale: tuple[int, ...]) -> int:
    return sum(number >= begins for begins in scale)


def _key(scale: tuple[int, ...]) -> list[tuple[str, int, int | None]]:
    """Class, first and last number of each shade; the last has no end."""
    ends = [*(begins - 1 for begins in scale[1:]), None]
    shades = [
        (f"k{step}", begins, end)
        for step, (begins, end) in enumerate(zip(scale, ends, strict=True), 1)
    ]
    return [("k0", 0, 0), *shades]
