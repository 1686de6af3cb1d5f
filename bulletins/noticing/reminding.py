"""The clock of what is owed for a release: who is told when, each once.

A day before it is due, and when it is late, who answers for the agency; three days after, its
commanders; a week after, the agency that sent it. A run that was missed is made up for by the
newest of what the same people would have been told. The machine reads no bulletin and no receipt:
a function of the database tells it what is owed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from agencies.choices import Role
from agencies.lock import machine
from audit.choices import Verb
from audit.record import record
from bulletins.choices import NoticeKind, Owed, ReminderStep
from bulletins.models import Notice, ReceiptReminder
from bulletins.policies import ANSWERERS
from bulletins.selectors.notices import in_post

AT_ONCE = 200
# Runs one after the other, whoever starts them.
REMINDING = 0x4141_5252
OWING = """
    SELECT receipt, release, bulletin, agency, sender, reference, tlp, classification, title, ask,
        shared_at, acknowledge_by, act_by, owes_word, owes_deed FROM bulletins_owing(%s, %s)
"""
# How long before or after the day it is due, and which of them the next takes the place of.
SOON, LATE = timedelta(days=-1), timedelta(0)
COMMANDER, SENDER = timedelta(days=3), timedelta(days=7)


@dataclass(frozen=True)
class Owing:
    """What one agency owes for one release: as the function tells it."""

    receipt: int
    release: int
    bulletin: int
    agency: int
    sender: int
    reference: str
    tlp: str
    classification: str
    title: str
    ask: str
    shared_at: datetime
    acknowledge_by: datetime | None
    act_by: date | None
    owes_word: bool
    owes_deed: bool


@dataclass(frozen=True)
class Due:
    """What is to be said of it now."""

    owing: Owing
    owed: Owed
    step: ReminderStep
    due_at: datetime


def remind_at(at: datetime) -> int:
    """How many reminders were written for this moment."""
    written, last = 0, 0
    while True:
        with machine():
            batch = _owing(last)
            written += _write([due for each in batch for due in _due(each, at)], at)
        if len(batch) < AT_ONCE:
            return written
        last = batch[-1].receipt


def end_of(day: date) -> datetime:
    """When a day is over, in Pakistan."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def steps(shared_at: datetime, due_at: datetime, at: datetime) -> Iterator[ReminderStep]:
    """What the clock says at this moment. One that ran less than two days is not said to be soon
    over before half of it is."""
    late = at - due_at
    soon = max(SOON, (shared_at - due_at) / 2)
    if late >= LATE:
        yield ReminderStep.LATE
    elif late >= soon:
        yield ReminderStep.SOON
    if late >= COMMANDER:
        yield ReminderStep.COMMANDER
    if late >= SENDER:
        yield ReminderStep.SENDER


def _owing(after: int) -> list[Owing]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REMINDING])
        cursor.execute(OWING, [after, AT_ONCE])
        return [Owing(*row) for row in cursor.fetchall()]


def _due(owing: Owing, at: datetime) -> Iterator[Due]:
    if owing.owes_word and owing.acknowledge_by:
        for step in steps(owing.shared_at, owing.acknowledge_by, at):
            yield Due(owing, Owed.ACKNOWLEDGE, step, owing.acknowledge_by)
    if owing.owes_deed and owing.act_by:
        for step in steps(owing.shared_at, end_of(owing.act_by), at):
            yield Due(owing, Owed.ACT, step, end_of(owing.act_by))


def _write(dues: list[Due], at: datetime) -> int:
    """Write what was not said before, and the notices of it."""
    said = set(
        ReceiptReminder.objects.filter(
            receipt__in={each.owing.receipt for each in dues}
        ).values_list("receipt", "owed", "step")
    )
    new = [each for each in dues if (each.owing.receipt, each.owed, each.step) not in said]
    for due in new:
        notices = _notices(due, at)
        Notice.objects.bulk_create(notices)
        reminder = ReceiptReminder.objects.create(
            receipt_id=due.owing.receipt,
            owed=due.owed,
            step=due.step,
            due_at=due.due_at,
            at=at,
            told=len(notices),
        )
        record(
            Verb.RECEIPT_REMINDED,
            by=None,
            target=reminder,
            at=at,
            owed=due.owed,
            step=due.step,
            told=len(notices),
        )
    return len(new)


def _notices(due: Due, at: datetime) -> list[Notice]:
    owing = due.owing
    agency, roles, kind = {
        ReminderStep.COMMANDER: (owing.agency, (Role.COMMANDER,), NoticeKind.ESCALATED),
        ReminderStep.SENDER: (owing.sender, ANSWERERS, NoticeKind.ESCALATED),
    }.get(due.step, (owing.agency, ANSWERERS, NoticeKind.REMINDED))
    return [
        Notice(
            kind=kind,
            bulletin_id=owing.bulletin,
            release_id=owing.release,
            receipt_id=owing.receipt,
            owed=due.owed,
            step=due.step,
            person_id=each.person_id,
            agency_id=owing.agency,
            sender_id=owing.sender,
            at=at,
            try_at=at,
            reference=owing.reference,
            tlp=owing.tlp,
            classification=owing.classification,
            title=owing.title,
            ask=owing.ask,
            due_at=due.due_at,
        )
        for each in in_post([agency], owing.classification, roles)
    ]
