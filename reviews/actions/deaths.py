"""Section G: what was found of how people died, and whether they could have been saved."""

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
from reviews.models import DeathFinding


class DeathValues(TypedDict):
    """Of how many, what was found, by whom, and where it stands. Never a name."""

    people: NotRequired[int | None]
    conclusion: NotRequired[str]
    survivable: NotRequired[str]
    words: NotRequired[str]
    decided_by: NotRequired[str]
    on_date: NotRequired[date | None]
    source_reference: NotRequired[str]
    note: NotRequired[str]


def _past(values: DeathValues, at: datetime) -> None:
    day = values.get("on_date")
    if day is not None and day > timezone.localdate(at):
        raise NotSound(str(rules.DAY_IS_AHEAD), field="on_date")


@deed
def add_death(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[DeathValues],
) -> DeathFinding:
    """Say what was found of how people died."""
    review = fetch_open(review_id, by)
    _past(values, at)
    row = DeathFinding(review=review, **values)
    return add_row(row, review, letter=Letter.G, key=key, hand=Hand(by, at))


@deed
def change_death(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[DeathValues],
) -> DeathFinding:
    """Put such a line right."""
    review = fetch_open(review_id, by)
    row = review.deaths.get(pk=row_id)
    _past(values, at)
    return change_row(row, review, values, letter=Letter.G, version=version, hand=Hand(by, at))


@deed
def remove_death(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take such a line out of the draft."""
    review = fetch_open(review_id, by)
    row = review.deaths.get(pk=row_id)
    remove_row(row, review, letter=Letter.G, hand=Hand(by, at))
