"""An agency with its people, and whoever keeps them."""

import pytest

from agencies.choices import Classification
from tests.factories import AgencyFactory, UserFactory


@pytest.fixture
def agency(db):
    return AgencyFactory.create(name="Example Police")


@pytest.fixture
def person(agency):
    """An investigator, whom both admins may keep."""
    return UserFactory.create(agency=agency, name="Gul", post="Inspector, Example District")


@pytest.fixture
def admin(agency):
    """The admin of the agency, cleared to RESTRICTED."""
    return UserFactory.create(agency_admin=True, agency=agency)


@pytest.fixture
def system_admin(db):
    return UserFactory.create(system_admin=True)


@pytest.fixture
def stranger(db):
    """The admin of another agency."""
    return UserFactory.create(agency_admin=True, clearance=Classification.CONFIDENTIAL)
