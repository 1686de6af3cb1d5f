"""Section B: plans and orders in force, and occasions with their risk."""

import uuid
from datetime import date, datetime
from typing import NotRequired, Unpack

from agencies.lock import deed
from agencies.models import User
from reviews.actions._doors import Hand, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.actions._values import Graded
from reviews.choices import Letter
from reviews.models import OccasionRisk, PlanInForce


class PlanValues(Graded):
    """Which plan, who issued it, whether it was in force, rehearsed and known."""

    title: str
    number: NotRequired[str]
    issued_by: NotRequired[str]
    issued_date: NotRequired[date | None]
    in_force: NotRequired[str]
    rehearsed: NotRequired[str]
    rehearsed_date: NotRequired[date | None]
    known: NotRequired[str]
    note: NotRequired[str]


class OccasionValues(Graded):
    """Which occasion, how its risk was rated and by which post."""

    occasion: str
    rating: NotRequired[str]
    rated_by: NotRequired[str]
    rated_date: NotRequired[date | None]
    note: NotRequired[str]


@deed
def add_plan(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[PlanValues],
) -> PlanInForce:
    """Say which plan or order bore on the day."""
    review = fetch_open(review_id, by)
    row = PlanInForce(review=review, position=review.plans.count() + 1, **values)
    return add_row(row, review, letter=Letter.B, key=key, hand=Hand(by, at))


@deed
def change_plan(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[PlanValues],
) -> PlanInForce:
    """Put a plan right."""
    review = fetch_open(review_id, by)
    row = review.plans.get(pk=row_id)
    return change_row(row, review, values, letter=Letter.B, version=version, hand=Hand(by, at))


@deed
def remove_plan(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a plan out of the draft."""
    review = fetch_open(review_id, by)
    remove_row(review.plans.get(pk=row_id), review, letter=Letter.B, hand=Hand(by, at))


@deed
def add_occasion(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[OccasionValues],
) -> OccasionRisk:
    """Say which occasion it was, and who rated its risk."""
    review = fetch_open(review_id, by)
    row = OccasionRisk(review=review, position=review.occasions.count() + 1, **values)
    return add_row(row, review, letter=Letter.B, key=key, hand=Hand(by, at))


@deed
def change_occasion(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[OccasionValues],
) -> OccasionRisk:
    """Put an occasion right."""
    review = fetch_open(review_id, by)
    row = review.occasions.get(pk=row_id)
    return change_row(row, review, values, letter=Letter.B, version=version, hand=Hand(by, at))


@deed
def remove_occasion(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take an occasion out of the draft."""
    review = fetch_open(review_id, by)
    remove_row(review.occasions.get(pk=row_id), review, letter=Letter.B, hand=Hand(by, at))
