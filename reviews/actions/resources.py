"""Section B: what was to be there, and who held which decision."""

import uuid
from datetime import datetime
from typing import NotRequired, Unpack

from agencies.lock import deed
from agencies.models import User
from reviews.actions._doors import Hand, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.actions._values import Graded
from reviews.choices import Letter
from reviews.models import DecisionRight, Deployment


class DeploymentValues(Graded):
    """What was to be there, how many were planned and present, where."""

    text: str
    agency: NotRequired[str]
    planned: NotRequired[int | None]
    present: NotRequired[int | None]
    posted_at: NotRequired[str]
    note: NotRequired[str]


class DecisionValues(Graded):
    """Which decision, which post held it, on what authority, what became of it."""

    text: str
    outcome: NotRequired[str]
    held_by: NotRequired[str]
    authority: NotRequired[str]
    delegated_to: NotRequired[str]
    known_then: NotRequired[str]
    note: NotRequired[str]


@deed
def add_deployment(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[DeploymentValues],
) -> Deployment:
    """Say what was to be there, and what was."""
    review = fetch_open(review_id, by)
    row = Deployment(review=review, position=review.resources.count() + 1, **values)
    return add_row(row, review, letter=Letter.B, key=key, hand=Hand(by, at))


@deed
def change_deployment(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[DeploymentValues],
) -> Deployment:
    """Put a deployment right."""
    review = fetch_open(review_id, by)
    row = review.resources.get(pk=row_id)
    return change_row(row, review, values, letter=Letter.B, version=version, hand=Hand(by, at))


@deed
def remove_deployment(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a deployment out of the draft."""
    review = fetch_open(review_id, by)
    remove_row(review.resources.get(pk=row_id), review, letter=Letter.B, hand=Hand(by, at))


@deed
def add_decision(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[DecisionValues],
) -> DecisionRight:
    """Say which post held a decision; that nobody knew is an answer."""
    review = fetch_open(review_id, by)
    row = DecisionRight(review=review, position=review.decisions.count() + 1, **values)
    return add_row(row, review, letter=Letter.B, key=key, hand=Hand(by, at))


@deed
def change_decision(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[DecisionValues],
) -> DecisionRight:
    """Put a decision right."""
    review = fetch_open(review_id, by)
    row = review.decisions.get(pk=row_id)
    return change_row(row, review, values, letter=Letter.B, version=version, hand=Hand(by, at))


@deed
def remove_decision(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a decision out of the draft."""
    review = fetch_open(review_id, by)
    remove_row(review.decisions.get(pk=row_id), review, letter=Letter.B, hand=Hand(by, at))
