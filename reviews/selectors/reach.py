"""Who reads a review, as it stands or once it is published."""

from django.db.models import Q, QuerySet

from agencies.choices import Classification, Role
from agencies.models import User
from agencies.readers import Reach, cleared, marking_reaches
from reviews.choices import RELEASED_STATES, ReviewState
from reviews.models import CONSULTED_TLP, Review


def asked_commanders(review: Review, reach: Reach | None = None) -> Q:
    """Commanders of the agencies that were asked for their word, where its marking lets them."""
    reach = reach or Reach.of(review)
    if reach.tlp not in CONSULTED_TLP or reach.is_eyes_only:
        return Q(pk__in=[])
    asked = review.consultations.values("agency")
    levels = Classification.at_least(reach.classification)
    return Q(agency_id__in=asked, role=Role.COMMANDER, clearance__in=levels)


def people_who_read(
    review: Review, reach: Reach | None = None, *, state: str = ""
) -> "QuerySet[User]":
    """The mirror of `ReviewQuerySet.visible_to`, for the review as it stands or would."""
    reach, state = reach or Reach.of(review), state or review.state
    inside = Q(pk__in=review.members.values("user"))
    if state != ReviewState.DRAFT:
        inside |= Q(agency_id=review.agency_id, role=Role.COMMANDER)
        inside |= asked_commanders(review, reach)
    if state in {ReviewState.APPROVED, ReviewState.CARRIED}:
        inside |= Q(agency_id=review.agency_id, role=Role.RELEASE_OFFICER)
    who = inside & cleared(reach)
    if state in RELEASED_STATES:
        who |= marking_reaches(reach)
    return User.objects.filter(who)
