"""The commander's home: the digest, what is owed, and how far reviews keep up with incidents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aar.home.digest import Ground, Item, digest, waiting_receipts
from aar.home.owed import Owed, count_late, in_order
from aar.home.widenings import consents_to_give, widenings_to_decide
from agencies.models import User
from agencies.page_marking import PageMarking, marking_of
from bulletins.choices import Ask, BulletinState
from bulletins.models import Bulletin, Receipt
from core import text
from lessons.choices import LessonState
from lessons.models import Lesson
from reviews.choices import ReviewState, ReviewTier
from reviews.models import Member, Recommendation, Reminder, Review
from reviews.selectors.reminders import reminders_to_commander

COVERAGE_DAYS = 90
MOST_REMINDED = 20
# Statuses that the issuer has not closed all begin with this letter (NTSB).
OPEN = "O"


@dataclass(frozen=True)
class Coverage:
    """Incidents of the last 90 days: reviewed in time, late, or not at all."""

    since: date
    in_time: int
    late: int
    none: int

    @property
    def incidents(self) -> int:
        return self.in_time + self.late + self.none

    @property
    def reviewed(self) -> int:
        return self.in_time + self.late

    @property
    def squares(self) -> dict[str, range]:
        """One square for each incident."""
        return {"full": range(self.in_time), "half": range(self.late), "none": range(self.none)}


@dataclass(frozen=True)
class Command:
    """All that a commander's home shows."""

    items: Sequence[Item]
    owed: Sequence[Owed]
    coverage: Coverage
    days_to_approval: int | None
    approved: int
    sentence: str
    # What the clock says of reviews that nobody has begun, or that are overdue by weeks.
    reminders: Sequence[Reminder] = ()

    @property
    def marking(self) -> PageMarking | None:
        """As high as the highest record that the page names."""
        return marking_of(
            [
                *(record for item in self.items for record in item.shows),
                *(each.shows for each in self.owed),
                *(each.incident for each in self.reminders),
            ]
        )


def command_of(user: User, *, today: date) -> Command:
    """What applies to this commander, what they owe, and how their reviews stand."""
    receipts = waiting_receipts(user)
    items = digest(user, receipts)
    owed = in_order(
        [
            *_reviews(user),
            *_answers(receipts),
            *_remedies(user),
            *_lessons(user),
            *_bulletins(user),
            *widenings_to_decide(user),
            *consents_to_give(user),
        ]
    )
    days = _days_to_approval(user, today)
    return Command(
        items=items,
        owed=owed,
        coverage=_coverage(user, today),
        days_to_approval=round(median(days)) if days else None,
        approved=len(days),
        sentence=_sentence(items, len(owed), count_late(owed, today)),
        reminders=list(reminders_to_commander(user)[:MOST_REMINDED]),
    )


def _reviews(user: User) -> list[Owed]:
    """Submitted reviews that this commander may judge: not those they had a hand in."""
    own = Member.objects.filter(user=user).values("review")
    rows = (
        Review.objects.awaiting(user)
        .exclude(Q(lead=user) | Q(pk__in=own))
        .select_related("incident")
        .order_by("due_at", "id")
    )
    return [
        Owed(
            deed=_("Approve or return the review"),
            url=each.get_absolute_url(),
            note=each.incident.label,
            due=each.deferred_until or each.due_at,
            shows=each,
            ref=each.reference,
        )
        for each in rows
    ]


def _answers(receipts: Sequence[Receipt]) -> list[Owed]:
    """Bulletins that ask for more than reading."""
    owed = []
    for receipt in receipts:
        release, bulletin = receipt.release, receipt.bulletin
        if release.ask == Ask.READ:
            continue
        waits = receipt.acknowledged_at is None
        owed.append(
            Owed(
                deed=_("Acknowledge") if waits else _("Say what was done on"),
                url=bulletin.get_absolute_url(),
                note=bulletin.title,
                due=release.acknowledge_by if waits else release.act_by,
                shows=bulletin,
                ref=bulletin.reference,
            )
        )
    return owed


