"""Section F: what addressees and whoever monitors said of a recommendation, by day."""

import uuid
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.utils import timezone

from agencies.lock import deed
from agencies.models import Agency, User
from reviews import rules
from reviews.actions._doors import Hand, NotSound, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.choices import Letter
from reviews.models import Recommendation, RecommendationReply


class ReplyValues(TypedDict):
    """Of which body and post, on which day, what it says, and whether it takes it up."""

    recommendation: Recommendation
    agency: NotRequired[Agency | None]
    body: NotRequired[str]
    kind: NotRequired[str]
    stance: NotRequired[str]
    post: NotRequired[str]
    on_date: NotRequired[date | None]
    text: NotRequired[str]
    status_published: NotRequired[str]
    reference: NotRequired[str]


def _past(values: ReplyValues, at: datetime) -> None:
    day = values.get("on_date")
    if day is not None and day > timezone.localdate(at):
        raise NotSound(str(rules.DAY_IS_AHEAD), field="on_date")


@deed
def add_reply(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[ReplyValues],
) -> RecommendationReply:
    """Keep what was said of a recommendation; the status stays its issuer's."""
    review = fetch_open(review_id, by)
    review.recommendations.get(pk=values["recommendation"].pk)
    _past(values, at)
    row = RecommendationReply(**values)
    return add_row(row, review, letter=Letter.F, key=key, hand=Hand(by, at))


@deed
def change_reply(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[ReplyValues],
) -> RecommendationReply:
    """Put the line of a reply right."""
    review = fetch_open(review_id, by)
    row = RecommendationReply.objects.filter(recommendation__review=review).get(pk=row_id)
    review.recommendations.get(pk=values["recommendation"].pk)
    _past(values, at)
    return change_row(row, review, values, letter=Letter.F, version=version, hand=Hand(by, at))


@deed
def remove_reply(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a reply out of the draft."""
    review = fetch_open(review_id, by)
    row = RecommendationReply.objects.filter(recommendation__review=review).get(pk=row_id)
    remove_row(row, review, letter=Letter.F, hand=Hand(by, at))
