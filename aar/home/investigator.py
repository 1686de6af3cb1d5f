"""The investigator's home: what came back, what is unfinished and by when, what has no review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.models import User
from agencies.page_marking import PageMarking, marking_of
from core import text
from incidents.models import Incident
from reviews.choices import OPEN_STATES, Letter, ReviewState, SignOffDeed
from reviews.models import (
    Finding,
    Member,
    PlannedMeasure,
    Recommendation,
    Reminder,
    Review,
    Section,
    SignOff,
    TimelineEntry,
)
from reviews.selectors.reminders import reminders_to_lead

MOST = 20


@dataclass(frozen=True)
class Draft:
    """A review in hand: what it still lacks, and what the commander said of it."""

    review: Review
    missing: Sequence[str]
    due: date | datetime
    comment: SignOff | None = None


@dataclass(frozen=True)
class Work:
    """All that an investigator's home shows."""

    returned: Sequence[Draft]
    drafts: Sequence[Draft]
    with_commander: Sequence[Review]
    unreviewed: Sequence[Incident]
    sentence: str
    # What the clock says of reviews that this person leads.
    reminders: Sequence[Reminder] = ()

    @property
    def marking(self) -> PageMarking | None:
        """As high as the highest record that the page names."""
        in_hand = (each.review for each in (*self.returned, *self.drafts))
        reminded = (each.review for each in self.reminders if each.review)
        return marking_of([*in_hand, *reminded, *self.with_commander, *self.unreviewed])


def work_of(user: User, *, today: date) -> Work:
    """What this person has in hand."""
    open_reviews = [_draft(review) for review in _in_hand(user)]
    returned = [each for each in open_reviews if each.review.state == ReviewState.RETURNED]
    drafts = [each for each in open_reviews if each.review.state == ReviewState.DRAFT]
    waiting = list(
        _own(user).filter(state=ReviewState.SUBMITTED).order_by("submitted_at", "id")[:MOST]
    )
    unreviewed = list(_unreviewed(user)[:MOST])
    late = sum(text.local_day(each.due) < today for each in open_reviews)
    return Work(
        returned=returned,
        drafts=drafts,
        with_commander=waiting,
        unreviewed=unreviewed,
        sentence=_sentence(len(returned), len(drafts), late, len(unreviewed)),
        reminders=list(reminders_to_lead(user)[:MOST]),
    )


def _own(user: User) -> QuerySet[Review]:
    """Reviews whose team this person is on."""
    on_team = Exists(Member.objects.filter(review=OuterRef("pk"), user=user))
    return (
        Review.objects.visible_to(user)
        .filter(Q(lead=user) | on_team)
        .select_related("incident__area")
    )


def _in_hand(user: User) -> QuerySet[Review]:
    comments = SignOff.objects.filter(deed=SignOffDeed.RETURNED).select_related("by")
    here = {"review": OuterRef("pk")}
    narrative = Section.objects.filter(letter=Letter.B, **here).exclude(text="")
    dated = Q(due_date__isnull=False) | Q(done_date__isnull=False)
    owned = Recommendation.objects.filter(dated, **here).exclude(owner_post="")
    return (
        _own(user)
        .filter(state__in=OPEN_STATES)
        .annotate(
            has_b=Exists(narrative) | Exists(PlannedMeasure.objects.filter(**here)),
            has_d=Exists(TimelineEntry.objects.filter(**here)),
            has_e=Exists(Finding.objects.filter(**here)),
            has_f=Exists(owned),
        )
        .prefetch_related(
            Prefetch("signoffs", queryset=comments.order_by("-at", "-id"), to_attr="returns")
        )
        .order_by("due_at", "id")[:MOST]
    )


def _draft(review: Review) -> Draft:
    asked = ((Letter.B, "has_b"), (Letter.D, "has_d"), (Letter.E, "has_e"), (Letter.F, "has_f"))
    returns: list[SignOff] = getattr(review, "returns")  # noqa: B009 - set by a prefetch
    return Draft(
        review=review,
        missing=[str(letter.label) for letter, name in asked if not getattr(review, name)],
        due=review.deferred_until or review.due_at,
        comment=returns[0] if returns else None,
    )


def _unreviewed(user: User) -> QuerySet[Incident]:
    """Incidents of the person's own agency that the agency has not begun to review."""
    return (
        Incident.objects.visible_to(user)
        .standing()
        .filter(agency_id=user.agency_id)
        .exclude(pk__in=Review.incidents_begun())
        .select_related("area")
        .order_by("-sort_date", "-id")
    )


def _sentence(returned: int, drafts: int, late: int, unreviewed: int) -> str:
    parts = [] if returned or drafts else [_("You have no review in hand.")]
    if returned:
        parts.append(
            ngettext("One review came back to you.", "%(n)d reviews came back to you.", returned)
            % {"n": returned}
        )
    if drafts:
        parts.append(
            ngettext("One draft is in your hands.", "%(n)d drafts are in your hands.", drafts)
            % {"n": drafts}
        )
    if late:
        parts.append(
            ngettext("One is past its day.", "%(n)d are past their day.", late) % {"n": late}
        )
    if unreviewed:
        parts.append(
            ngettext(
                "One incident of your agency has no review.",
                "%(n)d incidents of your agency have no review.",
                unreviewed,
            )
            % {"n": unreviewed}
        )
    return " ".join(parts)
