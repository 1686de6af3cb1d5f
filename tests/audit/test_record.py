import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.choices import Verb
from audit.models import Event
from audit.record import OutsideTransaction, record
from tests.audit.record_story import deed
from tests.factories import NOON, AgencyFactory, UserFactory


class TestRecord:
    def test_keeps_who_did_what_to_which_record_of_which_agency(self, db):
        user = UserFactory.create()

        record(Verb.USER_CHANGED, by=user, target=user, at=NOON, fields=["post"])

        event = Event.objects.about(user).get()
        assert (event.verb, event.actor_id, event.actor_name) == (
            "user.changed",
            user.pk,
            user.post,
        )
        assert (event.at, event.data, event.target_agency_id) == (
            NOON,
            {"fields": ["post"]},
            user.agency_id,
        )

    def test_is_written_without_asking_who_may_read_it(self, db):
        user = UserFactory.create()

        with CaptureQueriesContext(connection) as asked:
            record(Verb.USER_CHANGED, by=user, target=user, at=NOON)

        written = [query["sql"] for query in asked if 'INTO "audit_event"' in query["sql"]]
        assert len(written) == 1
        assert "RETURNING" not in written[0]

    @pytest.mark.django_db(transaction=True)
    def test_refuses_outside_the_transaction_of_the_deed(self):
        agency = AgencyFactory.create()

        with pytest.raises(OutsideTransaction):
            record(Verb.REFERENCE_CHANGED, by=None, target=agency, at=NOON)

        assert not Event.objects.exists()


class TestEvent:
    def test_cannot_be_changed(self, db):
        event = deed()

        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            Event.objects.filter(pk=event.pk).update(actor_name="somebody else")

        assert Event.objects.get(pk=event.pk).actor_name == ""

    def test_cannot_be_deleted(self, db):
        event = deed()

        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            Event.objects.filter(pk=event.pk).delete()

        assert Event.objects.filter(pk=event.pk).exists()
