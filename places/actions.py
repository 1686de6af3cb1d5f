"""Loads the areas that ship with the product, with the deployment's own lines where it has some.
Loading the same files again changes nothing."""

from pathlib import Path
from typing import Any

from django.db import transaction

from audit.choices import Verb
from audit.record import loaded_before, record
from core.datafile import fingerprint, read_csv
from places import geometry
from places.choices import Level
from places.geometry import AREAS, DATA
from places.models import Area, AreaAlias

ALIASES = DATA / "district_aliases.csv"
# The key, then what a newer file may correct.
LOADED = ["scheme", "version", "code"]
LOADED += ["name", "name_ur", "parent", "province", "latitude", "longitude", "shape", "source"]
SOURCES = {
    "PAK-COD-AB": "OCHA/WFP COD-AB Pakistan, valid 2022-09-09",
    "PK-DIVISIONS": "Provincial notifications as of 2026, collected for AAR",
    "PK-NEW-DISTRICTS": "Districts notified since 2022, without a published P-code",
}


@transaction.atomic
def load_areas() -> int:
    """Bring the areas to what the files say; how many there are, 0 if nothing changed."""
    print_of_files = fingerprint(AREAS, ALIASES, *geometry.files(), Path(__file__))
    if loaded_before(Area, print_of_files):
        return 0
    shapes = geometry.shapes()
    by_code: dict[str, Area] = {}
    for level in Level.values:
        rows = [row for row in read_csv(AREAS) if row["level"] == level]
        areas = [_area(row, by_code, shapes) for row in rows]
        stored = Area.objects.bulk_create(
            areas,
            update_conflicts=True,
            unique_fields=LOADED[:3],
            update_fields=LOADED[3:],
        )
        by_code |= {area.code: area for area in stored}
    AreaAlias.objects.bulk_create(
        [
            AreaAlias(
                area=by_code[row["code"]],
                alias=row["alias"],
                seen_in=row["seen_in"],
                is_ambiguous=row["ambiguous"] == "yes",
            )
            for row in read_csv(ALIASES)
        ],
        ignore_conflicts=True,
    )
    record(Verb.REFERENCE_LOADED, by=None, target=Area, fingerprint=print_of_files)
    return len(by_code)


def _area(row: dict[str, str], by_code: dict[str, Area], shapes: dict[str, Any]) -> Area:
    parent = by_code[row["parent"]] if row["parent"] else None
    return Area(
        scheme=row["scheme"],
        version=row["version"],
        code=row["code"],
        level=row["level"],
        name=row["name"],
        name_ur=row["name_ur"],
        parent=parent,
        province=parent and (parent.province or parent),
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        shape=shapes.get(row["code"]),
        source=SOURCES[row["scheme"]],
    )
