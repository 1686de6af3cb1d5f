"""The register as a STIX 2.1 bundle: nothing is made more certain than the record has it."""

from datetime import date, time

import pytest

from agencies.lock import acting
from incidents.choices import PlacePrecision, Precision
from incidents.models import Incident
from incidents.selectors.exports.stix_published import INCIDENT_CORE
from tests.bulletins.factories import IncidentFactory
from tests.incidents.stix.bundles import ATTACKERS, VICTIMS, counted, of, register, the

pytestmark = pytest.mark.django_db


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
