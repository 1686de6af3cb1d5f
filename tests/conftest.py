"""What every test may ask for."""

import pytest

from tests.factories import UserFactory


@pytest.fixture
def outsider(db):
    """A commander of an agency that has nothing to do with the story."""
    return UserFactory.create(commander=True)
