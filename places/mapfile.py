"""A file of map lines that others made: GeoJSON or TopoJSON, each shape known by its code."""

import json
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

from places.locators import Shape

# Where publishers write the P-code of a feature, in small letters; its `id` is asked last.
CODED = ("adm2_pcode", "admin2pcode", "adm2pcode", "pcode", "p_code", "code")
MOST_BYTES = 32 << 20
Feature = Mapping[str, Any]


class GeometryRefused(Exception):
    """The deployment's file cannot be used: a sentence that says why."""


def shapes_of(path: Path) -> dict[str, Shape]:
    """The geometry of each feature that has a code. Raises GeometryRefused."""
    held = _read(path)
    kind = held.get("type") if isinstance(held, dict) else None
    if kind not in UNTIED:
        raise GeometryRefused(
            f"{path.name} is neither GeoJSON (a FeatureCollection) nor TopoJSON (a Topology)."
        )
    try:
        found = _by_code(UNTIED[kind](held), path.name)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise GeometryRefused(
            f"{path.name} is not well-formed {kind}: {type(error).__name__} {error}."
        ) from error
    if not found:
        raise GeometryRefused(
            f"no feature of {path.name} has a P-code: name the property ADM2_PCODE."
        )
    return found


def _by_code(features: Iterator[tuple[Feature, Shape]], name: str) -> dict[str, Shape]:
    found: dict[str, Shape] = {}
    for feature, geometry in features:
        code = _code(feature)
        if code and not geometry:
            raise GeometryRefused(f"{name} names {code} and draws nothing of it.")
        if code in found:
            raise GeometryRefused(f"{name} has two shapes of {code}: join them into one.")
        if code:
            found[code] = {part: geometry[part] for part in ("type", "coordinates")}
    return found


def _read(path: Path) -> Any:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise GeometryRefused(
                f"{path.name} is larger than {MOST_BYTES >> 20} MB: simplify its lines, a map of"
                " the country shows no more than half a kilometre."
            )
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise GeometryRefused(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise GeometryRefused(f"{path.name} is not UTF-8.") from error
    except json.JSONDecodeError as error:
        raise GeometryRefused(
            f"{path.name} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}."
        ) from error
    except RecursionError as error:
        raise GeometryRefused(f"{path.name} is nested too deeply for a map.") from error


def _code(feature: Feature) -> str:
    told = {name.lower(): value for name, value in (feature.get("properties") or {}).items()}
    named = (told[name] for name in CODED if told.get(name))
    return str(next(named, feature.get("id") or ""))


def _told(collection: Mapping[str, Any]) -> Iterator[tuple[Feature, Shape]]:
    """The geometries of a GeoJSON file, as they are."""
    for each in collection["features"]:
        yield each, each.get("geometry") or {}


def _untied(topology: Mapping[str, Any]) -> Iterator[tuple[Feature, Shape]]:
    """The geometries of a TopoJSON file, their shared arcs put together."""
    arcs = list(_arcs(topology))
    for whole in topology["objects"].values():
        for each in whole.get("geometries", [whole]):
            if each.get("type") not in {"Polygon", "MultiPolygon"}:
                continue
            polygons = [each["arcs"]] if each["type"] == "Polygon" else each["arcs"]
            joined = [[_ring(arcs, numbers) for numbers in polygon] for polygon in polygons]
            coordinates = joined[0] if each["type"] == "Polygon" else joined
            yield each, {"type": each["type"], "coordinates": coordinates}


def _arcs(topology: Mapping[str, Any]) -> Iterator[list[list[float]]]:
    transform = topology.get("transform")
    for arc in topology["arcs"]:
        if transform is None:
            yield [list(point[:2]) for point in arc]
            continue
        # Each point is a step from the one before, in whole parts of the sheet.
        across = accumulate(point[0] for point in arc)
        up = accumulate(point[1] for point in arc)
        (wide, high), (west, south) = transform["scale"], transform["translate"]
        yield [[x * wide + west, y * high + south] for x, y in zip(across, up, strict=True)]


def _ring(arcs: list[list[list[float]]], numbers: list[int]) -> list[list[float]]:
    ring: list[list[float]] = []
    for number in numbers:
        # The complement of a number is its arc from the end to the beginning.
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


UNTIED = {"FeatureCollection": _told, "Topology": _untied}
