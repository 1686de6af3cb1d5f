"""Who may do what with a review. What a person may see is `Review.objects.visible_to`."""

from agencies.choices import Role
from agencies.models import User
from reviews.choices import OPEN_STATES
from reviews.models import Review, ReviewShare

PUBLISHERS = (Role.COMMANDER, Role.RELEASE_OFFICER)


def is_on_team(user: User, review: Review) -> bool:
    """The lead and the members. They write, and so they never judge what they wrote."""
    return user.pk == review.lead_id or review.members.filter(user=user).exists()


def can_open(user: User) -> bool:
    """An investigator opens the review of their own agency’s part in an incident they can see."""
    return user.is_active and user.role == Role.INVESTIGATOR


def can_defer(user: User, review: Review) -> bool:
    """The lead, or a commander of the agency, signs for a delay; nothing settled is deferred."""
    answers_for_it = user.role == Role.COMMANDER and user.agency_id == review.agency_id
    return review.state in OPEN_STATES and (user.pk == review.lead_id or answers_for_it)


def can_write(user: User, review: Review) -> bool:
    """The team, while it is a draft or was returned."""
    return review.state in OPEN_STATES and is_on_team(user, review)


def can_add_members(user: User, review: Review) -> bool:
    """The lead says who is on the team."""
    return review.state in OPEN_STATES and user.pk == review.lead_id


def can_submit(user: User, review: Review) -> bool:
    """The lead answers for the review as a whole."""
    return user.pk == review.lead_id


def signs_for_others(user: User, review: Review) -> bool:
    """Would publish or judge it, had they not written it themselves."""
    return user.role in PUBLISHERS and user.agency_id == review.agency_id


def can_judge(user: User, review: Review) -> bool:
    """A commander of the owner agency who had no hand in writing it returns or approves it."""
    return (
        user.role == Role.COMMANDER
        and user.agency_id == review.agency_id
        and not is_on_team(user, review)
    )


def can_publish(user: User, review: Review) -> bool:
    """A commander or release officer of the owner agency, not of the team."""
    return (
        user.role in PUBLISHERS
        and user.agency_id == review.agency_id
        and not is_on_team(user, review)
    )


def can_comment(user: User, review: Review) -> bool:
    """Any member, and the commander of an agency that took part: it owns, wrote or received it."""
    if is_on_team(user, review):
        return True
    if user.role != Role.COMMANDER:
        return False
    return (
        user.agency_id == review.agency_id
        or review.members.filter(user__agency_id=user.agency_id).exists()
        or ReviewShare.objects.filter(record=review, to_agency_id=user.agency_id).exists()
    )
