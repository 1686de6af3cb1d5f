"""What bulletins add to other pages: briefs to incidents and reviews, bulletins to agencies."""

from typing import Any

from django.http import HttpRequest

from agencies.models import Agency, User
from bulletins import policies
from bulletins.models import Brief, Consent
from bulletins.selectors import issued_by
from core.panels import Panel
from incidents.models import Incident
from lessons.models import Lesson
from reviews.models import Review, ReviewVersion
from reviews.policies import can_draw_on


def gather_briefs(request: HttpRequest, record: Incident | Review) -> dict[str, Any] | None:
    """The newest briefs of the person's agency, and the way to a new one."""
    user = request.user
    if not isinstance(user, User) or not policies.can_request_brief(user):
        return None
    if isinstance(record, Review) and not can_draw_on(user, record):
        return None
    kind = "incident" if isinstance(record, Incident) else "review"
    briefs = Brief.objects.visible_to(user).filter(**{kind: record}).defer("content")
    return {
        "kind": kind,
        "record": record,
        "briefs": list(briefs.order_by("-requested_at", "-pk")[:3]),
    }


BRIEFS = Panel("aside", 80, "bulletins/_brief_panel.html", gather_briefs)


def gather_version(request: HttpRequest, version: ReviewVersion) -> dict[str, Any] | None:
    """The way to a PDF of one frozen version."""
    user = request.user
    if not isinstance(user, User) or not policies.can_request_brief(user):
        return None
    return {"kind": "version", "record": version, "briefs": []}


VERSION = Panel("aside", 80, "bulletins/_brief_panel.html", gather_version)


def gather_consent(
    request: HttpRequest, record: Incident | Review | Lesson
) -> dict[str, Any] | None:
    """How it stands with the originator of another agency's ORCON record."""
    user = request.user
    if not isinstance(user, User) or not policies.can_ask_originator(user, record):
        return None
    asked = Consent.objects.visible_to(user).about(record).filter(agency=user.agency_id)
    return {
        "kind": record._meta.model_name,
        "record": record,
        "consent": asked.order_by("-asked_at", "-pk").first(),
    }


CONSENT = Panel("aside", 70, "bulletins/_consent_panel.html", gather_consent)


def gather_issued(request: HttpRequest, agency: Agency) -> dict[str, Any] | None:
    """The newest bulletins of an agency that the person may read."""
    bulletins = list(issued_by(request.user, agency)[:20])
    marks = [(each.tlp, each.classification, each.caveats) for each in bulletins]
    return {"bulletins": bulletins, "marks": marks} if bulletins else None


ISSUED = Panel("body", 40, "bulletins/_issued.html", gather_issued)
