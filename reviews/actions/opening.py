"""A review begins with its incident; it can be put off with a signed reason, never dropped."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.choices import TLP, Classification
from agencies.lock import deed
from agencies.models import User
from agencies.models.marking import allowed_classifications
from agencies.numbers import next_number
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from incidents.models import Incident
from reviews import policies, rules
from reviews.actions._doors import NotSound, fetch
from reviews.choices import Letter, MemberRole, ReviewTier
from reviews.models import Member, Review, ReviewShare, Section


class AlreadyOpened(RuleBroken):
    """The agency's review of this incident exists and is not this person's."""


class IncidentWithdrawn(RuleBroken):
    """What was recorded in error is not reviewed."""


class Marking(TypedDict):
    """How far the review may go."""

    tlp: str
    classification: str
    caveats: list[str]


@deed
def open_review(
    *,
    incident_id: int,
    by: User,
    at: datetime,
    tier: str,
    **marking: Unpack[Marking],
) -> Review:
    """Start the review of an incident, its clock running since the incident; opener leads.

    A second click finds the review that the first one opened.
    """
    incident = Incident.objects.visible_to(by).select_for_update(of=("self",)).get(pk=incident_id)
    if not policies.can_open(by):
        raise PermissionDenied
    if Review.begun_on(incident.pk):
        return _mine(incident, by)
    if incident.withdrawn_at is not None:
        raise IncidentWithdrawn(_("The incident was recorded in error and withdrawn."))
    _check_marking(incident, by, marking)
    review = Review.objects.create(
        incident=incident,
        agency_id=by.agency_id,
        reference=_reference(incident, at),
        tier=ReviewTier(tier),
        lead=by,
        opened_at=at,
        due_at=rules.due_at(incident, tier),
        is_example=incident.is_example,
        **marking,
    )
    Member.objects.create(review=review, user=by, role=MemberRole.LEAD)
    Section.objects.bulk_create(Section(review=review, letter=letter) for letter in Letter.values)
    if review.tlp == TLP.RED:
        # RED is read by named people only: once published, the lead is the first of them.
        ReviewShare.objects.create(record=review, to_person=by, shared_at=at, shared_by=by)
    record(Verb.REVIEW_OPENED, by=by, target=review, at=at, incident=incident.reference, tier=tier)
    return review


def _mine(incident: Incident, by: User) -> Review:
    reviews = Review.objects.visible_to(by).filter(incident=incident, agency_id=by.agency_id)
    for review in reviews:
        if policies.is_on_team(by, review):
            return review
    raise AlreadyOpened(
        _("Your agency has already opened the review of this incident. Ask its lead to add you.")
    )


def _check_marking(incident: Incident, by: User, marking: Marking) -> None:
    """At least the marking of its incident, and no more than its writer may see."""
    if TLP(marking["tlp"]).rank < TLP(incident.tlp).rank:
        raise NotSound(_("A review is marked at least as high as its incident."), field="tlp")
    level = Classification(marking["classification"])
    if level.rank < Classification(incident.classification).rank:
        raise NotSound(
            _("A review is marked at least as high as its incident."), field="classification"
        )
    if level not in allowed_classifications() or level not in Classification.up_to(by.clearance):
        raise NotSound(_("You are not cleared for this classification."), field="classification")
    if marking["tlp"] == TLP.CLEAR and level != Classification.UNMARKED:
        raise NotSound(
            _("TLP:CLEAR is public; a classified record cannot be."), field="classification"
        )


def _reference(incident: Incident, at: datetime) -> str:
    """`AAR-<district>-<year>-<month and day>-<number>`, by the incident's day."""
    day = incident.on_date or timezone.localdate(at)
    stem = f"AAR-{incident.area_code}-{day:%Y-%m%d}-"
    return f"{stem}{next_number(Review, stem):02d}"


@deed
def defer_review(*, review_id: int, until: date, reason: str, by: User, at: datetime) -> Review:
    """Put the review off to a day, with a reason signed by post. The clock is shown as it runs."""
    review = fetch(review_id, by, policies.can_defer)
    reason = reason.strip()
    if not reason:
        raise NotSound(_("Give the reason; it is signed with your post."), field="reason")
    if until <= timezone.localdate(at):
        raise NotSound(_("Give a day that is still to come."), field="until")
    if (review.deferred_until, review.deferred_reason) == (until, reason):
        return review
    review.deferred_until, review.deferred_reason, review.deferred_by = until, reason, by
    review.save(update_fields=["deferred_until", "deferred_reason", "deferred_by"])
    record(
        Verb.REVIEW_DEFERRED,
        by=by,
        target=review,
        at=at,
        until=until.isoformat(),
        reason=reason,
    )
    return review


@deed
def open_deferred_review(
    *,
    incident_id: int,
    tier: str,
    until: date,
    reason: str,
    by: User,
    at: datetime,
    **marking: Unpack[Marking],
) -> Review:
    """Open the review and put it off at once: an incident is never left without one."""
    review = open_review(incident_id=incident_id, by=by, at=at, tier=tier, **marking)
    return defer_review(review_id=review.pk, until=until, reason=reason, by=by, at=at)


@deed
def add_member(
    *,
    review_id: int,
    user: User,
    role: str,
    by: User,
    at: datetime,
    in_chain: bool | None = None,
) -> Member:
    """Bring a person onto the team; from now on they see and write the draft.

    `in_chain` says whether their post or unit is among what the review looks at; None, that the
    lead has not said. Named again, a member has the new part and the new statement.
    """
    review = fetch(review_id, by, policies.can_add_members)
    if not user.is_active or review.classification not in Classification.up_to(user.clearance):
        raise NotSound(_("This person is not cleared for the review's marking."), field="email")
    if not Incident.objects.visible_to(user).filter(pk=review.incident_id).exists():
        raise NotSound(str(rules.INCIDENT_UNSEEN), field="email")
    if role == MemberRole.LEAD:
        raise NotSound(_("A review has one lead."), field="role")
    member = review.members.filter(user=user).first()
    said = {"role": MemberRole(role), "in_chain": in_chain}
    if member is not None and member.role == MemberRole.LEAD:
        raise NotSound(
            _("The lead of a review leads it and does nothing else in it."), field="role"
        )
    if member is not None and said == {"role": member.role, "in_chain": member.in_chain}:
        return member
    if role == MemberRole.FACILITATOR:
        _check_facilitator(review, user, in_chain)
    member = member or Member(review=review, user=user)
    member.role, member.in_chain = MemberRole(role), in_chain
    is_new = member.pk is None
    member.save()
    shown = {"post": user.post, "role": role, "in_chain": in_chain}
    verb = Verb.MEMBER_ADDED if is_new else Verb.REVIEW_CHANGED
    record(verb, by=by, target=review, at=at, **shown)
    return member


def _check_facilitator(review: Review, user: User, in_chain: bool | None) -> None:
    """One, of whom the lead has said that they are outside the chain reviewed."""
    if review.members.filter(role=MemberRole.FACILITATOR).exclude(user=user).exists():
        raise NotSound(_("A review has one facilitator, and this one has."), field="role")
    if in_chain is not False:
        raise NotSound(str(rules.FACILITATOR_IN_CHAIN), field="in_chain")
    if rules.is_among(user.post, review.participants):
        raise NotSound(str(rules.FACILITATOR_TOOK_PART), field="email")