def _remedies(user: User) -> list[Owed]:
    """Open recommendations that the agency owns."""
    rows = (
        Recommendation.objects.filter(
            owner_agency_id=user.agency_id,
            status__startswith=OPEN,
            is_quick_fix=False,  # done already
            review__in=Review.objects.visible_to(user).originals(),
        )
        .exclude(review__state__in=[ReviewState.DRAFT, ReviewState.RETURNED])
        .select_related("review")
        .order_by("due_date", "id")[:20]
    )
    return [
        Owed(
            deed=_("Carry out"),
            url=each.review.get_absolute_url(),
            note=each.text,
            due=each.due_date,
            shows=each.review,
            ref=each.reference,
        )
        for each in rows
    ]


def _lessons(user: User) -> list[Owed]:
    """Lessons that wait for this commander's endorsement."""
    rows = (
        Lesson.objects.visible_to(user)
        .filter(agency_id=user.agency_id, state=LessonState.IDENTIFIED)
        .exclude(drawn_by=user)
        .order_by("drawn_at", "id")[:20]
    )
    return [
        Owed(
            deed=_("Endorse or reject the lesson"),
            url=each.get_absolute_url(),
            note=each.label,
            due=None,
            shows=each,
            ref=each.reference,
        )
        for each in rows
    ]


def _bulletins(user: User) -> list[Owed]:
    """Drafts of the agency that another wrote, and this commander may issue."""
    rows = (
        Bulletin.objects.visible_to(user)
        .filter(agency_id=user.agency_id, state=BulletinState.DRAFT)
        .defer("content")
        .order_by("composed_at", "id")[:20]
    )
    return [
        Owed(
            deed=_("Check and issue the bulletin"),
            url=each.get_absolute_url(),
            note=each.title,
            due=None,
            shows=each,
            ref=each.reference,
        )
        for each in rows
    ]


def _coverage(user: User, today: date) -> Coverage:
    """Incidents of the commander's area with a review of their agency at Submitted or later."""
    since = today - timedelta(days=COVERAGE_DAYS)
    ground = Ground.of(user)
    reviews = (
        Review.objects.visible_to(user)
        .originals()
        .filter(incident=OuterRef("pk"), agency_id=user.agency_id, submitted_at__isnull=False)
    )
    counts = (
        ground.incidents(user)
        .filter(sort_date__gte=since, sort_date__lte=today)
        .annotate(
            submitted=Subquery(reviews.values("submitted_at")[:1]),
            due=Subquery(reviews.values("due_at")[:1]),
        )
        .aggregate(
            in_time=Count("pk", filter=Q(submitted__lte=F("due"))),
            late=Count("pk", filter=Q(submitted__gt=F("due"))),
            none=Count("pk", filter=Q(submitted=None)),
        )
    )
    return Coverage(since, **counts)


def _days_to_approval(user: User, today: date) -> list[int]:
    """Days from incident to approval of the agency's T2 and T3 reviews of the last 90 days."""
    rows: QuerySet[Review] = (
        Review.objects.visible_to(user)
        .originals()
        .filter(
            agency_id=user.agency_id,
            tier__in=[ReviewTier.T2, ReviewTier.T3],
            approved_at__date__gte=today - timedelta(days=COVERAGE_DAYS),
        )
        .select_related("incident")
    )
    return [
        text.days_between(each.incident.sort_date, each.approved_at)
        for each in rows
        if each.approved_at
    ]


def _sentence(items: Sequence[Item], owed: int, late: int) -> str:
    came_back = sum(item.came_back for item in items)
    parts = [
        ngettext(
            "One thing for your districts and your force.",
            "%(n)d things for your districts and your force.",
            len(items),
        )
        % {"n": len(items)}
        if items
        else _("Nothing new for your districts and your force."),
        ngettext("You owe one thing.", "You owe %(n)d things.", owed) % {"n": owed}
        if owed
        else _("You owe nothing."),
    ]
    if late:
        parts.append(ngettext("One is late.", "%(n)d are late.", late) % {"n": late})
    if came_back:
        parts.append(
            ngettext("One failure has come back.", "%(n)d failures have come back.", came_back)
            % {"n": came_back}
        )
    return " ".join(parts)
