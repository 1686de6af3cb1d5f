"""Seals over the record, and reading it against them."""

from io import StringIO

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection

from audit.models import Event, Leaf, Seal, SealKey, Verification
from audit.sealing import keys, making
from audit.sealing.findings import Finding, Kind
from audit.sealing.making import LOCK, seal_events
from audit.sealing.printed import short, short_root
from audit.tasks import seal_events as seal_task
from audit.tasks import verify_record
from tests.audit.keeper import superuser
from tests.audit.record_story import deed, found, tamper

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_the_short_root_is_blank_before_the_first_seal():
    assert short_root() == ""
    assert short(12, bytes.fromhex("3f2a91bc77de0a41") + bytes(24)) == "12 · 3f2a 91bc 77de 0a41"
