"""Recording an incident and correcting it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP
from agencies.lock import deed
from agencies.models import User
from agencies.numbers import queue_up
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken, StaleEdit
from incidents import policies, rules
from incidents.actions._incident import (
    fetch_for_change,
    name_reader,
    next_reference,
    sort_date,
)
from incidents.actions.counts import store_report
from incidents.actions.widenings import withdraw_widenings
from incidents.choices import Occasion
from incidents.details import CountReport, IncidentDetails
from incidents.models import Incident


class OccasionUnknown(RuleBroken):
    """The register knows no such occasion."""


@deed
def record_incident(
    *,
    details: IncidentDetails,
    origin: str,
    by: User,
    at: datetime,
    report: CountReport | None = None,
) -> Incident:
    """Put an incident on the register of one's own agency, with its first casualty report if any.

    `origin` names the form or the file it came from: the same origin twice is one incident.
    """
    if not policies.can_record_incident(by):
        raise PermissionDenied
    queue_up(origin)
    known = Incident.objects.visible_to(by).filter(origin=origin).first()
    if known is not None:
        return known
    rules.refuse(rules.broken_by_incident(details, by=by, at=at))
    columns = details.columns()
    is_red = columns["tlp"] == TLP.RED
    incident = Incident.objects.create(
        # A RED record has a named reader from its first moment: guarded otherwise until then.
        **(columns | {"tlp": TLP.AMBER_STRICT} if is_red else columns),
        **sort_date(details.when, at),
        reference=next_reference(details),
        agency_id=by.agency_id,
        origin=origin,
        recorded_at=at,
        recorded_by=by,
    )
    if is_red:
        name_reader(incident, by, at=at)
        incident.tlp = TLP.RED
        incident.save(update_fields=["tlp"])
    record(Verb.INCIDENT_RECORDED, by=by, target=incident, at=at)
    if report is not None:
        store_report(incident=incident, report=report, by=by, at=at)
    return incident


@deed
def change_incident(
    *, incident_id: int, details: IncidentDetails, lock_version: int, by: User, at: datetime
) -> Incident:
    """Correct the record. Refused when somebody saved other words since `lock_version` was read."""
    incident = fetch_for_change(incident_id, by)
    details = details.keeping_area_of(incident)
    changed = [name for name in details.changes(incident) if name != "is_example"]
    if not changed:
        return incident
    if incident.lock_version != lock_version:
        raise StaleEdit(_("Somebody else saved this incident since you opened it."))
    rules.refuse(rules.broken_by_incident(details, by=by, at=at))
    rules.refuse(rules.broken_by_change(details, incident))
    if {"tlp", "classification", "caveats"} & set(changed):
        withdraw_widenings(incident=incident, by=by, at=at)
    columns = details.columns() | sort_date(details.when, incident.recorded_at)
    for name in (*changed, "sort_date"):
        setattr(incident, name, columns[name])
    incident.lock_version += 1
    if incident.tlp == TLP.RED and "tlp" in changed:
        name_reader(incident, by, at=at)
    incident.save(update_fields=[*changed, "sort_date", "lock_version"])
    record(Verb.INCIDENT_CHANGED, by=by, target=incident, at=at, fields=changed)
    return incident


@deed
def name_occasion(*, incident_id: int, occasion: str, by: User, at: datetime) -> Incident:
    """Say which occasion the day was; one of those that are known. The same twice is once."""
    incident = fetch_for_change(incident_id, by)
    if occasion not in Occasion.values:
        raise OccasionUnknown(_("Choose one of the occasions that are offered."))
    if incident.occasion == occasion:
        return incident
    incident.occasion = occasion
    incident.lock_version += 1
    incident.save(update_fields=["occasion", "lock_version"])
    record(Verb.INCIDENT_CHANGED, by=by, target=incident, at=at, fields=["occasion"])
    return incident
