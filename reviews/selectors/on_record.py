"""What the incident's record holds already of section B: prior alerts and security plans."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import User
from incidents.choices import Precision
from incidents.choices.particulars import DetailSection
from incidents.models import Incident, Particular, PriorAlert, SecurityPlan
from incidents.models.particulars import ParticularQuerySet
from incidents.selectors.particulars import Line, line_of
from reviews.models import Review

SECTIONS = (DetailSection.ALERT, DetailSection.PLAN)
# The longest source that a line holds.
SOURCE = 300
# Keys of lines that were taken over, so that the same detail is taken over once a review.
NAMESPACE = uuid.UUID("6a0d7b0e-53a8-4c0e-9d39-0f6b3f5d8c11")


@dataclass(frozen=True)
class OnRecord:
    """One detail of the incident's record, and whether the review has its line of it."""

    label: str
    line: Line
    is_taken: bool


def on_record(review: Review, user: User) -> list[OnRecord]:
    """The alerts and plans that stand on the record, as far as `user` may read the incident."""
    rows = list(_standing(review, user))
    if not rows:
        return []
    taken = _keys(review)
    return [
        OnRecord(
            label=str(DetailSection(row.section).label),
            line=line_of(row),
            is_taken=key_of_record(review, row.pk) in taken,
        )
        for row in rows
    ]


def standing_on_record(review: Review, user: User, number: int) -> Particular | None:
    """The alert or the plan of this number, while it stands; None where `user` finds none."""
    row = _standing(review, user).filter(pk=number).first()
    return row.own if row is not None else None


def key_of_record(review: Review, number: int) -> uuid.UUID:
    """The key of the line that is made of this detail in this review."""
    return uuid.uuid5(NAMESPACE, f"{review.pk}:{number}")


def alert_from_record(told: Particular) -> dict[str, Any]:
    """What the record says of an alert, in the columns of a line. In words where it has no code."""
    if not isinstance(told, PriorAlert):
        raise TypeError(told)
    return {
        "number": told.reference,
        "issued_by": told.issued_by,
        "text": told.note,
        "issued_date": told.issued_date,
        "issued_precision": _day_or_unknown(told.issued_date),
        "received": told.received,
        "received_date": told.received_date,
        "received_precision": _day_or_unknown(told.received_date),
        "done_words": told.done,
        **_source(told),
    }


def plan_from_record(told: Particular) -> dict[str, Any]:
    """What the record says of a plan, in the columns of a line."""
    if not isinstance(told, SecurityPlan):
        raise TypeError(told)
    return {
        "title": _("Security plan"),
        "in_force": told.in_force,
        "note": "\n".join(filter(None, (told.what, told.note))),
        **_source(told),
    }


def _standing(review: Review, user: User) -> ParticularQuerySet:
    incidents = Incident.objects.visible_to(user).filter(pk=review.incident_id)
    rows = Particular.objects.filter(incident__in=incidents).standing().whole(SECTIONS)
    return rows.select_related("source")


def _keys(review: Review) -> set[uuid.UUID | None]:
    alerts: Iterable[uuid.UUID | None] = review.alerts.values_list("key", flat=True)
    return {*alerts, *review.plans.values_list("key", flat=True)}


def _day_or_unknown(day: Any) -> str:
    return Precision.DAY if day is not None else Precision.UNKNOWN


def _source(told: Particular) -> dict[str, str]:
    if told.source is None:
        return {}
    return {
        "source": told.source.title[:SOURCE],
        "reliability": told.source.reliability,
        "credibility": told.source.credibility,
    }
