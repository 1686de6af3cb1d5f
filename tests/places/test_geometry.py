"""A deployment's own lines of districts: taken in whole, or refused with a sentence."""

import json
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from core.datafile import read_json
from places.actions import load_areas
from places.geometry import SHAPES, credit, faults
from places.models import Area
from tests.factories import UserFactory

SHIPPED = read_json(SHAPES[1])
SQUARE = [[66.0, 29.0], [67.0, 29.0], [67.0, 30.0], [66.0, 30.0], [66.0, 29.0]]


def feature(code, geometry, name="ADM2_PCODE"):
    return {"type": "Feature", "properties": {name: code}, "geometry": geometry}


def geojson(name="ADM2_PCODE", **changed):
    """All shipped districts as GeoJSON, some changed; None leaves one out."""
    found = {**SHIPPED, **changed}
    return {
        "type": "FeatureCollection",
        "features": [feature(code, shape, name) for code, shape in found.items() if shape],
    }


def topojson():
    """All shipped districts as TopoJSON, Mastung as a square of two shared arcs in whole steps."""
    arcs: list[Any] = []
    geometries: list[dict[str, Any]] = []
    for code, shape in SHIPPED.items():
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        numbers: list[Any] = []
        for polygon in parts:
            numbers.append([])
            for ring in polygon:
                numbers[-1].append([len(arcs)])
                arcs.append(_steps(ring))
        geometries.append({"type": "MultiPolygon", "properties": {"pcode": code}, "arcs": numbers})
    mastung = next(each for each in geometries if each["properties"]["pcode"] == "PK220")
    # Along the south and the east, then back along the west and the north, turned round.
    arcs += [_steps(SQUARE[:3]), _steps([SQUARE[0], SQUARE[3], SQUARE[2]])]
    mastung |= {"type": "Polygon", "arcs": [[len(arcs) - 2, ~(len(arcs) - 1)]]}
    return {
        "type": "Topology",
        "transform": {"scale": [0.001, 0.001], "translate": [50.0, 10.0]},
        "objects": {"districts": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }


def _steps(ring):
    whole = [(round((x - 50) * 1000), round((y - 10) * 1000)) for x, y, *_rest in ring]
    before = [(0, 0), *whole[:-1]]
    return [[x - a, y - b] for (x, y), (a, b) in zip(whole, before, strict=True)]


@pytest.fixture
def given(settings, tmp_path):
    """Names a file of the deployment's own that holds this."""

    def give(held, source="Survey of the example"):
        path = tmp_path / "districts.json"
        held = held if isinstance(held, str | bytes) else json.dumps(held)
        path.write_bytes(held if isinstance(held, bytes) else held.encode())
        settings.MAP_GEOMETRY, settings.MAP_CREDIT = str(path), source
        return path

    return give


def own_square():
    return geojson(PK220={"type": "Polygon", "coordinates": [SQUARE]})


class TestTakenIn:
    @pytest.mark.django_db
    @pytest.mark.parametrize("held", [own_square(), topojson()], ids=["GeoJSON", "TopoJSON"])
    def test_replaces_every_shipped_shape(self, given, held):
        load_areas()
        given(held)

        assert list(faults()) == []
        assert load_areas() > 0

        mastung = Area.objects.get(code="PK220")
        assert [
            [round(number, 3) for number in point] for point in mastung.shape["coordinates"][0]
        ] == SQUARE
        # A province is drawn by the same lines, not by those of another source beside them.
        province = mastung.province.shape
        assert province["type"] == "MultiPolygon"
        assert any(
            [round(number, 3) for number in part[0][0]] == SQUARE[0]
            for part in province["coordinates"]
        )

    @pytest.mark.django_db
    def test_taken_away_brings_the_shipped_lines_back(self, given, settings):
        given(own_square())
        load_areas()

        settings.MAP_GEOMETRY = ""

        assert load_areas() > 0
        assert Area.objects.get(code="PK220").shape == SHIPPED["PK220"]
        assert load_areas() == 0

    @pytest.mark.parametrize("name", ["adm2_pcode", "admin2Pcode", "P_CODE", "code"])
    def test_knows_districts_by_what_publishers_call_the_code(self, given, name):
        given(geojson(name))

        assert list(faults()) == []

    def test_needs_no_lines_of_what_no_source_draws_and_leaves_others_out(self, given):
        held = own_square()
        held["features"].append(feature("AF999", {"type": "Point", "coordinates": [1, 2]}))
        given(json.dumps(held).encode("utf-8-sig"))

        assert list(faults()) == []

    def test_is_credited_under_the_map(self, given, client, db):
        assert "OCHA and WFP" in credit()
        given(own_square(), source="Survey of the example, 2026.")
        load_areas()
        client.force_login(UserFactory.create())

        page = client.get(Area.objects.get(code="PK220").get_absolute_url()).text

        assert "Lines: Survey of the example, 2026. Drawn as the source draws them" in page
        assert "OCHA and WFP, Administrative Boundaries" not in page


class TestRefused:
    @pytest.mark.parametrize(
        ("held", "sentence"),
        [
            (geojson(PK220=None), "has no shape of 1 districts: PK220 Mastung. Add them"),
            (geojson(**dict.fromkeys(list(SHIPPED)[:30])), "30 districts"),
            (geojson(**dict.fromkeys(list(SHIPPED)[:30])), "and 22 more"),
            ('{"type": "FeatureCollection",\n "features": [}', "is not JSON: line 2, column 15"),
            ("", "is not JSON: line 1"),
            (b"\xff\xfe\x00", "is not UTF-8"),
            ("[" * 200_000, "nested too deeply"),
            ([], "neither GeoJSON (a FeatureCollection) nor TopoJSON"),
            ({"type": "Polygon", "coordinates": []}, "neither GeoJSON"),
            ({"type": "FeatureCollection"}, "not well-formed FeatureCollection"),
            ({"type": "FeatureCollection", "features": [None]}, "not well-formed"),
            ({"type": "FeatureCollection", "features": []}, "has a P-code: name the property"),
            (
                {"type": "Topology", "arcs": [[[1, 2]]], "transform": {"scale": 1}, "objects": {}},
                "not well-formed Topology",
            ),
            (
                {
                    "type": "FeatureCollection",
                    "features": [feature("PK220", {"type": "Polygon", "coordinates": []})] * 2,
                },
                "names PK220 and draws nothing|two shapes of PK220",
            ),
            (geojson(PK220={"type": "Point", "coordinates": [66, 29]}), "PK220 is a Point"),
            (geojson(PK220={"type": "Polygon", "coordinates": []}), "PK220 is empty"),
            (geojson(PK220={"type": "Polygon", "coordinates": [SQUARE[:4]]}), "come back to where"),
            (geojson(PK220={"type": "Polygon", "coordinates": [["x"] * 4]}), "not well-formed"),
            (
                geojson(
                    PK220={"type": "Polygon", "coordinates": [[point[::-1] for point in SQUARE]]}
                ),
                "PK220 lies outside 55 to 85 degrees east, 20 to 40 north: give longitude first",
            ),
            (
                geojson(
                    PK220={
                        "type": "Polygon",
                        "coordinates": [[[7e6, 3e6], [7e6, 4e6]] * 2 + [[7e6, 3e6]]],
                    }
                ),
                "in degrees",
            ),
        ],
    )
    def test_with_a_sentence_that_says_what_to_do(self, given, held, sentence):
        given(held)

        said = " ".join(faults())

        assert said.startswith("MAP_GEOMETRY: ")
        assert any(each in said for each in sentence.split("|")), said

    def test_of_no_file(self, settings, tmp_path):
        settings.MAP_GEOMETRY, settings.MAP_CREDIT = str(tmp_path / "absent.json"), "Somebody"

        assert "cannot be read: No such file" in " ".join(faults())

    def test_of_endless_numbers(self, given):
        endless = [*SQUARE[:2], [float("nan"), 30.0], *SQUARE[3:]]
        given(geojson(PK220={"type": "Polygon", "coordinates": [endless]}))

        assert "PK220 lies outside" in " ".join(faults())

    def test_without_a_credit(self, given):
        given(own_square(), source=" ")

        assert [each.partition(":")[0] for each in faults()] == ["MAP_CREDIT is empty"]

    def test_before_anything_starts(self, given):
        given(geojson(PK220=None))

        assert [each.id for each in run_checks()] == ["places.E001"]
        with pytest.raises(SystemCheckError, match="PK220 Mastung"):
            call_command("check")
