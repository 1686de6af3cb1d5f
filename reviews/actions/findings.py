"""Section E: why it went so."""

import uuid
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from agencies.lock import deed
from agencies.models import User
from reviews import rules
from reviews.actions._doors import Hand, NotSound, fetch_open
from reviews.actions._rows import add_row, change_row, next_number, remove_row
from reviews.choices import Letter
from reviews.models import FailureCategory, Finding


class FindingValues(TypedDict):
    """What was expected, what happened, what shows it, and whether it mattered."""

    kind: str
    title: str
    category: NotRequired[FailureCategory | None]
    phase: NotRequired[str]
    expected: NotRequired[str]
    happened: NotRequired[str]
    evidence: NotRequired[str]
    counterfactual: NotRequired[str]
    reliability: NotRequired[str]
    credibility: NotRequired[str]


@deed
def add_finding(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[FindingValues],
) -> Finding:
    """State a strength, a failure or a gap."""
    review = fetch_open(review_id, by)
    others = review.findings.exclude(key=key) if key else review.findings
    if rules.is_too_much(review.tier, others.count() + 1):
        raise NotSound(str(rules.TOO_MANY_FINDINGS))
    row = Finding(review=review, number=next_number(review.findings.all()), **values)
    return add_row(row, review, letter=Letter.E, key=key, hand=Hand(by, at))


@deed
def change_finding(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[FindingValues],
) -> Finding:
    """Put a finding right."""
    review = fetch_open(review_id, by)
    row = review.findings.get(pk=row_id)
    return change_row(row, review, values, letter=Letter.E, version=version, hand=Hand(by, at))


@deed
def remove_finding(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a finding out of the draft; the others keep their numbers."""
    review = fetch_open(review_id, by)
    remove_row(review.findings.get(pk=row_id), review, letter=Letter.E, hand=Hand(by, at))
