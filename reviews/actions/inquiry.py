"""Section A: the published reports that a review rests on or records, and how it sat."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.utils import timezone

from agencies.lock import deed
from agencies.models import User
from reviews import rules
from reviews.actions._doors import Hand, NotSound, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.choices import Letter
from reviews.models import PublishedReport, Sitting


def _past(values: Mapping[str, object], at: datetime, *names: str) -> None:
    """Days on which something happened are not ahead."""
    for name in names:
        day = values.get(name)
        if isinstance(day, date) and day > timezone.localdate(at):
            raise NotSound(str(rules.DAY_IS_AHEAD), field=name)


class ReportValues(TypedDict):
    """Which report or volume, of which inquiry, set up and published when, on what terms."""

    title: str
    volume: NotRequired[str]
    issued_by: NotRequired[str]
    chair: NotRequired[str]
    authority: NotRequired[str]
    set_up_date: NotRequired[date | None]
    handed_in_date: NotRequired[date | None]
    published_date: NotRequired[date | None]
    reference: NotRequired[str]
    pages: NotRequired[int | None]
    cost: NotRequired[str]
    terms: NotRequired[str]
    found_at: NotRequired[str]
    note: NotRequired[str]


REPORT_DAYS = ("set_up_date", "handed_in_date", "published_date")


@deed
def add_report(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[ReportValues],
) -> PublishedReport:
    """Name a report or a volume that the review rests on."""
    review = fetch_open(review_id, by)
    _past(values, at, *REPORT_DAYS)
    row = PublishedReport(review=review, **values)
    return add_row(row, review, letter=Letter.A, key=key, hand=Hand(by, at))


@deed
def change_report(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[ReportValues],
) -> PublishedReport:
    """Put the line of a report right."""
    review = fetch_open(review_id, by)
    row = review.reports.get(pk=row_id)
    _past(values, at, *REPORT_DAYS)
    return change_row(row, review, values, letter=Letter.A, version=version, hand=Hand(by, at))


@deed
def remove_report(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a report out of the draft."""
    review = fetch_open(review_id, by)
    row = review.reports.get(pk=row_id)
    remove_row(row, review, letter=Letter.A, hand=Hand(by, at))


class SittingValues(TypedDict):
    """In what way it sat, from when to when, whom it heard, and why without the public."""

    kind: str
    on_date: NotRequired[date | None]
    until_date: NotRequired[date | None]
    days: NotRequired[int | None]
    witnesses: NotRequired[int | None]
    place: NotRequired[str]
    about: NotRequired[str]
    why_closed: NotRequired[str]
    note: NotRequired[str]


@deed
def add_sitting(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[SittingValues],
) -> Sitting:
    """Say when and how the review sat."""
    review = fetch_open(review_id, by)
    _past(values, at, "on_date", "until_date")
    row = Sitting(review=review, **values)
    return add_row(row, review, letter=Letter.A, key=key, hand=Hand(by, at))


@deed
def change_sitting(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[SittingValues],
) -> Sitting:
    """Put the line of a sitting right."""
    review = fetch_open(review_id, by)
    row = review.sittings.get(pk=row_id)
    _past(values, at, "on_date", "until_date")
    return change_row(row, review, values, letter=Letter.A, version=version, hand=Hand(by, at))


@deed
def remove_sitting(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a sitting out of the draft."""
    review = fetch_open(review_id, by)
    row = review.sittings.get(pk=row_id)
    remove_row(row, review, letter=Letter.A, hand=Hand(by, at))
