"""Who may do what, as tables."""

import pytest

from agencies.choices import Role
from bulletins import policies
from bulletins.models import Receipt
from tests.factories import UserFactory

ROLES = list(Role)
EDITORS = {Role.RELEASE_OFFICER, Role.AGENCY_ADMIN}
SECONDS = EDITORS | {Role.COMMANDER}


def person(role, agency=None):
    return UserFactory.create(role=role, **({"agency": agency} if agency else {}))


@pytest.mark.django_db
class TestBulletinPolicies:
    @pytest.mark.parametrize("role", ROLES)
    def test_editors_compose(self, role):
        assert policies.can_compose(person(role)) is (role in EDITORS)

    @pytest.mark.parametrize("role", ROLES)
    def test_editors_of_the_agency_change_and_issue_drafts(self, story, role):
        draft = story.composed()
        own, other = person(role, story.agency), person(role)

        for rule in (policies.can_change, policies.can_issue):
            allowed = SECONDS if rule is policies.can_issue else EDITORS
            assert rule(own, draft) is (role in allowed)
            assert rule(other, draft) is False
        assert policies.can_release(own, draft) is False

    @pytest.mark.parametrize("role", ROLES)
    def test_issued_is_released_not_changed(self, story, rung, role):
        bulletin = story.issued()
        own = person(role, story.agency)

        assert policies.can_release(own, bulletin) is (role in SECONDS)
        assert policies.can_change(own, bulletin) is False
        assert policies.can_release(person(role), bulletin) is False

    @pytest.mark.parametrize("role", ROLES)
    def test_the_owner_sees_receipts(self, story, rung, role):
        bulletin = story.issued()
        watchers = EDITORS | {Role.COMMANDER, Role.AUDITOR}

        assert policies.can_see_receipts(person(role, story.agency), bulletin) is (role in watchers)
        assert policies.can_see_receipts(person(role), bulletin) is False

    @pytest.mark.parametrize("role", ROLES)
    def test_the_recipients_commander_or_editor_answers(self, story, rung, role):
        story.released()
        receipt = Receipt.objects.get()
        answers = EDITORS | {Role.COMMANDER}

        assert policies.can_answer(person(role, receipt.agency), receipt) is (role in answers)
        assert policies.can_answer(person(role), receipt) is False

    @pytest.mark.parametrize("role", ROLES)
    def test_auditors_and_system_admins_take_no_briefs(self, role):
        allowed = role not in {Role.AUDITOR, Role.SYSTEM_ADMIN}

        assert policies.can_request_brief(person(role)) is allowed

    def test_who_has_left_may_nothing(self, story, rung):
        story.released()
        receipt = Receipt.objects.get()
        gone = UserFactory.create(role=Role.AGENCY_ADMIN, agency=receipt.agency, is_active=False)

        assert not policies.can_compose(gone)
        assert not policies.can_answer(gone, receipt)
        assert not policies.can_request_brief(gone)
