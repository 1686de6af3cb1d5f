"""Section G: what was done for victims and families."""

import uuid
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.utils import timezone

from agencies.lock import deed
from agencies.models import User
from reviews import rules
from reviews.actions._doors import Hand, NotSound, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.choices import Letter
from reviews.models import CareStep


def _past(day: object, at: datetime, *, field: str) -> None:
    """A day on which something happened is not ahead."""
    if isinstance(day, date) and day > timezone.localdate(at):
        raise NotSound(str(rules.DAY_IS_AHEAD), field=field)


class CareValues(TypedDict):
    """What was owed, how far it went, by whom, and amounts as reported. Never a name."""

    kind: str
    state: NotRequired[str]
    on_date: NotRequired[date | None]
    until_date: NotRequired[date | None]
    people: NotRequired[int | None]
    by_post: NotRequired[str]
    announced: NotRequired[int | None]
    paid: NotRequired[int | None]
    amount_for: NotRequired[str]
    amount_published: NotRequired[str]
    source: NotRequired[str]
    note: NotRequired[str]


@deed
def add_care(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[CareValues],
) -> CareStep:
    """Say what was done for victims and families, or not."""
    review = fetch_open(review_id, by)
    for day in ("on_date", "until_date"):
        _past(values.get(day), at, field=day)
    row = CareStep(review=review, **values)
    return add_row(row, review, letter=Letter.G, key=key, hand=Hand(by, at))


@deed
def change_care(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[CareValues],
) -> CareStep:
    """Put a line on victims and families right."""
    review = fetch_open(review_id, by)
    row = review.care.get(pk=row_id)
    for day in ("on_date", "until_date"):
        _past(values.get(day), at, field=day)
    return change_row(row, review, values, letter=Letter.G, version=version, hand=Hand(by, at))


@deed
def remove_care(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a line on victims and families out of the draft."""
    review = fetch_open(review_id, by)
    row = review.care.get(pk=row_id)
    remove_row(row, review, letter=Letter.G, hand=Hand(by, at))
