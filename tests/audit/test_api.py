from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.choices import TLP, Role
from audit.choices import Verb
from tests.audit.record_story import recorded
from tests.factories import NOON, AgencyFactory, SharingGroupFactory, UserFactory
from tests.lessons.factories import IncidentFactory

pytestmark = pytest.mark.django_db
API = "/api/events/"
BLIND = [Role.INVESTIGATOR, Role.COMMANDER, Role.RELEASE_OFFICER, Role.SYSTEM_ADMIN]


@pytest.fixture
def agency():
    return AgencyFactory.create()


@pytest.fixture
def auditor(client, agency):
    """The client of an auditor of the agency."""
    client.force_login(UserFactory.create(auditor=True, agency=agency))
    return client


def done(target, *, verb=Verb.INCIDENT_RECORDED, at=NOON, by=None, **data):
    return recorded(verb, by=by, target=target, at=at, **data)


def ids(answer):
    return [each["id"] for each in answer.json()["results"]]


class TestRemit:
    def test_of_an_auditor_is_the_own_agency(self, auditor, agency):
        own = done(IncidentFactory.create(agency=agency))
        foreign = done(IncidentFactory.create())

        assert ids(auditor.get(API)) == [own.pk]
        assert auditor.get(f"{API}{own.pk}/").status_code == 200
        assert auditor.get(f"{API}{foreign.pk}/").status_code == 404

    def test_of_an_oversight_body_is_every_agency(self, client, agency):
        events = [
            done(IncidentFactory.create(agency=each)) for each in (agency, AgencyFactory.create())
        ]
        body = AgencyFactory.create(kind="oversight")
        client.force_login(UserFactory.create(auditor=True, agency=body))

        assert set(ids(client.get(API))) == {event.pk for event in events}

    @pytest.mark.parametrize("role", BLIND)
    def test_of_others_is_not_there_whatever_they_ask(self, client, agency, role):
        own = done(IncidentFactory.create(agency=agency))
        client.force_login(UserFactory.create(role=role, agency=agency))

        answers = [
            client.get(f"{API}{own.pk}/"),
            client.get(f"{API}987654321/"),
            client.get(API),
            client.get(API, {"verb": "no.deed"}),
            client.get(API, {"cursor": "no"}),
            client.post(API, {}),
        ]

        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1

    def test_needs_a_person(self, client):
        assert client.get(API).status_code in {401, 403}


class TestEvent:
    def test_tells_who_did_what_when_and_to_what(self, auditor, agency):
        incident = IncidentFactory.create(agency=agency, tlp=TLP.AMBER)
        by = UserFactory.create(agency=agency, post="SP Headquarters")
        event = done(incident, by=by, why="A secret sentence.")

        said = auditor.get(f"{API}{event.pk}/").json()

        assert said == {
            "id": event.pk,
            "at": "2026-11-20T12:00:00+05:00",
            "verb": "incident.recorded",
            "by": "SP Headquarters",
            "target_type": "incidents.incident",
            "target_id": incident.pk,
            "record": incident.reference,
            "url": incident.get_absolute_url(),
        }

    def test_leads_to_no_record_that_the_reader_may_not_open(self, auditor, agency):
        incident = IncidentFactory.create(agency=agency, tlp=TLP.RED, title="Named readers only")
        done(incident)

        answer = auditor.get(API)

        assert answer.json()["results"][0]["url"] == ""
        assert "Named readers only" not in answer.text

    def test_does_not_say_the_name_of_a_group_nor_let_it_be_guessed(self, client):
        group = SharingGroupFactory.create(name="Border circle")
        event = done(group, verb=Verb.REFERENCE_CHANGED)
        body = AgencyFactory.create(kind="oversight")
        client.force_login(UserFactory.create(auditor=True, agency=body))

        answer = client.get(API)
        right, wrong = (
            client.get(API, {"record": f"#{group.pk} {guess}"}) for guess in ("Border", "Nonsense")
        )

        assert answer.json()["results"][0]["record"] == f"sharing group #{group.pk}"
        assert "Border circle" not in answer.text
        assert ids(right) == ids(wrong) == [event.pk]


class TestFilters:
    def test_narrow_by_deed_record_and_time(self, auditor, agency):
        first, second = (IncidentFactory.create(agency=agency) for _ in range(2))
        early = done(first)
        late = done(second, verb=Verb.INCIDENT_CHANGED, at=NOON + timedelta(hours=2))
        one = (NOON + timedelta(hours=1)).isoformat()

        assert ids(auditor.get(API)) == [late.pk, early.pk]
        assert ids(auditor.get(API, {"verb": "incident.changed"})) == [late.pk]
        assert ids(auditor.get(API, {"record": first.reference.lower()})) == [early.pk]
        assert ids(auditor.get(API, {"since": one})) == [late.pk]
        assert ids(auditor.get(API, {"until": one})) == [early.pk]
        assert ids(auditor.get(API, {"since": NOON.isoformat(), "until": one})) == [early.pk]
        assert ids(auditor.get(API, {"until": NOON.isoformat()})) == []

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ({"verb": "no.deed"}, "verb"),
            ({"record": "a\x00"}, "record"),
            ({"record": "x" * 201}, "record"),
            ({"since": "yesterday"}, "since"),
            ({"until": "2026-13-40T00:00"}, "until"),
        ],
    )
    def test_say_which_is_not_understood(self, auditor, query, field):
        answer = auditor.get(API, query)

        assert answer.status_code == 400
        assert list(answer.json()) == [field]

    def test_find_nothing_for_a_bare_percent_sign(self, auditor, agency):
        done(IncidentFactory.create(agency=agency))

        assert ids(auditor.get(API, {"record": "%"})) == []


class TestPaging:
    def test_is_by_key(self, auditor, agency):
        incident = IncidentFactory.create(agency=agency)
        for minute in range(51):
            done(incident, at=NOON + timedelta(minutes=minute))

        first = auditor.get(API).json()
        second = auditor.get(API, {"cursor": first["older"]})

        assert len(first["results"]) == 50
        assert [each["at"] for each in second.json()["results"]] == ["2026-11-20T12:00:00+05:00"]

    @pytest.mark.parametrize("cursor", ["no", "AAAA", "x" * 3000])
    def test_knows_no_other_cursor(self, auditor, cursor):
        assert auditor.get(API, {"cursor": cursor}).status_code == 404

    def test_takes_a_fixed_number_of_queries(self, auditor, agency):
        done(IncidentFactory.create(agency=agency))
        with CaptureQueriesContext(connection) as few:
            auditor.get(API)
        for _ in range(10):
            done(IncidentFactory.create(agency=agency))
        with CaptureQueriesContext(connection) as many:
            auditor.get(API)

        assert len(many) == len(few)
