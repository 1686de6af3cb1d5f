"""Section F: what one post is to do by a day."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import Agency, User
from reviews import rules
from reviews.actions._doors import Hand, NotSound, fetch_open, note_change
from reviews.actions._rows import add_row, change_row, next_number, remove_row
from reviews.choices import Letter
from reviews.models import Finding, Recommendation, RecommendationCategory, Review


class RecommendationValues(TypedDict):
    """What, by which post, by when, and how it will be seen that it is done."""

    text: str
    owner_post: str
    due_date: date
    owner_agency: NotRequired[Agency | None]
    category: NotRequired[RecommendationCategory | None]
    closure_criterion: NotRequired[str]


def _sound(values: RecommendationValues, at: datetime, *, was_due: date | None = None) -> None:
    if rules.names_nobody(values["owner_post"]):
        raise NotSound(str(rules.OWNER_IS_NOBODY), field="owner_post")
    if values["due_date"] < timezone.localdate(at) and values["due_date"] != was_due:
        raise NotSound(str(rules.DUE_IS_PAST), field="due_date")


def _answer(row: Recommendation, review: Review, findings: Iterable[Finding]) -> bool:
    """Link the findings it answers; whether the links changed."""
    wanted = {finding.pk for finding in findings}
    held = set(row.findings.values_list("pk", flat=True))
    if wanted == held:
        return False
    if review.findings.filter(pk__in=wanted).count() != len(wanted):
        raise NotSound(_("Choose findings of this review."), field="findings")
    row.findings.set(wanted)
    return True


@deed
def add_recommendation(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    findings: Iterable[Finding] = (),
    **values: Unpack[RecommendationValues],
) -> Recommendation:
    """Ask one post for one thing by one day."""
    review = fetch_open(review_id, by)
    _sound(values, at)
    number = next_number(review.recommendations.all())
    row = add_row(
        Recommendation(
            review=review, number=number, reference=f"{review.reference}-R{number}", **values
        ),
        review,
        letter=Letter.F,
        key=key,
        hand=Hand(by, at),
    )
    _answer(row, review, findings)
    return row


@deed
def change_recommendation(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    findings: Iterable[Finding] = (),
    **values: Unpack[RecommendationValues],
) -> Recommendation:
    """Put a recommendation right."""
    review = fetch_open(review_id, by)
    row = review.recommendations.get(pk=row_id)
    _sound(values, at, was_due=row.due_date)
    change_row(row, review, values, letter=Letter.F, version=version, hand=Hand(by, at))
    if _answer(row, review, findings):
        note_change(review, Hand(by, at), section="F", row="recommendation", id=row.pk)
    return row


@deed
def remove_recommendation(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a recommendation out of the draft."""
    review = fetch_open(review_id, by)
    remove_row(review.recommendations.get(pk=row_id), review, letter=Letter.F, hand=Hand(by, at))
