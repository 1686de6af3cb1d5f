"""Seals over the record, and what each way of altering it looks like afterwards."""

from datetime import timedelta
from io import StringIO

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from psycopg import sql

from audit.choices import Verb
from audit.models import Event, Leaf, Seal, SealKey, Verification
from audit.record import record
from audit.sealing import keys, making
from audit.sealing.findings import Finding, Kind
from audit.sealing.making import LOCK, seal_events
from audit.sealing.merkle import Tree, leaf_hash
from audit.sealing.printed import short, short_root
from audit.sealing.verifying import verify
from audit.tasks import seal_events as seal_task
from audit.tasks import verify_record
from tests.audit.keeper import superuser
from tests.factories import AgencyFactory

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


def deed(**data):
    agency = AgencyFactory.create()
    with transaction.atomic():
        return record(Verb.REFERENCE_CHANGED, by=None, target=agency, **data)


@pytest.fixture
def sealed():
    """Two seals over the events of five deeds, a row and a deed each."""
    first = [deed(note="first"), deed(note="second")]
    seal_events()
    second = [deed(note="third"), deed(note="fourth"), deed(note="fifth")]
    seal_events()
    return [*first, *second]


def found(**how):
    findings: list[Finding] = []
    verify(report=findings.append, **how)
    return findings


def tamper(statement, *values):
    with superuser() as intruder:
        assert intruder.execute(statement, values).rowcount > 0


class TestSeal:
    def test_covers_every_event_once_in_places_without_gaps(self, sealed):
        last = Seal.objects.get(number=2)

        assert last.size == Event.everything.count() == 10
        assert list(Leaf.objects.order_by("position").values_list("position", flat=True)) == list(
            range(1, 11)
        )
        assert found() == []

    def test_is_not_made_when_nothing_is_new(self, sealed):
        assert seal_events() is None
        assert Seal.objects.count() == 2

    def test_is_chained_to_the_one_before_and_signed(self, sealed):
        first, second = Seal.objects.order_by("number")

        assert bytes(first.previous) == bytes(32)
        assert bytes(second.previous) not in {bytes(32), bytes(first.root)}
        assert SealKey.objects.get().key_id == second.key_id

    def test_leaves_an_event_of_a_running_transaction_to_the_next(self, sealed):
        """Its number is lower than those sealed meanwhile, and it is found sound all the same."""
        place = connection.settings_dict
        with psycopg.connect(
            host=place["HOST"],
            port=place["PORT"] or None,
            dbname=place["NAME"],
            user=place["USER"],
            password=place["PASSWORD"],
        ) as slow:
            early = slow.execute(
                "INSERT INTO audit_event (at, verb, actor_name, target_type, target_ref, data)"
                " VALUES (now(), 'user.changed', '', 'x.y', '', '{}') RETURNING id"
            ).fetchone()[0]
            late = deed()
            seal_events()
            assert not Leaf.objects.filter(event_id__in=[early, late.pk]).exists()
            slow.commit()

        seal_events()

        assert Leaf.objects.filter(event_id__in=[early, late.pk]).count() == 2
        assert found() == []

    def test_is_left_to_the_worker_that_is_at_it(self, sealed):
        deed()
        with superuser() as other:
            other.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])

            assert seal_events() is None

        assert seal_events().number == 3

    def test_needs_a_key(self, sealed, settings):
        settings.AUDIT_SIGNING_KEY = ""

        with pytest.raises(ImproperlyConfigured, match="AUDIT_SIGNING_KEY"):
            seal_events()

    def test_is_made_and_the_whole_is_read_by_the_worker(self):
        deed()

        seal_task()
        verify_record()

        ran = Verification.objects.get()
        assert (ran.last_seal, ran.events, ran.found) == (1, 2, 0)

    @pytest.mark.parametrize("model", [Seal, Leaf, SealKey])
    def test_cannot_be_changed_or_removed(self, sealed, model):
        row = model.objects.first()
        column = next(f.attname for f in model._meta.concrete_fields if not f.primary_key)

        for deed_done in (
            lambda: model.objects.filter(pk=row.pk).update(**{column: getattr(row, column)}),
            lambda: model.objects.filter(pk=row.pk).delete(),
        ):
            with pytest.raises(DatabaseError, match="Cannot update or delete"):
                deed_done()


