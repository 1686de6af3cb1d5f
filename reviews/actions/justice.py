"""Section H: how far justice is."""

import uuid
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.utils import timezone

from agencies.lock import deed
from agencies.models import User
from reviews import rules
from reviews.actions._doors import Hand, NotSound, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.choices import JusticeState, Letter
from reviews.models import JusticeStep


class JusticeValues(TypedDict):
    """Which step, its number, day, court and how far it is. Never a name."""

    kind: str
    reference: NotRequired[str]
    state: NotRequired[str]
    on_date: NotRequired[date | None]
    reported_date: NotRequired[date | None]
    people: NotRequired[int | None]
    court: NotRequired[str]
    outcome: NotRequired[str]
    outcome_published: NotRequired[str]
    source: NotRequired[str]
    note: NotRequired[str]


def _past(values: JusticeValues, at: datetime) -> None:
    """A hearing may be ahead; what is said to be done, and a report received, are not."""
    today = timezone.localdate(at)
    day, reported = values.get("on_date"), values.get("reported_date")
    done = values.get("state") == JusticeState.DONE
    if day is not None and day > today and done:
        raise NotSound(str(rules.DAY_IS_AHEAD), field="on_date")
    if reported is not None and reported > today:
        raise NotSound(str(rules.DAY_IS_AHEAD), field="reported_date")


@deed
def add_justice(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[JusticeValues],
) -> JusticeStep:
    """Say how far one step of the case is."""
    review = fetch_open(review_id, by)
    _past(values, at)
    row = JusticeStep(review=review, **values)
    return add_row(row, review, letter=Letter.H, key=key, hand=Hand(by, at))


@deed
def change_justice(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[JusticeValues],
) -> JusticeStep:
    """Put a step of the case right."""
    review = fetch_open(review_id, by)
    row = review.justice.get(pk=row_id)
    _past(values, at)
    return change_row(row, review, values, letter=Letter.H, version=version, hand=Hand(by, at))


@deed
def remove_justice(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a step of the case out of the draft."""
    review = fetch_open(review_id, by)
    row = review.justice.get(pk=row_id)
    remove_row(row, review, letter=Letter.H, hand=Hand(by, at))
