"""Who sees no row of a record writes none: every guarded table, by the database alone.

No statement here reads. One that does is stopped by what may be read already, and shows nothing
of what may be written.
"""

import pytest
from django.apps import apps
from django.db import DatabaseError, ProgrammingError, connection, transaction
from psycopg import sql

from agencies.choices import Role
from agencies.lock import acting
from agencies.models import Marked
from bulletins.models import Brief, Bulletin
from incidents.models import Evidence, Incident, Tally
from lessons.models import Lesson, Recurrence
from reviews.models import Review
from tests.factories import UserFactory

POLICIES = "may_add", "may_change", "may_remove"
STOPPED = "row-level security"


def policies():
    """Table and policy, of all that say who writes; to some tables nobody does but their owner."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, policyname FROM pg_policies WHERE policyname = ANY (%s)"
            " AND tablename <> 'audit_event' ORDER BY 1, 2",
            [list(POLICIES)],
        )
        return cursor.fetchall()


def attempt(policy, table):
    """Write what only this policy of the table stands against: its statement and what it takes."""
    name = sql.Identifier(table)
    with connection.cursor() as cursor:
        last = sql.SQL("SELECT to_jsonb(t)::text FROM {} t ORDER BY id DESC LIMIT 1")
        cursor.execute(last.format(name))
        row = cursor.fetchone()[0]
    if policy == "may_add":
        again = sql.SQL("INSERT INTO {0} SELECT * FROM jsonb_populate_record(NULL::{0}, %s)")
        return again.format(name), [row]
    if policy == "may_change":
        return sql.SQL("UPDATE {} SET id = DEFAULT").format(name), []
    return sql.SQL("DELETE FROM {}").format(name), []


def stopped(policy, table, person):
    """Whether the lock, and not some later rule, keeps this person from writing to the table."""
    written, given = attempt(policy, table)
    try:
        with acting(person), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(written, given)
            done = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError as refusal:
        return isinstance(refusal, ProgrammingError) and STOPPED in str(refusal)
    return done == 0


@pytest.mark.parametrize("role", Role.values)
def test_an_outsider_writes_to_no_table(hidden, role):
    stranger = UserFactory.create(role=role)

    written = [
        f"{table}.{policy}" for table, policy in policies() if not stopped(policy, table, stranger)
    ]

    assert written == []


def test_without_any_one_policy_a_table_is_written_to(hidden):
    stranger = UserFactory.create(commander=True)
    unnoticed = []

    for table, policy in policies():
        with transaction.atomic():
            opened(policy, table)
            if stopped(policy, table, stranger):
                unnoticed.append(f"{table}.{policy}")
            transaction.set_rollback(True)

    assert unnoticed == []


def opened(policy, table):
    """The policy lets everything through."""
    clauses = {
        "may_add": "WITH CHECK (true)",
        "may_change": "USING (true) WITH CHECK (true)",
        "may_remove": "USING (true)",
    }
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER POLICY {policy} ON {table} {clauses[policy]}")


RECORDS = (Incident, Evidence, Review, Lesson, Recurrence, Bulletin, Brief)
# Counts of markings, that nobody writes by hand.
COUNTS = {Tally}


def test_every_record_with_a_marking_is_tried_below():
    marked = {m for m in apps.get_models() if issubclass(m, Marked) and not m._meta.proxy}

    assert marked - COUNTS == set(RECORDS)


@pytest.mark.parametrize("model", RECORDS)
def test_no_marking_is_lowered_by_one_person_alone(hidden, model):
    record = model.objects.filter(agency=hidden.incident.agency).earliest("pk")
    lower = {"AMBER_STRICT": "AMBER", "RESTRICTED": "UNMARKED"}
    assert (record.tlp, record.classification) == ("AMBER_STRICT", "RESTRICTED")

    for column in ("tlp", "classification"):
        change = {column: lower[getattr(record, column)]}
        with (
            pytest.raises(DatabaseError, match=r"second person|issued_never_changed"),
            transaction.atomic(),
        ):
            model.objects.filter(pk=record.pk).update(**change)
