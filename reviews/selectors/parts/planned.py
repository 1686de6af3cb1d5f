"""Section B."""

from typing import Any

from reviews.models import (
    AlertReceived,
    DecisionRight,
    Deployment,
    OccasionRisk,
    PlanInForce,
    PlannedMeasure,
    Review,
)
from reviews.models.alerts import STEPS
from reviews.selectors.parts.plain import clock_text, day_text


def planned(review: Review) -> dict[str, Any]:
    """What was supposed to happen."""
    place = ("position", "id")
    return {
        "measures": [_measure(row) for row in review.measures.order_by(*place)],
        "plans": [_plan(row) for row in review.plans.order_by(*place)],
        "alerts": [_alert(row) for row in review.alerts.order_by(*place)],
        "occasions": [_occasion(row) for row in review.occasions.order_by(*place)],
        "resources": [_deployment(row) for row in review.resources.order_by(*place)],
        "decisions": [_decision(row) for row in review.decisions.order_by(*place)],
    }


def _measure(row: PlannedMeasure) -> dict[str, str]:
    return {
        "text": row.text,
        "laid_down_in": row.laid_down_in,
        "in_place": row.in_place,
        "rating": row.rating,
        "note": row.note,
    }


def _plan(row: PlanInForce) -> dict[str, str]:
    return {
        "title": row.title,
        "number": row.number,
        "issued_by": row.issued_by,
        "issued_date": day_text(row.issued_date),
        "in_force": row.in_force,
        "rehearsed": row.rehearsed,
        "rehearsed_date": day_text(row.rehearsed_date),
        "known": row.known,
        "note": row.note,
        "source": row.source,
        "grade": row.grade,
    }


def _alert(row: AlertReceived) -> dict[str, Any]:
    steps = {}
    for step in STEPS:
        day, at, precision = row.moment(step)
        steps[step] = {"date": day_text(day), "time": clock_text(at), "precision": precision}
    return {
        "number": row.number,
        "text": row.text,
        "issued_by": row.issued_by,
        "addressed_to": row.addressed_to,
        "received": row.received,
        "acknowledged_by": row.acknowledged_by,
        "done": row.done,
        "done_words": row.done_words,
        "steps": steps,
        "source": row.source,
        "grade": row.grade,
    }


def _occasion(row: OccasionRisk) -> dict[str, str]:
    return {
        "occasion": row.occasion,
        "rating": row.rating,
        "rated_by": row.rated_by,
        "rated_date": day_text(row.rated_date),
        "note": row.note,
        "source": row.source,
        "grade": row.grade,
    }


def _deployment(row: Deployment) -> dict[str, Any]:
    return {
        "text": row.text,
        "agency": row.agency,
        "planned": row.planned,
        "present": row.present,
        "posted_at": row.posted_at,
        "note": row.note,
        "source": row.source,
        "grade": row.grade,
    }


def _decision(row: DecisionRight) -> dict[str, str]:
    return {
        "text": row.text,
        "outcome": row.outcome,
        "held_by": row.held_by,
        "authority": row.authority,
        "delegated_to": row.delegated_to,
        "known_then": row.known_then,
        "note": row.note,
        "source": row.source,
        "grade": row.grade,
    }
