"""The lines of districts: those that ship with the product, or a file of the deployment's own.

Which lines a state's maps may show is for the deployment to say. `MAP_GEOMETRY` names a GeoJSON or
TopoJSON file with a shape for each district, known by its P-code; `MAP_CREDIT` says whose they are.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from math import isfinite
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from core.datafile import read_csv, read_json
from places.choices import Level
from places.locators import Shape
from places.mapfile import GeometryRefused, shapes_of
from places.sheets import Ring, points_of, rings

DATA = Path(__file__).parent / "data"
AREAS = DATA / "areas.csv"
SHAPES = (DATA / "provinces_shapes.json", DATA / "districts_shapes.json")
# All of Pakistan and more: what lies outside is not in degrees, or has east and north exchanged.
WEST, SOUTH, EAST, NORTH = 55, 20, 85, 40
NAMED_AT_MOST = 8


def shapes() -> dict[str, Shape]:
    """The shape of every area that has one, by its code. Raises GeometryRefused."""
    if settings.MAP_GEOMETRY:
        return deployed(Path(settings.MAP_GEOMETRY))
    return {code: shape for path in SHAPES for code, shape in read_json(path).items()}


def files() -> list[Path]:
    """What the shapes are made of."""
    own = [Path(settings.MAP_GEOMETRY)] if settings.MAP_GEOMETRY else []
    return [*SHAPES, *own, Path(__file__)]


def credit() -> str:
    """Whose lines the maps show, and what they do not say."""
    if settings.MAP_GEOMETRY:
        return _(
            "Lines: %(credit)s. Drawn as the source draws them; they say nothing of where borders"
            " lie."
        ) % {"credit": settings.MAP_CREDIT.rstrip(" .")}
    return _(
        "Lines: OCHA and WFP, Administrative Boundaries of Pakistan, 2022, CC BY-IGO, simplified."
        " Drawn as the source draws them; they say nothing of where borders lie."
    )


def faults() -> Iterator[str]:
    """What is wrong with the deployment's geometry, in sentences; nothing where there is none."""
    if not settings.MAP_GEOMETRY:
        return
    try:
        deployed(Path(settings.MAP_GEOMETRY))
    except GeometryRefused as refusal:
        yield f"MAP_GEOMETRY: {refusal}"
    if not settings.MAP_CREDIT.strip():
        yield (
            "MAP_CREDIT is empty: say whose lines the file of MAP_GEOMETRY holds and on what terms;"
            " it stands under every map."
        )


def deployed(path: Path) -> dict[str, Shape]:
    """The shapes of that file, and of each province all districts of it that it draws."""
    try:
        stamp = path.stat().st_mtime_ns
    except OSError as error:
        raise GeometryRefused(f"{path} cannot be read: {error.strerror}.") from error
    return _deployed(path, stamp)


@lru_cache(maxsize=1)
def _deployed(path: Path, _stamp: int) -> dict[str, Shape]:
    found = shapes_of(path)
    districts = {row["code"]: row for row in read_csv(AREAS) if row["level"] == Level.DISTRICT}
    drawn = {code: shape for code, shape in found.items() if code in districts}
    # Districts notified since have no published lines; the shipped ones have none either.
    if missing := [code for code in read_json(SHAPES[1]) if code not in drawn]:
        lacks = _named(f"{code} {districts[code]['name']}" for code in missing)
        raise GeometryRefused(
            f"{path.name} has no shape of {len(missing)} districts: {lacks}. Add them, or empty"
            " MAP_GEOMETRY to draw the lines that ship with the product."
        )
    for code, shape in drawn.items():
        _refuse_unsound(code, shape)
    return drawn | _provinces(drawn)


def _refuse_unsound(code: str, shape: Shape) -> None:
    try:
        if shape["type"] not in {"Polygon", "MultiPolygon"}:
            raise GeometryRefused(f"the shape of {code} is a {shape['type']}, not a Polygon.")
        if not points_of([shape]):
            raise GeometryRefused(f"the shape of {code} is empty.")
        for ring in rings(shape):
            numbers = [number for point in ring for number in point[:2]]
            if len(ring) < 4 or ring[0][:2] != ring[-1][:2]:
                raise GeometryRefused(f"a line of {code} does not come back to where it began.")
            if not all(map(isfinite, numbers)) or not _is_here(ring):
                raise GeometryRefused(
                    f"{code} lies outside {WEST} to {EAST} degrees east, {SOUTH} to {NORTH} north:"
                    " give longitude first, then latitude, in degrees (WGS 84)."
                )
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise GeometryRefused(f"the shape of {code} is not well-formed: {error}.") from error


def _is_here(ring: Ring) -> bool:
    return all(WEST <= point[0] <= EAST and SOUTH <= point[1] <= NORTH for point in ring)


def _provinces(districts: Mapping[str, Shape]) -> dict[str, Shape]:
    """Each province as its districts: lines of two sources would not meet."""
    above = {row["code"]: row["parent"] for row in read_csv(AREAS)}
    made: dict[str, Shape] = {}
    for code, shape in districts.items():
        province = code
        while above[province]:
            province = above[province]
        whole = made.setdefault(province, {"type": "MultiPolygon", "coordinates": []})
        part = shape["coordinates"]
        whole["coordinates"] += part if shape["type"] == "MultiPolygon" else [part]
    return made


def _named(names: Iterator[str]) -> str:
    every = list(names)
    more = f" and {len(every) - NAMED_AT_MOST} more" if len(every) > NAMED_AT_MOST else ""
    return ", ".join(every[:NAMED_AT_MOST]) + more
