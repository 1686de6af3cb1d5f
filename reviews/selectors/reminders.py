"""What the clock says, to those whom it is said to."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from agencies.models import User
from reviews.choices import OPEN_STATES, Addressee
from reviews.models import Reminder, Review


def reminders_to_lead(user: User) -> QuerySet[Reminder]:
    """Of reviews that this person leads and has still to submit, the longest due first."""
    today = timezone.localdate()
    open_now = Review.objects.visible_to(user).filter(
        Q(deferred_until=None) | Q(deferred_until__lte=today), lead=user, state__in=OPEN_STATES
    )
    return (
        Reminder.objects.visible_to(user)
        .standing()
        .filter(addressed_to=Addressee.LEAD, review__in=open_now)
        .select_related("review__incident", "incident__area")
        .order_by("due_at", "id")
    )


def reminders_to_commander(user: User) -> QuerySet[Reminder]:
    """Of reviews that the agency has not begun, or not submitted in time; the longest due first."""
    return (
        Reminder.objects.to_commander(user)
        .select_related("incident__area")
        .order_by("due_at", "id")
    )


def standing_reminder(review: Review) -> Reminder | None:
    """What the clock says to the lead while the review is theirs to write."""
    put_off = review.deferred_until is not None and review.deferred_until > timezone.localdate()
    if review.state not in OPEN_STATES or put_off:
        return None
    return review.reminders.standing().filter(addressed_to=Addressee.LEAD).first()
