"""How long justice took, from the incident to each step, in whole days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.choices import JusticeKind
from reviews.models import JusticeStep

FIR_AFTER: Promise = _("From the incident to the FIR")
SENT_AFTER: Promise = _("From the incident to sending for examination")
REPORT_AFTER: Promise = _("From the incident to the forensic report")
EXAMINED_IN: Promise = _("From sending to the forensic report")
CHALLAN_AFTER: Promise = _("From the incident to the challan")
VERDICT_AFTER: Promise = _("From the incident to the verdict")


@dataclass(frozen=True)
class Delay:
    """From one thing to another: days, or None where one of the two days is not known."""

    words: Promise
    days: int | None


def justice_delays(incident_day: date | None, steps: Iterable[JusticeStep]) -> list[Delay]:
    """Each delay whose step the review speaks of; of several, the first that is dated counts."""
    rows = list(steps)
    sent = _first(rows, JusticeKind.FORENSIC)
    reported = _first(rows, JusticeKind.FORENSIC, field="reported_date")
    spans = (
        (JusticeKind.FIR, FIR_AFTER, incident_day, _first(rows, JusticeKind.FIR)),
        (JusticeKind.FORENSIC, SENT_AFTER, incident_day, sent),
        (JusticeKind.FORENSIC, REPORT_AFTER, incident_day, reported),
        (JusticeKind.FORENSIC, EXAMINED_IN, *_examined(rows)),
        (JusticeKind.CHALLAN, CHALLAN_AFTER, incident_day, _first(rows, JusticeKind.CHALLAN)),
        (JusticeKind.VERDICT, VERDICT_AFTER, incident_day, _first(rows, JusticeKind.VERDICT)),
    )
    there = {row.kind for row in rows}
    return [Delay(words, _days(start, end)) for kind, words, start, end in spans if kind in there]


def _first(rows: list[JusticeStep], kind: str, *, field: str = "on_date") -> date | None:
    days = [getattr(row, field) for row in rows if row.kind == kind]
    return min((day for day in days if day is not None), default=None)


def _examined(rows: list[JusticeStep]) -> tuple[date | None, date | None]:
    """Both days of the examination whose report came first; days of two are never mixed."""
    whole = [
        (row.on_date, row.reported_date)
        for row in rows
        if row.kind == JusticeKind.FORENSIC and row.on_date and row.reported_date
    ]
    return min(whole, key=lambda days: days[1]) if whole else (None, None)


def _days(start: date | None, end: date | None) -> int | None:
    return (end - start).days if start is not None and end is not None else None
