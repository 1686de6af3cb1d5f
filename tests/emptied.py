"""A test that commits is cleared away after it: rows go, what migrations made stays.

Django would make the files of all tables and indexes anew, and the types of content after that.
"""

from unittest import mock

import pytest
from django.db import connection
from django.test import TransactionTestCase

KEPT = ("django_migrations", "django_content_type", "auth_permission", "incidents_hijri")
# As a replica applies them: neither triggers nor foreign keys hold up a row that goes.
EMPTY = """
SET session_replication_role = replica;
DO $$
DECLARE
    thing regclass;
    filled boolean;
BEGIN
    FOR thing IN SELECT oid FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL (%s) LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %%s)', thing) INTO filled;
        IF filled THEN
            EXECUTE format('DELETE FROM %%s', thing);
        END IF;
    END LOOP;
END $$;
RESET session_replication_role
"""


@pytest.fixture(autouse=True, scope="session")
def rows_alone_go():
    """For every test of the run that commits."""
    with mock.patch.object(TransactionTestCase, "_fixture_teardown", empty):
        yield


def empty(_test):
    """Delete the rows of all tables that have any."""
    with connection.cursor() as cursor:
        cursor.execute(EMPTY, [list(KEPT)])
