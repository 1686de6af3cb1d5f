"""Section G."""

from typing import Any

from reviews.models import CareStep, DeathFinding
from reviews.selectors.lines import Lines
from reviews.selectors.parts.plain import day_text


def families(lines: Lines) -> dict[str, Any]:
    """What was done for victims and families, and what was found of the dead."""
    return {
        "care": [_care(row) for row in lines.of(CareStep)],
        "deaths": [_death(row) for row in lines.of(DeathFinding)],
    }


def _death(row: DeathFinding) -> dict[str, Any]:
    return {
        "people": row.people,
        "conclusion": row.conclusion,
        "survivable": row.survivable,
        "words": row.words,
        "decided_by": row.decided_by,
        "on_date": day_text(row.on_date),
        "source_reference": row.source_reference,
        "note": row.note,
    }


def _care(row: CareStep) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "state": row.state,
        "date": day_text(row.on_date),
        "until_date": day_text(row.until_date),
        "people": row.people,
        "by_post": row.by_post,
        "announced_rupees": row.announced,
        "paid_rupees": row.paid,
        "amount_for": row.amount_for,
        "amount_published": row.amount_published,
        "source": row.source,
        "note": row.note,
    }
