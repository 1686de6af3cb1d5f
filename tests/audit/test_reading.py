"""Reading what is marked, and being refused, are deeds too."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.actions.reading import note_reads
from agencies.choices import TLP, Classification
from audit.choices import Verb
from audit.models import Event
from core.errors import RuleBroken, SharingRefused, refusals_noted
from tests.bulletins.factories import LessonFactory
from tests.factories import NOON, UserFactory
from tests.lessons.factories import IncidentFactory, ReviewFactory


def reads(user):
    return Event.objects.filter(verb=Verb.RECORD_READ, actor_id=user.pk)


def marked(factory, **more):
    return factory.create(classification=Classification.RESTRICTED, tlp=TLP.GREEN, **more)


@pytest.fixture
def reader(db):
    return UserFactory.create()


class TestReading:
    @pytest.mark.parametrize("factory", [IncidentFactory, ReviewFactory, LessonFactory])
    def test_a_marked_record_on_its_page_and_by_the_api_is_recorded(self, client, reader, factory):
        record = marked(factory)
        client.force_login(reader)

        page = client.get(record.get_absolute_url())
        noted = list(reads(reader))
        api = client.get(f"/api/{record._meta.model_name}s/{record.pk}/")

        assert (page.status_code, api.status_code) == (200, 200)
        assert [each.target_id for each in noted] == [record.pk]
        assert noted[0].target_agency_id == record.agency_id
        assert reads(reader).count() == 1

    def test_of_a_list_by_the_api_is_the_reading_of_each(self, client, reader):
        records = {marked(IncidentFactory).pk, marked(IncidentFactory).pk}
        IncidentFactory.create()
        client.force_login(reader)

        client.get("/api/incidents/")

        assert set(reads(reader).values_list("target_id", flat=True)) == records

    def test_again_within_the_hour_is_the_same_reading(self, reader):
        record = marked(IncidentFactory)
        for minutes in (0, 59, 61):
            at = NOON + timedelta(minutes=minutes)
            note_reads(records=[record], by=reader, at=at)

        assert [each.at - NOON for each in reads(reader).order_by("at")] == [
            timedelta(0),
            timedelta(minutes=61),
        ]

    def test_by_another_person_is_another_reading(self, reader, outsider):
        record = marked(IncidentFactory)
        for person in (reader, outsider):
            note_reads(records=[record], by=person, at=timezone.now())

        assert reads(reader).count() == reads(outsider).count() == 1

    def test_of_an_unmarked_record_is_no_deed(self, client, reader):
        record = IncidentFactory.create()
        client.force_login(reader)

        assert client.get(record.get_absolute_url()).status_code == 200
        assert not reads(reader).exists()

    def test_of_what_is_unseen_leaves_nothing(self, client, reader):
        record = IncidentFactory.create(
            tlp=TLP.AMBER_STRICT, classification=Classification.RESTRICTED
        )
        client.force_login(reader)

        assert client.get(record.get_absolute_url()).status_code == 404
        assert not reads(reader).exists()

    def test_of_a_head_only_is_no_reading(self, client, reader):
        record = marked(IncidentFactory)
        client.force_login(reader)

        client.head(record.get_absolute_url())

        assert not reads(reader).exists()


class TestRefusal:
    def test_by_a_post_is_recorded(self, client, db):
        auditor = UserFactory.create(auditor=True)
        client.force_login(auditor)

        answer = client.get("/incidents/record/")

        event = Event.objects.get(verb=Verb.ACCESS_REFUSED)
        assert answer.status_code == 403
        assert (event.actor_id, event.target_agency_id) == (auditor.pk, auditor.agency_id)
        assert event.data == {"path": "/incidents/record/", "method": "GET"}

    def test_by_a_marking_is_recorded_though_the_deed_was_undone(self, client, db):
        officer = UserFactory.create()
        incident = IncidentFactory.create(
            agency=officer.agency, tlp=TLP.AMBER_STRICT, recorded_by=officer
        )
        other = UserFactory.create().agency
        client.force_login(officer)

        answer = client.post(
            f"/incidents/{incident.pk}/share/", {"agency": other.pk, "confirmed": "1"}
        )

        event = Event.objects.get(verb=Verb.SHARING_REFUSED)
        assert answer.status_code in {302, 409, 422}
        assert "AMBER+STRICT" in event.data["said"]

    def test_of_a_stranger_is_nobodys(self, client, db):
        client.get("/incidents/record/")

        assert not Event.objects.filter(verb=Verb.ACCESS_REFUSED).exists()

    def test_is_noted_for_the_one_who_listens_only(self):
        with refusals_noted() as outer:
            refused = SharingRefused("No.")
            RuleBroken("Something else.")
        SharingRefused("Nobody listens.")

        assert outer == [refused]
