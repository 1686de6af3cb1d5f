"""Section D: one deed an entry, and the accounts of it that differ."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, NotRequired, TypedDict, Unpack

from django.db.models import Max
from django.utils import timezone

from agencies.lock import deed
from agencies.models import User
from reviews import rules
from reviews.actions._agencies import agencies_called, folded
from reviews.actions._doors import Hand, NotSound, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.choices import Letter
from reviews.models import Account, Review, TimelineEntry


class EntryValues(TypedDict):
    """When, as exactly as it is known; who acted, whom they told; what; who says so."""

    text: str
    on_date: date | None
    precision: str
    until_date: NotRequired[date | None]
    at_time: NotRequired[time | None]
    until_time: NotRequired[time | None]
    clock_offset: NotRequired[int]
    phase: NotRequired[str]
    kind: NotRequired[str]
    acting: NotRequired[str]
    told: NotRequired[str]
    decided: NotRequired[str]
    because: NotRequired[str]
    authority: NotRequired[str]
    milestone: NotRequired[str]
    is_public: NotRequired[bool]
    settled: NotRequired[str]
    source: NotRequired[str]
    source_kind: NotRequired[str]
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


def check_sound(values: EntryValues, at: datetime) -> None:
    """What no entry may say: a day to come, an end before its start. Raises NotSound."""
    today = timezone.localdate(at)
    day, until = values["on_date"], values.get("until_date")
    start, end = values.get("at_time"), values.get("until_time")
    if day is not None and day > today:
        raise NotSound(str(rules.DAY_IS_AHEAD), field="on_date")
    if until is not None and until > today:
        raise NotSound(str(rules.DAY_IS_AHEAD), field="until_date")
    if start is not None and end is not None and until is None and end < start:
        raise NotSound(str(rules.ENDS_BEFORE_START), field="clock")


def columns_of(values: Iterable[EntryValues]) -> list[dict[str, Any]]:
    """The columns of entries, with the agencies that their names mean."""
    told = list(values)
    names = [name for each in told for name in (each.get("acting", ""), each.get("told", ""))]
    called = agencies_called(names)
    return [
        {
            **each,
            **{
                f"{side}_agency": called.get(folded(str(each.get(side, ""))))
                for side in ("acting", "told")
            },
        }
        for each in told
    ]


def next_position(review: Review) -> int:
    """The place after all entries so far."""
    last: int | None = review.timeline.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


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
    check_sound(values, at)
    [columns] = columns_of([values])
    row = TimelineEntry(review=review, position=next_position(review), **columns)
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
    check_sound(values, at)
    row = review.timeline.get(pk=row_id)
    [columns] = columns_of([values])
    return change_row(row, review, columns, letter=Letter.D, version=version, hand=Hand(by, at))


@deed
def remove_entry(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take an entry out of the draft, with its accounts."""
    review = fetch_open(review_id, by)
    entry = review.timeline.get(pk=row_id)
    for account in entry.accounts.all():
        remove_row(account, review, letter=Letter.D, hand=Hand(by, at))
    entry.shown_by.all().delete()
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
