import pytest

from agencies import policies
from agencies.choices import Classification, Role
from agencies.models import Posting, User
from tests.factories import NOON, AgencyFactory, PostingFactory, UserFactory

pytestmark = pytest.mark.django_db
C = Classification


class TestKeepingPeople:
    @pytest.mark.parametrize("role", Role.values)
    def test_is_for_admins(self, role):
        user = UserFactory.create(role=role)

        keeps = role in {"SYSTEM_ADMIN", "AGENCY_ADMIN"}
        assert policies.keeps_people(user) is keeps
        assert policies.keeps_groups(user) is (role == "SYSTEM_ADMIN")
        assert bool(policies.roles_to_give(user)) is keeps
        assert bool(policies.clearances_to_give(user)) is keeps

    @pytest.mark.parametrize("role", ["SYSTEM_ADMIN", "AGENCY_ADMIN"])
    def test_ends_with_the_account(self, role):
        user = UserFactory.create(role=role, is_active=False)

        assert not policies.keeps_people(user)
        assert not policies.can_manage_people(user, user.agency)


class TestGiving:
    @pytest.mark.parametrize("role", Role.values)
    def test_of_watching_and_keeping_everybody_is_the_system_admins(self, role, admin):
        common = role not in {"SYSTEM_ADMIN", "AUDITOR"}

        assert policies.can_give_posting(UserFactory.create(system_admin=True), admin.agency, role)
        assert policies.can_give_posting(admin, admin.agency, role) is common
        assert not policies.can_give_posting(admin, AgencyFactory.create(), role)

    @pytest.mark.parametrize(
        ("own", "most"), [(C.UNMARKED, 1), (C.RESTRICTED, 2), (C.CONFIDENTIAL, 3), (C.SECRET, 3)]
    )
    def test_clears_nobody_above_oneself_nor_above_the_deployment(self, own, most):
        admin = UserFactory.create(agency_admin=True, clearance=own)

        assert policies.clearances_to_give(admin) == list(C)[:most]

    def test_clears_to_secret_where_that_is_accredited(self, settings):
        settings.ACCREDITED_FOR_SECRET = True

        assert policies.clearances_to_give(UserFactory.create(system_admin=True)) == list(C)


class TestKeepingAnAccount:
    def may(self, admin, person):
        return policies.can_keep_account(admin, person, Posting.objects.of(person))

    def test_is_the_agency_admins_within_the_agency(self, admin, person, system_admin):
        assert self.may(admin, person)
        assert self.may(system_admin, person)

    def test_is_not_the_affair_of_a_stranger_or_a_colleague(self, person, stranger, agency):
        assert not self.may(stranger, person)
        assert not self.may(UserFactory.create(commander=True, agency=agency), person)

    def test_is_never_ones_own_affair(self, admin, system_admin):
        assert not self.may(admin, admin)
        assert not self.may(system_admin, system_admin)

    @pytest.mark.parametrize("role", ["AUDITOR", "SYSTEM_ADMIN"])
    def test_of_those_above_is_the_system_admins(self, admin, system_admin, role):
        above = UserFactory.create(agency=admin.agency, role=role)

        assert not self.may(admin, above)
        assert self.may(system_admin, above)

    def test_of_the_better_cleared_is_the_system_admins(self, admin, system_admin, agency):
        above = UserFactory.create(agency=agency, clearance=C.CONFIDENTIAL)

        assert not self.may(admin, above)
        assert self.may(system_admin, above)

    def test_is_the_system_admins_once_there_is_a_post_elsewhere(self, admin, system_admin, person):
        PostingFactory.create(person=person)

        assert not self.may(admin, person)
        assert self.may(system_admin, person)


class TestGivingAnother:
    def may(self, admin, person):
        return policies.can_give_another(admin, person, Posting.objects.of(person))

    def test_is_the_system_admins_and_not_ones_own_affair(self, admin, system_admin, person):
        assert self.may(system_admin, person)
        assert not self.may(system_admin, system_admin)
        assert not self.may(admin, person)
        assert not self.may(person, admin)

    def test_is_an_agency_admins_where_the_last_one_there_has_ended(self, admin, person):
        Posting.objects.filter(pk=person.posting_id).update(ended_at=NOON, ended_by=admin)
        User.objects.filter(pk=person.pk).update(is_active=False)

        assert self.may(admin, person)
