"""Evidence attached to the fact it supports, and taken off."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from incidents import policies
from incidents.actions._incident import fetch_for_change
from incidents.choices.files import EvidenceState
from incidents.models import Evidence, Incident, Support
from incidents.models.facts import FactAccount


class SupportsNothing(RuleBroken):
    """The piece cannot be attached, or not to this."""


@deed
def attach_evidence(*, evidence_id: int, what: str, number: int, by: User, at: datetime) -> Support:
    """Say that a piece supports one fact of its incident. The same twice is once."""
    evidence = Evidence.objects.visible_to(by).get(pk=evidence_id)
    incident = fetch_for_change(evidence.incident_id, by)
    if evidence.withdrawn_at is not None or evidence.state == EvidenceState.REFUSED:
        raise SupportsNothing(_("This piece is withdrawn or refused, and supports nothing."))
    rows = supportable(incident).get(what)
    if rows is None or not rows.filter(pk=number).exists():
        raise SupportsNothing(_("Choose a fact of this incident."))
    support, is_new = Support.objects.get_or_create(
        evidence=evidence,
        **{f"{what}_id": number},
        defaults={"attached_at": at, "attached_by": by},
    )
    if is_new:
        told = {"what": what, "number": number}
        record(Verb.EVIDENCE_ATTACHED, by=by, target=evidence, at=at, **told)
    return support


@deed
def detach_evidence(*, evidence_id: int, support_id: int, by: User, at: datetime) -> None:
    """Take a piece off a fact. That it was attached stays in the record of deeds."""
    seen = Support.objects.visible_to(by).select_related("evidence")
    support = seen.filter(evidence=evidence_id, pk=support_id).first()
    if support is None:  # somebody did it before
        return
    evidence = support.evidence
    if not policies.can_attach_evidence(by, evidence):
        raise PermissionDenied
    told = {"what": support.what, "number": support.number}
    support.delete()
    record(Verb.EVIDENCE_DETACHED, by=by, target=evidence, at=at, **told)


def supportable(incident: Incident) -> dict[str, Any]:
    """Everything of an incident that a piece may be attached to, by the word for it."""
    return {
        "fact": incident.facts.all(),
        "count": incident.casualty_counts.all(),
        "claim": incident.claims.all(),
        "account": FactAccount.objects.filter(dispute__incident=incident),
        "entry": incident.log.all(),
    }
