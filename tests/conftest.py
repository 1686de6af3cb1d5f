"""What every test may ask for."""

import gc
from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import translation

from tests.factories import UserFactory
from tests.roles import deploy
from tests.signed_in import signed_in_by_the_door

__all__ = ["signed_in_by_the_door"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Tests in a browser come first, in one row.

    The first worker gets them all and nobody steals from the head of a row, so that one product is
    started for a run and not one for each worker.
    """
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tables belong to their owner and the product is let in, as a deployment is made."""
    with django_db_blocker.unblock():
        deploy(connection)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The language that a test read in does not stay for the next."""
    yield
    translation.deactivate()


@pytest.fixture
def outsider(db):
    """A commander of an agency that has nothing to do with the story."""
    return UserFactory.create(commander=True)


def pytest_collection_finish():
    """What is imported by now stays to the end; to look through it again and again is time lost."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
