"""Section E: which finding led to which."""

import uuid
from collections import defaultdict
from datetime import datetime
from typing import NotRequired, TypedDict, Unpack

from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from reviews.actions._doors import Hand, NotSound, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.choices import Letter
from reviews.models import CauseLink, Finding, Review


class CauseValues(TypedDict):
    """Which finding did what to which, and how."""

    cause: Finding
    effect: Finding
    kind: NotRequired[str]
    text: NotRequired[str]


def _joins(review: Review, row_id: int, cause: Finding, effect: Finding) -> None:
    """Two findings of this review, joined once, never in a circle."""
    if cause.pk == effect.pk:
        raise NotSound(_("A finding is not its own cause. Choose another one."), field="other")
    if review.findings.filter(pk__in=(cause.pk, effect.pk)).count() != 2:
        raise NotSound(_("Choose findings of this review."), field="other")
    leads: dict[int, set[int]] = defaultdict(set)
    rows = CauseLink.objects.filter(cause__review=review).exclude(pk=row_id)
    for start, end in rows.values_list("cause_id", "effect_id"):
        leads[start].add(end)
    numbers = {"cause": cause.number, "effect": effect.number}
    if effect.pk in leads[cause.pk]:
        raise NotSound(
            _("Findings %(cause)d and %(effect)d are linked already. Change that link.") % numbers,
            field="other",
        )
    if _reaches(leads, effect.pk, cause.pk):
        raise NotSound(
            _(
                "Finding %(effect)d already leads to finding %(cause)d, itself or through others: "
                "with this link each would be its own cause. Turn it round, or leave it out."
            )
            % numbers,
            field="other",
        )


def _reaches(leads: dict[int, set[int]], start: int, end: int) -> bool:
    """Whether the links lead from one finding to the other."""
    seen, waiting = {start}, [start]
    while waiting:
        for each in leads[waiting.pop()] - seen:
            seen.add(each)
            waiting.append(each)
    return end in seen


@deed
def add_cause_link(
    *,
    review_id: int,
    by: User,
    at: datetime,
    key: uuid.UUID | None = None,
    **values: Unpack[CauseValues],
) -> CauseLink:
    """Say that one finding led to, contributed to or made worse another."""
    review = fetch_open(review_id, by)
    if key is None or not CauseLink.objects.filter(key=key).exists():
        _joins(review, 0, values["cause"], values["effect"])
    return add_row(CauseLink(**values), review, letter=Letter.E, key=key, hand=Hand(by, at))


@deed
def change_cause_link(
    *,
    review_id: int,
    row_id: int,
    version: int,
    by: User,
    at: datetime,
    **values: Unpack[CauseValues],
) -> CauseLink:
    """Put a link right, or turn it round."""
    review = fetch_open(review_id, by)
    row = CauseLink.objects.get(pk=row_id, cause__review=review)
    _joins(review, row.pk, values["cause"], values["effect"])
    return change_row(row, review, values, letter=Letter.E, version=version, hand=Hand(by, at))


@deed
def remove_cause_link(*, review_id: int, row_id: int, by: User, at: datetime) -> None:
    """Take a link away; both findings stay."""
    review = fetch_open(review_id, by)
    row = CauseLink.objects.get(pk=row_id, cause__review=review)
    remove_row(row, review, letter=Letter.E, hand=Hand(by, at))
