"""The register as points for a map."""

import json
from typing import IO, Any

from agencies.models import User
from agencies.page_marking import PageMarking
from incidents.choices import POINTED
from incidents.selectors.exports.told import Told
from incidents.selectors.filters import Filters


def write_geojson(user: User, filters: Filters, file: IO[bytes]) -> tuple[int, PageMarking | None]:
    """A FeatureCollection (RFC 7946); what is known no exacter than to a district has no point."""
    told = Told()
    file.write(b'{"type":"FeatureCollection","features":[')
    for row, _more in told.rows(user, filters):
        file.write(b",\n" if told.count > 1 else b"\n")
        file.write(json.dumps(_feature(row), ensure_ascii=False, default=str).encode())
    file.write(b"\n]}\n")
    return told.count, told.marking


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    pointed = row["place_precision"] in POINTED and row["latitude"] is not None
    place = [row["longitude"], row["latitude"]]
    said = {name: value for name, value in row.items() if name not in {"latitude", "longitude"}}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": place} if pointed else None,
        "properties": said,
    }
