"""What bulletins add to other pages: briefs to incidents and reviews, bulletins to agencies."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from bulletins import policies
from bulletins.choices import BulletinKind, ExportSubject
from bulletins.models import Brief, Bulletin, Consent
from bulletins.selectors import issued_by
from bulletins.selectors.exports import kept_query
from bulletins.selectors.products import flashes_about
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


SUBJECTS: dict[type[Model], ExportSubject] = {
    Incident: ExportSubject.INCIDENTS,
    Review: ExportSubject.REVIEWS,
    Bulletin: ExportSubject.BULLETINS,
}


def gather_export(request: HttpRequest, model: type[Model]) -> dict[str, Any] | None:
    """The way from a list to one file of the documents of all that it shows."""
    user = request.user
    if not isinstance(user, User) or not policies.can_export(user):
        return None
    subject = SUBJECTS[model]
    query = kept_query(subject, request.GET)
    return {"asked": urlencode({"of": subject}) + (f"&{query}" if query else "")}


EXPORT = Panel("list", 80, "bulletins/_export_panel.html", gather_export)


def gather_writing(request: HttpRequest, record: Incident | Lesson) -> dict[str, Any] | None:
    """What an editor may write from this page: a flash; a bulletin, a drill card, a notice."""
    user = request.user
    if not isinstance(user, User):
        return None
    if isinstance(record, Incident):
        flashes = flashes_about(user, record)
        kinds = {BulletinKind.FLASH: _("Write a flash")}
        about = {"incident": record.pk}
    else:
        flashes, about = [], {"lesson": record.pk}
        kinds = {
            BulletinKind.LESSONS: _("Compose a bulletin"),
            BulletinKind.DRILL: _("Write a drill card"),
            BulletinKind.NOTICE: _("Write an action notice"),
        }
    start = reverse("bulletins:bulletin_compose")
    ways = [
        (words, f"{start}?{urlencode({'kind': kind.value, **about})}")
        for kind, words in kinds.items()
        if policies.can_write_from(user, record)
    ]
    return {"ways": ways, "flashes": flashes} if ways or flashes else None


WRITING = Panel("aside", 75, "bulletins/_write_panel.html", gather_writing)
