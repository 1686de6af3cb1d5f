"""The one reading rule, as a table: who reads a record of which marking."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from agencies.choices import TLP, Classification, Role
from agencies.models.marking import highest
from incidents.models import Incident, IncidentShare
from tests.factories import NOON, AgencyFactory, DistrictFactory, SharingGroupFactory, UserFactory


def incident(agency, tlp, classification=Classification.UNMARKED):
    number = Incident.objects.count() + 1
    return Incident.objects.create(
        agency=agency,
        tlp=tlp,
        classification=classification,
        reference=f"INC-{number}",
        title="Example",
        on_date="2026-11-01",
        sort_date="2026-11-01",
        district=DistrictFactory.create(),
        attack_type="3",
        recorded_at=NOON,
        recorded_by=UserFactory.create(agency=agency),
    )


def share(record, **recipient):
    IncidentShare.objects.create(
        record=record, shared_at=NOON, shared_by=record.recorded_by, **recipient
    )


def reads(user, record):
    return Incident.objects.visible_to(user).filter(pk=record.pk).exists()


@pytest.mark.django_db
class TestVisibleTo:
    @pytest.mark.parametrize(
        ("tlp", "owner", "shared_agency", "stranger"),
        [
            (TLP.AMBER_STRICT, True, False, False),
            (TLP.AMBER, True, True, False),
            (TLP.GREEN, True, True, True),
            (TLP.CLEAR, True, True, True),
        ],
    )
    def test_follows_the_tlp(self, outsider, tlp, owner, shared_agency, stranger):
        record = incident(AgencyFactory.create(), tlp)
        colleague = UserFactory.create(agency=record.agency)
        partner = UserFactory.create()
        share(record, to_agency=partner.agency)

        assert reads(colleague, record) is owner
        assert reads(partner, record) is shared_agency
        assert reads(outsider, record) is stranger

    def test_opens_red_to_no_agency_not_even_its_own(self):
        record = incident(AgencyFactory.create(), TLP.AMBER)
        colleague = UserFactory.create(agency=record.agency)
        partner = UserFactory.create()
        share(record, to_agency=partner.agency)
        type(record).objects.update(tlp=TLP.RED)

        assert not reads(colleague, record)
        assert not reads(partner, record)

    def test_opens_red_to_the_named_person_alone(self, outsider):
        record = incident(AgencyFactory.create(), TLP.AMBER_STRICT)
        share(record, to_person=outsider)
        type(record).objects.update(tlp=TLP.RED)

        assert reads(outsider, record)
        assert not reads(UserFactory.create(agency=outsider.agency), record)

    def test_opens_amber_to_the_agencies_of_a_group(self, outsider):
        partner = UserFactory.create()
        record = incident(AgencyFactory.create(), TLP.AMBER)
        share(record, to_group=SharingGroupFactory.create(agencies=[partner.agency]))

        assert reads(partner, record)
        assert not reads(outsider, record)

    @pytest.mark.parametrize("tlp", [TLP.AMBER, TLP.GREEN])
    def test_never_goes_above_the_clearance(self, tlp):
        record = incident(AgencyFactory.create(), tlp, Classification.CONFIDENTIAL)
        cleared = UserFactory.create(agency=record.agency, clearance=Classification.CONFIDENTIAL)
        uncleared = UserFactory.create(agency=record.agency, clearance=Classification.RESTRICTED)

        assert reads(cleared, record)
        assert not reads(uncleared, record)

    def test_shows_nothing_of_the_content_for_the_system_admins_role_alone(self):
        agency = AgencyFactory.create()
        admin = UserFactory.create(system_admin=True, agency=agency)

        assert not reads(admin, incident(agency, TLP.GREEN))

    def test_shows_nothing_to_a_closed_account(self):
        record = incident(AgencyFactory.create(), TLP.GREEN)

        assert not reads(UserFactory.create(agency=record.agency, is_active=False), record)

    def test_shows_a_person_without_a_sign_in_what_is_clear(self):
        assert reads(AnonymousUser(), incident(AgencyFactory.create(), TLP.CLEAR))
        assert not reads(AnonymousUser(), incident(AgencyFactory.create(), TLP.GREEN))

    def test_is_the_same_for_every_role_that_reads(self):
        record = incident(AgencyFactory.create(), TLP.AMBER)
        readers = [role for role in Role if role != Role.SYSTEM_ADMIN]

        assert all(reads(UserFactory.create(agency=record.agency, role=r), record) for r in readers)


@pytest.mark.django_db
class TestMarked:
    def test_cannot_be_clear_and_classified(self):
        agency = AgencyFactory.create()

        with pytest.raises(IntegrityError), transaction.atomic():
            incident(agency, TLP.CLEAR, Classification.RESTRICTED)

    def test_highest_takes_each_scale_apart(self):
        agency = AgencyFactory.create()
        parts = [
            incident(agency, TLP.AMBER, Classification.UNMARKED),
            incident(agency, TLP.GREEN, Classification.CONFIDENTIAL),
        ]

        assert highest(parts) == (TLP.AMBER, Classification.CONFIDENTIAL)
