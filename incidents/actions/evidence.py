"""Evidence: put on the record, passed on, opened, withdrawn. Nothing of it is ever deleted."""

from datetime import datetime
from functools import partial

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from incidents import policies, rules, tasks
from incidents.actions._incident import fetch_for_change
from incidents.choices.files import CustodyKind, EvidenceState
from incidents.details import EvidenceDetails
from incidents.files import clamd, vault
from incidents.files.inspecting import Inspected, inspect
from incidents.files.names import clean
from incidents.files.refusals import FileRefused
from incidents.models import CustodyEvent, DisplayCopy, Evidence, Incident


class AlreadyOnRecord(RuleBroken):
    """The very same file stands on this incident's record."""


class NotHandedOut(RuleBroken):
    """The file is held or refused."""


class FileAltered(RuleBroken):
    """The stored file is not the one that was handed in."""


class WithdrawnAlready(RuleBroken):
    """A piece is withdrawn once, for one reason."""


class ReasonNeeded(RuleBroken):
    """Nothing is withdrawn without saying why."""


@deed
def add_evidence(
    *,
    incident_id: int,
    upload: "File[bytes]",
    name: str,
    details: EvidenceDetails,
    by: User,
    at: datetime,
) -> Evidence:
    """Seal a file under its hash and put it on the incident's record.

    Raises FileRefused where it is of no kind that is taken.
    """
    inspected = inspect(upload, name)
    incident = fetch_for_change(incident_id, by)
    rules.refuse(rules.broken_by_evidence(details, incident, by=by, at=at))
    known = Evidence.objects.visible_to(by).live().on(incident, inspected.sha256).first()
    if known is not None:
        return _same(known, details, by, inspected.name)
    evidence = _store(incident=incident, inspected=inspected, details=details, by=by, at=at)
    record(
        Verb.EVIDENCE_ADDED,
        by=by,
        target=evidence,
        at=at,
        incident=incident.reference,
        sha256=evidence.sha256,
        size=evidence.size,
        media_type=evidence.media_type,
    )
    transaction.on_commit(partial(tasks.ring, evidence_id=evidence.pk))
    return evidence


@deed
def turn_away_file(
    *, incident_id: int, name: str, refusal: FileRefused, by: User, at: datetime
) -> None:
    """Record that somebody tried to add a file that is not taken, and why it was not."""
    incident = fetch_for_change(incident_id, by)
    record(
        Verb.EVIDENCE_TURNED_AWAY,
        by=by,
        target=incident,
        at=at,
        name=clean(name),
        why=refusal.code,
    )


@deed
def hand_over_evidence(
    *, evidence_id: int, to_whom: str, why: str, when: datetime, by: User, at: datetime
) -> CustodyEvent:
    """Record that a piece passed from whoever held it to the next, and why."""
    evidence = _fetch_to_keep(evidence_id, by)
    said = {"to_whom": to_whom.strip(), "why": why.strip(), "at": when}
    known = evidence.custody.filter(**said).first()
    if known is not None:
        return known
    last = evidence.custody.in_order().last()
    held_since = last.at if last else evidence.added_at
    rules.refuse(
        rules.broken_by_hand_over(to_whom, why, when, held_since=held_since, at=at),
    )
    event = CustodyEvent.objects.create(
        evidence=evidence,
        kind=CustodyKind.HANDED_OVER,
        from_whom=last.to_whom if last else evidence.added_by.post_line(),
        recorded_at=at,
        recorded_by=by,
        **said,
    )
    record(Verb.EVIDENCE_HANDED_OVER, by=by, target=evidence, at=at, to=event.to_whom)
    return event


@deed
def withdraw_evidence(*, evidence_id: int, reason: str, by: User, at: datetime) -> Evidence:
    """Take a piece back from its readers. It stays sealed, for its own agency and for auditors."""
    evidence = _fetch_to_keep(evidence_id, by)
    said = reason.strip()
    if not said:
        raise ReasonNeeded(_("Say why it is withdrawn."))
    if evidence.withdrawn_at is not None:
        if evidence.withdrawn_because == said:
            return evidence
        raise WithdrawnAlready(_("Somebody has withdrawn this already."))
    evidence.withdrawn_at = at
    evidence.withdrawn_by = by
    evidence.withdrawn_because = said
    evidence.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    record(Verb.EVIDENCE_WITHDRAWN, by=by, target=evidence, at=at, reason=said)
    return evidence


@deed
def open_evidence(*, evidence_id: int, by: User, at: datetime) -> "File[bytes]":
    """Hand out the original, after comparing it with its hash, and record who looked at it."""
    evidence = Evidence.objects.visible_to(by).get(pk=evidence_id)
    if evidence.state == EvidenceState.HELD:
        raise NotHandedOut(_("This file is held until it is checked for viruses."))
    if evidence.state == EvidenceState.REFUSED:
        raise NotHandedOut(_("This file carries a virus and is not handed out."))
    try:
        opened = vault.open_intact(evidence.path, evidence.sha256)
    except vault.Altered as error:
        raise FileAltered(
            _("The stored file is not the one that was handed in. It is not handed out.")
        ) from error
    record(Verb.EVIDENCE_OPENED, by=by, target=evidence, at=at, sha256=evidence.sha256)
    return opened


@deed
def report_altered(*, evidence_id: int, by: User, at: datetime) -> None:
    """Record that a stored file no longer matches its hash, when somebody wanted to open it."""
    evidence = Evidence.objects.visible_to(by).get(pk=evidence_id)
    record(Verb.EVIDENCE_ALTERED, by=by, target=evidence, at=at, sha256=evidence.sha256)


def _fetch_to_keep(evidence_id: int, by: User) -> Evidence:
    """The piece, locked, for somebody who may say who holds it."""
    evidence = Evidence.objects.visible_to(by).select_for_update(of=("self",)).get(pk=evidence_id)
    if not policies.can_keep_evidence(by, evidence):
        raise PermissionDenied
    return evidence


def _same(known: Evidence, details: EvidenceDetails, by: User, name: str) -> Evidence:
    """A second click is the same piece; anything else is told what is there already."""
    if known.added_by_id == by.pk and known.title == details.title.strip():
        return known
    raise AlreadyOnRecord(
        _("“%(name)s” is on the record of this incident already, as “%(title)s”.")
        % {"name": name, "title": known.title}
    )


@deed
def _store(
    *, incident: Incident, inspected: Inspected, details: EvidenceDetails, by: User, at: datetime
) -> Evidence:
    """The file, its row, the first line of its custody, and what is to be drawn."""
    columns = details.columns()
    # Only a source of this very incident may be named.
    source = incident.sources.filter(pk=columns.pop("source_id")).first()
    evidence = Evidence.objects.create(
        **columns,
        incident=incident,
        agency_id=incident.agency_id,
        caveats=incident.caveats,
        is_example=incident.is_example,
        source=source,
        original_name=inspected.name,
        media_type=inspected.media_type,
        group=inspected.group,
        size=inspected.size,
        sha256=inspected.sha256,
        path=vault.keep_original(inspected),
        state=EvidenceState.HELD if clamd.is_asked() else EvidenceState.CLEAN,
        added_at=at,
        added_by=by,
    )
    CustodyEvent.objects.create(
        evidence=evidence,
        kind=CustodyKind.RECEIVED,
        at=at,
        from_whom=details.from_whom.strip(),
        to_whom=by.post_line(),
        recorded_at=at,
        recorded_by=by,
    )
    if evidence.is_picture:
        DisplayCopy.objects.create(evidence=evidence, requested_at=at)
    return evidence
