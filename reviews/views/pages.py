"""What the pages of one review share: fetching it, its head, its margin."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone

from agencies.choices import Classification
from agencies.http import Request
from agencies.models import Marked
from agencies.page_marking import PageMarking, marking_of
from agencies.signing.vault import fingerprint, key_for
from reviews import actions, guidance, policies, rules, selectors
from reviews.choices import Letter
from reviews.models import Review
from reviews.views.drafts import Restored, page_of

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
        "guidance": guidance.of(here),
        "title": Letter(here).label if here else review.incident.label,
        "state_shape": selectors.STATE_SHAPES[review.state],  # type: ignore[index]
    }


def marking_with(review: Review, named: Sequence[Marked]) -> Review | PageMarking:
    """A page that names more than the review, such as evidence, carries the highest of each
    scale."""
    highest = marking_of([review, *named]) if named else None
    return replace(highest, is_example=review.is_example) if highest else review


def clock_context(review: Review) -> dict[str, Any]:
    """The clock in the margin."""
    start = rules.clock_start(review.incident)
    return {
        "clock": selectors.clock(start, review.due_at, timezone.now()),
        "clock_start": start,
        "reminder": selectors.standing_reminder(review),
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


def desk_context(
    request: Request,
    review: Review,
    letter: str,
    restored: Sequence[Restored] = (),
    *,
    address: str = "",
) -> dict[str, Any]:
    """Where somebody writes: who else is in the section, and what the browser may keep meanwhile.

    `address`: of the form, where it is shown at another one too.

    The key is made for this person and this review and stands in the page alone: what is stored
    under it is of no use to anybody who is not signed in as them. A browser keeps nothing of a
    review that is CONFIDENTIAL or above.
    """
    at, user = timezone.now(), request.user
    if request.method == "GET":
        actions.be_present(review_id=review.pk, letter=letter, by=user, at=at)
    may_keep = Classification(review.classification).rank < Classification.CONFIDENTIAL.rank
    whose = f"words on a device:{user.pk}:{review.pk}"
    page = restored[0].page if restored else page_of(request.POST)
    return {
        "restored": restored,
        # A page that holds again what was typed on another one goes on with its draft.
        "page_key": page or uuid.uuid4().hex,
        "others": [each for each in selectors.others_in(review, user, at) if each.letter == letter],
        "device_key": key_for(whose) if may_keep else "",
        "device_slot": fingerprint(address or request.path, purpose=whose)[:24] if may_keep else "",
    }
