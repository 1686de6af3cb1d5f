"""Making a seal: every event that is sure to be there takes its place in the tree."""

from datetime import datetime

from django.db import connection

from audit.models import Seal, SealKey
from audit.sealing import keys, reading
from audit.sealing.canonical import CANONICAL
from audit.sealing.checkpoints import NOTHING_BEFORE, Checkpoint, link_of
from audit.sealing.merkle import Tree

# Two workers that seal at once would give one place to two events.
LOCK = 4_117_053_986

# A transaction below the oldest one still running is over, whatever the numbers of its events: all
# that it will ever hold can be seen. What comes later is left to the next seal.
PLACE = f"""
    INSERT INTO audit_leaf (position, event_id, hash)
    SELECT %(size)s + row_number() OVER (ORDER BY e.id), e.id, sha256('\\x00'::bytea || {CANONICAL})
    FROM audit_event e
    WHERE e.transaction_id >= %(since)s
      AND (e.transaction_id < %(horizon)s OR e.transaction_id >= %(foreign)s)
      AND NOT EXISTS (SELECT FROM audit_leaf l WHERE l.event_id = e.id)
"""  # noqa: S608 - a constant
# More than any number of a transaction.
NONE_FOREIGN = 2**63 - 1


def seal_events() -> Seal | None:
    """Seal what is new; None when nothing is, or another worker is at it."""
    key = keys.signing_key()
    with reading.whole_record():
        if not _alone():
            return None
        last = Seal.objects.order_by("-number").first()
        now, oldest, next_one = _clock()
        if not _place(last, oldest, next_one):
            return None
        tree = Tree(last.size, bytes(last.frontier)) if last else Tree()
        for leaves in reading.hashes(tree.size):
            tree.add(leaves)
        public = keys.public_bytes(key)
        checkpoint = Checkpoint(
            number=last.number + 1 if last else 1,
            size=tree.size,
            root=tree.root(),
            horizon=oldest,
            sealed_at=now,
            previous=link_of(last) if last else NOTHING_BEFORE,
            key_id=keys.key_id(public),
        )
        SealKey.objects.get_or_create(
            key_id=checkpoint.key_id, defaults={"public": public, "first_used_at": now}
        )
        return Seal.objects.create(
            **vars(checkpoint), frontier=tree.frontier, signature=key.sign(checkpoint.text())
        )


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _clock() -> tuple[datetime, int, int]:
    """The time, the oldest transaction still writing, and the next that will be given out."""
    oldest = reading.oldest_transaction()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT clock_timestamp(), pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
        )
        now, next_one = cursor.fetchone()
        return now, oldest, next_one


def _place(last: Seal | None, oldest: int, next_one: int) -> int:
    """Give the new events their leaves; how many.

    Where transactions are counted lower than at the last seal, the database was moved to another
    server: numbers not given out here yet are of the old one, and their transactions are over.
    """
    moved = last is not None and oldest < last.horizon
    with connection.cursor() as cursor:
        cursor.execute(
            PLACE,
            {
                "size": last.size if last else 0,
                "since": 0 if last is None or moved else last.horizon,
                "horizon": oldest,
                "foreign": next_one if moved else NONE_FOREIGN,
            },
        )
        return int(cursor.rowcount)