class TestKeys:
    def test_may_follow_one_another(self, sealed, settings):
        old = keys.public_bytes(keys.signing_key()).hex()
        settings.AUDIT_SIGNING_KEY = "1f" * 32
        deed()
        seal_events()

        unknown = found()
        settings.AUDIT_PUBLIC_KEYS = [old]

        assert unknown == [Finding(Kind.KEY, seal=1), Finding(Kind.KEY, seal=2)]
        assert found() == []
        assert SealKey.objects.count() == 2

    def test_are_not_trusted_because_the_database_holds_them(self, sealed, settings):
        """Who rewrites the record with a key of their own is found out."""
        settings.AUDIT_PUBLIC_KEYS = [keys.public_bytes(keys.signing_key()).hex()]
        settings.AUDIT_SIGNING_KEY = "66" * 32
        with superuser() as intruder:
            intruder.execute("TRUNCATE audit_seal, audit_leaf, audit_sealkey")
        seal_events()
        settings.AUDIT_SIGNING_KEY = ""

        assert found() == [Finding(Kind.KEY, seal=1)]


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


class TestVerifying:
    def test_may_begin_at_a_later_seal(self, sealed):
        tamper("UPDATE audit_event SET actor_name = 'x' WHERE id = %s", sealed[0].pk)

        assert [each.kind for each in found()] == [Kind.ALTERED]
        assert found(start=2) == []

    def test_knows_the_paper(self, sealed):
        assert found(printed=[short_root()]) == []

    def test_by_command_names_what_is_wrong_and_fails(self, sealed):
        tamper("UPDATE audit_event SET actor_name = 'x' WHERE id = %s", sealed[2].pk)
        said = StringIO()

        with pytest.raises(SystemExit) as end:
            call_command("verify_audit", stdout=said)

        assert end.value.code == 1
        assert f"altered: Event {sealed[2].pk} was altered after seal 2." in said.getvalue()
        assert Verification.objects.get().findings[0]["event"] == sealed[2].pk

    def test_by_command_says_that_all_is_sound(self, sealed):
        said = StringIO()

        call_command("verify_audit", stdout=said)

        assert "10 events under seals 1 to 2 read: 0 found wrong." in said.getvalue()

    def test_survives_a_move_to_another_server(self, sealed):
        """Transactions are counted anew there; what was not sealed yet is sealed by the next."""
        with superuser() as mover:
            mover.execute("TRUNCATE audit_seal, audit_leaf")
            mover.execute("UPDATE audit_event SET transaction_id = transaction_id + 1000000000")
        seal_with_horizon_of_the_old_server()
        deed()

        made = seal_events()

        assert made.size == Event.everything.count()
        assert found() == []


def seal_with_horizon_of_the_old_server():
    """As if the old server had sealed all but the newest event, then was restored here."""
    with pytest.MonkeyPatch.context() as patch:
        now = making._clock()[0]
        newest = Event.everything.order_by("-transaction_id").values_list(
            "transaction_id", flat=True
        )[0]
        patch.setattr(making, "_clock", lambda: (now, newest, newest + 1))
        seal_events()


class TestTree:
    def test_has_the_roots_of_the_standard(self):
        """Known answers of Certificate Transparency's reference implementation."""
        leaves = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ]
        tree = Tree()
        roots = {}
        for leaf in leaves:
            tree.add(leaf_hash(bytes.fromhex(leaf)))
            roots[tree.size] = tree.root().hex()

        assert Tree().root().hex().startswith("e3b0c44298fc1c14")
        assert roots[1].startswith("6e340b9cffb37a98")
        assert roots[8] == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"

    @pytest.mark.parametrize("first", [1, 13, 1023, 1024, 2048, 3000])
    def test_is_the_same_in_whatever_parts_it_grew(self, first):
        leaves = [leaf_hash(str(n).encode()) for n in range(5000)]
        one_by_one, part = Tree(), Tree()
        for leaf in leaves:
            one_by_one.add(leaf)
        part.add(b"".join(leaves[:first]))
        rest = Tree(part.size, part.frontier)
        rest.add(b"".join(leaves[first:]))

        assert rest.root() == one_by_one.root()
        assert rest.frontier == one_by_one.frontier

    def test_refuses_a_frontier_of_another_size(self):
        with pytest.raises(ValueError, match="not of a tree of this size"):
            Tree(3, bytes(32))


def test_the_short_root_is_blank_before_the_first_seal():
    assert short_root() == ""
    assert short(12, bytes.fromhex("3f2a91bc77de0a41") + bytes(24)) == "12 · 3f2a 91bc 77de 0a41"
