"""Section B: warnings on their way, and what the record of the incident holds of them already."""

import uuid
from datetime import date, datetime, time
from typing import NotRequired, Unpack

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from incidents.choices.particulars import DetailSection
from reviews import rules, selectors
from reviews.actions._doors import Hand, NotSound, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.actions._values import Graded
from reviews.choices import Letter
from reviews.models import AlertReceived, PlanInForce
from reviews.models.alerts import BOXES


class AlertValues(Graded):
    """Each step of a warning, as far as it is known; what was done with it."""

    number: NotRequired[str]
    text: NotRequired[str]
    issued_by: NotRequired[str]
    addressed_to: NotRequired[str]
    received: NotRequired[str]
    acknowledged_by: NotRequired[str]
    done: NotRequired[str]
    done_words: NotRequired[str]
    issued_date: NotRequired[date | None]
    issued_time: NotRequired[time | None]
    issued_precision: NotRequired[str]
    received_date: NotRequired[date | None]
    received_time: NotRequired[time | None]
    received_precision: NotRequired[str]
    acknowledged_date: NotRequired[date | None]
    acknowledged_time: NotRequired[time | None]
    acknowledged_precision: NotRequired[str]
    acted_date: NotRequired[date | None]
    acted_time: NotRequired[time | None]
    acted_precision: NotRequired[str]


def _sound(values: AlertValues, at: datetime) -> None:
    for step, box in BOXES.items():
        day = values.get(f"{step}_date")
        if isinstance(day, date) and day > timezone.localdate(at):
            raise NotSound(str(rules.DAY_IS_AHEAD), field=box)


@deed
def add_alert(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[AlertValues],
) -> AlertReceived:
    """Put a warning on the record of the review, step by step."""
    review = fetch_open(review_id, by)
    _sound(values, at)
    row = AlertReceived(review=review, position=review.alerts.count() + 1, **values)
    return add_row(row, review, letter=Letter.B, key=key, hand=Hand(by, at))


@deed
def change_alert(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[AlertValues],
) -> AlertReceived:
    """Put an alert right."""
    review = fetch_open(review_id, by)
    _sound(values, at)
    row = review.alerts.get(pk=row_id)
    return change_row(row, review, values, letter=Letter.B, version=version, hand=Hand(by, at))


@deed
def remove_alert(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take an alert out of the draft."""
    review = fetch_open(review_id, by)
    remove_row(review.alerts.get(pk=row_id), review, letter=Letter.B, hand=Hand(by, at))


class NotOnRecord(NotSound):
    """What was to be taken over no longer stands on the incident's record."""


@deed
def take_over(
    *, review_id: int, particular_id: int, by: User, at: datetime
) -> AlertReceived | PlanInForce:
    """Copy an alert or a plan from the incident's record into the draft, to be completed there.

    A line taken over before is returned as it is, however it was changed since.
    """
    review = fetch_open(review_id, by)
    told = selectors.standing_on_record(review, by, particular_id)
    if told is None:
        raise NotOnRecord(
            _("This was corrected or withdrawn on the incident’s record. Look again.")
        )
    if told.section == DetailSection.ALERT:
        row: AlertReceived | PlanInForce = AlertReceived(
            review=review,
            position=review.alerts.count() + 1,
            **selectors.alert_from_record(told),
        )
    else:
        row = PlanInForce(
            review=review,
            position=review.plans.count() + 1,
            **selectors.plan_from_record(told),
        )
    key = selectors.key_of_record(review, particular_id)
    return add_row(row, review, letter=Letter.B, key=key, hand=Hand(by, at))
