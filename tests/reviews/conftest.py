"""The people of one review."""

import pytest

from tests.factories import UserFactory
from tests.reviews.factories import ReviewFactory


@pytest.fixture
def lead(db):
    return UserFactory.create()


@pytest.fixture
def judge(lead):
    """A commander of the lead's agency who had no hand in the review."""
    return UserFactory.create(commander=True, agency=lead.agency)


@pytest.fixture
def draft(lead):
    return ReviewFactory.create(lead=lead)


@pytest.fixture
def submitted(lead):
    return ReviewFactory.create(lead=lead, state="SUBMITTED")


@pytest.fixture
def at_desk(client, lead):
    """The browser of the lead."""
    client.force_login(lead)
    return client
