"""Who may do what with a review. What a person may see is `Review.objects.visible_to`."""

from agencies.choices import Role
from agencies.models import User
from reviews.choices import OPEN_STATES, RELEASED_STATES, MemberRole, ReviewState
from reviews.models import FairNotice, Review, ReviewShare

PUBLISHERS = (Role.COMMANDER, Role.RELEASE_OFFICER)
# When another agency can be asked for its word: the review is whole, and not out yet.
ASKING_STATES = (ReviewState.SUBMITTED, ReviewState.APPROVED)


def is_on_team(user: User, review: Review) -> bool:
    """The lead and the members. They write, and so they never judge what they wrote."""
    return user.pk == review.lead_id or review.members.filter(user=user).exists()


def can_open(user: User) -> bool:
    """An investigator opens the review of their own agency’s part in an incident they can see."""
    return user.is_active and user.role == Role.INVESTIGATOR


def can_defer(user: User, review: Review) -> bool:
    """The lead, or a commander of the agency, signs for a delay; nothing settled is deferred."""
    answers_for_it = user.role == Role.COMMANDER and user.agency_id == review.agency_id
    may = user.pk == review.lead_id or answers_for_it
    return review.state in OPEN_STATES and review.amends_id is None and may


def can_write(user: User, review: Review) -> bool:
    """The team, while it is a draft or was returned."""
    return review.state in OPEN_STATES and is_on_team(user, review)


def can_add_members(user: User, review: Review) -> bool:
    """The lead says who is on the team."""
    return review.state in OPEN_STATES and user.pk == review.lead_id


def can_submit(user: User, review: Review) -> bool:
    """The lead answers for the review as a whole."""
    return user.pk == review.lead_id


def can_amend(user: User, review: Review) -> bool:
    """The lead of a published review opens its amendment."""
    return (
        review.state in RELEASED_STATES and review.amends_id is None and user.pk == review.lead_id
    )


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
    """Any member, and the commander of an agency that took part: it owns, wrote, received it or
    was asked for its word."""
    if is_on_team(user, review):
        return True
    if user.role != Role.COMMANDER:
        return False
    return (
        user.agency_id == review.agency_id
        or review.members.filter(user__agency_id=user.agency_id).exists()
        or ReviewShare.objects.filter(record=review, to_agency_id=user.agency_id).exists()
        or is_asked(user, review)
    )


def is_facilitator(user: User, review: Review) -> bool:
    """Who is neutral on the team, and alone reads candid statements."""
    return review.members.filter(user=user, role=MemberRole.FACILITATOR).exists()


def can_answer_dissent(user: User, review: Review) -> bool:
    """The lead or the facilitator answers for the team; published or not."""
    return user.pk == review.lead_id or is_facilitator(user, review)


def is_asked(user: User, review: Review) -> bool:
    """Whether the agency that this commander answers for was asked for its word."""
    return (
        user.role == Role.COMMANDER
        and review.consultations.filter(agency_id=user.agency_id).exists()
    )


def can_draw_on(user: User, review: Review) -> bool:
    """Lessons and briefs are made of what is published, by its own agency and its team before."""
    return (
        review.state in RELEASED_STATES
        or user.agency_id == review.agency_id
        or is_on_team(user, review)
    )


def can_ask_agencies(user: User, review: Review) -> bool:
    """The lead or a commander of the owner agency asks, between submission and publication."""
    return review.state in ASKING_STATES and _answers_for(user, review)


def can_give_notice(user: User, review: Review) -> bool:
    """The lead or a commander of the owner agency gives fair notice, before publication."""
    return review.state not in RELEASED_STATES and _answers_for(user, review)


def can_enter_reply(user: User, review: Review) -> bool:
    """The lead, or a commander of the owner agency, enters what a body outside wrote."""
    return _answers_for(user, review)


def can_reply(user: User, notice: FairNotice) -> bool:
    """The commander of the agency that was given the notice replies for it."""
    return user.role == Role.COMMANDER and notice.body_agency_id == user.agency_id


def can_invite_contributors(user: User, review: Review) -> bool:
    """The lead or the facilitator, while statements can still be used."""
    return review.state in OPEN_STATES and can_answer_dissent(user, review)


def can_speak(user: User, review: Review) -> bool:
    """Anyone on the team tells its facilitator, who alone does not tell themselves."""
    return is_on_team(user, review) and not is_facilitator(user, review)


def can_summarise(user: User, review: Review) -> bool:
    """The facilitator says what several contributors said, while the review is being written."""
    return review.state in OPEN_STATES and is_facilitator(user, review)


def _answers_for(user: User, review: Review) -> bool:
    commands = user.role == Role.COMMANDER and user.agency_id == review.agency_id
    return user.pk == review.lead_id or commands
