"""What reviews add to the pages of incidents and of districts: the clock, the way to begin, what is
published and what is overdue."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from agencies.models import User
from core.panels import Panel, register
from incidents.models import Incident
from places.choices import Level
from places.models import Area
from reviews import policies, rules, selectors
from reviews.choices import RELEASED_STATES
from reviews.selectors.districts import of_district


def review_clock(request: HttpRequest, incident: Incident) -> dict[str, Any] | None:
    """How long since the incident, against the limit of its tier, and which reviews there are."""
    user, now = request.user, timezone.now()
    reviews = list(selectors.of_incident(user, incident))
    if incident.withdrawn_at and not reviews:
        return None  # no clock runs for what was recorded in error
    tier = rules.suggested_tier(rules.highest_killed(incident))
    start = rules.clock_start(incident)
    is_ours = isinstance(user, User) and any(each.agency_id == user.agency_id for each in reviews)
    return {
        "incident": incident,
        "reviews": [(each, selectors.STATE_SHAPES[each.state]) for each in reviews],  # type: ignore[index]
        "has_published": any(each.state in RELEASED_STATES for each in reviews),
        "tier": tier,
        "clock": selectors.clock(start, rules.due_at(incident, tier), now),
        "may_open": isinstance(user, User)
        and policies.can_open(user)
        and not is_ours
        and not incident.withdrawn_at,
    }


def reviews_of_district(request: HttpRequest, area: Area) -> dict[str, Any] | None:
    """Published and overdue reviews of what happened in a district."""
    if area.level != Level.DISTRICT or not isinstance(request.user, User):
        return None
    found = of_district(request.user, area, timezone.now())
    return {"found": found, "marks": found.marks}


register(Area, Panel("body", 40, "reviews/_of_district.html", reviews_of_district))
register(Incident, Panel("aside", 10, "reviews/_clock_panel.html", review_clock))
