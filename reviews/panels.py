"""What reviews add to the page of an incident: the clock, and the way to begin."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from agencies.models import User
from core.panels import Panel, register
from incidents.models import Incident
from reviews import policies, rules, selectors
from reviews.choices import RELEASED_STATES


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


register(Incident, Panel("aside", 10, "reviews/_clock_panel.html", review_clock))
