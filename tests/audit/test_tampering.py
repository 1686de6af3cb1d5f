"""What each way of altering a sealed record looks like afterwards."""

from datetime import timedelta

import pytest
from psycopg import sql

from audit.models import Event, Leaf, Seal
from audit.sealing.findings import Finding, Kind
from audit.sealing.making import seal_events
from audit.sealing.printed import short_root
from tests.audit.keeper import superuser
from tests.audit.record_story import deed, found, tamper

# Another value for each column of an event.
OTHERS = {
    "at": "2020-01-01T00:00:00Z",
    "verb": "user.changed",
    "actor_id": "77",
    "actor_name": "Somebody else",
    "agency_id": "77",
    "posting_id": "77",
    "target_type": "gone.thing",
    "target_id": "77",
    "target_ref": "INC-1",
    "target_agency_id": "77",
    "whole_type": "gone.thing",
    "whole_id": "77",
    "request_id": "00000000-0000-0000-0000-000000000001",
    "address": "192.0.2.1",
    "transaction_id": "3",
    "data": '{"note": "thirds"}',
}

pytestmark = pytest.mark.django_db(transaction=True)


class TestTampering:
    """Each as the superuser of the database, with every trigger off."""

    def test_with_any_column_of_an_event_is_named(self, sealed):
        third = sealed[2].pk
        altered = Finding(Kind.ALTERED, 2, third, Leaf.objects.get(event_id=third).position)

        for column, value in OTHERS.items():
            with superuser() as intruder:
                was = intruder.execute(
                    sql.SQL("SELECT {}::text FROM audit_event WHERE id = %s").format(
                        sql.Identifier(column)
                    ),
                    [third],
                ).fetchone()
            change = sql.SQL("UPDATE audit_event SET {} = %s WHERE id = %s").format(
                sql.Identifier(column)
            )
            tamper(change, value, third)
            assert found() == [altered], column
            tamper(change, was[0], third)

        assert found() == []

    def test_with_any_column_leaves_none_out(self):
        assert {"id", *OTHERS} == {field.column for field in Event._meta.concrete_fields}

    def test_names_a_removed_event(self, sealed):
        tamper("DELETE FROM audit_event WHERE id = %s", sealed[3].pk)

        place = Leaf.objects.get(event_id=sealed[3].pk).position
        assert found() == [Finding(Kind.MISSING, 2, sealed[3].pk, place)]

    def test_names_events_whose_numbers_were_exchanged(self, sealed):
        one, other = sealed[2].pk, sealed[4].pk
        with superuser() as intruder:
            intruder.execute("UPDATE audit_event SET id = -1 WHERE id = %s", [one])
            intruder.execute("UPDATE audit_event SET id = %s WHERE id = %s", [one, other])
            intruder.execute("UPDATE audit_event SET id = %s WHERE id = -1", [other])

        assert {(each.kind, each.event) for each in found()} == {
            (Kind.REORDERED, one),
            (Kind.REORDERED, other),
        }

    def test_names_events_whose_places_were_exchanged(self, sealed):
        one, other = (Leaf.objects.get(event_id=each.pk) for each in (sealed[2], sealed[4]))
        with superuser() as intruder:
            change = "UPDATE audit_leaf SET event_id = %s WHERE position = %s"
            intruder.execute(change, [-1, one.position])
            intruder.execute(change, [one.event_id, other.position])
            intruder.execute(change, [other.event_id, one.position])

        assert {each.kind for each in found()} == {Kind.REORDERED}

    def test_names_an_event_put_into_the_past(self, sealed):
        """With the transaction of an old one, so that it looks as old as it says."""
        tamper(
            "INSERT INTO audit_event (at, verb, actor_name, target_type, target_ref, data,"
            " transaction_id) SELECT at, verb, 'Forged', target_type, target_ref, data,"
            " transaction_id FROM audit_event WHERE id = %s",
            sealed[0].pk,
        )

        forged = Event.everything.get(actor_name="Forged")
        assert found() == [Finding(Kind.FORGED, 2, forged.pk)]
        assert seal_events() is None

    def test_names_a_backdated_event_before_and_after_it_is_sealed(self, sealed):
        at = Seal.objects.get(number=2).sealed_at - timedelta(minutes=16)
        late = deed(at=at)

        before = found()
        seal_events()

        place = Leaf.objects.get(event_id=late.pk).position
        assert before == [Finding(Kind.BACKDATED, 2, late.pk)]
        assert found() == [Finding(Kind.BACKDATED, 3, late.pk, place)]

    def test_allows_a_deed_its_time(self, sealed):
        deed(at=Seal.objects.get(number=2).sealed_at - timedelta(minutes=10))
        seal_events()

        assert found() == []

    def test_names_an_event_altered_together_with_its_hash(self, sealed):
        """The seal is all that can be named then; later seals stand."""
        deed()
        seal_events()
        event = sealed[2].pk
        with superuser() as intruder:
            intruder.execute("UPDATE audit_event SET actor_name = 'x' WHERE id = %s", [event])
            intruder.execute(
                "UPDATE audit_leaf SET hash = sha256('\\x00') WHERE event_id = %s", [event]
            )

        assert Finding(Kind.ROOT, 2) in found()
        assert Finding(Kind.ROOT, 3) not in found()

    def test_names_an_empty_place(self, sealed):
        leaf = Leaf.objects.get(event_id=sealed[2].pk)
        tamper("DELETE FROM audit_leaf WHERE position = %s", leaf.position)

        assert found() == [
            Finding(Kind.PLACE, 2, place=leaf.position),
            Finding(Kind.ROOT, 2),
            Finding(Kind.FORGED, 2, sealed[2].pk),
        ]

    def test_names_the_last_place_when_it_is_empty(self, sealed):
        tamper("DELETE FROM audit_leaf WHERE position = 10")

        assert Finding(Kind.PLACE, 2, place=10) in found()

    def test_names_a_place_that_no_seal_covers(self, sealed):
        tamper("INSERT INTO audit_leaf (position, event_id, hash) VALUES (11, 999, '')")

        assert found() == [Finding(Kind.LOOSE, event=999, place=11)]

    @pytest.mark.parametrize(
        "change",
        ["size = size + 1", "root = sha256('')", "horizon = 1", "sealed_at = '2020-01-01Z'"],
    )
    def test_names_a_changed_seal(self, sealed, change):
        tamper(sql.SQL("UPDATE audit_seal SET {} WHERE number = 2").format(sql.SQL(change)))

        assert Finding(Kind.SIGNATURE, 2) in found()

    def test_names_a_signature_that_is_another(self, sealed):
        tamper("UPDATE audit_seal SET signature = sha512('x') WHERE number = 2")

        assert found() == [Finding(Kind.SIGNATURE, 2)]

    def test_names_the_seal_behind_one_that_is_gone(self, sealed):
        tamper("DELETE FROM audit_seal WHERE number = 1")

        assert Finding(Kind.CHAIN, 2) in found()

    def test_is_found_by_paper_when_the_end_was_cut_off(self, sealed):
        printed = short_root()
        with superuser() as intruder:
            intruder.execute("DELETE FROM audit_seal WHERE number = 2")
            intruder.execute(
                "DELETE FROM audit_event USING audit_leaf"
                " WHERE event_id = audit_event.id AND position > 4"
            )
            intruder.execute("DELETE FROM audit_leaf WHERE position > 4")

        assert found() == []
        assert found(printed=[printed]) == [Finding(Kind.PRINTED, 2)]

    def test_of_everything_is_named_in_full(self, sealed):
        tamper("UPDATE audit_event SET actor_name = 'x'")

        assert [each.kind for each in found()] == [Kind.ALTERED] * 10
