"""The register as a STIX 2.1 bundle: the standard is kept, and nobody reads more than they may."""

import json
import re
from collections import Counter
from uuid import UUID

import pytest

from agencies.choices import TLP
from audit.models import Event
from incidents.selectors.exports.stix_published import CISA, TLP_IDS
from tests.bulletins.factories import IncidentFactory
from tests.incidents.stix.bundles import of, references, the

pytestmark = pytest.mark.django_db
REQUIRED = {
    "identity": {"name", "modified"},
    "extension-definition": {
        *("name", "modified", "created_by_ref", "schema", "version", "extension_types"),
    },
    "marking-definition": set(),
    "location": {"modified"},
    "incident": {"name", "modified", "extensions"},
    "event": {"status", "modified", "extensions"},
    "relationship": {"relationship_type", "source_ref", "target_ref", "modified"},
    "language-content": {"object_ref", "object_modified", "contents", "modified"},
}
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
OUR_VERSION = {"incident", "event", "relationship", "location", "language-content"}


class TestTheStandard:
    def test_each_object_says_what_it_must(self, export, rich):
        for each in export()["objects"]:
            assert {"type", "spec_version", "id", "created"} | REQUIRED[each["type"]] <= set(each)
            assert each["spec_version"] == "2.1"

    def test_each_identifier_is_one_and_is_of_its_kind(self, export, rich):
        objects = export()["objects"]

        for each in objects:
            kind, _dashes, number = each["id"].partition("--")
            assert kind == each["type"]
            if kind in OUR_VERSION:
                assert UUID(number).version == 5
        assert max(Counter(each["id"] for each in objects).values()) == 1

    def test_each_moment_is_a_timestamp_and_none_was_changed_before_it_was_made(self, export, rich):
        for each in export()["objects"]:
            moments = {
                name: value
                for name, value in each.items()
                if name in {"created", "modified", "start_time", "end_time", "object_modified"}
            }
            assert all(TIMESTAMP.fullmatch(moment) for moment in moments.values())
            assert each.get("modified", each["created"]) >= each["created"]

    def test_each_reference_resolves(self, export, rich):
        objects = export()["objects"]

        there = {each["id"] for each in objects}
        assert set(references(objects)) - there <= {CISA}

    def test_each_extension_is_defined_in_the_bundle(self, export, rich):
        bundle = export()

        used = {name for each in bundle["objects"] for name in each.get("extensions", ())}
        assert used == {each["id"] for each in of(bundle, "extension-definition")}

    def test_no_list_and_no_text_is_empty(self, export, rich):
        IncidentFactory.create(agency=rich.agency, title="Plain")

        text = json.dumps(export())

        assert '""' not in text
        assert "[]" not in text
        assert "null" not in text

    def test_a_location_says_where_it_is(self, export, rich):
        for each in of(export(), "location"):
            assert {"country"} <= set(each) or {"latitude", "longitude"} <= set(each)


class TestWhoReads:
    def test_holds_what_is_seen_and_no_more(self, export, by):
        IncidentFactory.create(agency=by.agency, title="Own")
        IncidentFactory.create(title="Everybody's", tlp=TLP.GREEN)
        IncidentFactory.create(title="Somebody else's")

        assert {each["name"] for each in of(export(), "incident")} == {"Own", "Everybody's"}

    def test_is_narrowed_as_the_page_is(self, export, by):
        IncidentFactory.create(agency=by.agency, title="Bomb at the gate")
        IncidentFactory.create(agency=by.agency, title="Firing")

        assert the(export(q="gate"), "incident")["name"] == "Bomb at the gate"

    def test_is_a_deed(self, export, by):
        IncidentFactory.create(agency=by.agency)

        export()

        event = Event.objects.get(verb="incident.exported")
        assert (event.actor_id, event.data["form"], event.data["rows"]) == (by.pk, "stix.json", 1)

    def test_carries_its_marks(self, export, rich):
        bundle = export()

        marks = {each["id"]: each for each in of(bundle, "marking-definition")}
        worn = [marks[each] for each in the(bundle, "incident")["object_marking_refs"]]
        assert worn[0]["id"] == TLP_IDS[TLP.AMBER]
        assert [each["definition"]["statement"] for each in worn[1:]] == [
            "National classification: RESTRICTED",
            "Caveat: ORCON",
        ]

    def test_marks_what_belongs_to_an_incident_as_it_is_marked(self, export, rich):
        bundle = export()

        marks = the(bundle, "incident")["object_marking_refs"]
        assert the(bundle, "event")["object_marking_refs"] == marks
        for each in of(bundle, "relationship"):
            assert each["object_marking_refs"] == marks
        point = next(each for each in of(bundle, "location") if "latitude" in each)
        assert point["object_marking_refs"] == marks
