"""The people of one agency, and whoever sends them bulletins."""

import pytest

from tests.factories import AgencyFactory, DistrictFactory, UserFactory


@pytest.fixture
def agency(db):
    return AgencyFactory.create()


@pytest.fixture
def district(db):
    return DistrictFactory.create(name="Example District")


@pytest.fixture
def investigator(agency):
    return UserFactory.create(agency=agency)


@pytest.fixture
def commander(agency, district):
    user = UserFactory.create(commander=True, agency=agency)
    user.posting.areas.set([district])
    return user


@pytest.fixture
def officer(agency):
    return UserFactory.create(release_officer=True, agency=agency)


@pytest.fixture
def sender(db):
    """The release officer of the agency that sends."""
    return UserFactory.create(release_officer=True)
