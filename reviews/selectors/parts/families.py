"""Section G."""

from typing import Any

from reviews.models import CareStep
from reviews.selectors.lines import Lines
from reviews.selectors.parts.plain import day_text


def families(lines: Lines) -> dict[str, Any]:
    """What was done for victims and families."""
    return {"care": [_care(row) for row in lines.of(CareStep)]}


def _care(row: CareStep) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "state": row.state,
        "date": day_text(row.on_date),
        "by_post": row.by_post,
        "announced_rupees": row.announced,
        "paid_rupees": row.paid,
        "amount_for": row.amount_for,
        "source": row.source,
        "note": row.note,
    }
