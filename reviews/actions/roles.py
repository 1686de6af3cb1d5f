"""Section C: the parts somebody must have played, and how far each is resolved."""

import uuid
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from reviews.actions._doors import Hand, NotSound, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.choices import Letter
from reviews.models import NetworkRole, Review


class RoleValues(TypedDict):
    """What a line of the board says. Never a name."""

    kind: str
    status: NotRequired[str]
    note: NotRequired[str]


def _once(review: Review, kind: str, *, but: int = 0) -> None:
    if review.network_roles.filter(kind=kind).exclude(pk=but).exists():
        raise NotSound(_("This role is on the board already; change its line."), field="kind")


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
    if key is None or not review.network_roles.filter(key=key).exists():
        _once(review, values["kind"])
    row = NetworkRole(review=review, **values)
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
    row = review.network_roles.get(pk=row_id)
    _once(review, values["kind"], but=row.pk)
    return change_row(row, review, values, letter=Letter.C, version=version, hand=Hand(by, at))


@deed
def remove_role(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a role off the board of a draft."""
    review = fetch_open(review_id, by)
    remove_row(review.network_roles.get(pk=row_id), review, letter=Letter.C, hand=Hand(by, at))
