"""Casualty reports: each one adds to the series, none replaces another."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from incidents import policies, rules
from incidents.actions._incident import fetch, fetch_for_change, next_position, source_of
from incidents.choices import CasualtyGroup
from incidents.details import CountReport, Figure, When
from incidents.models import AdoptedFigure, CasualtyCount, Incident, Source


class FigureRefused(RuleBroken):
    """The count cannot be the figure that is given."""


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


@deed
def adopt_figure(
    *, incident_id: int, count_id: int, why: str, by: User, at: datetime
) -> AdoptedFigure:
    """Say which count the agency gives when it is asked, and why. A later one replaces it.

    The series is not touched: every count stays with its source. Raises CasualtyCount.DoesNotExist.
    """
    incident = fetch(incident_id, by)
    if not policies.can_settle_dispute(by, incident):
        raise PermissionDenied
    count = incident.casualty_counts.get(pk=count_id)
    reason = why.strip()
    if not reason:
        raise FigureRefused(_("Say why this figure and no other."))
    if count.group != CasualtyGroup.VICTIMS:
        raise FigureRefused(_("Attackers are, or may be, in that count. Adopt one of all victims."))
    standing = incident.adopted_figures.standing().filter(state=count.state)
    known = standing.filter(count=count, why=reason).first()
    if known is not None:
        return known
    standing.update(replaced_at=at)
    figure = AdoptedFigure.objects.create(
        incident=incident,
        count=count,
        state=count.state,
        why=reason,
        adopted_at=at,
        adopted_by=by,
    )
    told = {"figure": count.text, "state": count.state, "why": reason}
    record(Verb.FIGURE_ADOPTED, by=by, target=incident, at=at, **told)
    return figure
