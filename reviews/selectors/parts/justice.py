"""Section H."""

from typing import Any

from reviews.models import JusticeStep
from reviews.selectors.lines import Lines
from reviews.selectors.parts.plain import day_text


def justice(lines: Lines) -> dict[str, Any]:
    """How far the case is."""
    return {"justice": [_step(row) for row in lines.of(JusticeStep)]}


def _step(row: JusticeStep) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "reference": row.reference,
        "state": row.state,
        "date": day_text(row.on_date),
        "reported_date": day_text(row.reported_date),
        "people": row.people,
        "court": row.court,
        "outcome": row.outcome,
        "outcome_published": row.outcome_published,
        "source": row.source,
        "note": row.note,
    }
