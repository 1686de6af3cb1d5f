"""What lessons add to the pages of incidents, reviews and agencies."""

from typing import Any

from django.http import HttpRequest

from agencies.models import Agency, User
from core.panels import Panel, register
from incidents.models import Incident
from lessons import policies
from lessons.selectors.reading import endorsed_by, lessons_of_incident, lessons_of_review
from lessons.selectors.recurrences import recurrences_of
from reviews.models import Review
from reviews.policies import can_draw_on


def happened_before(request: HttpRequest, incident: Incident) -> dict[str, Any] | None:
    """Recurrences that this incident is part of."""
    seen = recurrences_of(request.user, incident)
    return {"recurrences": seen} if seen else None


def drawn_from_incident(request: HttpRequest, incident: Incident) -> dict[str, Any] | None:
    """Lessons drawn from its reviews."""
    lessons = list(lessons_of_incident(request.user, incident)[:20])
    return {"lessons": lessons} if lessons else None


def drawn_from_review(request: HttpRequest, review: Review) -> dict[str, Any] | None:
    """Lessons drawn from its findings, and the way to draw another."""
    lessons = list(lessons_of_review(request.user, review)[:20])
    may_draw = (
        isinstance(request.user, User)
        and review.is_settled
        and policies.can_draw(request.user)
        and can_draw_on(request.user, review)
    )
    if not lessons and not may_draw:
        return None
    return {"lessons": lessons, "review": review, "may_draw": may_draw}


def published_by(request: HttpRequest, agency: Agency) -> dict[str, Any] | None:
    """Endorsed lessons of an agency."""
    lessons = list(endorsed_by(request.user, agency)[:20])
    marks = [(each.tlp, each.classification, each.caveats) for each in lessons]
    return {"lessons": lessons, "marks": marks} if lessons else None


register(Agency, Panel("body", 50, "lessons/_published.html", published_by))
register(Incident, Panel("body", 50, "lessons/_happened_before.html", happened_before))
register(Incident, Panel("aside", 50, "lessons/_drawn.html", drawn_from_incident))
register(Review, Panel("aside", 50, "lessons/_drawn.html", drawn_from_review))
