"""Section E: how each capability worked (HSEEP)."""

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from reviews.actions._doors import Hand, NotSound, fetch_open, note_change
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.choices import Letter
from reviews.models import CapabilityRating, Finding, Review


class RatingValues(TypedDict):
    """Which capability, towards what, how it worked and why."""

    capability: str
    rating: str
    objective: NotRequired[str]
    reason: NotRequired[str]


def _once(review: Review, row_id: int, values: RatingValues) -> None:
    same = review.ratings.exclude(pk=row_id).filter(
        capability=values["capability"], objective=values.get("objective", "")
    )
    if same.exists():
        raise NotSound(
            _("This capability is rated for that objective already. Change its line instead."),
            field="capability",
        )


def _explain(
    row: CapabilityRating,
    review: Review,
    findings: Iterable[Finding] | None,
    *,
    seen: int,
    hand: Hand,
) -> None:
    """The findings that explain it. `seen`: the version before this deed."""
    if findings is None:
        return
    wanted = {finding.pk for finding in findings}
    held = dict(row.findings.values_list("pk", "number"))
    if wanted == held.keys():
        return
    if review.findings.filter(pk__in=wanted).count() != len(wanted):
        raise NotSound(_("Choose findings of this review."), field="findings")
    row.findings.set(wanted)
    if row.version == seen:
        row.version += 1
        row.edited_at, row.edited_by = hand.at, hand.by
        row.save(update_fields=["version", "edited_at", "edited_by"])
    told = {"section": Letter.E.value, "row": "capabilityrating", "id": row.pk}
    note_change(review, hand, **told, before={"findings": sorted(held.values())})


@deed
def add_rating(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    findings: Iterable[Finding] = (),
    **values: Unpack[RatingValues],
) -> CapabilityRating:
    """Rate a capability, and say why."""
    review = fetch_open(review_id, by)
    if key is None or not CapabilityRating.objects.filter(key=key).exists():
        _once(review, 0, values)
    row = CapabilityRating(review=review, **values)
    row = add_row(row, review, letter=Letter.E, key=key, hand=Hand(by, at))
    _explain(row, review, findings, seen=0, hand=Hand(by, at))
    return row


@deed
def change_rating(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    findings: Iterable[Finding] | None = None,
    **values: Unpack[RatingValues],
) -> CapabilityRating:
    """Put a rating right. The findings that explain it stay unless they are given."""
    review = fetch_open(review_id, by)
    row = review.ratings.get(pk=row_id)
    _once(review, row.pk, values)
    row = change_row(row, review, values, letter=Letter.E, version=version, hand=Hand(by, at))
    _explain(row, review, findings, seen=version, hand=Hand(by, at))
    return row


@deed
def remove_rating(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a rating out of the draft; its findings stay."""
    review = fetch_open(review_id, by)
    remove_row(review.ratings.get(pk=row_id), review, letter=Letter.E, hand=Hand(by, at))
