"""Facts on which accounts differ: kept side by side, settled with a reason, never overwritten."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from incidents import policies, rules
from incidents.actions._incident import fetch, fetch_for_change, next_position, source_of
from incidents.choices import DisputeState
from incidents.details import Account
from incidents.models import DisputedFact, FactAccount


class DisputeExists(RuleBroken):
    """The fact is in dispute already; further accounts are added to it."""


class DisputeSettled(RuleBroken):
    """A settled dispute is not settled again with other words."""


class ReasonMissing(RuleBroken):
    """Nothing is settled without saying how."""


@deed
def dispute_fact(
    *,
    incident_id: int,
    name: str,
    accounts: Sequence[Account],
    by: User,
    at: datetime,
    why_differ: str = "",
) -> DisputedFact:
    """Set at least two accounts of one fact side by side."""
    incident = fetch_for_change(incident_id, by)
    rules.require_accounts([account.said for account in accounts])
    known = incident.disputes.filter(name=name.strip()).first()
    if known is not None:
        return _same_dispute(known, accounts)
    dispute = DisputedFact.objects.create(
        incident=incident,
        name=name.strip(),
        why_differ=why_differ.strip(),
        position=next_position(incident.disputes.all()),
    )
    for account in accounts:
        if account.said.strip():
            _store_account(dispute, account)
    record(Verb.FACT_DISPUTED, by=by, target=incident, at=at, fact=dispute.name)
    return dispute


@deed
def add_account(
    *, incident_id: int, dispute_id: int, account: Account, by: User, at: datetime
) -> FactAccount:
    """Add another account to a dispute that is open."""
    incident = fetch_for_change(incident_id, by)
    dispute = incident.disputes.get(pk=dispute_id)
    if not account.said.strip():
        raise ReasonMissing(_("Say what the account says."))
    known = dispute.accounts.filter(said=account.said.strip()).first()
    if known is not None:
        return known
    if dispute.state == DisputeState.SETTLED:
        raise DisputeSettled(_("This is settled; a further account cannot be added."))
    stored = _store_account(dispute, account)
    record(Verb.FACT_DISPUTED, by=by, target=incident, at=at, fact=dispute.name)
    return stored


@deed
def settle_dispute(
    *, incident_id: int, dispute_id: int, resolution: str, by: User, at: datetime
) -> DisputedFact:
    """Settle a dispute and say how. Every account stays, the losing one too."""
    incident = fetch(incident_id, by)
    if not policies.can_settle_dispute(by, incident):
        raise PermissionDenied
    dispute = incident.disputes.get(pk=dispute_id)
    reason = resolution.strip()
    if not reason:
        raise ReasonMissing(_("Say how it was settled and on what evidence."))
    if dispute.state == DisputeState.SETTLED:
        if dispute.resolution == reason:
            return dispute
        raise DisputeSettled(_("Somebody has settled this already."))
    dispute.state = DisputeState.SETTLED
    dispute.resolution = reason
    dispute.settled_at = at
    dispute.settled_by = by
    dispute.save(update_fields=["state", "resolution", "settled_at", "settled_by"])
    record(Verb.FACT_SETTLED, by=by, target=incident, at=at, fact=dispute.name)
    return dispute


def _same_dispute(known: DisputedFact, accounts: Sequence[Account]) -> DisputedFact:
    stored = set(known.accounts.values_list("said", flat=True))
    if {account.said.strip() for account in accounts if account.said.strip()} <= stored:
        return known
    raise DisputeExists(_("This fact is in dispute already: add your account to it."))


def _store_account(dispute: DisputedFact, account: Account) -> FactAccount:
    return FactAccount.objects.create(
        dispute=dispute,
        said=account.said.strip(),
        source=source_of(dispute.incident, account.source),
        position=next_position(dispute.accounts.all()),
    )
