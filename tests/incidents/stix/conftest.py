"""A register of one rich incident, and the bundle that its reader takes away."""

import json

import pytest

from agencies.lock import acting
from incidents.choices import PlacePrecision
from tests.bulletins.factories import IncidentFactory
from tests.factories import UserFactory
from tests.incidents.stix.bundles import ATTACKERS, VICTIMS, counted

STIX = "/incidents/export/stix/"


@pytest.fixture
def by():
    return UserFactory.create()


@pytest.fixture
def export(client, by):
    client.force_login(by)

    def go(**asked):
        answer = client.get(STIX, asked)
        assert answer["Content-Type"] == "application/stix+json;version=2.1"
        return json.loads(b"".join(answer.streaming_content))

    return go


@pytest.fixture
def rich(by):
    """One incident of everything that the register can say."""
    with acting(by):
        incident = IncidentFactory.create(
            agency=by.agency,
            title_ur="جلوس پر حملہ",
            caveats=["ORCON"],
            group_named="A group, as one paper wrote",
            latitude=29.8,
            longitude=66.8,
            place_text="Main Bazaar",
            place_precision=PlacePrecision.NEAR,
            origin="UCDP-GED:4711",
        )
        counted(incident, by, VICTIMS, low=15, high=60, reported_by="A paper")
        counted(incident, by, ATTACKERS, best=2)
    return incident
