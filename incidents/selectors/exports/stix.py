"""The register as a STIX 2.1 bundle.

Each incident is the standard's `incident` with the core of the Incident Extension Suite and an
extension of our own; an `event` says when it happened, a `location` where. What several incidents
share (agencies, areas, marks) stands once, before the first that names it.
"""

import json
from typing import IO
from uuid import uuid4

from agencies.choices import Classification
from agencies.models import Agency, User
from agencies.page_marking import PageMarking
from incidents.choices import POINTED, PlacePrecision
from incidents.loading.formats import BY_SCHEME
from incidents.selectors.exports import stix_own, stix_published
from incidents.selectors.exports.stix_own import PRODUCT, REGISTER, SINCE, made_id, stamp
from incidents.selectors.exports.stix_parts import MORE, Told, last_changes, whole
from incidents.selectors.exports.stix_published import EVENT, INCIDENT_CORE, Made
from incidents.selectors.exports.stix_times import event_times, known_time
from incidents.selectors.exports.told import Told as Written
from incidents.selectors.filters import Filters

COUNTRY = "PK"
NEAR_METRES = 25_000.0
WORDS = ("attack_type", "target_type")
AS_WRITTEN = ("target", "group_named", "occasion", "killed")


def write_stix(user: User, filters: Filters, file: IO[bytes]) -> tuple[int, PageMarking | None]:
    """A bundle; how many incidents, and the marking of the whole."""
    written = Written()
    bundle = _Bundle(file)
    for told in whole(written.rows(user, filters, *MORE)):
        bundle.add(told)
    bundle.close()
    return written.count, written.marking


