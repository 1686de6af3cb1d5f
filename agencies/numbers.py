"""Numbers that people say aloud: counted without a gap, whoever may see the record before."""

from django.db import connection
from django.db.models import Model


def next_number(model: type[Model], start: str) -> int:
    """The number after the highest whose reference begins with `start`.

    Waits for whoever takes one at the same moment, until they commit.
    """
    queue_up(start)
    with connection.cursor() as cursor:
        cursor.execute("SELECT aar_last_number(%s, %s)", [model._meta.db_table, start])
        row = cursor.fetchone()
    return int(row[0]) + 1 if row else 1


def queue_up(name: str) -> None:
    """Wait for whoever holds `name`; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
