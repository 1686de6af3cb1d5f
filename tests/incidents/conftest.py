"""What every test of this room needs."""

import pytest
from django.core.cache import cache

from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def _fresh_choices():
    """The districts of one test are not those of the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def investigator():
    return UserFactory.create()


@pytest.fixture
def signed_in(client, investigator):
    client.force_login(investigator)
    return client
