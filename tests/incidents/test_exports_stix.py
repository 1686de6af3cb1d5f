"""The register as a STIX 2.1 bundle: the standard is kept, and nothing is made more certain."""

import json
import re
from collections import Counter
from datetime import date, time
from uuid import UUID

import pytest

from agencies.choices import TLP
from agencies.lock import acting
from audit.models import Event
from incidents.choices import PlacePrecision, Precision
from incidents.models import Incident
from incidents.selectors.exports.stix_published import CISA, INCIDENT_CORE, TLP_IDS
from tests.bulletins.factories import IncidentFactory
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
STIX = "/incidents/export/stix/"
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
VICTIMS, ATTACKERS = "victims", "perpetrator"


@pytest.fixture
def by():
    return UserFactory.create()


@pytest.fixture
def export(client, by):
    client.force_login(by)

    def go(**asked):
        answer = client.get(STIX, asked)
        assert answer["Content-Type"] == "application/stix+json;version=2.1"
        return json.loads(b"".join(answer.streaming_content))

    return go


@pytest.fixture
def rich(by):
    """One incident of everything that the register can say."""
    with acting(by):
        incident = IncidentFactory.create(
            agency=by.agency,
            title_ur="جلوس پر حملہ",
            caveats=["ORCON"],
            group_named="A group, as one paper wrote",
            latitude=29.8,
            longitude=66.8,
            place_text="Main Bazaar",
            place_precision=PlacePrecision.NEAR,
            origin="UCDP-GED:4711",
        )
        counted(incident, by, VICTIMS, low=15, high=60, reported_by="A paper")
        counted(incident, by, ATTACKERS, best=2)
    return incident


def counted(incident, by, group, **figures):
    incident.casualty_counts.create(
        group=group, state="killed", recorded_at=incident.recorded_at, recorded_by=by, **figures
    )


def of(bundle, kind):
    return [each for each in bundle["objects"] if each["type"] == kind]


def the(bundle, kind):
    (found,) = of(bundle, kind)
    return found


def register(incident):
    (ours,) = (said for name, said in incident["extensions"].items() if name not in {INCIDENT_CORE})
    return ours


def references(made):
    """Every identifier that an object names, wherever in it."""
    if isinstance(made, list):
        return [each for item in made for each in references(item)]
    if not isinstance(made, dict):
        return []
    named = []
    for name, value in made.items():
        if name.endswith(("_ref", "_refs")):
            named += value if isinstance(value, list) else [value]
        else:
            named += references(value)
    return named


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


