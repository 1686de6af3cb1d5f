"""Section F: what others contribute to a recommendation, and its stages."""

import uuid
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from agencies.lock import deed
from agencies.models import Agency, User
from reviews.actions._doors import Hand, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.choices import Letter
from reviews.models import Recommendation, RecommendationPart, RecommendationStage, Review


def _of(review: Review, recommendation_id: int) -> Recommendation:
    """The recommendation of this very review; that of another is not there."""
    return review.recommendations.get(pk=recommendation_id)


class PartValues(TypedDict):
    """Which body, which post, what part, by when."""

    recommendation: Recommendation
    agency: NotRequired[Agency | None]
    body: NotRequired[str]
    post: NotRequired[str]
    part: NotRequired[str]
    reports: NotRequired[bool]
    due_date: NotRequired[date | None]


@deed
def add_part(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[PartValues],
) -> RecommendationPart:
    """Say what another body contributes; the owner still answers for the whole."""
    review = fetch_open(review_id, by)
    _of(review, values["recommendation"].pk)
    row = RecommendationPart(**values)
    return add_row(row, review, letter=Letter.F, key=key, hand=Hand(by, at))


@deed
def change_part(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[PartValues],
) -> RecommendationPart:
    """Put the part of another body right."""
    review = fetch_open(review_id, by)
    row = RecommendationPart.objects.filter(recommendation__review=review).get(pk=row_id)
    _of(review, values["recommendation"].pk)
    return change_row(row, review, values, letter=Letter.F, version=version, hand=Hand(by, at))


@deed
def remove_part(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take the part of another body out of the draft."""
    review = fetch_open(review_id, by)
    row = RecommendationPart.objects.filter(recommendation__review=review).get(pk=row_id)
    remove_row(row, review, letter=Letter.F, hand=Hand(by, at))


class StageValues(TypedDict):
    """What is to be seen by which day, and whether it was."""

    recommendation: Recommendation
    what: str
    due_date: NotRequired[date | None]
    done_date: NotRequired[date | None]


@deed
def add_stage(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[StageValues],
) -> RecommendationStage:
    """Set a stage on the way."""
    review = fetch_open(review_id, by)
    _of(review, values["recommendation"].pk)
    row = RecommendationStage(**values)
    return add_row(row, review, letter=Letter.F, key=key, hand=Hand(by, at))


@deed
def change_stage(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[StageValues],
) -> RecommendationStage:
    """Put a stage right."""
    review = fetch_open(review_id, by)
    row = RecommendationStage.objects.filter(recommendation__review=review).get(pk=row_id)
    _of(review, values["recommendation"].pk)
    return change_row(row, review, values, letter=Letter.F, version=version, hand=Hand(by, at))


@deed
def remove_stage(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a stage out of the draft."""
    review = fetch_open(review_id, by)
    row = RecommendationStage.objects.filter(recommendation__review=review).get(pk=row_id)
    remove_row(row, review, letter=Letter.F, hand=Hand(by, at))
