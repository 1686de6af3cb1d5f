import pytest

from agencies.choices import Role
from incidents import policies
from tests.factories import UserFactory
from tests.incidents.factories import IncidentFactory

pytestmark = pytest.mark.django_db

# role: may change, settle, share, read the history, of one's own agency's incident
OWN = {
    Role.INVESTIGATOR: (True, True, False, True),
    Role.COMMANDER: (False, True, True, True),
    Role.RELEASE_OFFICER: (False, False, True, True),
    Role.AGENCY_ADMIN: (False, False, True, True),
    Role.AUDITOR: (False, False, False, True),
    Role.SYSTEM_ADMIN: (False, False, False, True),
}


def rights(person, incident):
    return (
        policies.can_change_incident(person, incident),
        policies.can_settle_dispute(person, incident),
        policies.can_share_incident(person, incident),
        policies.can_read_history(person, incident),
    )


class TestPolicies:
    @pytest.mark.parametrize("role", Role)
    def test_of_ones_own_agency(self, role):
        incident = IncidentFactory.create()
        person = UserFactory.create(role=role, agency=incident.agency)

        assert rights(person, incident) == OWN[role]
        assert policies.can_record_incident(person) == (role == Role.INVESTIGATOR)

    @pytest.mark.parametrize("role", Role)
    def test_of_another_agency(self, role):
        incident = IncidentFactory.create()
        person = UserFactory.create(role=role)

        assert rights(person, incident) == (False, False, False, role == Role.AUDITOR)

    def test_of_the_recorder(self):
        incident = IncidentFactory.create()

        assert rights(incident.recorded_by, incident) == (True, True, True, True)

    def test_of_somebody_who_left(self):
        incident = IncidentFactory.create()
        person = UserFactory.create(agency=incident.agency, is_active=False)

        assert rights(person, incident) == (False, False, False, False)
        assert not policies.can_record_incident(person)
