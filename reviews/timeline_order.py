"""The order of a timeline: by the corrected moment; what has none stands where it was set.

Asks each entry for its accounts: fetch them with the entries.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from reviews.models import Account, TimelineEntry


def in_place(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """By day and corrected clock time, without one by the first that an account gives; within one
    moment, and where nobody gives a time, as they were set."""
    return sorted(entries, key=lambda each: (*_moment(each), each.position, each.pk))


def is_beside(one: TimelineEntry, other: TimelineEntry) -> bool:
    """Whether nothing but their place tells which of the two came first."""
    return _moment(one) == _moment(other)


def day_of(entry: TimelineEntry) -> date | None:
    """The day it belongs to, the clock of its source put right."""
    began = entry.began
    return began.date() if began else entry.on_date


def account_moment(entry: TimelineEntry, account: Account) -> datetime | None:
    """The moment that an account gives: on the entry's day, or over the midnight next to it."""
    day = day_of(entry)
    if day is None or account.at_time is None:
        return None
    given = datetime.combine(day, account.at_time)
    began = entry.began
    if began is None:
        return given
    days = (given + timedelta(days=shift) for shift in (0, -1, 1))
    return min(days, key=lambda each: abs(each - began))


def _moment(entry: TimelineEntry) -> tuple[Any, ...]:
    day = day_of(entry)
    began = entry.began or _first_told(entry)
    return (day is None, day or date.min, began is None, began.timestamp() if began else 0)


def _first_told(entry: TimelineEntry) -> datetime | None:
    given = (account_moment(entry, account) for account in entry.accounts.all())
    return min((each for each in given if each is not None), default=None)
