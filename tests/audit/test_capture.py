"""What the database notes by itself, whoever makes the change and by whatever way."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit.choices import Verb
from audit.models import Event
from incidents.models import DisputedFact, Fact, FactAccount, Incident
from tests.audit.record_story import recorded
from tests.factories import AgencyFactory, SharingGroupFactory, UserFactory
from tests.lessons.factories import IncidentFactory


def rows(**of):
    return Event.everything.filter(verb__startswith="row.", **of).order_by("id")


def settle(**values):
    """The settings that the product makes at the beginning of a transaction."""
    with connection.cursor() as cursor:
        for name, value in values.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [f"aar.{name}", str(value)])


@pytest.fixture
def incident(db):
    return IncidentFactory.create(title="Before")


class TestCapture:
    def test_notes_an_added_row_whole(self, incident):
        event = rows(target_type="incidents.incident").get()

        assert event.verb == Verb.ROW_ADDED
        assert event.target_id == incident.pk
        assert event.target_ref == incident.reference
        assert event.target_agency_id == incident.agency_id
        assert event.data["after"]["title"] == "Before"
        assert "before" not in event.data

    def test_notes_only_what_a_change_changed(self, incident):
        Incident.objects.filter(pk=incident.pk).update(title="After", summary=incident.summary)

        event = rows(verb=Verb.ROW_CHANGED).get()
        assert event.data == {"before": {"title": "Before"}, "after": {"title": "After"}}

    def test_notes_nothing_where_nothing_changed(self, incident):
        Incident.objects.filter(pk=incident.pk).update(title="Before")

        assert not rows(verb=Verb.ROW_CHANGED).exists()

    def test_notes_a_removed_row_whole(self, db):
        group = SharingGroupFactory.create(name="Gone")
        number = group.pk

        group.delete()

        event = rows(verb=Verb.ROW_REMOVED).get()
        assert event.data == {"before": {"id": number, "name": "Gone"}}

    def test_notes_raw_statements(self, incident):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE incidents_incident SET title = 'By hand'")

        assert rows(verb=Verb.ROW_CHANGED).get().data["after"] == {"title": "By hand"}

    def test_notes_each_row_of_a_bulk(self, incident):
        Fact.objects.bulk_create(
            Fact(incident=incident, topic="BEFORE", text=f"Fact {n}", position=n) for n in range(50)
        )

        events = rows(target_type="incidents.fact")
        assert [each.data["after"]["position"] for each in events] == list(range(50))

    def test_notes_a_bulk_by_one_statement_and_not_row_by_row(self, incident):
        """One moment for all: the trigger ran once."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO incidents_fact (incident_id, topic, text, basis, position)"
                " SELECT %s, 'BEFORE', 'Fact ' || n, 'REPORTED', n FROM generate_series(1, 5000) n",
                [incident.pk],
            )

        events = rows(target_type="incidents.fact")
        assert events.count() == 5000
        assert events.values("at").distinct().count() == 1

    def test_notes_links_between_records(self, db):
        agency, group = AgencyFactory.create(), SharingGroupFactory.create()

        group.agencies.add(agency)
        group.agencies.clear()

        verbs = rows(target_type="agencies.sharinggroup_agencies").values_list("verb", flat=True)
        assert list(verbs) == ["row.added", "row.removed"]

    def test_knows_the_record_that_a_row_is_a_part_of(self, incident):
        dispute = DisputedFact.objects.create(incident=incident, name="Explosive")
        account = FactAccount.objects.create(dispute=dispute, said="Otherwise", position=9)

        event = rows(target_type="incidents.factaccount", target_id=account.pk).get()
        assert (event.whole_type, event.whole_id) == ("incidents.incident", incident.pk)
        assert event.target_agency_id == incident.agency_id

    def test_never_keeps_a_password(self, db):
        user = UserFactory.create()
        user.set_password("another long word to sign in with")
        user.save()

        events = rows(target_type="agencies.user")
        assert [each.verb for each in events] == ["row.added"]
        assert "password" not in events[0].data["after"]

    def test_goes_with_the_change_when_that_is_undone(self, incident):
        with transaction.atomic():
            Incident.objects.filter(pk=incident.pk).update(title="Undone")
            transaction.set_rollback(True)

        assert not rows(verb=Verb.ROW_CHANGED).exists()


class TestContext:
    def test_says_who_in_which_post_by_which_request_from_where(self, incident):
        settle(
            person=42,
            posting=43,
            agency=44,
            request="00000000-0000-0000-0000-000000000045",
            address="192.0.2.46",
        )
        Incident.objects.filter(pk=incident.pk).update(title="After")

        event = rows(verb=Verb.ROW_CHANGED).get()
        assert (event.actor_id, event.posting_id, event.agency_id) == (42, 43, 44)
        assert event.request_id.int == 0x45
        assert event.address == "192.0.2.46"

    def test_is_blank_where_nobody_asked(self, incident):
        settle(person="", posting="", agency="", request="", address="")
        Incident.objects.filter(pk=incident.pk).update(title="After")

        event = rows(verb=Verb.ROW_CHANGED).get()
        assert (event.actor_id, event.posting_id, event.request_id) == (None, None, None)
        assert event.address == ""

    def test_joins_the_deed_and_its_rows_by_their_transaction(self, incident):
        event = recorded(Verb.INCIDENT_CHANGED, target=incident)

        assert event.transaction_id == rows().first().transaction_id > 0


class TestDeeds:
    def test_are_shown_without_the_rows_that_they_changed(self, incident):
        assert not Event.objects.exists()
        assert Event.everything.exists()

    def test_cannot_be_altered_by_whatever_way(self, incident):
        for statement in ("UPDATE audit_event SET verb = verb", "DELETE FROM audit_event"):
            with (
                pytest.raises(DatabaseError, match="Cannot update or delete"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)
