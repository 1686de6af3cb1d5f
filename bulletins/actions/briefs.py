"""Asking for a brief of one incident or one review."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.choices import TLP
from agencies.lock import deed
from agencies.models import Marked, User
from audit.choices import Verb
from audit.record import record
from audit.sealing.printed import short_root
from bulletins import policies
from bulletins.actions.consents import require_consent
from bulletins.actions.numbers import next_reference
from bulletins.actions.renderings import ask_for_rendering
from bulletins.choices import BriefKind, Language
from bulletins.models import Brief
from bulletins.rendering.both import in_languages
from bulletins.rendering.documents import BriefDocument
from bulletins.rendering.of_brief import incident_document, review_document, version_document
from bulletins.rendering.records import record_hash, to_record, without_seal
from core.errors import SharingRefused
from incidents.models import Incident
from reviews.models import Review, ReviewVersion


class NoBriefOfThis(SharingRefused):
    """The marking of the record does not allow a brief."""


@deed
def request_incident_brief(
    *, incident_id: int, by: User, at: datetime, language: str = Language.ENGLISH
) -> Brief:
    """A PDF of what the register holds of an incident, for the person's own agency."""
    incident = (
        Incident.objects.visible_to(by)
        .select_for_update(of=("self",))
        .select_related("area")
        .get(pk=incident_id)
    )
    return _request(
        subject=incident,
        kind=BriefKind.INCIDENT,
        document=lambda number: in_languages(
            language,
            lambda tongue: incident_document(
                incident, number=number, language=tongue, by=by, printed_on=timezone.localdate(at)
            ),
        ),
        by=by,
        at=at,
    )


@deed
def request_review_brief(
    *, review_id: int, by: User, at: datetime, language: str = Language.ENGLISH
) -> Brief:
    """A PDF of a review in short, for the person's own agency."""
    review = (
        Review.objects.visible_to(by)
        .to_draw_on(by)
        .select_for_update(of=("self",))
        .select_related("incident__area", "agency")
        .get(pk=review_id)
    )
    return _request(
        subject=review,
        kind=BriefKind.REVIEW,
        document=lambda number: in_languages(
            language,
            lambda tongue: review_document(
                review, number=number, language=tongue, by=by, printed_on=timezone.localdate(at)
            ),
        ),
        by=by,
        at=at,
    )


@deed
def request_version_brief(
    *, version_id: int, by: User, at: datetime, language: str = Language.ENGLISH
) -> Brief:
    """A PDF of one frozen version of a review, whole, for the person's own agency."""
    seen = Review.objects.visible_to(by)
    version = ReviewVersion.objects.filter(review__in=seen).get(pk=version_id)
    review = seen.select_for_update(of=("self",)).select_related("agency").get(pk=version.review_id)
    version.review = review
    return _request(
        subject=review,
        kind=BriefKind.REVIEW,
        document=lambda number: in_languages(
            language,
            lambda tongue: version_document(
                version, number=number, language=tongue, by=by, printed_on=timezone.localdate(at)
            ),
        ),
        by=by,
        at=at,
    )


@deed
def _request(
    *,
    subject: Incident | Review,
    kind: BriefKind,
    document: Callable[[str], BriefDocument],
    by: User,
    at: datetime,
) -> Brief:
    """Freeze the brief and have its PDF made; asked twice with nothing changed, it is the same."""
    if not policies.can_request_brief(by):
        raise PermissionDenied
    if subject.tlp == TLP.RED:
        raise NoBriefOfThis(_("TLP:RED is for named people only; no brief is made of it."))
    require_consent([subject], by=by)
    if same := _same(subject, kind, document, by):
        return same
    number = next_reference(Brief, "IB" if kind == BriefKind.INCIDENT else "RB", at.year)
    made = replace(document(number), seal=short_root())
    content = to_record(made)
    brief = Brief.objects.create(
        reference=number,
        kind=kind,
        language=Language.BOTH if made.urdu else made.language,
        title=made.title[:250],
        content=content,
        sha256=record_hash(content),
        requested_at=at,
        requested_by=by,
        **_marking(subject, by),
        **_subject(subject),
    )
    record(Verb.BRIEF_REQUESTED, by=by, target=brief, at=at, of=subject.reference)
    ask_for_rendering(product=brief, by=by, at=at)
    return brief


def _same(
    subject: Incident | Review,
    kind: BriefKind,
    document: Callable[[str], BriefDocument],
    by: User,
) -> Brief | None:
    """The agency's newest brief of this record, when a new one would say the very same."""
    last = (
        Brief.objects.visible_to(by)
        .filter(kind=kind, agency=by.agency_id, **_subject(subject))
        .order_by("-requested_at", "-pk")
        .first()
    )
    if last is None:
        return None
    says_the_same = to_record(document(last.reference)) == without_seal(last.content)
    return last if says_the_same else None


def _subject(subject: Incident | Review) -> dict[str, Incident | Review]:
    return {"incident": subject} if isinstance(subject, Incident) else {"review": subject}


def _marking(subject: Marked, by: User) -> dict[str, object]:
    """It stays in the agency that asked; the PDF prints the marking of its source."""
    return {
        "agency": by.agency,
        "tlp": TLP.AMBER_STRICT,
        "classification": subject.classification,
        "caveats": subject.caveats,
        "is_example": subject.is_example,
    }
