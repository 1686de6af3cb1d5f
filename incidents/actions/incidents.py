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
    fetch,
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


class ReasonNeeded(RuleBroken):
    """A record is withdrawn only with a reason."""


class NotTheSame(RuleBroken):
    """A record cannot be the second of this one."""


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
    rules.refuse(rules.broken_by_new_point(details))
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


@deed
def withdraw_incident(
    *, incident_id: int, reason: str, by: User, at: datetime, same_as: int | None = None
) -> Incident:
    """Take a record made in error out of every list and count. The same twice is once.

    Its page stays for whoever read it before, with the reason: a record that vanished would be
    concealed, not withdrawn. `same_as` is the record that stands where one incident has two; both
    keep their histories. Raises Incident.DoesNotExist where `by` may not see that one.
    """
    incident = _fetch_to_withdraw(incident_id, by)
    stands = _standing(same_as, incident, by)
    said = reason.strip()
    if not said:
        raise ReasonNeeded(_("Say why it is withdrawn."))
    if incident.withdrawn_at is not None:
        return incident
    withdraw_widenings(incident=incident, by=by, at=at)
    incident.withdrawn_at = at
    incident.withdrawn_by = by
    incident.withdrawn_because = said
    incident.same_as = stands
    _save_withdrawal(incident)
    # Which record stands is in the change of the row, which fewer read than this deed.
    record(Verb.INCIDENT_WITHDRAWN, by=by, target=incident, at=at, reason=said)
    return incident


@deed
def put_back_incident(*, incident_id: int, by: User, at: datetime) -> Incident:
    """Undo a withdrawal; both stand in the record of deeds."""
    incident = _fetch_to_withdraw(incident_id, by)
    if incident.withdrawn_at is None:
        return incident
    incident.withdrawn_at = incident.withdrawn_by = None
    incident.withdrawn_because = ""
    incident.same_as = None
    _save_withdrawal(incident)
    record(Verb.INCIDENT_PUT_BACK, by=by, target=incident, at=at)
    return incident


def _fetch_to_withdraw(incident_id: int, by: User) -> Incident:
    incident = fetch(incident_id, by)
    if not policies.can_withdraw_incident(by, incident):
        raise PermissionDenied
    return incident


def _standing(same_as: int | None, incident: Incident, by: User) -> Incident | None:
    if same_as is None:
        return None
    stands = Incident.objects.visible_to(by).get(pk=same_as)
    if stands.pk == incident.pk or stands.withdrawn_at is not None:
        raise NotTheSame(_("Name a record that stands, and another than this one."))
    return stands


def _save_withdrawal(incident: Incident) -> None:
    incident.lock_version += 1
    columns = ("withdrawn_at", "withdrawn_by", "withdrawn_because", "same_as", "lock_version")
    incident.save(update_fields=columns)
