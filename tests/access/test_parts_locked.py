"""What hangs from a hidden record is hidden with it: every guarded table, by the database alone."""

import pytest
from django.db import connection
from psycopg import sql

from agencies.choices import Role
from agencies.lock import acting
from tests.access.filled import guarded
from tests.factories import UserFactory


def rows(table):
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        return cursor.fetchone()[0]


@pytest.mark.parametrize("role", Role.values)
def test_an_outsider_sees_no_row_of_any_table(hidden, role):
    stranger = UserFactory.create(role=role)
    tables = guarded()
    there = {table for table in tables if rows(table)}

    with acting(stranger):
        seen = {table: rows(table) for table in tables}

    assert set(tables) == there
    assert {table: count for table, count in seen.items() if count} == {}
