"""What a start does with the database it finds."""

import pytest
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from aar.upgrades import bring_up_to_date

pytestmark = pytest.mark.django_db
RECORDED = MigrationRecorder(connection).migration_qs


def test_a_database_that_is_up_to_date_costs_a_look(django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        bring_up_to_date()


def test_a_database_that_had_every_earlier_step_goes_on():
    for app, name in MigrationLoader(connection).replacements:
        RECORDED.filter(app=app, name=name).delete()
    before = RECORDED.count()

    bring_up_to_date()

    assert before == RECORDED.count()


def test_a_database_of_the_middle_of_the_way_is_refused_with_a_way_out():
    RECORDED.filter(app="agencies", name="0005_postings").delete()

    with pytest.raises(CommandError, match=r"make run DATA_DIR=another-folder"):
        bring_up_to_date()
