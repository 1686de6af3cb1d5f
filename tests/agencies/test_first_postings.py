"""People of before there were postings: each holds the post that stood on the account."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.roles import deploy

BEFORE, AFTER = ("agencies", "0004_capture_rows"), ("agencies", "0007_postings_are_kept")
PERSON = """
    INSERT INTO agencies_user (password, email, name, post, agency_id, role, clearance, is_active,
                               is_example, joined_at)
    VALUES ('', 'old@force.example', 'Old', 'DIG', %s, 'COMMANDER', 'SECRET', true, false, now())
    RETURNING id
"""


def migrate(target):
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return executor.loader.project_state([target]).apps


def ask(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else None


@pytest.fixture
def newest_again():
    """Whatever happens, the tests after this one find the tables of today."""
    leaves = list(MigrationExecutor(connection).loader.graph.leaf_nodes())
    yield
    MigrationExecutor(connection).migrate(leaves)
    deploy(connection)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("newest_again")
def test_everybody_is_given_the_post_of_the_account_with_its_areas_and_back():
    apps = migrate(BEFORE)
    agency = apps.get_model("agencies", "Agency").objects.create(code="X", name="X", tier="FEDERAL")
    area = apps.get_model("places", "Area").objects.create(
        scheme="TEST", version="1", code="A", level="PROVINCE", name="A", source="a test"
    )
    ((person,),) = ask(PERSON, agency.pk)
    ask("INSERT INTO agencies_user_areas (user_id, area_id) VALUES (%s, %s)", person, area.pk)

    migrate(AFTER)

    held = ask(
        "SELECT u.posting_id = p.id, p.agency_id, p.role, p.post, p.ended_at, a.area_id"
        "  FROM agencies_posting p JOIN agencies_user u ON u.id = p.person_id"
        "  JOIN agencies_posting_areas a ON a.posting_id = p.id"
    )
    assert held == [(True, agency.pk, "COMMANDER", "DIG", None, area.pk)]

    migrate(BEFORE)

    assert ask("SELECT user_id, area_id FROM agencies_user_areas") == [(person, area.pk)]
