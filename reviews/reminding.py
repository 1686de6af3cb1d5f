"""When the clock speaks, and to whom.

At half and at four fifths of the time, when it is over, and each week from then on. To the lead of
the review; from the first week on to the commanders of the agency too, and to them alone where
nobody has begun. What is put off by a signed reason is silent until its day, and counts from there.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from incidents.models import Incident
from reviews import rules
from reviews.choices import Addressee, ReminderKind, ReviewTier

WEEK = timedelta(weeks=1)
# An incident that nobody has begun to review is named each week for half a year; after that the
# page of coverage goes on naming it.
MOST_WEEKS = 26
LOOKED_BACK = timedelta(hours=ReviewTier.T3.limit_hours) + (MOST_WEEKS + 1) * WEEK


@dataclass(frozen=True)
class Clock:
    """One clock that runs: of a review, or of an incident with none (`review_id` None).

    `starts_at` is None for what was put off: its half has no meaning. `silent` until its day.
    """

    incident_id: int
    agency_id: int
    review_id: int | None
    starts_at: datetime | None
    due_at: datetime
    silent: bool = False


@dataclass(frozen=True)
class Step:
    """What is to be said now, and to whom."""

    addressed_to: Addressee
    kind: ReminderKind
    week: int = 0


@dataclass(frozen=True)
class OpenReview:
    """An open review, as the machine's books name it."""

    review_id: int
    incident_id: int
    agency_id: int
    tier: str
    due_at: datetime
    deferred_until: date | None

    def clock(self, at: datetime) -> Clock:
        """Its clock; put off, it runs to the beginning of that day and is silent before."""
        keys = (self.incident_id, self.agency_id, self.review_id)
        if self.deferred_until is not None:
            day = timezone.make_aware(datetime.combine(self.deferred_until, time.min))
            return Clock(*keys, None, day, silent=at < day)
        limit = timedelta(hours=ReviewTier(self.tier).limit_hours)
        return Clock(*keys, self.due_at - limit, self.due_at)


def clock_of_incident(incident: Incident, killed: int) -> Clock:
    """The clock of what its own agency has not begun to review."""
    due_at = rules.due_at(incident, rules.suggested_tier(killed))
    return Clock(incident.pk, incident.agency_id, None, rules.clock_start(incident), due_at)


def steps(clock: Clock, at: datetime) -> list[Step]:
    """The newest that each addressee should have been told by `at`: none of what was missed."""
    if clock.silent:
        return []
    week = (at - clock.due_at) // WEEK
    if clock.review_id is None:
        return [] if week > MOST_WEEKS else _to_commanders(week) or _before(clock, at)
    weekly = [Step(Addressee.LEAD, ReminderKind.WEEKLY, week)] if week > 0 else _before(clock, at)
    return weekly + _to_commanders(week)


def _to_commanders(week: int) -> list[Step]:
    """Passed up after a week, and said again each week."""
    if week < 1:
        return []
    kind = ReminderKind.ESCALATED if week == 1 else ReminderKind.WEEKLY
    return [Step(Addressee.COMMANDERS, kind, week)]


def _before(clock: Clock, at: datetime) -> list[Step]:
    """Half, four fifths, the whole of the time: the last that is over."""
    to = Addressee.COMMANDERS if clock.review_id is None else Addressee.LEAD
    if at >= clock.due_at:
        return [Step(to, ReminderKind.DUE)]
    if clock.starts_at is None:
        return []
    limit, used = clock.due_at - clock.starts_at, at - clock.starts_at
    if used >= limit * 4 / 5:
        return [Step(to, ReminderKind.FOUR_FIFTHS)]
    return [Step(to, ReminderKind.HALF)] if used >= limit / 2 else []
