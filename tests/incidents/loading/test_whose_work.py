"""For whom a file is loaded: whoever asked, in the post they asked in, for as long as they may."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.actions import postings
from agencies.choices import Classification, Role
from agencies.lock import acting, acting_in_post
from agencies.models import User
from audit.models import Event
from incidents import actions
from incidents.choices.files import ImportState
from incidents.loading.work import work_on
from incidents.models import Import, Incident
from tests.factories import PostingFactory, UserFactory
from tests.incidents.loading.conftest import ucdp

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(loading):
    """A file that was checked; its storing was asked for."""
    batch = loading.checked(ucdp({}))
    return actions.store_import(import_id=batch.pk, by=loading.by, at=timezone.now())


def acts_elsewhere(person, role=Role.COMMANDER):
    """The person acts in another post of theirs from now on."""
    posting = PostingFactory.create(person=person, role=role)
    postings.take_posting(posting_id=posting.pk, by=person, at=timezone.now(), session_key=None)
    return User.objects.get(pk=person.pk)


def ends(posting, by):
    posting.ended_at = timezone.now() + timedelta(seconds=1)
    posting.ended_by = by
    posting.save(update_fields=["ended_at", "ended_by"])


class TestWhoeverActsInAnotherPostMeanwhile:
    def test_has_their_file_loaded_for_the_agency_they_asked_in(self, loading, asked):
        person = acts_elsewhere(loading.by)

        work_on(asked.pk)

        incident = Incident.objects.get()
        assert person.agency_id != loading.by.agency_id
        assert incident.agency_id == loading.by.agency_id
        assert incident.reference.startswith(f"INC-{loading.by.agency.code}-")
        (row,) = Event.everything.filter(verb="row.added", target_type="incidents.incident")
        assert (row.actor_id, row.agency_id) == (person.pk, loading.by.agency_id)
        assert row.posting_id == loading.by.posting_id
        (deed,) = Event.objects.filter(verb="incident.loaded")
        assert (deed.agency_id, deed.actor_name) == (loading.by.agency_id, loading.by.post)

    def test_sees_nothing_of_it_in_the_other_post(self, loading, asked):
        person = acts_elsewhere(loading.by, role=Role.INVESTIGATOR)
        work_on(asked.pk)

        with acting(person):
            assert not Import.objects.visible_to(person).exists()
            assert not Incident.objects.exists()

    def test_stops_it_when_the_post_ends(self, loading, asked, outsider):
        posting = loading.by.posting
        acts_elsewhere(loading.by)
        ends(posting, outsider)

        assert not work_on(asked.pk)

        assert not Incident.objects.exists()
        assert Import.objects.get().state == ImportState.STOPPED
        assert Event.objects.filter(verb="import.stopped", target_id=asked.pk).exists()

    def test_stops_it_when_the_account_is_closed(self, loading, asked):
        acts_elsewhere(loading.by)
        User.objects.filter(pk=loading.by.pk).update(is_active=False)

        assert not work_on(asked.pk)

        assert Import.objects.get().state == ImportState.STOPPED
        assert not Incident.objects.exists()


class TestActingInAPost:
    def test_opens_what_that_post_reads_and_nothing_else(self, loading, asked):
        work_on(asked.pk)
        elsewhere = acts_elsewhere(loading.by)

        with acting_in_post(elsewhere.in_agency(loading.by.agency_id)):
            assert Incident.objects.exists()
        with acting_in_post(elsewhere):
            assert not Incident.objects.exists()

    def test_that_has_ended_opens_nothing(self, loading, asked, outsider):
        work_on(asked.pk)
        before = loading.by
        elsewhere = acts_elsewhere(loading.by)
        ends(before.posting, outsider)

        assert elsewhere.in_agency(before.agency_id) is None
        with acting_in_post(before):
            assert not Incident.objects.exists()


class TestOpeningAFile:
    def test_that_is_restricted_is_read_on_the_record_once_an_hour(self, loading, client):
        batch = loading.received(ucdp({}))
        client.force_login(loading.by)

        client.get(batch.get_absolute_url())
        client.get(batch.get_absolute_url(), headers={"HX-Request": "true"})

        (read,) = Event.objects.filter(verb="record.read")
        assert (read.target_type, read.target_id) == ("incidents.import", batch.pk)

    def test_that_is_unmarked_is_not(self, loading, client):
        batch = loading.received(ucdp({}), classification=Classification.UNMARKED)
        client.force_login(loading.by)

        client.get(batch.get_absolute_url())

        assert not Event.objects.filter(verb="record.read").exists()

    def test_by_an_outsider_is_no_reading(self, loading, client):
        batch = loading.received(ucdp({}))
        client.force_login(UserFactory.create())

        assert client.get(batch.get_absolute_url()).status_code == 404
        assert not Event.objects.filter(verb="record.read").exists()
