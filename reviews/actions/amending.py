"""A published review is amended: written again beside it, approved by another, carried into it.

Readers go on reading what was published until the amendment is published in its turn; never is a
published review edited without a version.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from agencies.numbers import queue_up
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from reviews import policies
from reviews.actions._copies import carry_back, copy_content, header_fields
from reviews.actions._doors import Hand, NotSound, fetch
from reviews.choices import RELEASED_STATES, MemberRole, ReviewState, ReviewTier, SignOffDeed
from reviews.models import Member, Review, SignOff

# What an amendment leaves on the review it is carried into.
SIGNED = (
    *("submitted_at", "approved_at", "approved_by", "published_at", "published_by"),
    *("state", "lock_version"),
)


class NotPublished(RuleBroken):
    """Only what is published is amended; what is still written is simply changed."""


@deed
def open_amendment(*, review_id: int, reason: str, by: User, at: datetime) -> Review:
    """Begin to write a published review again, with a reason signed by its lead.

    A second click finds the amendment that the first one opened.
    """
    review = fetch(review_id, by, policies.can_amend)
    if review.state not in RELEASED_STATES:
        raise NotPublished(_("Only a published review is amended."))
    queue_up(f"amendment of {review.pk}")
    before = review.amendments.exclude(state=ReviewState.CARRIED).first()
    if before is not None:
        return before
    if not reason.strip():
        raise NotSound(_("Say why the review is amended."), field="reason")
    amendment = Review(
        amends=review,
        amend_reason=reason.strip(),
        incident=review.incident,
        agency=review.agency,
        reference=f"{review.reference}-A{review.amendments.count() + 1}",
        lead=by,
        is_example=review.is_example,
        tlp=review.tlp,
        classification=review.classification,
        caveats=review.caveats,
        opened_at=at,
        due_at=at + timedelta(hours=ReviewTier(review.tier).limit_hours),
    )
    for name in header_fields():
        setattr(amendment, name, getattr(review, name))
    amendment.save(force_insert=True)
    _copy_people(review, amendment)
    amendment.copied = copy_content(review, amendment)
    amendment.save(update_fields=["copied"])
    SignOff.objects.create(
        review=amendment,
        deed=SignOffDeed.AMENDING,
        comment=amendment.amend_reason,
        at=at,
        by=by,
    )
    record(Verb.REVIEW_AMENDING, by=by, target=review, at=at, reason=amendment.amend_reason)
    return amendment


def carry(amendment: Review, original: Review, hand: Hand) -> None:
    """Bring an approved amendment into its review: its lines, its signatures, its people."""
    carry_back(amendment, original)
    for name in ("submitted_at", "approved_at", "approved_by"):
        setattr(original, name, getattr(amendment, name))
    original.published_at, original.published_by = hand.at, hand.by
    original.state = ReviewState.AMENDED
    original.lock_version += 1
    original.save(update_fields=SIGNED)
    SignOff.objects.bulk_create(
        SignOff(review=original, deed=each.deed, comment=each.comment, at=each.at, by=each.by)
        for each in amendment.signoffs.select_related("by").order_by("at", "id")
    )
    _join(amendment, original)
    amendment.state = ReviewState.CARRIED
    amendment.save(update_fields=["state"])


def _join(amendment: Review, original: Review) -> None:
    """Who wrote the amendment has written the review from now on."""
    held = set(original.members.values_list("user_id", flat=True))
    facilitated = original.members.filter(role=MemberRole.FACILITATOR).exists()
    for member in amendment.members.exclude(user__in=held).order_by("id"):
        if not (facilitated and member.role == MemberRole.FACILITATOR):
            Member.objects.create(
                review=original,
                user_id=member.user_id,
                role=member.role,
                in_chain=member.in_chain,
            )


def _copy_people(review: Review, amendment: Review) -> None:
    """The team, and those it names where a marking is for named people only."""
    for member in review.members.order_by("id"):
        Member.objects.create(
            review=amendment,
            user_id=member.user_id,
            role=member.role,
            in_chain=member.in_chain,
        )
    for share in review.shares.order_by("id"):
        share.pk, share.record = None, amendment
        share._state.adding = True
        share.save(force_insert=True)
