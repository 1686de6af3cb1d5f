"""Section C: the parts somebody must have played, how far each is resolved, and their plan."""

import uuid
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from reviews import rules
from reviews.actions._doors import Hand, NotSound, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.actions._values import Graded
from reviews.choices import Letter
from reviews.models import AdversaryAccount, NetworkRole, Review


class RoleValues(Graded):
    """What a line of the board says. Never a name."""

    kind: str
    number: NotRequired[int | None]
    status: NotRequired[str]
    status_date: NotRequired[date | None]
    court: NotRequired[str]
    note: NotRequired[str]


class AdversaryValues(TypedDict):
    """What is known of the adversary's plan, each side of it with its grade."""

    group_named: NotRequired[str]
    group_basis: NotRequired[str]
    intent: NotRequired[str]
    intent_grade: NotRequired[str]
    recce: NotRequired[str]
    recce_grade: NotRequired[str]
    method: NotRequired[str]
    method_grade: NotRequired[str]
    device: NotRequired[str]
    device_grade: NotRequired[str]
    claims: NotRequired[str]
    claims_grade: NotRequired[str]
    source: NotRequired[str]


def _not_there(row: NetworkRole, review: Review) -> None:
    """Two lines of one role say something different."""
    same = ("kind", "status", "status_date", "court", "note", "source")
    alike = {name: getattr(row, name) for name in same}
    if review.network_roles.filter(**alike).exclude(pk=row.pk).exists():
        raise NotSound(
            _("This line is on the board already; say there how many people it stands for."),
            field="kind",
        )


def _not_ahead(values: RoleValues, at: datetime) -> None:
    day = values.get("status_date")
    if day is not None and day > timezone.localdate(at):
        raise NotSound(str(rules.DAY_IS_AHEAD), field="status_date")


@deed
def add_role(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[RoleValues],
) -> NetworkRole:
    """Put a role on the board."""
    review = fetch_open(review_id, by)
    _not_ahead(values, at)
    row = NetworkRole(review=review, **values)
    if key is None or not review.network_roles.filter(key=key).exists():
        _not_there(row, review)
    return add_row(row, review, letter=Letter.C, key=key, hand=Hand(by, at))


@deed
def change_role(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[RoleValues],
) -> NetworkRole:
    """Say how far the role is now resolved."""
    review = fetch_open(review_id, by)
    _not_ahead(values, at)
    row = review.network_roles.get(pk=row_id)
    return change_row(row, review, values, letter=Letter.C, version=version, hand=Hand(by, at))


@deed
def remove_role(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a role off the board of a draft."""
    review = fetch_open(review_id, by)
    remove_row(review.network_roles.get(pk=row_id), review, letter=Letter.C, hand=Hand(by, at))


@deed
def add_adversary(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[AdversaryValues],
) -> AdversaryAccount:
    """Say what is known of the adversary, once a review."""
    review = fetch_open(review_id, by)
    said = review.adversary.first()
    if said is not None and (key is None or said.key != key):
        raise NotSound(_("This review has its account of the adversary; change that one."))
    row = AdversaryAccount(review=review, **values)
    return add_row(row, review, letter=Letter.C, key=key, hand=Hand(by, at))


@deed
def change_adversary(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[AdversaryValues],
) -> AdversaryAccount:
    """Put the account of the adversary right."""
    review = fetch_open(review_id, by)
    row = review.adversary.get(pk=row_id)
    return change_row(row, review, values, letter=Letter.C, version=version, hand=Hand(by, at))


@deed
def remove_adversary(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take the account of the adversary out of the draft."""
    review = fetch_open(review_id, by)
    remove_row(review.adversary.get(pk=row_id), review, letter=Letter.C, hand=Hand(by, at))
