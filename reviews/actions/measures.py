"""Section B: measures that a plan, an order or a standard called for."""

import uuid
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from agencies.lock import deed
from agencies.models import User
from reviews.actions._doors import Hand, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.choices import Letter
from reviews.models import PlannedMeasure


class MeasureValues(TypedDict):
    """What a measure says."""

    text: str
    laid_down_in: NotRequired[str]
    in_place: NotRequired[str]
    rating: NotRequired[str]
    note: NotRequired[str]


@deed
def add_measure(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[MeasureValues],
) -> PlannedMeasure:
    """Say what was to be in place, where that is laid down, and whether it was."""
    review = fetch_open(review_id, by)
    row = PlannedMeasure(review=review, position=review.measures.count() + 1, **values)
    return add_row(row, review, letter=Letter.B, key=key, hand=Hand(by, at))


@deed
def change_measure(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[MeasureValues],
) -> PlannedMeasure:
    """Put a measure right."""
    review = fetch_open(review_id, by)
    row = review.measures.get(pk=row_id)
    return change_row(row, review, values, letter=Letter.B, version=version, hand=Hand(by, at))


@deed
def remove_measure(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a measure out of the draft."""
    review = fetch_open(review_id, by)
    remove_row(review.measures.get(pk=row_id), review, letter=Letter.B, hand=Hand(by, at))
