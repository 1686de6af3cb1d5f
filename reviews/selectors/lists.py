"""Reviews and findings for people to choose from."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from agencies.choices import Classification, Role
from agencies.models import User
from agencies.models.marking import Person
from incidents.models import Incident
from reviews.choices import OPEN_STATES, RELEASED_STATES, ReviewState
from reviews.models import Finding, Recommendation, Review, ReviewQuerySet
from reviews.policies import PUBLISHERS
from reviews.selectors.reach import asked_commanders
from reviews.selectors.words import awaiting_word_of

SHOWS = ("mine", "waiting", "overdue", "published", "all")
# What shape a state has in lists.
STATE_SHAPES = {
    ReviewState.DRAFT: "progress",
    ReviewState.SUBMITTED: "submitted",
    ReviewState.RETURNED: "soon",
    ReviewState.APPROVED: "ok",
    ReviewState.PUBLISHED: "ok",
    ReviewState.AMENDED: "ok",
    ReviewState.CARRIED: "closed",
}


def overdue(rows: ReviewQuerySet, now: datetime) -> ReviewQuerySet:
    """Past their limit and not yet approved, unless put off to a day still to come."""
    return rows.originals().filter(
        Q(deferred_until=None) | Q(deferred_until__lt=timezone.localdate(now)),
        due_at__lt=now,
        approved_at=None,
    )


def reviews_for(user: User, show: str, now: datetime) -> ReviewQuerySet:
    """The reviews that `user` may see, narrowed to one of SHOWS."""
    rows = Review.objects.visible_to(user).select_related("incident__area", "agency", "lead")
    match show:
        case "mine":
            return rows.filter(Q(lead=user) | Q(members__user=user)).distinct()
        case "waiting":
            return waiting_for(user, rows)
        case "overdue":
            return overdue(rows, now)
        case "published":
            return rows.filter(state__in=RELEASED_STATES)
        case _:
            return rows


def waiting_for(user: User, rows: ReviewQuerySet) -> ReviewQuerySet:
    """Those whose next deed is this person's: to write, to judge, to publish, to give a word."""
    mine = Q(state__in=OPEN_STATES, lead=user)
    own = Q(agency_id=user.agency_id) & ~Q(lead=user)
    if user.role == Role.COMMANDER:
        team = Review.objects.filter(members__user=user).values("pk")
        mine |= own & Q(state__in=[ReviewState.SUBMITTED, ReviewState.APPROVED]) & ~Q(pk__in=team)
        mine |= awaiting_word_of(user) & Q(state__in=[ReviewState.SUBMITTED, ReviewState.APPROVED])
    elif user.role == Role.RELEASE_OFFICER:
        mine |= own & Q(state=ReviewState.APPROVED)
    return rows.filter(mine)


def of_incident(user: Person, incident: Incident) -> "QuerySet[Review]":
    """The reviews of one incident that the person may see, oldest first."""
    return (
        Review.objects.visible_to(user)
        .originals()
        .filter(incident=incident)
        .select_related("agency", "incident")
        .order_by("opened_at", "id")
    )


def open_amendment(user: Person, review: Review) -> Review | None:
    """The amendment of a review that is being written, where the person may see it."""
    rows = Review.objects.visible_to(user).filter(amends=review)
    return rows.exclude(state=ReviewState.CARRIED).first()


def settled_visible_to(user: Person) -> ReviewQuerySet:
    """Approved or published reviews that the person may draw on."""
    return Review.objects.visible_to(user).to_draw_on(user).settled()


def findings_visible_to(user: Person) -> "QuerySet[Finding]":
    """Findings that may be drawn upon: of approved or published reviews the person may see."""
    return Finding.objects.filter(review__in=settled_visible_to(user)).select_related(
        "review__incident__area", "review__agency", "category"
    )


def recommendations_visible_to(user: Person) -> "QuerySet[Recommendation]":
    """Recommendations of approved or published reviews the person may see."""
    return Recommendation.objects.filter(review__in=settled_visible_to(user)).select_related(
        "review__incident", "category", "owner_agency"
    )


def readers(review: Review) -> list[User]:
    """Who can see the draft: its team, and from submission the commanders who may judge it."""
    team = Q(memberships__review=review)
    judges = Q(role=Role.COMMANDER, agency_id=review.agency_id) | asked_commanders(review)
    who = team if review.state == ReviewState.DRAFT else team | judges
    return list(User.objects.filter(who, is_active=True).distinct().order_by("post", "pk"))


def signers_of(review: Review) -> list[User]:
    """Who signs next: of its agency, with the post for it, and not of its team."""
    roles = (Role.COMMANDER,) if review.state == ReviewState.SUBMITTED else PUBLISHERS
    people = User.objects.filter(
        agency_id=review.agency_id,
        is_active=True,
        role__in=roles,
        clearance__in=Classification.at_least(review.classification),
    )
    writers = review.members.values("user")
    return list(people.exclude(pk=review.lead_id).exclude(pk__in=writers).order_by("post", "pk"))


def colleagues(review: Review) -> "QuerySet[User]":
    """People of the review's agency, offered when somebody is added to the team."""
    people = User.objects.filter(agency_id=review.agency_id, is_active=True)
    return people.order_by("post", "pk")[:200]


@dataclass(frozen=True)
class Clock:
    """How the limit stands: days used of days allowed, and days left (negative when late)."""

    used: int
    limit: int
    left: int
    due_at: datetime

    @property
    def late_by(self) -> int:
        """Days past the limit."""
        return max(-self.left, 0)

    @property
    def shown(self) -> str:
        """The days left or late, as the page prints them."""
        return f"{abs(self.left):,}"

    @property
    def used_shown(self) -> str:
        """The days since the incident, as the page prints them."""
        return f"{self.used:,}"


def clock(start: datetime, due_at: datetime, now: datetime) -> Clock:
    """The clock of a review, in calendar days."""
    first, last, today = (timezone.localdate(each) for each in (start, due_at, now))
    return Clock(
        used=max((today - first).days, 0),
        limit=(last - first).days,
        left=(last - today).days,
        due_at=due_at,
    )
