"""What every test may ask for."""

import gc
import os
from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import translation

from tests import template
from tests.emptied import rows_alone_go
from tests.factories import UserFactory
from tests.signed_in import signed_in_by_the_door

__all__ = ["rows_alone_go", "signed_in_by_the_door"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """The long proofs are told, and left to `make prove`, which asks for them with `PROOFS=yes`.

    Tests in a browser come first, in one row.

    The first worker gets them all and nobody steals from the head of a row, so that one product is
    started for a run and not one for each worker.
    """
    if os.environ.get("PROOFS") != "yes":
        long = [item for item in items if item.get_closest_marker("proof")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in set(long)]
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_collection_finish():
    """What is imported by now stays to the end; to look through it again and again is time lost."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """The tables come with the template; each worker's database is a copy of it."""
    connection.settings_dict["TEST"] |= {"TEMPLATE": template.name_when_made(), "MIGRATE": False}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The language that a test read in does not stay for the next."""
    yield
    translation.deactivate()


@pytest.fixture
def outsider(db):
    """A commander of an agency that has nothing to do with the story."""
    return UserFactory.create(commander=True)
