"""Streams out of the record, in the order of the tree, whatever its size."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.db import connection, transaction

from audit.sealing.canonical import CANONICAL

# (position, event, hash at sealing, bytes now or None, transaction or 0)
Row = tuple[int, int, bytes, bytes | None, int]

# Part by part, so that no part of the server sorts or keeps the whole; and as arrays, because a row
# of the answer costs the reader more than its hash.
PLACES = f"""
    SELECT part.* FROM generate_series(%s::bigint, %s::bigint - 1, 256) first
    CROSS JOIN LATERAL (
        SELECT array_agg(place), array_agg(event), array_agg(hash), array_agg(content),
               array_agg(transaction)
        FROM (
            SELECT l.position AS place, l.event_id AS event, l.hash,
                   CASE WHEN e.id IS NOT NULL THEN {CANONICAL} END AS content,
                   COALESCE(e.transaction_id, 0) AS transaction
            FROM audit_leaf l LEFT JOIN audit_event e ON e.id = l.event_id
            WHERE l.position > first AND l.position <= LEAST(first + 256, %s)
            ORDER BY l.position
        ) leaf
    ) part
"""  # noqa: S608 - a constant
# Some thousand in one value: a row of the answer costs more than its hash.
HASHES = """
    SELECT string_agg(hash, ''::bytea ORDER BY position)
    FROM audit_leaf WHERE position > %s GROUP BY (position - 1) / 4096 ORDER BY min(position)
"""
UNSEALED = f"""
    SELECT e.id, {CANONICAL}, e.transaction_id
    FROM audit_event e
    WHERE NOT EXISTS (SELECT FROM audit_leaf l WHERE l.event_id = e.id) ORDER BY e.id
"""  # noqa: S608 - a constant

# Each transaction that writes holds a lock on its own number; everybody may see those.
RUNNING = """
    SELECT l.transactionid::text FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
        AND a.datname = current_database()
"""
EPOCH = 2**32


@contextmanager
def whole_record() -> Iterator[None]:
    """A transaction that may read every event: sealing and verifying have no remit."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('aar.whole_record', 'on', true)")
        yield
        cursor.execute("SELECT set_config('aar.whole_record', '', true)")


class Places:
    """The leaves of a stretch of the tree, each with its event as it is now."""

    def __init__(self, after: int, until: int) -> None:
        parts = _stream(
            PLACES, [after, until, until], ["int8[]", "int8[]", "bytea[]", "bytea[]", "int8[]"]
        )
        self._rows: Iterator[Row] = chain.from_iterable(
            zip(*part, strict=True) for part in parts if part[0]
        )
        self._held: Row | None = None

    def until(self, place: int) -> Iterator[Row]:
        """Up to this place; what lies behind it waits."""
        held, self._held = self._held, None
        if held is not None:
            if held[0] > place:
                self._held = held
                return
            yield held
        for row in self._rows:
            if row[0] > place:
                self._held = row
                return
            yield row
            if row[0] == place:
                return

    def finish(self) -> None:
        """Read the stream to its end: until then the connection answers nothing else."""
        for _row in self._rows:
            continue


def hashes(after: int) -> Iterator[bytes]:
    """The hashes of all leaves behind a place, many at a time."""
    return (row[0] for row in _stream(HASHES, [after], ["bytea"]))


def unsealed() -> Iterator[tuple[int, bytes, int]]:
    """Events that no leaf stands for."""
    return _stream(UNSEALED, [], ["int8", "bytea", "int8"])


def oldest_transaction() -> int:
    """The number of the oldest transaction that still writes in this database; the next where none.

    Not the snapshot's `xmin`: that one waits for every other database of the server too. The next
    number is asked first, so that whoever begins meanwhile is above it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        following = int(cursor.fetchone()[0])
        cursor.execute(RUNNING)
        running = [_in_full(int(low), following) for (low,) in cursor.fetchall()]
    return min([*running, following])


def _in_full(low: int, following: int) -> int:
    """A number of 32 bits, as locks show it, with its epoch: the last one before `following`."""
    number = following - following % EPOCH + low
    return number if number < following else number - EPOCH


def _stream(query: str, values: list[int], types: list[str]) -> Iterator[Any]:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)", values) as copy,
    ):
        copy.set_types(types)
        yield from copy.rows()
