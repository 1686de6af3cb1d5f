"""What the pages of one review share: fetching it, its head, its margin."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone

from agencies.http import Request
from reviews import policies, rules, selectors
from reviews.choices import Letter
from reviews.models import Review

# What every page of one review shows of it.
FETCHED = (
    *("incident__area", "agency", "lead"),
    *("approved_by", "published_by", "deferred_by"),
)
REVIEW: dict[str, Any] = {"fetch": FETCHED}


def as_it_is_now(request: Request, review: Review) -> Review:
    """The review once more, after somebody else may have changed it; 404 when it is gone."""
    rows = Review.objects.visible_to(request.user).select_related(*FETCHED)
    return get_object_or_404(rows, pk=review.pk)


def base_context(review: Review, *, here: str = "") -> dict[str, Any]:
    """The head and the margin."""
    return {
        "review": review,
        "incident": review.incident,
        "marking": review,
        "letters": selectors.letters(review, here=here) if here else [],
        "letter": here,
        "title": Letter(here).label if here else review.incident.label,
        "state_shape": selectors.STATE_SHAPES[review.state],  # type: ignore[index]
    }


def clock_context(review: Review) -> dict[str, Any]:
    """The clock in the margin."""
    start = rules.clock_start(review.incident)
    return {
        "clock": selectors.clock(start, review.due_at, timezone.now()),
        "clock_start": start,
    }


def deeds_context(request: Request, review: Review) -> dict[str, Any]:
    """What this person may do with it."""
    user = request.user
    return {
        "may_write": policies.can_write(user, review),
        "may_submit": policies.can_submit(user, review),
        "may_judge": policies.can_judge(user, review),
        "may_publish": policies.can_publish(user, review),
        "may_defer": policies.can_defer(user, review),
        "may_add_members": policies.can_add_members(user, review),
    }
