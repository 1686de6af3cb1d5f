"""Casualty reports: each one adds to the series, none replaces another."""

from datetime import datetime

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from incidents import rules
from incidents.actions._incident import fetch_for_change, next_position, source_of
from incidents.details import CountReport, Figure, When
from incidents.models import CasualtyCount, Incident, Source


@deed
def add_casualty_report(
    *, incident_id: int, report: CountReport, by: User, at: datetime
) -> list[CasualtyCount]:
    """Add what one report said to the series. The same report twice is one report."""
    incident = fetch_for_change(incident_id, by)
    return store_report(incident=incident, report=report, by=by, at=at)


@deed
def store_report(
    *, incident: Incident, report: CountReport, by: User, at: datetime
) -> list[CasualtyCount]:
    """Store the figures of a report in one row of the series, inside the caller's transaction."""
    day = When(on_date=incident.on_date, precision=incident.precision)
    rules.refuse(rules.broken_by_report(report, not_before=day, at=at))
    source = source_of(incident, report.source)
    known = _same_report(incident, report, source)
    if known:
        return known
    position = next_position(incident.casualty_counts.all())
    counts = [
        CasualtyCount.objects.create(
            incident=incident,
            source=source,
            position=position,
            recorded_at=at,
            recorded_by=by,
            **_said(report),
            **_numbers(figure),
        )
        for figure in report.given
    ]
    record(
        Verb.CASUALTIES_COUNTED,
        by=by,
        target=incident,
        at=at,
        counts=[f"{count.group} {count.state} {count.text}" for count in counts],
    )
    return counts


def _said(report: CountReport) -> dict[str, object]:
    return {
        "group": report.group,
        "as_of": report.as_of,
        "as_of_text": report.as_of_text,
        "reported_by": report.said_by.strip(),
        "note": report.note,
    }


def _numbers(figure: Figure) -> dict[str, object]:
    return {
        "state": figure.state,
        "low": figure.low,
        "best": figure.best,
        "high": figure.high,
    }


def _same_report(
    incident: Incident, report: CountReport, source: Source | None
) -> list[CasualtyCount]:
    """The counts of a report stored before in the very same words and numbers."""
    stored = list(incident.casualty_counts.filter(source=source, **_said(report)))
    numbers = {(each.state, each.low, each.best, each.high): each for each in stored}
    said = [(each.state, each.low, each.best, each.high) for each in report.given]
    return [numbers[each] for each in said] if all(each in numbers for each in said) else []
