"""What every test may ask for."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import translation

from tests.factories import UserFactory
from tests.roles import deploy
from tests.signed_in import signed_in_by_the_door

__all__ = ["signed_in_by_the_door"]


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
