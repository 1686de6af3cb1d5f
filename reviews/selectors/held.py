"""What the record of the incident already holds of the case, for section H to take over."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from agencies.models import User
from incidents.choices.particulars import DetailSection
from incidents.models import Arrest, Fir, ForensicExamination, Incident, Particular
from incidents.selectors.detail_words import in_words, text_list
from reviews.choices import JusticeKind, JusticeState
from reviews.models import JusticeStep, Review

SECTIONS = (DetailSection.FIR, DetailSection.FORENSIC, DetailSection.ARREST)


@dataclass(frozen=True)
class Held:
    """A detail of the incident, the line it would make, and whether that line is there."""

    pk: int
    kind: str
    words: str
    values: dict[str, Any]
    is_taken: bool = False


def held_of(review: Review, user: User, steps: list[JusticeStep]) -> list[Held]:
    """FIRs, examinations and arrests that stand on the record and that the reader may see."""
    incident = Incident.objects.visible_to(user).filter(pk=review.incident_id).first()
    if incident is None:
        return []
    rows = incident.particulars.standing().whole(SECTIONS)
    return [_held(row, steps) for row in rows]


def _held(row: Particular, steps: list[JusticeStep]) -> Held:
    own = row.own
    said = in_words(own)
    values = _values(own)
    return Held(
        pk=row.pk,
        kind=str(JusticeKind(values["kind"]).label),
        words=text_list([said.words, *said.more]),
        values=values,
        is_taken=any(_is_same(values, step) for step in steps),
    )


def _values(own: Particular) -> dict[str, Any]:
    """The detail as a line of section H."""
    if isinstance(own, Fir):
        return {
            "kind": JusticeKind.FIR,
            "state": JusticeState.DONE,
            "reference": own.number,
            "on_date": own.registered_date,
            "court": own.police_station,
            "note": _lines(own.law, own.note),
        }
    if isinstance(own, Arrest):
        return {
            "kind": JusticeKind.ARREST,
            "state": JusticeState.DONE,
            "people": own.number,
            "on_date": own.arrested_date,
            "note": _lines(own.law, own.note),
        }
    if isinstance(own, ForensicExamination):
        return {
            "kind": JusticeKind.FORENSIC,
            "state": JusticeState.DONE if own.received_date else JusticeState.AWAITED,
            "reference": own.what[:120],
            "on_date": own.sent_date,
            "reported_date": own.received_date,
            "court": own.laboratory[:160],
            "note": own.note,
        }
    raise NotImplementedError(type(own))


def _lines(*said: str) -> str:
    return "\n".join(filter(None, said))


def _is_same(values: dict[str, Any], step: JusticeStep) -> bool:
    """The same step by number where it has one, else by day."""
    if values["kind"] != step.kind:
        return False
    if values.get("reference"):
        return bool(values["reference"] == step.reference)
    day: date | None = values.get("on_date")
    return day == step.on_date
