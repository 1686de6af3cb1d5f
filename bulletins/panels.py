"""What bulletins add to the pages of incidents and reviews: the brief."""

from typing import Any

from django.http import HttpRequest

from agencies.models import User
from bulletins import policies
from bulletins.models import Brief
from core.panels import Panel
from incidents.models import Incident
from reviews.models import Review


def gather_briefs(request: HttpRequest, record: Incident | Review) -> dict[str, Any] | None:
    """The newest briefs of the person's agency, and the way to a new one."""
    user = request.user
    if not isinstance(user, User) or not policies.can_request_brief(user):
        return None
    kind = "incident" if isinstance(record, Incident) else "review"
    briefs = Brief.objects.visible_to(user).filter(**{kind: record}).defer("content")
    return {
        "kind": kind,
        "record": record,
        "briefs": list(briefs.order_by("-requested_at", "-pk")[:3]),
    }


BRIEFS = Panel("aside", 80, "bulletins/_brief_panel.html", gather_briefs)
