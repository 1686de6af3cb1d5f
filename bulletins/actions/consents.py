"""Asking an originator whether what its ORCON record says may go on, and its answer."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from agencies.choices import WideningState
from agencies.lock import deed
from agencies.models import Marked, User
from audit.choices import Verb
from audit.record import record
from bulletins import policies
from bulletins.models import Consent
from bulletins.models.consent import Subject, needs_consent
from core.errors import RuleBroken, SharingRefused


class OriginatorNotAsked(SharingRefused):
    """The record goes on only with the consent of the agency it comes from."""


class ConsentRefused(RuleBroken):
    """The request cannot be made or answered like this."""


def require_consent(parts: Iterable[Marked], *, by: User) -> None:
    """Raise OriginatorNotAsked for the first part that its originator has not let go on."""
    for part in parts:
        if not needs_consent(part, by.agency_id):
            continue
        given = Consent.objects.about(part).filter(agency=by.agency_id, state=WideningState.GRANTED)
        if not given.exists():
            raise OriginatorNotAsked(
                _(
                    "%(part)s is originator controlled: it goes on only if %(agency)s agrees."
                    " Ask them on its page: “Ask the originator”."
                )
                % {"part": getattr(part, "reference", ""), "agency": part.agency.label}
            )


@deed
def ask_originator(
    *, subject: type[Subject], subject_id: int, reason: str, by: User, at: datetime
) -> Consent:
    """Ask the agency whose record it is. The same twice is once."""
    whole = subject.objects.visible_to(by).select_for_update(of=("self",)).get(pk=subject_id)
    if not policies.can_ask_originator(by, whole):
        raise PermissionDenied
    asked = Consent.objects.about(whole).filter(agency=by.agency_id)
    if known := asked.exclude(state=WideningState.REFUSED).first():
        return known
    if not reason.strip():
        raise ConsentRefused(_("Say what for, and who will read it."))
    consent = Consent.objects.create(
        reference=whole.reference,
        originator_id=whole.agency_id,
        agency_id=by.agency_id,
        reason=reason.strip(),
        asked_at=at,
        asked_by=by,
        **{whole._meta.model_name or "": whole},
    )
    record(Verb.CONSENT_ASKED, by=by, target=whole, at=at, consent=consent.pk)
    return consent


@deed
def grant_consent(*, consent_id: int, by: User, at: datetime) -> Consent:
    """The asking agency may pass on what this record says, under the record's own marking."""
    consent = _unanswered(consent_id, by, twice=WideningState.GRANTED)
    if consent.state == WideningState.ASKED:
        consent.state, consent.decided_at, consent.decided_by = WideningState.GRANTED, at, by
        consent.save(update_fields=["state", "decided_at", "decided_by"])
        record(Verb.CONSENT_GRANTED, by=by, target=consent, at=at)
    return consent


@deed
def refuse_consent(*, consent_id: int, answer: str, by: User, at: datetime) -> Consent:
    """It stays where it is; who asked is told why."""
    consent = _unanswered(consent_id, by, twice=WideningState.REFUSED)
    if consent.state == WideningState.REFUSED:
        return consent
    if not answer.strip():
        raise ConsentRefused(_("Say why; who asked is shown your words."))
    consent.state, consent.answer = WideningState.REFUSED, answer.strip()
    consent.decided_at, consent.decided_by = at, by
    consent.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    record(Verb.CONSENT_REFUSED, by=by, target=consent, at=at)
    return consent


def _unanswered(consent_id: int, by: User, *, twice: str) -> Consent:
    rows = Consent.objects.visible_to(by).select_for_update(of=("self",))
    consent = rows.get(pk=consent_id)
    if not policies.can_answer_consent(by, consent):
        raise PermissionDenied
    if consent.state not in {WideningState.ASKED, twice}:
        raise ConsentRefused(_("This request is decided already."))
    return consent
