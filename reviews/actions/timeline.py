"""Section D: one deed an entry, and the accounts of it that differ."""

import uuid
from datetime import date, datetime, time
from typing import Any, NotRequired, TypedDict, Unpack

from django.utils import timezone

from agencies.lock import deed
from agencies.models import User
from reviews import rules
from reviews.actions._doors import Hand, NotSound, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.choices import Letter
from reviews.models import Account, TimelineEntry


class EntryValues(TypedDict):
    """When, as exactly as it is known; who acted, whom they told; what; who says so."""

    text: str
    on_date: date | None
    precision: str
    until_date: NotRequired[date | None]
    at_time: NotRequired[time | None]
    until_time: NotRequired[time | None]
    phase: NotRequired[str]
    kind: NotRequired[str]
    acting: NotRequired[str]
    told: NotRequired[str]
    source: NotRequired[str]
    reliability: NotRequired[str]
    credibility: NotRequired[str]


class AccountValues(TypedDict):
    """Whose account, what they say, the time they give."""

    teller: str
    said: str
    at_time: NotRequired[time | None]
    source: NotRequired[str]
    reliability: NotRequired[str]
    credibility: NotRequired[str]


def _columns(values: AccountValues) -> dict[str, Any]:
    """The account's own columns: there `by` is the teller, here it is who does the deed."""
    return {("by" if name == "teller" else name): value for name, value in values.items()}


def _sound(values: EntryValues, at: datetime) -> None:
    day, start, end = values["on_date"], values.get("at_time"), values.get("until_time")
    if day is not None and day > timezone.localdate(at):
        raise NotSound(str(rules.DAY_IS_AHEAD), field="on_date")
    if start is not None and end is not None and end < start:
        raise NotSound(str(rules.ENDS_BEFORE_START), field="clock")


@deed
def add_entry(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[EntryValues],
) -> TimelineEntry:
    """Put one deed on the timeline."""
    review = fetch_open(review_id, by)
    _sound(values, at)
    row = TimelineEntry(review=review, position=review.timeline.count() + 1, **values)
    return add_row(row, review, letter=Letter.D, key=key, hand=Hand(by, at))


@deed
def change_entry(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[EntryValues],
) -> TimelineEntry:
    """Put an entry right."""
    review = fetch_open(review_id, by)
    _sound(values, at)
    row = review.timeline.get(pk=row_id)
    return change_row(row, review, values, letter=Letter.D, version=version, hand=Hand(by, at))


@deed
def remove_entry(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take an entry out of the draft, with its accounts."""
    review = fetch_open(review_id, by)
    entry = review.timeline.get(pk=row_id)
    for account in entry.accounts.all():
        remove_row(account, review, letter=Letter.D, hand=Hand(by, at))
    remove_row(entry, review, letter=Letter.D, hand=Hand(by, at))


@deed
def add_account(
    *,
    review_id: int,
    entry_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[AccountValues],
) -> Account:
    """Set another account beside the entry; all of them are printed."""
    review = fetch_open(review_id, by)
    entry = review.timeline.get(pk=entry_id)
    row = Account(entry=entry, position=entry.accounts.count() + 1, **_columns(values))
    return add_row(row, review, letter=Letter.D, key=key, hand=Hand(by, at))


@deed
def change_account(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[AccountValues],
) -> Account:
    """Put an account right."""
    review = fetch_open(review_id, by)
    row = Account.objects.get(pk=row_id, entry__review=review)
    return change_row(
        row,
        review,
        _columns(values),
        letter=Letter.D,
        version=version,
        hand=Hand(by, at),
    )


@deed
def remove_account(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take an account out of the draft."""
    review = fetch_open(review_id, by)
    row = Account.objects.get(pk=row_id, entry__review=review)
    remove_row(row, review, letter=Letter.D, hand=Hand(by, at))
