"""Two locks, each of which holds alone: the reading rule of the product and that of PostgreSQL.

Every person of the world is tried on every record. What must come of it is told by the oracle.
"""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, connection

from agencies.lock import acting, machine
from tests.access.oracle import may_read
from tests.access.world import MODELS

# What no agency owns: lists, people, areas, books of the machine that hold no content.
WITHOUT_LOCK = {
    "agencies_agency",
    "agencies_sharinggroup",
    "agencies_sharinggroup_agencies",
    "agencies_tries",
    "agencies_user",
    "agencies_keptform",
    "agencies_posting",
    "agencies_posting_areas",
    "reviews_failurecategory",
    "reviews_nationalplanpoint",
    "reviews_recommendationcategory",
}
ROOMS = ("agencies", "incidents", "reviews", "lessons", "bulletins")


def expected(world, person):
    facts = world.facts_of(person) if person.is_authenticated else None
    return {
        kind: {each.number for each in world.records if each.kind == kind and may_read(facts, each)}
        for kind in MODELS
    }


def among(world, kind, rows):
    ours = {each.number for each in world.records if each.kind == kind}
    return set(rows.filter(pk__in=ours).values_list("pk", flat=True))


class TestTheLockOfTheProduct:
    def test_shows_what_the_oracle_says_with_every_policy_of_the_database_away(self, world):
        for person in (*world.people, AnonymousUser()):
            right = expected(world, person)
            for kind, model in MODELS.items():
                seen = among(world, kind, model.objects.visible_to(person))
                assert seen == right[kind], f"{kind} for {person}"


class TestTheLockOfTheDatabase:
    def test_shows_what_the_oracle_says_with_every_filter_of_the_product_away(self, world):
        for person in (*world.people, AnonymousUser()):
            right = expected(world, person)
            with acting(person):
                for kind, model in MODELS.items():
                    seen = among(world, kind, model.objects.all())
                    assert seen == right[kind], f"{kind} for {person}"

    def test_shows_nothing_of_content_to_the_machine(self, world):
        with machine():
            for kind, model in MODELS.items():
                assert not among(world, kind, model.objects.all()), kind

    def test_shows_nothing_where_nobody_is_named(self, world):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE aar")
            try:
                for model in MODELS.values():
                    assert not model.objects.exists()
            finally:
                cursor.execute("SET LOCAL ROLE NONE")

    def test_binds_the_owner_of_the_tables_too(self, world):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE aar_owner")
            try:
                for model in MODELS.values():
                    assert not model.objects.exists()
            finally:
                cursor.execute("SET LOCAL ROLE NONE")

    def test_is_on_every_table_that_holds_an_agencys_content(self, db):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace ="
                " 'public'::regnamespace AND NOT (relrowsecurity AND relforcerowsecurity)"
            )
            open_tables = {row[0] for row in cursor.fetchall()}
        content = {
            model._meta.db_table
            for room in ROOMS
            for model in apps.get_app_config(room).get_models(include_auto_created=True)
        }

        assert content & open_tables == WITHOUT_LOCK & content


class TestTheRoleOfTheProduct:
    @pytest.mark.parametrize(
        "statement",
        [
            "CREATE TABLE mine (n int)",
            "ALTER TABLE incidents_incident DISABLE ROW LEVEL SECURITY",
            "DROP POLICY may_read ON incidents_incident",
            "UPDATE audit_event SET actor_name = 'somebody else'",
            "DELETE FROM audit_event",
            "TRUNCATE audit_event",
        ],
    )
    def test_may_not(self, db, statement):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE aar")
            with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
                cursor.execute(statement)

    def test_never_becomes_the_owner(self, db):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_has_role('aar', 'aar_owner', 'MEMBER')")
            assert cursor.fetchone() == (False,)
