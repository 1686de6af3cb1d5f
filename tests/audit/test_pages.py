from datetime import timedelta

import pytest

from agencies.choices import TLP, Role
from audit.choices import Verb
from audit.models import Event
from audit.policies import can_read_audit, has_whole_remit
from tests.audit.record_story import recorded
from tests.counting import LOCK
from tests.factories import NOON, AgencyFactory, UserFactory
from tests.lessons.factories import IncidentFactory

PAGE = "/audit/"


@pytest.fixture
def agency(db):
    return AgencyFactory.create()


@pytest.fixture
def auditor(agency):
    return UserFactory.create(auditor=True, agency=agency)


def done(target, *, by=None, verb=Verb.INCIDENT_RECORDED, at=NOON, **data):
    return recorded(verb, by=by, target=target, at=at, **data)


@pytest.fixture
def own(agency):
    return done(IncidentFactory.create(agency=agency))


@pytest.fixture
def foreign(agency):
    return done(IncidentFactory.create())


def shown(client, user, query=""):
    client.force_login(user)
    return client.get(f"{PAGE}{query}")


def events(page):
    return [deed.event for deed in page.context["deeds"]]


class TestRemit:
    def test_of_an_auditor_is_the_own_agency(self, client, own, foreign, auditor):
        assert events(shown(client, auditor)) == [own]

    def test_of_an_admin_is_the_own_agency(self, client, own, foreign, agency):
        admin = UserFactory.create(agency_admin=True, agency=agency)

        assert events(shown(client, admin)) == [own]

    def test_of_an_oversight_body_is_every_agency(self, client, own, foreign):
        body = AgencyFactory.create(kind="oversight")

        page = shown(client, UserFactory.create(auditor=True, agency=body))

        assert set(events(page)) == {own, foreign}

    def test_of_an_admin_there_is_not(self, client, own, foreign):
        body = AgencyFactory.create(kind="oversight")

        assert not events(shown(client, UserFactory.create(agency_admin=True, agency=body)))

    @pytest.mark.parametrize(
        "role", [Role.INVESTIGATOR, Role.COMMANDER, Role.RELEASE_OFFICER, Role.SYSTEM_ADMIN]
    )
    def test_of_others_is_not_there(self, client, agency, role):
        assert shown(client, UserFactory.create(role=role, agency=agency)).status_code == 404


class TestPage:
    def test_links_only_what_the_reader_may_open(self, client, agency, auditor):
        seen = IncidentFactory.create(agency=agency, tlp=TLP.AMBER)
        hidden = IncidentFactory.create(agency=agency, tlp=TLP.RED, title="Named readers only")
        done(seen)
        done(hidden, summary="A secret sentence.")

        page = shown(client, auditor)

        assert seen.get_absolute_url() in page.text
        assert hidden.get_absolute_url() not in page.text
        assert hidden.reference in page.text
        assert "Named readers only" not in page.text
        assert "A secret sentence." not in page.text

    def test_shows_kind_and_number_of_what_has_no_reference(self, client, agency, auditor):
        person = UserFactory.create(agency=agency, post="A post that says too much")
        done(person, verb=Verb.USER_SIGNED_IN)

        page = shown(client, auditor)

        assert f"user #{person.pk}" in page.text
        assert "A post that says too much" not in page.text

    def test_filters_by_deed_and_record(self, client, own, agency, auditor):
        other = done(IncidentFactory.create(agency=agency), verb=Verb.INCIDENT_CHANGED)

        by_verb = shown(client, auditor, "?verb=incident.changed")
        by_record = shown(client, auditor, f"?record={own.target_ref.lower()}")
        by_nonsense = shown(client, auditor, "?record=%25")

        assert events(by_verb) == [other]
        assert events(by_record) == [own]
        assert not events(by_nonsense)

    @pytest.mark.parametrize("query", ["?verb=no.deed", "?cursor=nonsense"])
    def test_knows_no_other_address(self, client, auditor, query):
        assert shown(client, auditor, query).status_code == 404

    def test_pages_by_key(self, client, agency, auditor):
        incident = IncidentFactory.create(agency=agency)
        for minute in range(51):
            done(incident, at=NOON + timedelta(minutes=minute))

        first = shown(client, auditor)
        second = shown(client, auditor, first.context["older"])

        assert len(events(first)) == 50
        assert [event.at for event in events(second)] == [NOON]

    def test_asks_the_same_number_of_queries_for_many(
        self, client, agency, auditor, django_assert_max_num_queries
    ):
        for _ in range(30):
            done(IncidentFactory.create(agency=agency))

        client.force_login(auditor)
        with django_assert_max_num_queries(7 + LOCK):
            page = client.get(PAGE)

        assert len(events(page)) == 30


def test_the_record_outlives_a_kind_that_is_gone(client, agency, auditor):
    event = Event.objects.create(
        at=NOON,
        verb=Verb.INCIDENT_RECORDED,
        target_type="gone.thing",
        target_id=7,
        target_agency_id=agency.pk,
    )

    page = shown(client, auditor)

    assert events(page) == [event]
    assert "gone.thing #7" in page.text


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("kind", ["police", "oversight"])
def test_policies(role, kind):
    user = UserFactory.build(role=role, agency=AgencyFactory.build(kind=kind))

    assert can_read_audit(user) is (role in {"AUDITOR", "AGENCY_ADMIN"})
    assert has_whole_remit(user) is (role == "AUDITOR" and kind == "oversight")
