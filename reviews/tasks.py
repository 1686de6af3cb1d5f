"""The machine's part: the clock of each review speaks when its hour has come; what is kept while
a review is written is thinned once it is published.

The machine reads no review and no incident. What it must know of them, whose clocks run since when
and to what day, functions of the database tell it. A run that was missed is made up for by the
newest reminder alone; run twice, it says nothing twice.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from celery import shared_task
from django.db import connection
from django.utils import timezone

from agencies.lock import machine
from incidents.models import Incident
from reviews.choices import Addressee, ReminderKind
from reviews.models import Reminder
from reviews.reminding import LOOKED_BACK, Clock, OpenReview, Step, clock_of_incident, steps

AT_ONCE = 200
# What is left over waits for the next run.
MOST_A_RUN = 1000

THINNED_AFTER = timedelta(days=1)
# A pause that ends a sitting.
SITTING = timedelta(minutes=10)
MOST_AT_ONCE = 10_000

THIN = "SELECT reviews_thin_wordings(%s, %s, %s)"
REVIEWS = """
    SELECT review_id, incident_id, agency_id, tier, due_at, deferred_until
    FROM reviews_clocks(%s, %s)
"""
INCIDENTS = """
    SELECT incident_id, agency_id, on_date, until_date, at_time, recorded_at, killed
    FROM reviews_unbegun(%s, %s, %s)
"""


@shared_task
def remind(**_: object) -> None:
    """Say what is to be said now, and take back what is settled."""
    remind_at(timezone.now())


@shared_task
def thin_wordings(**_: object) -> None:
    """Thin what published reviews said before, and forget who was where yesterday.

    While a review is written, every wording is kept: others' words are merged upon it. Published,
    it needs none of them to be merged; of each sitting of a person the last one stays to be read,
    and each that was put together with another's. The audit record keeps what stood between.
    Forms half typed are never thinned: they are words that nobody but their writer has, one a form
    and window, and they go when they are saved or thrown away.
    """
    thin_at(timezone.now())


def thin_at(at: datetime) -> int:
    """How many earlier wordings were taken out, of reviews published a day before `at` or more."""
    taken = 0
    while found := _rows(THIN, [at - THINNED_AFTER, SITTING, MOST_AT_ONCE])[0][0]:
        taken += int(found)
    return taken


def remind_at(at: datetime) -> int:
    """How many reminders were written for this moment, at most MOST_A_RUN in batches."""
    with machine():
        _end(_ended(at), at)
    written = 0
    for clocks in _batches(at):
        with machine():
            written += _write(clocks, at)
        if written >= MOST_A_RUN:
            break
    return written


def _rows(query: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with machine(), connection.cursor() as cursor:
        cursor.execute(query, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _ended(at: datetime) -> list[int]:
    """Reminders whose clock runs no more: submitted, put off, withdrawn, begun, or too old."""
    days = [timezone.localdate(at), timezone.localdate(at - LOOKED_BACK)]
    return [pk for (pk,) in _rows("SELECT * FROM reviews_reminders_ended(%s, %s)", days)]


def _batches(at: datetime) -> Iterator[list[Clock]]:
    """All clocks that run, those of reviews first."""
    last = 0
    while rows := _rows(REVIEWS, [last, AT_ONCE]):
        yield [OpenReview(*row).clock(at) for row in rows]
        last = rows[-1][0]
    last, since = 0, timezone.localdate(at - LOOKED_BACK)
    while rows := _rows(INCIDENTS, [since, last, AT_ONCE]):
        yield [_of_incident(row) for row in rows]
        last = rows[-1][0]


def _of_incident(row: tuple[Any, ...]) -> Clock:
    pk, agency_id, on_date, until_date, at_time, recorded_at, killed = row
    incident = Incident(
        pk=pk,
        agency_id=agency_id,
        on_date=on_date,
        until_date=until_date,
        at_time=at_time,
        recorded_at=recorded_at,
    )
    return clock_of_incident(incident, killed)


def _write(clocks: list[Clock], at: datetime) -> int:
    """What these clocks say at this moment and have not said; what they said before is over."""
    due = {
        (each.incident_id, each.agency_id, each.due_at, step): each
        for each in clocks
        for step in steps(each, at)
    }
    pairs = {(each.incident_id, each.agency_id) for each in clocks}
    said = [
        each
        for each in Reminder.objects.filter(incident__in={pair[0] for pair in pairs})
        if (each.incident_id, each.agency_id) in pairs
    ]
    _end([each.pk for each in said if each.over_at is None and _key(each) not in due], at)
    new = due.keys() - {_key(each) for each in said}
    made = [
        Reminder(
            incident_id=clock.incident_id,
            agency_id=clock.agency_id,
            review_id=clock.review_id,
            kind=step.kind,
            week=step.week,
            addressed_to=step.addressed_to,
            due_at=clock.due_at,
            at=at,
        )
        for (*_, step), clock in due.items()
        if (clock.incident_id, clock.agency_id, clock.due_at, step) in new
    ]
    # Two runs at once: one of them is first.
    Reminder.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _key(said: Reminder) -> tuple[int, int, datetime, Step]:
    step = Step(Addressee(said.addressed_to), ReminderKind(said.kind), said.week)
    return (said.incident_id, said.agency_id, said.due_at, step)


def _end(numbers: list[int], at: datetime) -> None:
    Reminder.objects.filter(pk__in=numbers, over_at=None).update(over_at=at)
