"""Who may do what to incidents. Reading is not here: it is `Incident.objects.visible_to`."""

from agencies.choices import WIDENERS, Role
from agencies.models import User
from incidents.models import (
    ColumnMapping,
    Evidence,
    Import,
    Incident,
    IncidentWidening,
    Relation,
)

RECORDERS = frozenset({Role.INVESTIGATOR})
LOADERS = frozenset({Role.INVESTIGATOR, Role.AGENCY_ADMIN})
SETTLERS = frozenset({Role.INVESTIGATOR, Role.COMMANDER})
SHARERS = frozenset({Role.COMMANDER, Role.RELEASE_OFFICER, Role.AGENCY_ADMIN})


def can_record_incident(user: User) -> bool:
    """Investigators record, for their own agency."""
    return user.is_active and user.role in RECORDERS


def can_load_incidents(user: User) -> bool:
    """Those who record, and the agency's admins, load files of incidents for their agency."""
    return user.is_active and user.role in LOADERS


def can_work_on_import(user: User, batch: Import) -> bool:
    """Who handed the file in, and the agency's admins; whoever sees it is one of these."""
    return can_load_incidents(user) and user.agency_id == batch.agency_id


def can_forget_mapping(user: User, mapping: ColumnMapping) -> bool:
    """Whoever loads files for the agency says which of its lists need not be known any more."""
    return can_load_incidents(user) and user.agency_id == mapping.agency_id


def can_change_incident(user: User, incident: Incident) -> bool:
    """Investigators of the owner agency add to the record and correct it while it stands."""
    own = user.agency_id == incident.agency_id
    return can_record_incident(user) and own and incident.withdrawn_at is None


def can_take_back_relation(user: User, relation: Relation) -> bool:
    """Investigators of the agency whose word it is."""
    return can_record_incident(user) and user.agency_id == relation.agency_id


def can_withdraw_incident(user: User, incident: Incident) -> bool:
    """Investigators and commanders of the owner agency withdraw what was recorded in error, and
    put back what was withdrawn in error."""
    return user.is_active and user.role in SETTLERS and user.agency_id == incident.agency_id


def can_settle_dispute(user: User, incident: Incident) -> bool:
    """Investigators and commanders of the owner agency settle what is disputed."""
    return user.is_active and user.role in SETTLERS and user.agency_id == incident.agency_id


def can_share_incident(user: User, incident: Incident) -> bool:
    """Those who release for the owner agency, and whoever recorded it, name its readers."""
    if not user.is_active or user.agency_id != incident.agency_id:
        return False
    return user.role in SHARERS or user.pk == incident.recorded_by_id


def can_ask_to_widen(user: User, incident: Incident) -> bool:
    """Who works on the owner agency's record, or answers for where it goes, asks."""
    decides = user.is_active and user.role in WIDENERS and user.agency_id == incident.agency_id
    return decides or can_change_incident(user, incident)


def can_decide_widening(user: User, widening: IncidentWidening) -> bool:
    """Who answers for where the agency's records go; what one asked oneself, another decides."""
    same = user.agency_id == widening.agency_id
    return user.is_active and user.role in WIDENERS and same


def can_read_history(user: User, incident: Incident) -> bool:
    """Whom it was passed to and what was done to it: the owner agency's affair, and auditors'."""
    return user.is_active and (user.agency_id == incident.agency_id or user.role == Role.AUDITOR)


def can_attach_evidence(user: User, evidence: Evidence) -> bool:
    """Whoever may change its incident says which of its facts it supports."""
    return can_change_incident(user, evidence.incident)


def can_keep_evidence(user: User, evidence: Evidence) -> bool:
    """Investigators and commanders of the owner agency record who holds it, and withdraw it."""
    return user.is_active and user.role in SETTLERS and user.agency_id == evidence.agency_id
