"""Who sees no row of a record writes none: every guarded table, by the database alone.

No statement here reads. One that does is stopped by what may be read already, and shows nothing
of what may be written.
"""

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from psycopg import sql

from agencies.choices import Role
from agencies.lock import acting
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