class TestWhatIsKnown:
    @pytest.mark.parametrize(
        ("when", "start", "end", "said"),
        [
            (
                {"precision": Precision.DAY},
                ("2023-09-28T19:00:00.000Z", "day"),
                None,
                {"precision": "day", "date": "2023-09-29"},
            ),
            (
                {"precision": Precision.MINUTE, "at_time": time(11, 5)},
                ("2023-09-29T06:05:00.000Z", "minute"),
                None,
                {"precision": "minute", "date": "2023-09-29", "time": "11:05"},
            ),
            (
                {"precision": Precision.ABOUT, "at_time": time(11, 5)},
                ("2023-09-28T19:00:00.000Z", "day"),
                None,
                {"precision": "about", "date": "2023-09-29", "time": "11:05"},
            ),
            (
                {"precision": Precision.MONTH},
                ("2023-08-31T19:00:00.000Z", "month"),
                None,
                {"precision": "month", "date": "2023-09"},
            ),
            (
                {"precision": Precision.RANGE, "until_date": date(2023, 10, 4)},
                ("2023-09-28T19:00:00.000Z", "day"),
                ("2023-10-03T19:00:00.000Z", "day"),
                {"precision": "range", "date": "2023-09-29", "until": "2023-10-04"},
            ),
            ({"precision": Precision.UNKNOWN}, None, None, {"precision": "unknown"}),
        ],
        ids=["day", "minute", "about", "month", "range", "unknown"],
    )
    def test_no_time_is_more_exact_than_the_record(self, export, by, when, start, end, said):
        IncidentFactory.create(agency=by.agency, **when)

        bundle = export()

        event = the(bundle, "event")
        for name, known in (("start", start), ("end", end)):
            moment, fidelity = known or (None, None)
            assert event.get(f"{name}_time") == moment
            assert event.get(f"{name}_time_fidelity") == fidelity
        ours = register(the(bundle, "incident"))
        told = {name: ours.get(name) for name in ("precision", "date", "until", "time")}
        assert {name: value for name, value in told.items() if value} == said

    def test_attackers_never_stand_with_victims(self, export, rich):
        ours = register(the(export(), "incident"))

        assert ours["killed"] == "15–60"
        assert ours["casualties"] == [
            {"who": "victims", "state": "killed", "low": 15, "high": 60, "reported_by": "A paper"}
        ]
        assert ours["attackers"] == [{"who": "perpetrator", "state": "killed", "best": 2}]

    def test_harm_is_confirmed_only_where_a_victim_is_counted(self, export, by, rich):
        plain = IncidentFactory.create(agency=by.agency, title="No count")
        counted(plain, by, ATTACKERS, best=1)
        IncidentFactory.create(agency=by.agency, title="Foiled", was_foiled=True)

        determined = {
            each["name"]: each["extensions"][INCIDENT_CORE]["determination"]
            for each in of(export(), "incident")
        }

        assert determined == {
            rich.title: "confirmed",
            "No count": "suspected",
            "Foiled": "blocked",
        }

    def test_a_point_stands_only_where_one_is_known_and_says_how_exactly(self, export, rich, by):
        IncidentFactory.create(
            agency=by.agency,
            latitude=30.0,
            longitude=67.0,
            place_precision=PlacePrecision.DISTRICT,
        )

        points = [each for each in of(export(), "location") if "latitude" in each]

        (point,) = points
        assert (point["latitude"], point["longitude"], point["precision"]) == (29.8, 66.8, 25_000.0)

    def test_a_group_that_somebody_named_is_no_attribution(self, export, rich):
        bundle = export()

        kinds = {each["type"] for each in bundle["objects"]}
        assert not kinds & {"threat-actor", "intrusion-set"}
        assert {each["relationship_type"] for each in of(bundle, "relationship")} == {"located-at"}
        assert register(the(bundle, "incident"))["group_named"] == rich.group_named

    def test_urdu_stands_as_the_standard_puts_it(self, export, rich):
        bundle = export()

        incident = the(bundle, "incident")
        titles = [
            each["contents"]["ur"]["name"]
            for each in of(bundle, "language-content")
            if each["object_ref"] == incident["id"]
        ]
        assert titles == ["جلوس پر حملہ"]

    def test_a_data_set_is_credited(self, export, rich):
        _own, source = the(export(), "incident")["external_references"]

        assert source["external_id"] == "4711"
        assert "CC BY 4.0" in source["description"]


class TestVersions:
    def test_the_same_record_is_the_same_object(self, export, rich):
        first, second = export(), export()

        assert first["objects"] == second["objects"]
        assert first["id"] != second["id"]

    def test_a_change_makes_a_later_version_of_it(self, export, rich, by):
        before = the(export(), "incident")

        with acting(by):
            Incident.objects.filter(pk=rich.pk).update(title="Said better")

        after = the(export(), "incident")
        assert after["id"] == before["id"]
        assert (after["name"], after["created"]) == ("Said better", before["created"])
        assert after["modified"] > before["modified"]

    def test_a_new_count_does_too(self, export, rich, by):
        before = the(export(), "incident")

        with acting(by):
            counted(rich, by, VICTIMS, best=52)

        assert the(export(), "incident")["modified"] > before["modified"]

    def test_agencies_areas_and_marks_stand_once(self, export, by):
        first = IncidentFactory.create(agency=by.agency)
        IncidentFactory.create(agency=by.agency, district=first.district)

        bundle = export()

        assert len(of(bundle, "incident")) == 2
        assert len(of(bundle, "location")) == 1
