"""Section A: who took part, what was left out, who was heard and who was not."""

import uuid
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import Agency, User
from reviews import rules
from reviews.actions._doors import Hand, NotSound, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.choices import Letter
from reviews.models import Exclusion, Participant, Review, SourceAsked, SourceHeard


class ParticipantValues(TypedDict):
    """Which body, what part it had, whether it was asked and came."""

    agency: NotRequired[Agency | None]
    body: NotRequired[str]
    part: NotRequired[str]
    asked: NotRequired[str]
    came: NotRequired[str]
    standing: NotRequired[str]
    people: NotRequired[int | None]


@deed
def add_participant(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[ParticipantValues],
) -> Participant:
    """Say which body took part, or was asked to and did not come."""
    review = fetch_open(review_id, by)
    row = Participant(review=review, **values)
    return add_row(row, review, letter=Letter.A, key=key, hand=Hand(by, at))


@deed
def change_participant(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[ParticipantValues],
) -> Participant:
    """Put the line of a body right."""
    review = fetch_open(review_id, by)
    row = review.bodies.get(pk=row_id)
    return change_row(row, review, values, letter=Letter.A, version=version, hand=Hand(by, at))


@deed
def remove_participant(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take the line of a body out of the draft."""
    review = fetch_open(review_id, by)
    row = review.bodies.get(pk=row_id)
    remove_row(row, review, letter=Letter.A, hand=Hand(by, at))


class ExclusionValues(TypedDict):
    """What is left out, in what way, on whose order, and why."""

    what: str
    why: NotRequired[str]
    kind: NotRequired[str]
    ordered_by: NotRequired[str]
    on_date: NotRequired[date | None]
    source_reference: NotRequired[str]


@deed
def add_exclusion(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[ExclusionValues],
) -> Exclusion:
    """Say what the review does not look at."""
    review = fetch_open(review_id, by)
    _past(values.get("on_date"), at, field="on_date")
    row = Exclusion(review=review, **values)
    return add_row(row, review, letter=Letter.A, key=key, hand=Hand(by, at))


@deed
def change_exclusion(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[ExclusionValues],
) -> Exclusion:
    """Put an exclusion right."""
    review = fetch_open(review_id, by)
    row = review.exclusions.get(pk=row_id)
    _past(values.get("on_date"), at, field="on_date")
    return change_row(row, review, values, letter=Letter.A, version=version, hand=Hand(by, at))


@deed
def remove_exclusion(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take an exclusion out of the draft."""
    review = fetch_open(review_id, by)
    row = review.exclusions.get(pk=row_id)
    remove_row(row, review, letter=Letter.A, hand=Hand(by, at))


def _past(day: date | None, at: datetime, *, field: str) -> None:
    """A day on which something happened is not ahead."""
    if day is not None and day > timezone.localdate(at):
        raise NotSound(str(rules.DAY_IS_AHEAD), field=field)


class AskedValues(TypedDict):
    """Who or what was asked, when, and what became of it."""

    what: str
    asked_date: NotRequired[date | None]
    answer: NotRequired[str]
    note: NotRequired[str]


@deed
def add_source_asked(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[AskedValues],
) -> SourceAsked:
    """Say which source was asked and not heard."""
    review = fetch_open(review_id, by)
    _past(values.get("asked_date"), at, field="asked_date")
    row = SourceAsked(review=review, **values)
    return add_row(row, review, letter=Letter.A, key=key, hand=Hand(by, at))


@deed
def change_source_asked(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[AskedValues],
) -> SourceAsked:
    """Put the line of a source right, such as one that was heard later."""
    review = fetch_open(review_id, by)
    row = review.sources_asked.get(pk=row_id)
    _past(values.get("asked_date"), at, field="asked_date")
    return change_row(row, review, values, letter=Letter.A, version=version, hand=Hand(by, at))


@deed
def remove_source_asked(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take the line of a source out of the draft."""
    review = fetch_open(review_id, by)
    row = review.sources_asked.get(pk=row_id)
    remove_row(row, review, letter=Letter.A, hand=Hand(by, at))


def _once(review: Review, values: "HeardValues", *, but: int = 0) -> None:
    same = review.sources_heard.filter(kind=values["kind"], way=values.get("way", ""))
    if same.exclude(pk=but).exists():
        raise NotSound(_("This kind of source is counted already; change its line."), field="kind")


class HeardValues(TypedDict):
    """How many sources of one kind were heard in one way, counted in what."""

    kind: str
    way: NotRequired[str]
    unit: NotRequired[str]
    number: NotRequired[int | None]
    note: NotRequired[str]


@deed
def add_source_heard(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[HeardValues],
) -> SourceHeard:
    """Count the sources of one kind."""
    review = fetch_open(review_id, by)
    if key is None or not review.sources_heard.filter(key=key).exists():
        _once(review, values)
    row = SourceHeard(review=review, **values)
    return add_row(row, review, letter=Letter.A, key=key, hand=Hand(by, at))


@deed
def change_source_heard(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[HeardValues],
) -> SourceHeard:
    """Put a count of sources right."""
    review = fetch_open(review_id, by)
    row = review.sources_heard.get(pk=row_id)
    _once(review, values, but=row.pk)
    return change_row(row, review, values, letter=Letter.A, version=version, hand=Hand(by, at))


@deed
def remove_source_heard(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a count of sources out of the draft."""
    review = fetch_open(review_id, by)
    row = review.sources_heard.get(pk=row_id)
    remove_row(row, review, letter=Letter.A, hand=Hand(by, at))