class _Bundle:
    """Objects are written as they come; what was written before is remembered by its id alone."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._shared: set[str] = set()
        self._ids: dict[object, str] = {}
        head = f'{{"type":"bundle","id":"bundle--{uuid4()}","objects":['
        file.write(head.encode())
        self._comma = b"\n"
        for each in (*stix_published.DEFINITIONS, *stix_own.DEFINITIONS):
            self._write(each)

    def close(self) -> None:
        """Nothing comes after."""
        self._file.write(b"\n]}\n")

    def add(self, told: Told) -> None:
        """An incident and what belongs to it."""
        row, more = told.row, told.more
        named = (row["reference"], more["recorded_at"].isoformat())
        common = {
            "spec_version": "2.1",
            "created_by_ref": self._agency(told),
            "created": stamp(more["recorded_at"]),
            "modified": stamp(told.changed_at),
            "object_marking_refs": self._marks(told),
        }
        incident = _incident(told, named) | common
        event = _event(told, named) | common
        self._write(event)
        self._write(incident)
        if row["title_ur"]:
            self._write(stix_own.translated(incident, name=row["title_ur"]))
        for place in self._places(told, named, common):
            self._write(
                {
                    "type": "relationship",
                    "id": made_id("relationship", "located-at", incident["id"], place),
                    "relationship_type": "located-at",
                    "source_ref": incident["id"],
                    "target_ref": place,
                }
                | common
            )

    def _agency(self, told: Told) -> str:
        """Whose record it is."""
        code = told.row["agency"]
        if code not in self._ids:
            pk = told.more["agency_id"]
            changed = last_changes(Agency._meta.label_lower, [pk]).get(pk)
            agency = {
                "type": "identity",
                "spec_version": "2.1",
                "id": made_id("identity", "agency", code),
                "created_by_ref": PRODUCT,
                "created": SINCE,
                "modified": max(SINCE, stamp(changed)) if changed else SINCE,
                "name": told.more["agency__name"],
                "identity_class": "organization",
                "external_references": [{"source_name": "agency-code", "external_id": code}],
            }
            self._ids[code] = self._once(agency, told.more["agency__name_ur"])
        return self._ids[code]

    def _marks(self, told: Told) -> list[str]:
        """TLP, classification and caveats, each as a mark of its own."""
        row = told.row
        marks = [self._once(stix_published.tlp_mark(row["tlp"]))]
        if row["classification"] != Classification.UNMARKED:
            words = f"National classification: {row['classification'].replace('_', ' ')}"
            marks.append(self._once(stix_own.statement_mark(words)))
        for caveat in row["caveats"]:
            marks.append(self._once(stix_own.statement_mark(f"Caveat: {caveat}")))
        return marks

    def _places(self, told: Told, named: tuple[str, ...], common: Made) -> list[str]:
        """The area, and the point where one is known as exactly as that."""
        row = told.row
        places = [self._area(told)]
        if row["place_precision"] in POINTED and row["latitude"] is not None:
            point = {
                "type": "location",
                "id": made_id("location", "point", *named, row["latitude"], row["longitude"]),
                "latitude": row["latitude"],
                "longitude": row["longitude"],
            }
            if row["place_precision"] == PlacePrecision.NEAR:
                point["precision"] = NEAR_METRES
            if row["place"]:
                point["name"] = row["place"]
            self._write(point | common)
            places.append(point["id"])
        return places

    def _area(self, told: Told) -> str:
        """The smallest area that is known, or the country."""
        row, more = told.row, told.more
        key = (more["area__scheme"], more["area__version"], row["area_code"])
        if key not in self._ids:
            # Its names are part of what it is named by: another name makes another object.
            names = (row["area"], more["area__name_ur"], row["province"])
            area = {
                "type": "location",
                "spec_version": "2.1",
                "id": made_id("location", "area", *key, *names),
                "created_by_ref": PRODUCT,
                "created": SINCE,
                "modified": SINCE,
                "name": row["area"] or "Pakistan",
                "country": COUNTRY,
            }
            if row["province"]:
                area["administrative_area"] = row["province"]
            if row["area_code"]:
                source = f"{more['area__scheme']} {more['area__version']}"
                area["external_references"] = [
                    {"source_name": source, "external_id": row["area_code"]}
                ]
            self._ids[key] = self._once(area, more["area__name_ur"] or "")
        return self._ids[key]

    def _once(self, shared: Made, name_ur: str = "") -> str:
        """Write what several incidents name, the first time it is named."""
        named = str(shared["id"])
        if named not in self._shared:
            self._shared.add(named)
            self._write(shared)
            if name_ur:
                self._write(stix_own.translated(shared, name=name_ur))
        return named

    def _write(self, made: Made) -> None:
        text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
        self._file.write(self._comma + text.encode())
        self._comma = b",\n"


def _incident(told: Told, named: tuple[str, ...]) -> Made:
    """The incident itself. What the extension demands and the register does not know is said so."""
    row = told.row
    determination = "blocked" if told.more["was_foiled"] else "suspected"
    if told.did_harm:
        determination = "confirmed"
    return {
        "type": "incident",
        "id": made_id("incident", *named),
        "name": row["title"],
        "external_references": _references(told),
        "extensions": {
            INCIDENT_CORE: {
                "extension_type": "property-extension",
                "determination": determination,
                "investigation_status": "unknown",
                "events": [{"event_ref": made_id("event", *named)}],
            },
            REGISTER: _register(told),
        },
    }


def _event(told: Told, named: tuple[str, ...]) -> Made:
    return {
        "type": "event",
        "id": made_id("event", *named),
        "status": "undetermined" if told.more["was_foiled"] else "occurred",
        **event_times(told.row),
        "extensions": {EVENT: {"extension_type": "new-sdo"}},
    }


def _register(told: Told) -> Made:
    """What the register says of it, in the words of our own extension."""
    row = told.row
    said: Made = {"extension_type": "property-extension", **known_time(row)}
    said["place_precision"] = row["place_precision"].lower()
    said["place"] = row["place"]
    said |= {name: row[name] for name in (*WORDS, *AS_WRITTEN)}
    said["suicide"] = row["suicide"].lower()
    said |= told.counts
    if told.more["is_example"]:
        said["is_example"] = True
    return {name: value for name, value in said.items() if value not in ("", [])}


def _references(told: Told) -> list[Made]:
    """Its number on the register, and the row of the data set that it came from."""
    references: list[Made] = [
        {"source_name": "incident-register", "external_id": told.row["reference"]}
    ]
    scheme, _colon, number = told.more["origin"].partition(":")
    if (known := BY_SCHEME.get(scheme)) and number:
        references.append(
            {"source_name": known.name, "description": known.credit, "external_id": number}
        )
    return references
