"""Who may say who holds a piece of evidence, and withdraw it."""

import pytest

from agencies.choices import Role
from incidents import policies
from tests.factories import UserFactory
from tests.incidents.evidence.samples import EvidenceFactory

pytestmark = pytest.mark.django_db
KEEPERS = {Role.INVESTIGATOR, Role.COMMANDER}


class TestCanKeepEvidence:
    @pytest.mark.parametrize("role", Role)
    def test_is_for_investigators_and_commanders_of_its_agency(self, role):
        evidence = EvidenceFactory.create()
        own = UserFactory.create(role=role, agency=evidence.agency)
        other = UserFactory.create(role=role)
        left = UserFactory.create(role=role, agency=evidence.agency, is_active=False)

        assert policies.can_keep_evidence(own, evidence) == (role in KEEPERS)
        assert not policies.can_keep_evidence(other, evidence)
        assert not policies.can_keep_evidence(left, evidence)
