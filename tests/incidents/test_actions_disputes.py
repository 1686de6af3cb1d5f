import pytest
from django.core.exceptions import PermissionDenied

from agencies.choices import TLP
from audit.choices import Verb
from audit.models import Event
from incidents import actions
from incidents.actions.disputes import (
    DisputeExists,
    DisputeSettled,
    ReasonMissing,
)
from incidents.choices import DisputeState
from incidents.details import Account, SourceDetails
from incidents.models import DisputedFact, Incident
from incidents.rules import DisputeNeedsAccounts
from tests.factories import NOON, UserFactory
from tests.incidents.factories import IncidentFactory

pytestmark = pytest.mark.django_db
NATION = Account(said="6-8 kg", source=SourceDetails(title="The Nation"))
AAJ = Account(said="10-15 kg", source=SourceDetails(title="Aaj News"))


def dispute(incident, *accounts, name="Explosive", by=None):
    return actions.dispute_fact(
        incident_id=incident.pk,
        name=name,
        accounts=accounts or (NATION, AAJ),
        by=by or incident.recorded_by,
        at=NOON,
    )


def settle(disputed, by, resolution="The bomb disposal report says 8 kg."):
    return actions.settle_dispute(
        incident_id=disputed.incident_id,
        dispute_id=disputed.pk,
        resolution=resolution,
        by=by,
        at=NOON,
    )


class TestDisputeFact:
    def test_sets_accounts_side_by_side_with_their_sources(self):
        incident = IncidentFactory.create()

        disputed = dispute(incident)

        kept = disputed.accounts.order_by("position").values_list("said", "source__title")
        assert list(kept) == [("6-8 kg", "The Nation"), ("10-15 kg", "Aaj News")]
        assert Event.objects.get(verb=Verb.FACT_DISPUTED).data == {"fact": "Explosive"}

    @pytest.mark.parametrize("accounts", [(NATION,), (NATION, NATION), (NATION, Account(said=" "))])
    def test_refuses_fewer_than_two_accounts_that_differ(self, accounts):
        incident = IncidentFactory.create()

        with pytest.raises(DisputeNeedsAccounts):
            dispute(incident, *accounts)

        assert not DisputedFact.objects.exists()

    def test_is_made_once(self):
        incident = IncidentFactory.create()

        assert dispute(incident) == dispute(incident)
        assert Event.objects.filter(verb=Verb.FACT_DISPUTED).count() == 1

    def test_refuses_a_second_dispute_of_the_same_fact(self):
        incident = IncidentFactory.create()
        dispute(incident)

        with pytest.raises(DisputeExists):
            dispute(incident, NATION, Account(said="20 kg"))

    def test_is_for_investigators_of_the_owner_agency(self):
        incident = IncidentFactory.create(tlp=TLP.GREEN)

        with pytest.raises(PermissionDenied):
            dispute(incident, by=UserFactory.create())

    def test_is_invisible_to_an_outsider(self, outsider):
        with pytest.raises(Incident.DoesNotExist):
            dispute(IncidentFactory.create(), by=outsider)


class TestAddAccount:
    def add(self, disputed, said, by=None):
        return actions.add_account(
            incident_id=disputed.incident_id,
            dispute_id=disputed.pk,
            account=Account(said=said),
            by=by or disputed.incident.recorded_by,
            at=NOON,
        )

    def test_stands_beside_the_others(self):
        disputed = dispute(IncidentFactory.create())

        self.add(disputed, "20 kg")
        self.add(disputed, "20 kg")

        assert disputed.accounts.count() == 3

    def test_refuses_silence_and_a_settled_dispute(self):
        disputed = dispute(IncidentFactory.create())

        with pytest.raises(ReasonMissing):
            self.add(disputed, " ")
        settle(disputed, disputed.incident.recorded_by)
        with pytest.raises(DisputeSettled):
            self.add(disputed, "20 kg")

    def test_is_invisible_to_an_outsider(self, outsider):
        disputed = dispute(IncidentFactory.create())

        with pytest.raises(Incident.DoesNotExist):
            self.add(disputed, "20 kg", by=outsider)


class TestSettleDispute:
    def test_keeps_every_account_and_says_how(self):
        disputed = dispute(IncidentFactory.create())
        commander = UserFactory.create(commander=True, agency=disputed.incident.agency)

        settled = settle(disputed, commander)

        assert settled.state == DisputeState.SETTLED
        assert (settled.settled_by, settled.settled_at) == (commander, NOON)
        assert settled.accounts.count() == 2
        assert Event.objects.get(verb=Verb.FACT_SETTLED).actor_id == commander.pk

    def test_happens_once(self):
        disputed = dispute(IncidentFactory.create())
        by = disputed.incident.recorded_by

        settle(disputed, by)
        settle(disputed, by)
        with pytest.raises(DisputeSettled):
            settle(disputed, by, resolution="Another reason.")

        assert Event.objects.filter(verb=Verb.FACT_SETTLED).count() == 1

    def test_refuses_without_a_reason(self):
        disputed = dispute(IncidentFactory.create())

        with pytest.raises(ReasonMissing):
            settle(disputed, disputed.incident.recorded_by, resolution="  ")

        disputed.refresh_from_db()
        assert disputed.state == DisputeState.OPEN

    def test_is_not_for_other_roles_or_agencies(self):
        disputed = dispute(IncidentFactory.create(tlp=TLP.GREEN))

        for person in (
            UserFactory.create(commander=True),
            UserFactory.create(auditor=True, agency=disputed.incident.agency),
        ):
            with pytest.raises(PermissionDenied):
                settle(disputed, person)

    def test_is_invisible_to_an_outsider(self, outsider):
        disputed = dispute(IncidentFactory.create())

        with pytest.raises(Incident.DoesNotExist):
            settle(disputed, outsider)
